"""What the practice room reads: files of the case library, calendars, queues and receipts."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, F, Q

from .domain.cases import CaseLibrary
from .domain.deadlines import LimitedStep, OfficeTime, Unit
from .domain.scoring import percent
from .domain.workflow import HOLDER, Action, Role, State
from .domain.working_days import WorkingCalendar
from .models import (
    Case,
    CaseEvent,
    CaseQuerySet,
    Holiday,
    RulePack,
    Run,
    Scenario,
    TimeLimit,
    in_language,
)

LIBRARY = Path(__file__).parent / "case_library"
SOONEST_FIRST = F("due_at").asc(nulls_last=True)  # databases disagree about what is not due


@cache
def library(region: str, families: str) -> CaseLibrary:
    """Read a region and its case families from their files, once per process."""
    folder = LIBRARY / families
    return CaseLibrary(
        region=tomllib.loads((LIBRARY / f"{region}.toml").read_text()),
        families=tuple(
            tomllib.loads(file.read_text())
            for file in sorted(folder.glob("*.toml"))
            if not file.name.startswith("_")
        ),
        archive_reasons=tuple(
            tomllib.loads((folder / "_archive_reasons.toml").read_text())["reason"]
        ),
    )


def localized(entry: Mapping[str, Any], field: str = "name") -> str:
    """Return `field` of a library entry in the reader's language."""
    return in_language(entry[f"{field}_id"], entry[f"{field}_en"])


@cache
def categories() -> tuple[str, ...]:
    """Return the main categories of the national service, in its order."""
    listed = tomllib.loads((LIBRARY / "categories.toml").read_text())["main"]
    return tuple(listed)


def calendar() -> WorkingCalendar:
    """Return working days over the whole years for which holidays are loaded.

    Raises LookupError where none are: a deadline is never guessed.
    """
    holidays = list(Holiday.objects.order_by("date").values_list("date", flat=True))
    if not holidays:
        raise LookupError("no holidays are loaded; run manage.py load_practice_room")
    return WorkingCalendar(
        holidays=frozenset(holidays),
        first=holidays[0].replace(month=1, day=1),
        last=holidays[-1].replace(month=12, day=31),
    )


def zone(region: str, families: str) -> ZoneInfo:
    return ZoneInfo(library(region, families).region["timezone"])


def office_time(region: str, families: str, rules: RulePack) -> OfficeTime:
    return OfficeTime(calendar(), zone(region, families), rules.opens, rules.closes)


def limits(rules: RulePack) -> dict[LimitedStep, tuple[int, Unit]]:
    return {
        LimitedStep(limit.step): (limit.amount, Unit(limit.unit))
        for limit in rules.time_limits.all()
    }


def rules_in_force() -> RulePack:
    """Return the newest rule pack. Raises RulePack.DoesNotExist where none is loaded."""
    return RulePack.objects.prefetch_related("time_limits").latest("valid_from", "version")


def time_limits(steps: Iterable[str]) -> dict[str, Any]:
    """Return the limits of `steps` in that order, with the pack that they are read from."""
    pack = rules_in_force()
    by_step: dict[str, TimeLimit] = {limit.step: limit for limit in pack.time_limits.all()}
    return {"pack": pack, "limits": [by_step[step] for step in steps if step in by_step]}


class View(StrEnum):
    """Parts of the inbox."""

    TO_DO = "perlu"
    WAITING = "menunggu"
    DONE = "selesai"


VIEW_OF_STATE = {
    state: View.TO_DO
    if HOLDER[state] is Role.AGENCY_ADMIN
    else View.WAITING
    if state is State.AWAITING_COMPLETION
    else View.DONE
    for state in State
}


@dataclass(frozen=True)
class Desk:
    """The inbox at the run's clock: cases of one part, and how many each part holds."""

    cases: CaseQuerySet
    counts: Mapping[View, int]
    to_come: int


def desk(run: Run, view: View) -> Desk:
    """Return the cases that have come in, soonest due first; one query counts all parts."""
    by_state = (
        run.cases.values("state")
        .annotate(
            here=Count("pk", filter=Q(received_at__lte=run.clock)),
            later=Count("pk", filter=Q(received_at__gt=run.clock)),
        )
        .order_by()
    )
    counts = dict.fromkeys(View, 0)
    to_come = 0
    for row in by_state:
        counts[VIEW_OF_STATE[State(row["state"])]] += row["here"]
        to_come += row["later"]
    states = [state for state in State if VIEW_OF_STATE[state] is view]
    cases = run.cases.arrived(run.clock).filter(state__in=states).order_by(SOONEST_FIRST, "number")
    return Desk(cases, counts, to_come)


def timeline(case: Case) -> list[CaseEvent]:
    """Return what happened, newest first."""
    return list(case.events.order_by("-number"))


@dataclass(frozen=True)
class Forecast:
    """What moving the clock to `to` would do."""

    to: datetime
    arriving: int
    overdue: int
    waiting: int


def forecast(run: Run, to: datetime) -> Forecast:
    """Look ahead without changing anything: new reports, newly late cases, and held ones."""
    waiting = run.cases.filter(state="awaiting_completion").count()
    own = run.cases.held_by(Role(run.role))
    return Forecast(
        to=to,
        arriving=run.cases.filter(received_at__gt=run.clock, received_at__lte=to).count(),
        overdue=own.filter(due_at__gte=run.clock, due_at__lt=to).count(),
        waiting=waiting,
    )


def undecided(run: Run) -> dict[str, int]:
    """Count what finishing now would leave: cases on the own desk, and reporters still asked."""
    return {
        "unfinished": run.cases.arrived(run.clock).held_by(Role(run.role)).count(),
        "to_come": run.cases.filter(received_at__gt=run.clock).count(),
        "waiting": run.cases.filter(state=State.AWAITING_COMPLETION).count(),
    }


@dataclass(frozen=True)
class News:
    """What happened by others' hands while the clock moved."""

    arrived: int
    answered: int


def news(run: Run, since: datetime) -> News:
    span = {"gt": since, "lte": run.clock}
    arrived = {f"received_at__{bound}": at for bound, at in span.items()}
    answered = {f"at__{bound}": at for bound, at in span.items()}
    completions = CaseEvent.objects.filter(case__run=run, action=Action.COMPLETE, **answered)
    return News(run.cases.filter(**arrived).count(), completions.count())


@dataclass(frozen=True)
class Debrief:
    """A finished run explained: per criterion, per case, and what to practise next."""

    criteria: list[dict[str, Any]]
    cases: list["JudgedCase"]
    weakest: str | None


@dataclass(frozen=True)
class JudgedCase:
    """One case with its receipts."""

    case: Case
    lines: list[dict[str, Any]]
    takeaway: Mapping[str, str]

    @property
    def points(self) -> int:
        return sum(line["points"] for line in self.lines)

    @property
    def out_of(self) -> int:
        return sum(line["out_of"] for line in self.lines)

    @property
    def is_right(self) -> bool:
        return self.points == self.out_of


def debrief(run: Run) -> Debrief:
    """Read the frozen score, cases with lost points first; nothing is judged again."""
    lines = run.result["lines"]
    by_case: dict[int, list[dict[str, Any]]] = {}
    for line in lines:
        by_case.setdefault(line["case"], []).append(line)
    return Debrief(
        criteria=share_by(lines, "criterion"),
        cases=sorted(
            (
                JudgedCase(case, by_case[case.number], run.result["takeaways"][str(case.number)])
                for case in run.cases.all()
            ),
            key=lambda judged: judged.is_right,
        ),
        weakest=weakest(lines),
    )


def share_by(lines: Iterable[Mapping[str, Any]], field: str) -> list[dict[str, Any]]:
    """Add up points by `field`, in order of first appearance."""
    sums: dict[str, list[int]] = {}
    for line in lines:
        total = sums.setdefault(line[field], [0, 0])
        total[0] += line["points"]
        total[1] += line["out_of"]
    return [
        {field: name, "points": points, "out_of": out_of, "percent": percent(points, out_of)}
        for name, (points, out_of) in sums.items()
    ]


def weakest(lines: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the expectation with the lowest share, or None where nothing was lost."""
    shares = share_by(lines, "expectation")
    lost = [share for share in shares if share["points"] < share["out_of"]]
    return min(lost, key=lambda share: share["percent"])["expectation"] if lost else None


@dataclass(frozen=True)
class ExerciseRow:
    """One exercise with a person's attempts, newest first."""

    scenario: Scenario
    runs: list[Run]

    @property
    def open_run(self) -> Run | None:
        return next((run for run in self.runs if run.is_open), None)

    @property
    def best(self) -> Run | None:
        finished = [run for run in self.runs if run.score]
        return max(finished, key=lambda run: run.result["percent"], default=None)


def exercises_of(user: AbstractBaseUser | AnonymousUser) -> list[ExerciseRow]:
    runs: dict[int | None, list[Run]] = {}
    for run in Run.objects.visible_to(user):
        runs.setdefault(run.scenario_id, []).append(run)
    return [ExerciseRow(scenario, runs.get(scenario.pk, [])) for scenario in Scenario.objects.all()]


def briefing(scenario: Scenario, user: AbstractBaseUser | AnonymousUser) -> dict[str, Any]:
    """Return what to know before a start: the place played, the rules, and one's attempts."""
    found = library(scenario.region, scenario.families)
    return {
        "scenario": scenario,
        "region": found.region["en" if in_language("", "en") else "id"],
        "rules": time_limits([LimitedStep.VERIFY, LimitedStep.COMPLETION_WINDOW]),
        "row": ExerciseRow(scenario, list(Run.objects.visible_to(user).filter(scenario=scenario))),
    }
