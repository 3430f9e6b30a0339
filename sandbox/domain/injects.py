"""What happens to everybody in an exercise: declared moments, and what follows from each kind.

All effects follow from the hour alone, so that a log can be played again: an attempt keeps the
declarations, and the log notes when each came.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from .deadlines import Limit, LimitedStep, OfficeTime

GAP = timedelta(minutes=10)  # between two reports of a flood
MOST_HOURS = 400  # working hours, ten weeks
MOST_REPORTS = 60
HARDEST = -60  # trust that one piece of news may cost
LEAST_PATIENCE = -5  # days
LONGEST_LIMIT = 60  # days


class Kind(StrEnum):
    FLOOD = "flood"
    NEWS = "news"
    POST = "post"
    RULE_CHANGE = "rule_change"
    OUTAGE = "outage"


Test = Callable[[Any], bool]


def whole(least: int, most: int) -> Test:
    return lambda value: type(value) is int and least <= value <= most


def texts(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_step(value: Any) -> bool:
    return isinstance(value, str) and value in set(LimitedStep)


def names(value: Any) -> bool:
    return isinstance(value, list) and all(map(texts, value))


# What each kind does, by the fields that say how much of it: what it needs, and what it may have.
#   flood        `number` further incidents of the group `group` are reported
#   news, post   reporters of `categories`, or all, trust less by `trust`; patience is shorter
#   rule_change  `step` has the limit `amount` for whatever enters it from now on
#   outage       nobody acts for `hours` working hours; with `office` only its officers, unless
#                they are reminded
MOODS: tuple[Mapping[str, Test], Mapping[str, Test]] = (
    {"trust": whole(HARDEST, 0)},
    {"patience": whole(LEAST_PATIENCE, 0), "categories": names},
)
EFFECTS: Mapping[Kind, tuple[Mapping[str, Test], Mapping[str, Test]]] = {
    Kind.FLOOD: ({"group": texts, "number": whole(1, MOST_REPORTS)}, {}),
    Kind.NEWS: MOODS,
    Kind.POST: MOODS,
    Kind.RULE_CHANGE: (
        {"step": is_step, "amount": whole(1, LONGEST_LIMIT)},
        {},
    ),
    Kind.OUTAGE: ({"hours": whole(1, MOST_HOURS)}, {"office": texts}),
}
SAID = ("title_id", "title_en", "text_id", "text_en")
OF_ALL: Mapping[str, Test] = {
    "after": whole(-MOST_HOURS, MOST_HOURS),
    "kind": lambda value: isinstance(value, str) and value in set(Kind),
    **dict.fromkeys(SAID, texts),
}


@dataclass(frozen=True)
class Inject:
    """One declared moment. `until` is the end of an outage, else the moment itself."""

    place: int
    kind: Kind
    at: datetime
    until: datetime
    table: Mapping[str, Any]

    @property
    def title(self) -> Mapping[str, str]:
        return {"id": self.table["title_id"], "en": self.table["title_en"]}

    @property
    def text(self) -> Mapping[str, str]:
        return {"id": self.table["text_id"], "en": self.table["text_en"]}

    @property
    def office(self) -> str:
        return str(self.table.get("office", ""))

    def concerns(self, category: str) -> bool:
        """Tell whether reporters of a category hear something here that moves them."""
        chosen = self.table.get("categories") or [category]
        return self.kind in (Kind.NEWS, Kind.POST) and category in chosen


@dataclass(frozen=True)
class Injects:
    """All injects of an exercise, in order of time."""

    all: tuple[Inject, ...] = ()

    @property
    def floods(self) -> list[Inject]:
        """The floods in declared order, as orders number them."""
        found = (inject for inject in self.all if inject.kind is Kind.FLOOD)
        return sorted(found, key=lambda inject: inject.place)

    def between(self, after: datetime, to: datetime) -> list[Inject]:
        return [inject for inject in self.all if after < inject.at <= to]

    def next_at(self, after: datetime) -> datetime | None:
        return next((inject.at for inject in self.all if inject.at > after), None)

    def come_by(self, now: datetime) -> int:
        """Count what has happened by now."""
        return sum(inject.at <= now for inject in self.all)

    def moods(self, category: str, since: datetime, come: int) -> list[Inject]:
        """Return what reporters of a category have heard since, out of the first `come`."""
        heard = self.all[:come]
        return [inject for inject in heard if inject.at >= since and inject.concerns(category)]

    def limits(
        self, declared: Mapping[LimitedStep, Limit], since: datetime
    ) -> Mapping[LimitedStep, Limit]:
        """Return the limits for a step that is entered at `since`."""
        changed = {step: inject.table["amount"] for step, inject in self.changes(since)}
        if not changed:
            return declared
        return {
            step: replace(limit, amount=changed.get(step, limit.amount))
            for step, limit in declared.items()
        }

    def changes(self, since: datetime) -> Iterator[tuple[LimitedStep, Inject]]:
        """Yield the changes of rules by `since`; of two for the same step the later one counts."""
        for inject in self.all:
            if inject.kind is Kind.RULE_CHANGE and inject.at <= since:
                yield LimitedStep(inject.table["step"]), inject

    def change_of(self, step: LimitedStep | None, since: datetime) -> Inject | None:
        """Return what set the limit of a step that was entered at `since`, if the pack did not."""
        found = [inject for changed, inject in self.changes(since) if changed is step]
        return found[-1] if found else None

    def outage(self, at: datetime, office: str = "") -> Inject | None:
        """Return what keeps everybody, or the officers of one office, from acting."""
        return next((each for each in self.outages(office) if each.at <= at < each.until), None)

    def outages(self, office: str) -> Iterator[Inject]:
        for inject in self.all:
            if inject.kind is Kind.OUTAGE and inject.office in ("", office):
                yield inject

    @cached_property
    def idle_offices(self) -> frozenset[str]:
        """The offices where nobody acts at some time, unless reminded."""
        return frozenset(inject.office for inject in self.all if inject.office)

    def when_open(self, at: datetime, office: str, reminded_at: datetime | None) -> datetime:
        """Return when a step that somebody would take can be taken."""
        for outage in self.outages(office):
            is_woken = outage.office and reminded_at is not None and reminded_at >= outage.at
            if outage.at <= at < outage.until and not is_woken:
                at = outage.until
        return at


def read_injects(
    tables: Sequence[Mapping[str, Any]], starts_at: datetime, office: OfficeTime
) -> Injects:
    """Return declared injects with their hours."""
    found = []
    for place, table in enumerate(tables):
        at = working_hours_on(starts_at, table["after"], office)
        until = working_hours_on(at, table.get("hours", 0), office)
        found.append(Inject(place, Kind(table["kind"]), at, until, table))
    return Injects(tuple(sorted(found, key=lambda inject: inject.at)))


def working_hours_on(start: datetime, hours: int, office: OfficeTime) -> datetime:
    """Return the moment some working hours later; before the start only whole days count."""
    if hours < 0:
        days = -(hours // (office.closes.hour - office.opens.hour))
        day = start.astimezone(office.zone).date()
        return office.at(office.calendar.subtract(day, days), office.opens)
    left, at = timedelta(hours=hours), start
    while left:
        day = at.astimezone(office.zone).date()
        at = max(at, office.at(day, office.opens))
        span = office.at(day, office.closes) - at
        if office.calendar.is_working(day) and left <= span:
            return at + left
        if office.calendar.is_working(day) and span > timedelta():
            left -= span
        at = office.next_opening(at)
    return at


def floods(tables: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, int], ...]:
    """Return which groups come in floods and how many incidents of each, in declared order."""
    return tuple(
        (str(table["group"]), int(table["number"]))
        for table in tables
        if table["kind"] == Kind.FLOOD
    )


def problems_with(tables: Any) -> Iterator[tuple[int, str]]:
    """Yield the place, counted from 1, and the name of each field that cannot be used."""
    if not isinstance(tables, list):
        yield 0, ""
        return
    for place, table in enumerate(tables, start=1):
        if not isinstance(table, Mapping):
            yield place, ""
        else:
            yield from ((place, name) for name in wrong_fields(table))


def wrong_fields(table: Mapping[str, Any]) -> list[str]:
    """Return the fields that are missing, hold what they cannot, or are not known."""
    wrong = [name for name, test in OF_ALL.items() if not test(table.get(name))]
    if "kind" in wrong:
        return wrong
    needs, may = EFFECTS[Kind(table["kind"])]
    wrong += [name for name, test in needs.items() if not test(table.get(name))]
    wrong += [name for name, test in may.items() if name in table and not test(table[name])]
    wrong += [name for name in table if name not in {*OF_ALL, *needs, *may}]
    return wrong
