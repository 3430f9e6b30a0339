"""The phrase book in words: when something is said, what may stand in it, what is wrong with it."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..domain.phrases import BACK, LINES, MISSING_WORDS, PERSONAS, SENT_BACK
from ..domain.rules import Problem
from ..labels import FLAW_LABELS, MISSING_LABELS
from .family_words import FAMILY_PROBLEMS
from .pack_words import PACK_PROBLEMS
from .region_words import REGION_PROBLEMS, gap_words

LONGEST_PLACE = 80  # characters of a place that a file has made up
WHEN: Mapping[str, Any] = {
    # Reporters
    "completes_needlessly": _("When asked for something that the report already says"),
    "thanks_interim": _("When an interim answer has come and the reporter is content"),
    "thanks": _("When a real answer has come and the reporter closes the report"),
    "objects_empty": _("When an answer only promises, or names no date"),
    "objects_beside": _("When an answer misses the point, or does not say what was found"),
    "objects_blame": _("When an answer blames somebody"),
    "objects_leak": _("When an answer shows who reported"),
    "writes_again": _("When a time limit has passed without any word"),
    "writes_again_after_interim": _("When a time limit has passed after an interim answer"),
    "does_not_understand": _("When a real answer is full of officialese or of long sentences"),
    "accepts_return": _("When the report was passed on and it was said where to"),
    "objects_return": _("When the report was passed on and nobody said where to"),
    "accepts_archive": _("When the report was archived rightly and with a reason"),
    "objects_archive": _("When the report was archived wrongly or without a reason"),
    "closes_disappointed": _("When objections were in vain and the reporter gives up"),
    "ombudsman": _("When trust is used up and the reporter goes to the Ombudsman"),
    # Officers
    "admin_holds": _("An admin asks the reporter for what is missing"),
    "admin_accepts_return": _("An admin disposes anew what a unit has given back"),
    "unit_declines": _("A unit gives back what another unit should have"),
    "unit_contributes": _("A supporting unit adds what it knows"),
    "agency_returns": _("Another agency returns what is not within its authority"),
    "national_accepts": _("The national admin accepts a return and passes the report on"),
    "national_refuses": _("The national admin refuses a return"),
    "supervisor_reminds": _("The supervisor reminds of a time limit that is near"),
}
SENDS_BACK = _("The supervisor sends a draft back: %(flaw)s")
TONE_LABELS = {"polite": _("polite"), "plain": _("plain"), "angry": _("angry")}
SLOT_LABELS = {
    "title": _("the title of the report"),
    "missing": _("what was asked for"),
    "destination": _("the agency that the report goes to"),
    "unit": _("the unit that should have the report"),
}
# Lines are Indonesian, and so is what fills them in a preview.
EXAMPLES = {
    "title": "Lampu jalan padam di depan pasar",
    "destination": "Dinas Pekerjaan Umum Provinsi Nusa Lestari",
    "unit": "Dinas Perhubungan",
}
PERSONA_LABELS = {
    "code": _("code"),
    "name_id": _("name in Indonesian"),
    "name_en": _("name in English"),
    "about_id": _("description in Indonesian"),
    "about_en": _("description in English"),
    "tone": _("tone"),
    "trust": _("trust at the start"),
    "patience": _("patience"),
    "outcry": _("trust at which it is enough"),
    "forgives": _("trust won back"),
    "order": _("order"),
}
PHRASE_PROBLEMS: Mapping[str, Any] = {
    **{
        code: PACK_PROBLEMS[code]
        for code in (
            "too_large",
            "encoding",
            "toml",
            "toml_at",
            "missing",
            "too_long",
            "control",
            "formula",
            "one_of",
            "whole",
        )
    },
    **{
        code: FAMILY_PROBLEMS[code]
        for code in ("no_text", "empty", "list", "table", "long_list", "code", "no_whole")
    },
    "personal": REGION_PROBLEMS["personal"],
    "too_deep": _("Tables lie in one another more deeply than in any phrase book."),
    "unknown": _("A phrase book has nothing of this name. Is it misspelt?"),
    "digits": _("A line holds no digits: numbers come from the report and the rules."),
    "exclamation": _("A line holds no exclamation mark."),
    "link": _("A line holds no address of a website."),
    "alternatives": _("A line holds no square brackets and no |. Write each variant as a line."),
    "long_sentence": _("One sentence has %(there)s words. Write at most %(most)s."),
    "unknown_slot": FAMILY_PROBLEMS["unknown_slot"],
    "slot_elsewhere": _("On this occasion nothing fills {%(name)s}."),
    "needs_slot": _("This line needs {%(name)s}: without it nobody knows what is meant."),
    "braces": FAMILY_PROBLEMS["braces"],
    "few_lines": _("Write at least %(least)s lines; there are %(there)s."),
    "repeats": _("This line stands in the book already: %(place)s."),
    "code_twice": _("Character %(first)s has the same code."),
    "no_tone": _("No character speaks in this tone: %(tone)s."),
    "needed": _("The exercise “%(exercise)s” names the character “%(name)s”: it must stay."),
}


def when(occasion: str) -> str:
    """Say when something is said."""
    name, _dot, flaw = occasion.partition(".")
    return SENDS_BACK % {"flaw": FLAWS[flaw]} if name == BACK else str(WHEN[name])


FLAWS = {str(flaw): label for flaw, label in FLAW_LABELS.items() if flaw in SENT_BACK}


def occasion_at(place: str) -> tuple[str, str]:
    """Return the occasion of a list of lines, and the tone if it has one."""
    _who, _lines, *names, last = place.split(".")
    return ".".join(names), last if last in TONE_LABELS else ""


def heading(place: str) -> str:
    """Say who speaks in a list of lines, and when."""
    occasion, tone = occasion_at(place)
    if not tone:
        return when(occasion)
    words = {"when": when(occasion), "tone": TONE_LABELS[tone]}
    return _now("%(when)s (reporter, %(tone)s)") % words


def problem_words(problem: Problem) -> str:
    gaps = {name: gap_words(value) for name, value in problem.gaps.items()}
    if "place" in gaps:
        gaps["place"] = place_words(gaps["place"])
    if "tone" in gaps:
        gaps["tone"] = str(TONE_LABELS[gaps["tone"]])
    return str(PHRASE_PROBLEMS[problem.code]) % gaps


def place_words(place: str) -> str:
    """Say where in the book something stands, such as “Character ibu-cemas, patience”."""
    where, _bracket, number = place.partition("[")
    if where in LINES:
        line = _now("line %(number)s") % {"number": number.rstrip("]")}
        return f"{heading(where)}, {line}" if number else heading(where)
    steps = re.findall(r"[\w-]+", place.removeprefix(PERSONAS))
    if place.startswith(PERSONAS):
        words = [str(PERSONA_LABELS.get(step, step)) for step in steps[1:]]
        one = _now("Character %(name)s") % {"name": steps[0]} if steps else _now("Characters")
        return ", ".join([one, *words])
    if place.startswith(MISSING_WORDS):
        name = place.rpartition(".")[2]
        return f"{_now('What is missing')}: {MISSING_LABELS.get(name, name)}"
    return str(capfirst(place[:LONGEST_PLACE]))
