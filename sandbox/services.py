"""All that the practice room writes."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Max
from faker import Faker
from simple_history.utils import bulk_create_with_history

from .domain.actors import Reaction, reaction
from .domain.cases import make_cases
from .domain.deadlines import STEP_OF_STATE, LimitedStep, OfficeTime, Unit, due_at
from .domain.scoring import Event, percent, receipts
from .domain.workflow import FIRST_STEP, Action, Role, State, next_state
from .models import AnswerKey, Case, CaseEvent, Holiday, RulePack, Run, Scenario, TimeLimit
from .selectors import library, limits, office_time
from .signals import run_finished

Limits = Mapping[LimitedStep, tuple[int, Unit]]
NAMES_PER_RUN = 40
KEPT_CHOICES = {"class": "classification", "category": "category", "unit": "unit"}


class CaseChanged(Exception):
    """The case is no longer at the version that the action was decided on."""


class RunOver(Exception):
    """The run is finished, or its exercise has been deleted: it can only be read."""


class ClockMoved(Exception):
    """The run's clock is not where it was when the learner decided to move it."""


class ClockBackwards(Exception):
    """Virtual time never moves back."""


@transaction.atomic
def start_run(*, learner: AbstractBaseUser, scenario: Scenario) -> Run:
    """Return the learner's open run of `scenario`, or start one with cases of its own.

    The seed follows from learner, scenario and attempt: a retry brings other cases,
    and starting twice at once brings one run.
    """
    scenario = Scenario.objects.select_for_update().select_related("rules").get(pk=scenario.pk)
    runs = Run.objects.filter(learner_id=learner.pk, scenario=scenario)
    if current := runs.open().first():
        return current
    attempt = (runs.aggregate(last=Max("attempt"))["last"] or 0) + 1
    run = Run.objects.create(
        learner_id=learner.pk,
        scenario=scenario,
        attempt=attempt,
        title=scenario.title,
        title_en=scenario.title_en,
        role=scenario.role,
        region=scenario.region,
        families=scenario.families,
        seed=zlib.crc32(f"{learner.pk}/{scenario.code}/{attempt}".encode()),
        pass_percent=scenario.pass_percent,
        rules=scenario.rules,
        started_at=scenario.starts_at,
        clock=scenario.starts_at,
    )
    add_cases(run=run, scenario=scenario)
    return run


def families_met(run: Run) -> set[str]:
    """Return the families of the learner's earlier attempts, so that a retry tests no memory."""
    earlier = Case.objects.filter(run__learner=run.learner_id, run__scenario=run.scenario_id)
    return set(earlier.values_list("family", flat=True))


def add_cases(*, run: Run, scenario: Scenario) -> None:
    """Make the run's cases from its seed; the last `arrive_later` come next working morning."""
    names = Faker("id_ID")
    names.seed_instance(run.seed)
    synthetic = make_cases(
        library(run.region, run.families),
        scenario.composition,
        scenario.number,
        run.seed,
        [f"{names.first_name()} {names.last_name()}" for _ in range(NAMES_PER_RUN)],
        families_met(run),
    )
    office = office_time(run.region, run.families, run.rules)
    run_limits = limits(run.rules)
    tomorrow = office.next_opening(run.clock)
    at_start = scenario.number - scenario.arrive_later
    cases = []
    for number, made in enumerate(synthetic, start=1):
        received_at = run.clock if number <= at_start else tomorrow
        cases.append(
            Case(
                run=run,
                number=number,
                family=made.family,
                facts=made.facts,
                received_at=received_at,
                entered_at=received_at,
                due_at=due_at(State.UNVERIFIED, received_at, run_limits, office),
            )
        )
    Case.objects.bulk_create(cases)
    AnswerKey.objects.bulk_create(
        AnswerKey(case=case, key=made.key) for case, made in zip(cases, synthetic, strict=True)
    )
    CaseEvent.objects.bulk_create(
        CaseEvent(
            case=case,
            number=1,
            role=Role.REPORTER,
            action=FIRST_STEP.action,
            target=State.UNVERIFIED,
            text=case.facts["text"],
            at=case.received_at,
        )
        for case in cases
    )


@transaction.atomic
def take_action(
    *,
    case: Case,
    version: int,
    action: Action,
    actor: AbstractBaseUser,
    choices: Mapping[str, str],
    text: str,
) -> Case:
    """Take the learner's `action` on the case that they saw at `version`.

    The same form sent twice is one action. Raises RunOver, ActionNotAllowed, or
    CaseChanged where another tab or person was first; nothing is written then.
    """
    run = open_run(case.run_id)
    last = case.events.filter(number=version + 1).first()
    if last and (last.action, last.choices, last.text) == (action, dict(choices), text):
        return Case.objects.select_related("run").get(pk=case.pk)
    return record_step(
        case=case,
        version=version,
        run=run,
        action=action,
        role=Role(run.role),
        at=run.clock,
        actor=actor,
        choices=choices,
        text=text,
    )


def open_run(run_id: int) -> Run:
    """Lock and return a run that can still be worked on. Raises RunOver."""
    run = Run.objects.select_for_update(of=("self",)).select_related("rules").get(pk=run_id)
    if not run.is_open:
        raise RunOver
    return run


def record_step(  # noqa: PLR0913 – one step of the procedure, whoever takes it
    *,
    case: Case,
    version: int,
    run: Run,
    action: Action,
    role: Role,
    at: datetime,
    actor: AbstractBaseUser | None = None,
    choices: Mapping[str, str] | None = None,
    text: str = "",
) -> Case:
    """Move a case by one guarded update and append its event; the only writer of `state`."""
    case = Case.objects.get(pk=case.pk)
    if case.version != version:
        raise CaseChanged
    source = State(case.state)
    held_from = State(case.held_from) if case.held_from else None
    target = next_state(source, action, role, held_from)
    kept = {
        KEPT_CHOICES[name]: value for name, value in (choices or {}).items() if name in KEPT_CHOICES
    }
    moved = Case.objects.filter(pk=case.pk, state=source, version=version).update(
        state=target,
        held_from=source if target is State.AWAITING_COMPLETION else "",
        entered_at=at,
        version=F("version") + 1,
        **clock_after(case, target, at, run),
        **kept,
    )
    if not moved:
        raise CaseChanged
    CaseEvent.objects.create(
        case=case,
        number=version + 1,
        role=role,
        actor_id=actor.pk if actor else None,
        action=action,
        source=source,
        target=target,
        choices=dict(choices or {}),
        text=text,
        at=at,
    )
    return Case.objects.select_related("run").get(pk=case.pk)


def clock_after(case: Case, target: State, at: datetime, run: Run) -> dict[str, Any]:
    """Return the due date after a step: a hold stops the clock, and completion lets it go on."""
    source = State(case.state)
    if STEP_OF_STATE.get(target) == STEP_OF_STATE.get(source):
        return {}
    office = office_time(run.region, run.families, run.rules)
    is_back = target in (State.UNVERIFIED, State.VERIFIED)
    if source is State.AWAITING_COMPLETION and is_back and case.paused_days is not None:
        left = max(case.paused_days, 0)
        return {"due_at": office.due(at, left, Unit.WORKING_DAY), "paused_days": None}
    paused = None
    if target is State.AWAITING_COMPLETION and case.due_at:
        paused = office.working_days_left(at, case.due_at)
    return {"due_at": due_at(target, at, limits(run.rules), office), "paused_days": paused}


@transaction.atomic
def advance_clock(*, run: Run, seen: datetime, to: datetime) -> Run:
    """Move the run's clock from `seen` to `to` and let everyone else react, in order.

    Moving it twice with one form moves it once. Raises RunOver, ClockMoved, ClockBackwards.
    """
    run = open_run(run.pk)
    if run.clock == to:
        return run
    if run.clock != seen:
        raise ClockMoved
    if to < seen:
        raise ClockBackwards
    office = office_time(run.region, run.families, run.rules)
    held = run.cases.filter(state=State.AWAITING_COMPLETION).select_related("answer_key")
    reactions = [(case, found) for case in held if (found := reaction_of(case, office, to))]
    for case, found in sorted(reactions, key=lambda pair: (pair[1].at, pair[0].number)):
        record_step(
            case=case,
            version=case.version,
            run=run,
            action=found.action,
            role=found.role,
            at=found.at,
            text=found.text,
        )
    Run.objects.filter(pk=run.pk, clock=seen).update(clock=to)
    run.clock = to
    return run


def reaction_of(case: Case, office: OfficeTime, now: datetime) -> Reaction | None:
    """Ask how the parties of a held case react; a reporter answers next working morning."""
    asked = case.events.filter(action=Action.HOLD).latest("number").choices["missing"]
    return reaction(
        asked_for=asked,
        key=case.answer_key.key,
        answers_at=office.next_opening(case.entered_at),
        expires_at=case.due_at,
        now=now,
    )


@transaction.atomic
def finish_run(*, run: Run, now: datetime) -> Run:
    """Score the run by the rules that it keeps, freeze the score and tell whoever listens.

    `now` is wall time, for the records above. Finishing twice finishes once.
    Raises RunOver where the exercise has been deleted.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("rules").get(pk=run.pk)
    if run.finished_at is not None:
        return run
    if not run.is_open:
        raise RunOver
    run.finished_at = run.clock
    run.score = score(run)
    run.save(update_fields=["finished_at", "score"])
    run_finished.send(sender=Run, run=run, now=now)
    return run


def score(run: Run) -> dict[str, Any]:
    """Judge every case of the run; the receipts add up to the score exactly."""
    lines = []
    cases = run.cases.select_related("answer_key").prefetch_related("events")
    takeaways = {str(case.number): case.answer_key.key["debrief"] for case in cases}
    for case in cases:
        events = [
            Event(event.number, Action(event.action), event.choices)
            for event in case.events.all()
            if event.role == run.role
        ]
        for receipt in receipts(events, case.answer_key.key, run.rules.rubric):
            lines.append({"case": case.number, "verdict": receipt.verdict, **asdict(receipt)})
    points = sum(line["points"] for line in lines)
    out_of = sum(line["out_of"] for line in lines)
    return {
        "points": points,
        "out_of": out_of,
        "percent": percent(points, out_of),
        "rules": run.rules.version,
        "lines": lines,
        "takeaways": takeaways,
    }


@transaction.atomic
def replace_holidays(*, year: int, rows: Sequence[Mapping[str, Any]]) -> int:
    """Replace one year's holidays by `rows` of date, name, kind and decree; return how many."""
    Holiday.objects.filter(date__year=year).delete()
    bulk_create_with_history([Holiday(**row) for row in rows], Holiday)
    return len(rows)


@transaction.atomic
def load_rule_pack(*, pack: Mapping[str, Any]) -> RulePack:
    """Store a rule pack as its file holds it, unless its version is there already."""
    if stored := RulePack.objects.filter(version=pack["version"]).first():
        return stored
    rules = RulePack.objects.create(
        version=pack["version"],
        title=pack["id"]["title"],
        title_en=pack["en"]["title"],
        note=pack["id"]["note"],
        note_en=pack["en"]["note"],
        valid_from=pack["valid_from"],
        checked_on=pack["checked_on"],
        opens=pack["office_hours"]["opens"],
        closes=pack["office_hours"]["closes"],
        rubric=pack["rubric"],
    )
    for limit in pack["time_limit"]:
        TimeLimit.objects.create(pack=rules, **limit)
    return rules


@transaction.atomic
def load_scenario(*, scenario: Mapping[str, Any], rules: RulePack) -> Scenario:
    """Store a scenario as its file holds it, unless its code is there already."""
    stored, _created = Scenario.objects.get_or_create(
        code=scenario["code"], defaults={**scenario, "rules": rules}
    )
    return stored
