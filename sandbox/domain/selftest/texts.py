"""No text that people read carries somebody's data, or a gap that nobody has filled."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..library.wording import SLOT
from ..privacy import personal_data_in
from .material import CASE_TITLE, Material, leaves
from .plays import Plays
from .reports import Check, Finding, check

LATER = ("soon", "found_on", "expected", "kept", "told")  # filled when they are said
REGION_TABLES = ("region", "offices", "places", "assets")
BRACKETS = re.compile(r"\[[^\[\]]*\|[^\[\]]*\]")


def written(material: Material) -> Check:
    """Texts as their authors wrote them."""
    sources = [("", material.scenario), ("rules", material.rules)]
    sources += [(f"families.{family['code']}", family) for family in material.families]
    sources += [(f"region.{name}", material.region[name]) for name in REGION_TABLES]
    sources += [("stock", material.stock)]
    findings = [each for place, value in sources for each in personal(value, place)]
    return check("privacy", findings, texts=sum(1 for _, v in sources for _leaf in leaves(v)))


def personal(value: Any, place: str) -> Iterator[Finding]:
    for at, text in leaves(value, place):
        for kind in sorted(personal_data_in(text)):
            yield Finding(at, "personal_data", {"kind": str(kind)})


def generated(plays: Plays) -> Check:
    """Texts as trainees get them: what came of slots and alternatives, and of what robots did."""
    findings: list[Finding] = []
    count = 0
    for _robot, play in plays.all:
        for number, folder in play.room.folders.items():
            place = f"families.{play.families[number]}"
            said = [event.text for event in folder.log if event.text and not event.is_own]
            texts = [*read_by_people(folder.facts), *read_by_people(folder.key), *said]
            count += len(texts)
            findings += problems_of(texts, place)
            if len(folder.facts["title"]) > CASE_TITLE:
                findings.append(Finding(f"{place}.titles", "too_long", {"most": CASE_TITLE}))
    return check("generated", findings, texts=count)


def read_by_people(value: Any) -> list[str]:
    return [text for _place, text in leaves(value)]


def problems_of(texts: Iterable[str], place: str) -> Iterator[Finding]:
    for text in texts:
        for slot in SLOT.findall(text):
            if slot not in LATER:
                yield Finding(place, "open_slot", {"slot": slot})
        if BRACKETS.search(text):
            yield Finding(place, "open_choice")
        for kind in sorted(personal_data_in(text)):
            yield Finding(place, "personal_data", {"kind": str(kind)})
