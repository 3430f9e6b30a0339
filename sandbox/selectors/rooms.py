"""A run as the domain's room: its setting, its folders, and its calendar."""

from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F

from ..domain.deadlines import Clock, Limit, LimitedStep, OfficeTime, Unit
from ..domain.events import Entry, Event
from ..domain.folders import Folder, Setting
from ..domain.position import Terms
from ..domain.room import Room
from ..domain.working_days import WorkingCalendar
from ..models import AnswerKey, Case, Holiday, Run, Scenario, TimeLimit
from ..models.runs import folder_of
from .phrases import cast_of
from .regions import region_of


def calendar(place: str = "") -> WorkingCalendar:
    """Return working days over the whole years for which national holidays are loaded.

    `place` adds the holidays of one region. Raises LookupError where none are loaded: a
    deadline is never guessed.
    """
    rows = list(
        Holiday.objects.filter(place__in={"", place}).order_by("date").values_list("date", "place")
    )
    national = [day for day, where in rows if not where]
    if not national:
        raise LookupError("no holidays are loaded; run manage.py load_practice_room")
    return WorkingCalendar(
        holidays=frozenset(day for day, _ in rows),
        first=national[0].replace(month=1, day=1),
        last=national[-1].replace(month=12, day=31),
    )


def office_time(run: Run) -> OfficeTime:
    """Return the zone, hours and working days by which a run counts."""
    zone = run.zone or region_of(run).about["timezone"]
    opens, closes = (time.fromisoformat(run.terms[name]) for name in ("opens", "closes"))
    return OfficeTime(kept_calendar(run), ZoneInfo(zone), opens, closes)


def kept_calendar(run: Run) -> WorkingCalendar:
    """Return the calendar that a run started with; a later decree changes no running attempt."""
    kept = run.terms
    return calendar_from(kept["first"], kept["last"], tuple(kept["holidays"]))


@lru_cache(maxsize=64)
def calendar_from(first: str, last: str, holidays: tuple[str, ...]) -> WorkingCalendar:
    """Return a calendar by its days in ISO form, counted once per process."""
    days = frozenset(map(date.fromisoformat, holidays))
    return WorkingCalendar(days, date.fromisoformat(first), date.fromisoformat(last))


def terms_for(scenario: Scenario) -> dict[str, Any]:
    """Return by what time counts now in an exercise, for a run to keep."""
    rules, days = scenario.rules, calendar(scenario.place)
    limits = TimeLimit.objects.filter(pack=rules)
    return {
        "first": days.first.isoformat(),
        "last": days.last.isoformat(),
        "holidays": sorted(day.isoformat() for day in days.holidays),
        "opens": rules.opens.isoformat(),
        "closes": rules.closes.isoformat(),
        "warn_percent": rules.warn_percent,
        "limits": list(limits.values("step", "amount", "unit", "clock", "pauses")),
    }


def limits(run: Run) -> dict[LimitedStep, Limit]:
    """Return the limits that a run started with."""
    return {
        LimitedStep(row["step"]): Limit(
            row["amount"], Unit(row["unit"]), Clock(row["clock"]), row["pauses"]
        )
        for row in run.terms["limits"]
    }


def setting_of(run: Run) -> Setting:
    """Return what stays the same during a run."""
    region, play, office = region_of(run), run.play, office_time(run)
    injects = play.timed(run.started_at, office)
    return Setting(
        seed=run.seed,
        desk=run.desk,
        home=region.code,
        terms=Terms(limits(run), office, run.terms["warn_percent"], injects),
        cast=play.cast(cast_of(run)),
        offices={office["code"]: office["name"] for office in region.offices},
        asks=tuple(play.expectations),
        begins=run.started_at,
    )


def room_of(run: Run, cases: Iterable[Case] | None = None) -> Room:
    """Return the run, or only some of its cases, as it stands; three queries for any number."""
    chosen = list(run.cases.all() if cases is None else cases)
    by_pk = {case.pk: case for case in chosen}
    keys = dict(AnswerKey.objects.of(run).filter(case__in=by_pk).values_list("case_id", "key"))
    events: dict[int, list[Event]] = {case.number: [] for case in chosen}
    for row in run.log.filter(case__in=by_pk).order_by("number"):
        entry = row.entry(by_pk[row.case_id or 0].number)
        if isinstance(entry, Event):
            events[entry.case].append(entry)
    folders = {case.number: folder_of(case, keys[case.pk], events[case.number]) for case in chosen}
    return Room(setting_of(run), run.clock, folders, run.length)


def log_of(run: Run) -> list[Entry]:
    """Return everything that happened in a run, in order."""
    rows: Any = run.log.annotate(case_number=F("case__number")).order_by("number")
    return [row.entry(row.case_number) for row in rows]


def folder_for(case: Case) -> Folder:
    """Return one case with its key and its events."""
    return room_of(case.run, [case]).folders[case.number]
