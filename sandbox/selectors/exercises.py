"""Exercises, and a person's attempts at them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from django.db.models import Q

from ..domain.deadlines import LimitedStep
from ..domain.library.regions import Region
from ..domain.modes import MODES, Allowance, Mode, time_allowed
from ..domain.scoring.expectations import Criterion, Expectation, Kind
from ..domain.workflow import STEPS, Action, Role
from ..labels import ALLOWANCE_WORDS, ANY_ATTEMPTS, ATTEMPTS_WORDS, SERIES_LABELS
from ..models import Grant, Run, Scenario, in_language
from .regions import region_for, reports_of
from .rules import judged_in, limits_of

SETTLING = (
    LimitedStep.SETTLE_INFORMATION,
    LimitedStep.SETTLE_NON_SUPERVISORY,
    LimitedStep.SETTLE_SUPERVISORY,
    LimitedStep.SETTLE_ASPIRATION,
)
LIMITS: Mapping[Role, tuple[LimitedStep, ...]] = {  # which of the time limits a role meets
    Role.REPORTER: (LimitedStep.COMPLETION_WINDOW, LimitedStep.REPLY_WINDOW, *SETTLING),
    Role.NATIONAL_ADMIN: (LimitedStep.VERIFY, LimitedStep.COMPLETION_WINDOW),
    Role.AGENCY_ADMIN: (
        LimitedStep.VERIFY,
        LimitedStep.COMPLETION_WINDOW,
        LimitedStep.FIRST_RESPONSE,
    ),
    Role.LIAISON_OFFICER: (LimitedStep.FIRST_RESPONSE, LimitedStep.REPLY_WINDOW, *SETTLING),
    Role.SUPERVISOR: (LimitedStep.FIRST_RESPONSE, *SETTLING),
}


@dataclass(frozen=True)
class ExerciseRow:
    """One exercise with a person's attempts, newest first, and what they were granted.

    `reports` is how many reports it brings: several people may tell of one incident.
    """

    scenario: Scenario
    runs: list[Run]
    reports: int
    grant: Grant | None = None
    may_preview: bool = False

    @property
    def allows(self) -> Allowance:
        return MODES[Mode(self.scenario.mode)]

    @property
    def open_run(self) -> Run | None:
        return next((run for run in self.runs if run.is_open), None)

    @property
    def best(self) -> Run | None:
        """The best attempt whose result may be seen."""
        seen = [run for run in self.runs if run.score and run.is_released and run.is_final]
        return max(seen, key=lambda run: run.result["percent"], default=None)

    @property
    def attempts_left(self) -> int | None:
        taken = max((run.attempt for run in self.runs), default=0)
        return self.allows.attempts_left(taken, self.grant.attempts if self.grant else 0)

    @property
    def may_start(self) -> bool:
        is_open = self.scenario.is_published or self.may_preview
        return self.open_run is not None or (is_open and self.attempts_left != 0)

    @property
    def time_allowed(self) -> timedelta | None:
        """An exam's time for this person, with what was granted beyond the exam's own."""
        if not self.allows.is_timed:
            return None
        return time_allowed(self.scenario.minutes, self.extra_percent)

    @property
    def extra_percent(self) -> int:
        return self.grant.extra_percent if self.grant else 0

    @property
    def exam_minutes(self) -> int:
        return int(self.time_allowed.total_seconds() // 60) if self.time_allowed else 0


def exercises_of(user: AbstractBaseUser | AnonymousUser) -> list[ExerciseRow]:
    runs: dict[int | None, list[Run]] = {}
    for run in Run.objects.visible_to(user).select_related("scenario"):
        runs.setdefault(run.scenario_id, []).append(run)
    grants = {grant.scenario_id: grant for grant in Grant.objects.filter(learner_id=user.pk or 0)}
    scenarios = list(Scenario.objects.filter(Q(is_published=True) | Q(pk__in=filter(None, runs))))
    scenarios.sort(key=lambda scenario: list(SERIES_LABELS).index(scenario.series))
    reports = reports_of(scenarios)
    return [
        ExerciseRow(
            scenario, runs.get(scenario.pk, []), reports[scenario.pk], grants.get(scenario.pk)
        )
        for scenario in scenarios
    ]


def may_preview(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Tell whether a person may see and try exercises that are drafts."""
    return isinstance(user, PermissionsMixin) and user.has_perm("sandbox.change_scenario")


def exercise_row(scenario: Scenario, user: AbstractBaseUser | AnonymousUser) -> ExerciseRow:
    runs = Run.objects.visible_to(user).filter(scenario=scenario).select_related("scenario")
    grant = Grant.objects.filter(scenario=scenario, learner_id=user.pk or 0).first()
    reports = reports_of([scenario])[scenario.pk]
    return ExerciseRow(scenario, list(runs), reports, grant, may_preview(user))


def briefing(scenario: Scenario, user: AbstractBaseUser | AnonymousUser) -> dict[str, Any]:
    """Return what to know before a start: the place played, the rules, and one's attempts."""
    region = region_for(scenario)
    role = Role(scenario.role)
    row, asked = exercise_row(scenario, user), asked_in(scenario)
    return {
        "scenario": scenario,
        "playground": region.about["en" if in_language("", "en") else "id"],
        "region": region,
        "office_code": office_played(scenario, region),
        "starts_at": start_in_zone(scenario, region),
        "rules": limits_of((row.open_run or scenario).rules, LIMITS[role]),
        "row": row,
        "allowed": list(in_words(row.allows)),
        "actions": actions_of(role),
        "criteria": criteria(asked),
        "occasional": occasional(asked),
    }


def office_played(scenario: Scenario, region: Region) -> str:
    """Return the code of the office whose desk is played; empty where the role has only one."""
    match scenario.role:
        case Role.LIAISON_OFFICER:
            return scenario.office
        case Role.AGENCY_ADMIN | Role.SUPERVISOR:
            return region.code
    return ""


def start_in_zone(scenario: Scenario, region: Region) -> datetime:
    zone = scenario.zone or region.about["timezone"]
    return scenario.starts_at.astimezone(ZoneInfo(zone))


def in_words(allows: Allowance) -> Iterator[str]:
    """Say what a mode allows, one sentence for each column of its table."""
    for name, value in allows._asdict().items():
        if name != "attempts":
            yield str(ALLOWANCE_WORDS[name][value])
        elif value is None:
            yield str(ANY_ATTEMPTS)
        else:
            yield ATTEMPTS_WORDS % {"n": value}


def actions_of(role: Role) -> list[Action]:
    """Return what a role may do in the whole procedure, in the order of the table."""
    return list(dict.fromkeys(step.action for step in STEPS if role in step.by))


def criteria(asked: Iterable[Expectation]) -> dict[str, list[Mapping[str, str]]]:
    """Return the rules by which this desk is scored, by heading; each sentence once."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for expected in asked:
        rules = found.setdefault(str(expected.criterion), [])
        rules += [expected.rule] if expected.rule not in rules else []
    return found


def asked_in(scenario: Scenario) -> list[Expectation]:
    """Return what counts at this desk: without a weight, only what fails an attempt."""
    weights = scenario.weights or dict.fromkeys(Criterion, 1)
    return [
        expected
        for expected in judged_in(scenario).expectations
        if scenario.role in expected.roles
        and expected.when.get("desk", scenario.whole) is scenario.whole
        and (expected.fatal or expected.criterion in weights)
    ]


def occasional(asked: Collection[Expectation]) -> set[str]:
    """Return the headings under which points are at stake only where something calls for it."""
    always = {expected.criterion for expected in asked if not is_occasional(expected)}
    return {str(expected.criterion) for expected in asked} - always


def is_occasional(expected: Expectation) -> bool:
    is_restraint = expected.kind is Kind.MUST_NOT and not expected.occasion
    return expected.kind is Kind.IF_THEN or is_restraint
