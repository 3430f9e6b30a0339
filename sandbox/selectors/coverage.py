"""What the case families cover, and where they are thin: for trainers who decide what to write."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count as Rows
from django.db.models import Max, Sum
from django.utils.translation import get_language

from ..domain.library.families import ARCHETYPES, CHANNELS, Family
from ..domain.library.family_checks import is_thin
from ..domain.library.routing import rows_of
from ..domain.library.telling import fits
from ..labels import CLASS_LABELS, PLAYED_ROLE_LABELS
from ..models import CaseFamily, RegionPack, RulePack
from .families import categories, newest_regions, reasons, regions_at, topic
from .family_words import ARCHETYPE_LABELS, DIFFICULTY_LABELS, TELLING_CHANNEL_LABELS
from .files import localized, routing

SURE = "A"
THIN = 2  # families, or fewer: a second attempt meets them again
KEPT = 4  # states of the library, each in one language
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
class Choice:
    """A family whose author named the competent office, which no row does."""

    family: str
    competent: str
    source: str


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
    choices: list[Choice]
    tables: list[tuple[Any, str, list[Count]]]
    number: int
    from_stock: int
    thin: list[str]

    @property
    def own_answers(self) -> int:
        return self.number - self.from_stock

    @property
    def thin_kinds(self) -> list[tuple[str, list[Count]]]:
        """The kinds that one or two families stand for, by table."""
        found = [
            (name, [each for each in counted if each.number and each.is_thin])
            for name, _by, counted in self.tables
        ]
        return [(name, thin) for name, thin in found if thin]

    @property
    def unsure(self) -> list[Topic]:
        """The rows that wait for an expert."""
        return [row for row in self.topics if not row.is_sure]

    @property
    def uncovered(self) -> list[Topic]:
        return [row for row in self.topics if not row.families]


def coverage(day: date) -> Coverage:
    """Count what the published families cover, in the regions as they stand on `day`."""
    return counted_in(state(), day, get_language())


def state() -> tuple[Any, ...]:
    """Return what changes with every edit of a family, a region or the rules."""
    families = CaseFamily.objects.filter(live=True).aggregate(
        Rows("pk"), Sum("pk"), Sum("live_revision"), Max("live_revision"), Max("last_published_at")
    )
    packs = RegionPack.objects.aggregate(Rows("pk"), Max("pk"))
    rules = RulePack.history.aggregate(Max("history_id"))
    return (*families.values(), *packs.values(), *rules.values())


@lru_cache(maxsize=KEPT)
def counted_in(_state: tuple[Any, ...], day: date, _language: str | None) -> Coverage:
    """Count once per process for each state of the library and each language."""
    live = CaseFamily.objects.filter(live=True)
    families: list[Family] = list(live.order_by("code").values_list("content", flat=True))
    return Coverage(
        topics=topics(families),
        choices=list(choices(families)),
        tables=[*tables(families), ("regions", "", regions(families, day))],
        number=len(families),
        from_stock=sum(not family.get("answer") for family in families),
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


def choices(families: Iterable[Family]) -> Iterator[Choice]:
    """Yield the families whose competent office is in none of their rows."""
    known = routing()
    for family in families:
        rows = [known.rows[number] for number in rows_of(family)]
        named = {row["competent"] for row in rows}
        named |= {accepted["duty"] for row in rows for accepted in row["accept"]}
        for own in family["key"].get("route", ())[:1]:
            if own["duty"] not in named:
                competent = localized(known.duties[own["duty"]])
                yield Choice(family["code"], competent, family["source"])


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
