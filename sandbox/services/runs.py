"""Starting, ending and scoring a run."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max
from faker import Faker

from ..domain.cases import CaseLibrary, Order, SyntheticCase, make_cases
from ..domain.events import Event
from ..domain.folders import Folder
from ..domain.library.regions import Region
from ..domain.modes import MODES, Mode, time_allowed
from ..domain.openings import Plan, folders_for
from ..domain.plays import FIELDS
from ..domain.room import Room
from ..domain.scoring import judge
from ..domain.workflow import Role
from ..models import AnswerKey, AnswerMark, Case, Grant, LogEntry, Run, Scenario
from ..models.runs import columns, log_entry
from ..selectors.phrases import newest_book
from ..selectors.regions import edition, library_for, newest
from ..selectors.rooms import room_of, setting_of, terms_for
from ..selectors.rules import judged_in
from ..signals import run_finished
from .log import RunOver

NAMES_PER_RUN = 40
SEED_BITS = 32


class NoAttemptLeft(Exception):
    """The exam has been taken, and no trainer has granted another attempt."""


class NoReset(Exception):
    """The run's mode does not let the learner begin again."""


@transaction.atomic
def start_run(*, learner: AbstractBaseUser, scenario: Scenario, now: datetime) -> Run:
    """Return the learner's open run of `scenario`, or start one with cases of its own.

    A retry brings other cases of equal difficulty; starting twice at once brings one run.
    `now` is wall time, from which an exam is timed. Raises NoAttemptLeft.
    """
    scenario = (
        Scenario.objects.select_for_update(of=("self",)).select_related("rules").get(pk=scenario.pk)
    )
    runs = Run.objects.filter(learner_id=learner.pk, scenario=scenario)
    if current := runs.open().first():
        return current
    grant = Grant.objects.filter(learner_id=learner.pk, scenario=scenario).first()
    attempt = (runs.aggregate(last=Max("attempt"))["last"] or 0) + 1
    allows = MODES[Mode(scenario.mode)]
    if allows.attempts_left(attempt - 1, grant.attempts if grant else 0) == 0:
        raise NoAttemptLeft
    pack = newest(scenario.region)
    region = edition(pack, scenario.starts_at.date())
    run = Run.objects.create(
        region_id=pack,
        phrases_id=newest_book(),
        learner_id=learner.pk,
        attempt=attempt,
        scenario=scenario,
        seed=secrets.randbits(SEED_BITS),
        started_at=scenario.starts_at,
        clock=scenario.starts_at,
        ends_at=now + time_for(scenario, grant) if allows.is_timed else None,
        extra_percent=grant.extra_percent if grant else 0,
        office=desk_office(scenario, region),
        terms=terms_for(scenario),
        declared={name: getattr(scenario, name) for name in FIELDS},
        **{name: getattr(scenario, name) for name in COPIED},
    )
    add_cases(run=run, library=library_for(scenario, region), scenario=scenario)
    return run


COPIED = (
    "title",
    "title_en",
    "role",
    "mode",
    "zone",
    "place",
    "pass_percent",
    "needs_marking",
    "rules",
)


def time_for(scenario: Scenario, grant: Grant | None) -> timedelta:
    """Return an exam's time; a person may have been granted more."""
    return time_allowed(scenario.minutes, grant.extra_percent if grant else 0)


def desk_office(scenario: Scenario, region: Region) -> str:
    """Return whose desk is played: a unit's, the regency's, or the only one of its role."""
    if scenario.role == Role.LIAISON_OFFICER:
        return scenario.office
    if scenario.role in (Role.AGENCY_ADMIN, Role.SUPERVISOR):
        return region.code
    return ""


def families_met(run: Run) -> set[str]:
    """Return the families of the learner's earlier attempts, so that a retry tests no memory."""
    earlier = Case.objects.everyone().filter(
        run__learner=run.learner_id, run__scenario=run.scenario_id
    )
    return set(earlier.values_list("family", flat=True))


def add_cases(*, run: Run, library: CaseLibrary, scenario: Scenario) -> None:
    """Make the run's cases from its seed, and let what came in earlier be dealt with by others."""
    names = Faker("id_ID")
    names.seed_instance(run.seed)
    synthetic = make_cases(
        library,
        Order(scenario.composition, scenario.number, scenario.whole, run.play.floods),
        run.seed,
        [f"{names.first_name()} {names.last_name()}" for _ in range(NAMES_PER_RUN)],
        run.started_at.date(),
        families_met(run),
    )
    setting = setting_of(run)
    plan = Plan(run.started_at, scenario.arrive_later, scenario.days_before)
    folders = folders_for(synthetic, plan, setting)
    rows = {
        folder.number: row_of(run, case, folder)
        for case, folder in zip(synthetic, folders.values(), strict=True)
    }
    room = Room(setting, run.started_at, folders)
    entries = room.open()
    for number, row in rows.items():
        for name, value in columns(room.folders[number].position, run).items():
            setattr(row, name, value)
    Case.objects.everyone().bulk_create(rows.values())
    AnswerKey.objects.everyone().bulk_create(
        AnswerKey(case=rows[number], key=folder.key) for number, folder in folders.items()
    )
    LogEntry.objects.everyone().bulk_create(
        log_entry(run, entry, rows[entry.case] if isinstance(entry, Event) else None)
        for entry in entries
    )
    Run.objects.filter(pk=run.pk).update(length=room.length)
    run.length = room.length


def row_of(run: Run, case: SyntheticCase, folder: Folder) -> Case:
    return Case(
        run=run,
        number=folder.number,
        family=case.family,
        facts=folder.facts,
        received_at=folder.received_at,
    )


@transaction.atomic
def finish_run(*, run: Run, now: datetime) -> Run:
    """Score the run by the rules that it keeps, freeze the score and tell whoever listens.

    `now` is wall time, for the records above. Finishing twice finishes once. What waits for a
    trainer's marks is told when the last mark is given. Raises RunOver where the exercise has
    been deleted.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("rules").get(pk=run.pk)
    if run.finished_at is not None:
        return run
    if not run.is_open:
        raise RunOver
    run.finished_at = run.clock
    run.score = score(run)
    run.save(update_fields=["finished_at", "score"])
    if run.is_final and not run.is_trial:
        run_finished.send(sender=Run, run=run, now=now)
    return run


def finish_overdue(*, now: datetime) -> int:
    """Finish exams that were left when their time passed at wall time `now`; return how many."""
    overdue = Run.objects.open().filter(ends_at__lte=now).exclude(scenario=None)
    return sum(bool(finish_run(run=run, now=now)) for run in overdue)


@transaction.atomic
def reset_run(*, run: Run, now: datetime) -> Run:
    """End this attempt as it is, keep it readable, and start a fresh one. Raises NoReset."""
    if not run.allows.reset or run.scenario is None:
        raise NoReset
    stopped = finish_run(run=run, now=now)
    stopped.score = {**stopped.result, "stopped": True}
    stopped.save(update_fields=["score"])
    return start_run(learner=run.learner, scenario=run.scenario, now=now)


def score(run: Run) -> dict[str, Any]:
    """Judge every case of the run by its own pack; the receipts add up to the score exactly."""
    room = room_of(run)
    judged = judge(
        list(room.folders.values()),
        room.setting,
        judged_in(run),
        marks_of(run) if run.needs_marking else None,
    )
    return {
        "points": judged.points,
        "out_of": judged.out_of,
        "percent": judged.percent,
        "slips": judged.slips,
        "pending": judged.pending,
        "rules": run.rules.version,
        "stopped": bool(run.score and run.score.get("stopped")),
        "lines": [{**vars(line), "verdict": line.verdict} for line in judged.lines],
        "takeaways": {
            str(number): folder.key["debrief"] for number, folder in room.folders.items()
        },
    }


def marks_of(run: Run) -> Mapping[int, Mapping[str, int]]:
    """Return the trainer's marks by case number and element."""
    marks: dict[int, dict[str, int]] = {}
    rows = AnswerMark.objects.filter(case__run=run).values_list("case__number", "element", "mark")
    for number, element, mark in rows:
        marks.setdefault(number, {})[element] = mark
    return marks
