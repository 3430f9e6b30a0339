"""Starting, ending and scoring a run."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max
from faker import Faker

from ..domain.cases import SyntheticCase, make_cases
from ..domain.deadlines import OfficeTime
from ..domain.events import ClockMove
from ..domain.folders import Folder, begin
from ..domain.modes import MODES, Mode, time_allowed
from ..domain.room import Room
from ..domain.scoring import judge
from ..domain.workflow import Role
from ..models import AnswerKey, AnswerMark, Case, Grant, LogEntry, Run, Scenario
from ..models.runs import columns, log_entry
from ..selectors.files import library
from ..selectors.rooms import calendar, room_of, setting_of
from ..selectors.rules import judged_by
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
    run = Run.objects.create(
        learner_id=learner.pk,
        attempt=attempt,
        scenario=scenario,
        seed=secrets.randbits(SEED_BITS),
        started_at=scenario.starts_at,
        clock=scenario.starts_at,
        ends_at=now + time_for(scenario, grant) if allows.is_timed else None,
        office=desk_office(scenario),
        calendar=calendar_for(scenario),
        **{name: getattr(scenario, name) for name in COPIED},
    )
    add_cases(run=run, scenario=scenario)
    return run


def calendar_for(scenario: Scenario) -> dict[str, Any]:
    """Return the working days as they are decreed now, for a run to keep."""
    found = calendar(scenario.place)
    return {
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "holidays": sorted(day.isoformat() for day in found.holidays),
    }


COPIED = (
    "title",
    "title_en",
    "role",
    "mode",
    "region",
    "zone",
    "place",
    "families",
    "pass_percent",
    "needs_marking",
    "rules",
)


def time_for(scenario: Scenario, grant: Grant | None) -> timedelta:
    """Return an exam's time; a person may have been granted more."""
    return time_allowed(scenario.minutes, grant.extra_percent if grant else 0)


def desk_office(scenario: Scenario) -> str:
    """Return whose desk is played: a unit's, the regency's, or the only one of its role."""
    if scenario.role == Role.LIAISON_OFFICER:
        return scenario.office
    if scenario.role in (Role.AGENCY_ADMIN, Role.SUPERVISOR):
        return library(scenario.region, scenario.families).home
    return ""


def families_met(run: Run) -> set[str]:
    """Return the families of the learner's earlier attempts, so that a retry tests no memory."""
    earlier = Case.objects.everyone().filter(
        run__learner=run.learner_id, run__scenario=run.scenario_id
    )
    return set(earlier.values_list("family", flat=True))


def add_cases(*, run: Run, scenario: Scenario) -> None:
    """Make the run's cases from its seed, and let what came in earlier be dealt with by others."""
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
    setting = setting_of(run)
    folders = folders_of(run, scenario, synthetic, setting.terms.office)
    rows = {
        folder.number: row_of(run, case, folder)
        for case, folder in zip(synthetic, folders, strict=True)
    }
    room = Room(setting, run.started_at, {folder.number: folder for folder in folders})
    entries = room.open()
    for number, row in rows.items():
        for name, value in columns(room.folders[number].position, run).items():
            setattr(row, name, value)
    Case.objects.everyone().bulk_create(rows.values())
    AnswerKey.objects.bulk_create(
        AnswerKey(case=rows[folder.number], key=folder.key) for folder in folders
    )
    LogEntry.objects.bulk_create(
        log_entry(run, entry, None if isinstance(entry, ClockMove) else rows[entry.case])
        for entry in entries
    )
    Run.objects.filter(pk=run.pk).update(length=room.length)
    run.length = room.length


def folders_of(
    run: Run, scenario: Scenario, synthetic: list[SyntheticCase], office: OfficeTime
) -> list[Folder]:
    """Return a folder for each case, with the moment at which it comes in.

    The last `arrive_later` come next working morning; with `days_before`, the first come in on
    the working days before the start, one day after another. A reporter's own reports have yet
    to be written.
    """
    tomorrow = office.next_opening(run.clock)
    at_start = len(synthetic) - scenario.arrive_later
    home = library(run.region, run.families).home
    agency = "" if run.role in (Role.NATIONAL_ADMIN, Role.REPORTER) else home
    folders = []
    for place, made in enumerate(synthetic):
        received_at: datetime | None = run.clock if place < at_start else tomorrow
        if scenario.days_before and place < at_start:
            back = FIRST_DAY[Role(run.role)] + place * scenario.days_before // at_start
            day = run.clock.astimezone(office.zone).date()
            received_at = office.at(office.calendar.subtract(day, back), office.opens)
        if run.role == Role.REPORTER:
            received_at = None
        facts = {**made.facts, "agency": agency}
        folders.append(Folder(place + 1, facts, made.key, received_at, begin(facts)))
    return folders


# Working days before the start on which the last report came in, so that it has reached the desk.
FIRST_DAY = dict.fromkeys(Role, 1) | {Role.LIAISON_OFFICER: 3}


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
    if run.is_final:
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
        judged_by(run.rules),
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
