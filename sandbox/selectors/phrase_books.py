"""Phrase books as trainers meet them: by occasion, filled with examples, checked, compared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.text import capfirst

from ..domain.library.families import Difference
from ..domain.phrase_checks import check_book, personas_in
from ..domain.phrases import (
    LINES,
    MISSING_WORDS,
    OFFICERS_SAY,
    PERSONAS,
    REPORTERS_SAY,
    TONES,
    Book,
    Says,
    compare,
    part_of,
)
from ..domain.rules import Problem
from ..models import PhraseBook, Scenario
from .phrase_words import (
    EXAMPLES,
    PERSONA_LABELS,
    SLOT_LABELS,
    TONE_LABELS,
    occasion_at,
    place_words,
    when,
)

SHOWN_MISSING = "location"  # fills {missing} in a preview


def newest() -> PhraseBook | None:
    return PhraseBook.objects.select_related("made_by").first()


# What is wrong


def problems_of_change(old: Book, new: Any) -> list[Problem]:
    """Return what is wrong with a book and was not before; new rules are nobody's doing."""
    before = problems_of(old)
    return [problem for problem in problems_of(new) if problem not in before]


def problems_of(book: Any) -> list[Problem]:
    return [*check_book(book), *problems_of_exercises(book)]


def problems_of_exercises(book: Any) -> Iterator[Problem]:
    """Yield characters that exercises name and that the book has not."""
    there = [persona.get("code") for persona in personas_in(book)]
    for scenario in Scenario.objects.exclude(personas=[]).order_by("code"):
        for code in scenario.personas or ():
            if code not in there:
                gaps = {"name": code, "exercise": scenario.localized_title}
                yield Problem(PERSONAS, "needed", gaps)


# Reading


@dataclass(frozen=True)
class Occasion:
    """When something is said, what may stand in it, and where its lines are."""

    when: str
    slots: list[tuple[str, Any]]
    lists: list[tuple[Any, str, int]]  # tone if any, place, number of lines


def occasions(book: Book) -> Mapping[str, list[Occasion]]:
    """Return all occasions by who speaks."""
    return {
        "reporters": [
            occasion_of(
                book, name, says, {tone: f"reporters.lines.{name}.{tone}" for tone in TONES}
            )
            for name, says in REPORTERS_SAY.items()
        ],
        "officers": [
            occasion_of(book, name, says, {"": f"officers.lines.{name}.lines"})
            for name, says in OFFICERS_SAY.items()
        ],
    }


def occasion_of(book: Book, name: str, says: Says, places: Mapping[str, str]) -> Occasion:
    lists = [
        (TONE_LABELS.get(tone, ""), place, len(part_of(book, place)))
        for tone, place in places.items()
    ]
    return Occasion(when(name), [(f"{{{slot}}}", SLOT_LABELS[slot]) for slot in says.slots], lists)


def siblings(place: str) -> list[tuple[Any, str, bool]]:
    """Return the tones of a reporter's occasion with their places, and which one this is."""
    occasion, tone = occasion_at(place)
    return [
        (TONE_LABELS[each], f"reporters.lines.{occasion}.{each}", each == tone)
        for each in (TONES if tone else ())
    ]


def slots_at(book: Book, place: str) -> list[tuple[str, Any, str]]:
    """Return the slots that lines at a place may fill, each with its meaning and an example."""
    examples = {**EXAMPLES, "missing": part_of(book, MISSING_WORDS)[SHOWN_MISSING]}
    return [(f"{{{slot}}}", SLOT_LABELS[slot], examples[slot]) for slot in LINES[place].slots]


def filled(lines: list[str], slots: list[tuple[str, Any, str]]) -> list[str]:
    """Return lines as they are read, every slot filled by an example."""
    shown = []
    for line in lines:
        for slot, _label, example in slots:
            line = line.replace(slot, example)  # noqa: PLW2901 – one slot after another
        shown.append(line)
    return shown


def described(people: Sequence[Mapping[str, Any]]) -> list[list[tuple[Any, Any]]]:
    """Return characters field by field, each with its label."""
    return [
        [
            (capfirst(label), TONE_LABELS.get(persona[name], persona[name]))
            for name, label in PERSONA_LABELS.items()
            if name in persona
        ]
        for persona in people
    ]


# Comparing


@dataclass(frozen=True)
class Change:
    """What one place says no more, and what it says now; neither is a new order."""

    place: str
    gone: list[Any]
    new: list[Any]

    @classmethod
    def of(cls, difference: Difference) -> "Change":
        old, new = listed(difference.old), listed(difference.new)
        gone, come = [each for each in old if each not in new], [e for e in new if e not in old]
        return cls(place_words(difference.place), gone, come)


def listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def changes(old: Book, new: Book) -> list[Change]:
    return [Change.of(difference) for difference in compare(old, new)]


@dataclass(frozen=True)
class Edition:
    """An edition with what it changed, and how many attempts keep it."""

    book: PhraseBook
    changes: list[Change]
    is_first: bool
    attempts: int


def editions() -> list[Edition]:
    """Return all editions, the newest first."""
    books = list(
        PhraseBook.objects.select_related("made_by")
        .annotate(attempts=Count("runs"))
        .order_by("-edition")
    )
    return [
        Edition(
            book,
            changes(before.content, book.content) if before else [],
            before is None,
            book.attempts,
        )
        for book, before in zip(books, [*books[1:], None], strict=False)
    ]
