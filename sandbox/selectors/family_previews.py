"""What a family would look like: generated reports and the answer key, in one region."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from typing import Any

from ..domain.cases import CaseLibrary
from ..domain.library.families import Family
from ..domain.library.family_checks import PEOPLE, is_thin
from ..domain.library.regions import Region, Site
from ..domain.library.routing import DISPOSE, Reading
from ..domain.library.telling import Report, Teller, fits, is_note
from ..domain.library.wording import MAKERS, Draws, Scene
from ..domain.rules import Problem
from ..domain.workflow import Role
from ..labels import (
    CHANNEL_LABELS,
    CLASS_LABELS,
    DECISION_LABELS,
    MISSING_LABELS,
    PLAYED_ROLE_LABELS,
)
from ..models import in_language
from .families import problems_with, reasons, regions_at, sentence
from .family_words import family_problem, place_words
from .files import routing, stock, style
from .region_words import ASSET_KIND_LABELS
from .regions import called, edition, newest
from .samples import people

TEXTS = 10  # on one page
SLOT_SEED = 1  # the same examples every time
# What keeps no report from being made, however much it keeps the family from being published.
HARMLESS = frozenset(
    {
        "empty", "missing", "contact", "repeats", "gives_away", "unused_slot", "no_titles",
        "few_tellings", "unknown_category", "unknown_reason", "not_in_both", "one_choice",
        "duty_twice", "only_for", "twice", "slot_taken", "code",
    }
)  # fmt: skip
reporters = cache(people)  # the same two thousand for every text
NEEDED = ("decision", "key.class", "key.category")


@dataclass(frozen=True)
class Sample:
    """One report as it could come in, with whose matter it is there."""

    report: Report
    channel: str
    district: str
    office: str


@dataclass(frozen=True)
class Preview:
    """Ten reports of a family in a region, and the right answers there.

    `refusal` says why there are none.
    """

    region: Region
    seed: int
    problems: list[tuple[str, str]]
    is_thin: bool
    refusal: str = ""
    samples: tuple[Sample, ...] = ()
    key: Mapping[str, Any] | None = None

    @property
    def next_seed(self) -> int:
        return self.seed + 1


def preview(family: Family, region: Region, seed: int, today: date) -> Preview:
    """Tell a family ten times as people of a region would; the same seed tells it alike."""
    wrong = problems_with(family)
    listed = [(place_words(each.place), family_problem(each)) for each in wrong]
    refusal = why_not(family, region, wrong)
    if refusal:
        return Preview(region, seed, listed, is_thin(family), refusal)
    told = tuple(sample(family, region, f"{seed}/{number}", today) for number in range(TEXTS))
    reading = Reading(family, routing(), region, region.sites[0])
    return Preview(region, seed, listed, is_thin(family), "", told, key_shown(reading))


def why_not(family: Family, region: Region, problems: list[Problem]) -> str:
    """Return the name of what keeps a family from being told in a region, or nothing."""
    serious = {problem.code for problem in problems} - HARMLESS
    lacks = {problem.place for problem in problems} & set(NEEDED)
    if serious or lacks or all(map(is_note, family.get("telling", ()))):
        return "problems"
    if not fits(family, region):
        return "region"
    reading = Reading(family, routing(), region, region.sites[0])
    try:
        _office = reading.competent if reading.routes else None
    except LookupError:
        return "nobody"
    return ""


def sample(family: Family, region: Region, seed: str, today: date) -> Sample:
    random = Random(seed)
    site = random.choice(region.sites)
    scene = Scene(region, site, style(), today)
    draws = Draws(random, scene, family.get("slots", {}), random.choice(reporters()))
    report = Teller(family, draws, style(), random).tell()
    channel = str(CHANNEL_LABELS.get(report.channel, report.channel.capitalize()))
    return Sample(report, channel, site.names["district"], office_at(family, region, site))


def office_at(family: Family, region: Region, site: Site) -> str:
    reading = Reading(family, routing(), region, site)
    return called(reading.competent) if reading.routes else ""


def key_shown(reading: Reading) -> dict[str, Any]:
    """Return the right answers at one place, in words, with their reasons."""
    own, key = reading.family["key"], reading.key()
    offices = {office["code"]: called(office) for office in reading.region.offices}
    right = [(offices[each["unit"]], each) for each in key.get("route", ())]
    if "return" in key:
        right = [(offices[key["return"]["destination"]], key["return"])]
    return {
        "decision": DECISION_LABELS[reading.decision],
        "class": CLASS_LABELS[own["class"]],
        "category": own["category"],
        "also_categories": own.get("also_categories", []),
        "secret": own.get("secret", False),
        "urgent": own.get("urgent", False),
        "agency": offices[key["agency"]["code"]],
        "right": [(name, sentence(table, "why"), share_of(table)) for name, table in right],
        "near": [offices[code] for code in key.get("return", {}).get("near", ())],
        "traps": [(offices[each["code"]], sentence(each, "why")) for each in key["trap"]],
        "support": [offices[code] for code in key.get("support", {}).get("units", ())],
        "reasons": [sentence(own.get(name, {}), "why") for name in ("hold", "archive", "block")],
        "missing": MISSING_LABELS.get(own.get("hold", {}).get("missing"), ""),
        "reason": dict(reasons()).get(own.get("archive", {}).get("reason"), ""),
        "debrief": in_language(own["debrief"]["id"], own["debrief"]["en"])
        if {"id", "en"} <= own.get("debrief", {}).keys()
        else "",
        "source": reading.family.get("source", ""),
    }


def share_of(table: Mapping[str, Any]) -> int:
    """Return a route's share of the points in percent."""
    return round(100 * float(table.get("share", 1)))


# Playing it


def desks(family: Family, region: Region) -> list[tuple[Role, Any]]:
    """Return the desks at which a family can be tried in a region, with their names."""
    reading = Reading(family, routing(), region, region.sites[0])
    inside = {Role.LIAISON_OFFICER, Role.SUPERVISOR}
    return [
        (role, label)
        for role, label in PLAYED_ROLE_LABELS.items()
        if role not in inside or reading.decision == DISPOSE
    ]


def trial_library(family: Family, region: Region, role: Role) -> CaseLibrary:
    """Return a library of one family, such that it comes to the desk of `role`.

    At a unit's desk its unit depends on the place, so that all happens in the first district.
    """
    office = ""
    if role == Role.LIAISON_OFFICER:
        first = region.sites[0]
        office = Reading(family, routing(), region, first).competent["code"]
        places = [
            row
            for row in region.pack["places"]
            if row["kind"] != "district" or row["code"] == first.code
        ]
        region = Region({**region.pack, "places": places}, region.day)
    return CaseLibrary(region, routing(), style(), (family,), stock(), office)


def region_now(code: str, today: date) -> Region:
    """Return a region's newest edition. Raises RegionPack.DoesNotExist."""
    return edition(newest(code), today)


# What the program fills in


@dataclass(frozen=True)
class Slot:
    """A slot of the program's with an example; `kind` says what thing of a region it is."""

    written: str
    example: str
    kind: Any = ""


def slots(today: date) -> list[Slot]:
    """Return every slot that texts may use, each filled as some region would fill it."""
    regions = list(regions_at(today))
    if not regions:
        return []
    things: dict[str, str] = {}
    for region in regions:
        for site in region.sites:
            for kind, rows in site.assets.items():
                things.setdefault(kind, rows[0]["name"])
    given = {**reporters()[0], "other": reporters()[1]["name"], **things}
    scene = Scene(regions[0], regions[0].sites[0], style(), today)
    draws = Draws(Random(SLOT_SEED), scene, {}, given)
    named = [name for name in (*MAKERS, *PEOPLE) if name != "estate" or "housing_estate" in things]
    return [Slot(f"{{{name}}}", draws[name]) for name in named if name not in things] + [
        Slot(f"{{{kind}}}", name, ASSET_KIND_LABELS.get(kind, ""))
        for kind, name in sorted(things.items())
    ]
