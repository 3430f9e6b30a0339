"""What the case families cover, and where they are thin: for trainers who decide what to write."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from ..domain.library.families import ARCHETYPES, CHANNELS, Family
from ..domain.library.family_checks import is_thin
from ..domain.library.routing import rows_of
from ..domain.library.telling import fits
from ..labels import CLASS_LABELS, PLAYED_ROLE_LABELS
from ..models import CaseFamily
from .families import categories, newest_regions, reasons, regions_at, topic
from .family_words import ARCHETYPE_LABELS, DIFFICULTY_LABELS, TELLING_CHANNEL_LABELS
from .files import localized, routing

SURE = "A"
THIN = 1  # families, or fewer
OWN_WORDS: Mapping[str, str] = {  # part of a family that a desk lives by, by its role
    "reporter": "situation",
    "national_admin": "agency",
    "agency_admin": "detail",
    "liaison_officer": "answer",
    "supervisor": "draft",
}


@dataclass(frozen=True)
class Topic:
    """A row of the routing knowledge, with the families that are about it."""

    number: int
    name: str
    competent: str
    confidence: str
    source: str
    families: Sequence[str]

    @property
    def is_sure(self) -> bool:
        return self.confidence == SURE

    @property
    def is_thin(self) -> bool:
        return len(self.families) <= THIN

    def matches(self, words: str) -> bool:
        text = " ".join((str(self.number), self.name, self.competent, self.source, *self.families))
        return all(word in text.casefold() for word in words.casefold().split())


@dataclass(frozen=True)
class Count:
    """How many families there are of one kind; `query` finds them in their list."""

    name: str
    number: int
    query: str = ""

    @property
    def is_thin(self) -> bool:
        return self.number <= THIN


@dataclass(frozen=True)
class Coverage:
    topics: list[Topic]
    tables: list[tuple[Any, str, list[Count]]]
    number: int
    thin: list[str]

    @property
    def unsure(self) -> list[Topic]:
        """The rows that wait for an expert."""
        return [row for row in self.topics if not row.is_sure]

    @property
    def uncovered(self) -> list[Topic]:
        return [row for row in self.topics if not row.families]


def coverage(day: date) -> Coverage:
    """Count what the published families cover, in the regions as they stand on `day`."""
    live = CaseFamily.objects.filter(live=True)
    families: list[Family] = list(live.order_by("code").values_list("content", flat=True))
    return Coverage(
        topics=topics(families),
        tables=[*tables(families), ("regions", "", regions(families, day))],
        number=len(families),
        thin=[family["code"] for family in families if is_thin(family)],
    )


def topics(families: Iterable[Family]) -> list[Topic]:
    by_row: dict[int, list[str]] = {}
    for family in families:
        for number in rows_of(family):
            by_row.setdefault(number, []).append(family["code"])
    known = routing()
    return [
        Topic(
            number,
            topic(row),
            localized(known.duties[row["competent"]]),
            row["confidence"],
            row["source"],
            by_row.get(number, []),
        )
        for number, row in known.rows.items()
    ]


Kind = Callable[[Family], Iterable[Any]]


def tables(families: Sequence[Family]) -> list[tuple[str, str, list[Count]]]:
    """Return tables of counts, each with its name and the filter that lists what it counts."""
    kinds: list[tuple[str, str, Iterable[tuple[Any, Any]], Kind]] = [
        (
            "archetypes",
            "archetype",
            [(name, f"{name} – {ARCHETYPE_LABELS[name]}") for name in ARCHETYPES],
            lambda family: [family["archetype"]],
        ),
        ("categories", "category", categories(), lambda family: [family["key"]["category"]]),
        (
            "classes",
            "classification",
            CLASS_LABELS.items(),
            lambda family: [family["key"]["class"]],
        ),
        (
            "difficulties",
            "difficulty",
            DIFFICULTY_LABELS.items(),
            lambda family: [family.get("difficulty", 1)],
        ),
        ("reasons", "", reasons(), lambda family: [archived(family)]),
        ("desks", "", PLAYED_ROLE_LABELS.items(), desks),
        (
            "channels",
            "",
            [(name, TELLING_CHANNEL_LABELS[name]) for name in CHANNELS],
            lambda family: {telling.get("channel") for telling in family["telling"]},
        ),
    ]
    return [(name, by, counts(families, of, kind, by)) for name, by, of, kind in kinds]


def counts(
    families: Iterable[Family], names: Iterable[tuple[Any, Any]], kind: Kind, by: str
) -> list[Count]:
    counted = Counter(each for family in families for each in kind(family))
    return [
        Count(str(label), counted[name], urlencode({by: name}) if by else "")
        for name, label in names
    ]


def archived(family: Family) -> str:
    return str(family["key"].get("archive", {}).get("reason", ""))


def desks(family: Family) -> list[str]:
    """Return the roles for whose desk a family has words of its own."""
    return [role for role, part in OWN_WORDS.items() if part in family or part in family["key"]]


def regions(families: Sequence[Family], day: date) -> list[Count]:
    names = {pack.code: pack.name for pack in newest_regions()}
    return [
        Count(names[region.about["code"]], sum(fits(family, region) for family in families))
        for region in regions_at(day)
    ]
