"""Steps that a trainee takes on cases."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from ..domain.events import Event
from ..domain.folders import Folder
from ..domain.room import CONCERNS_DUPLICATES, Room, UndoImpossible, may_take
from ..domain.workflow import Action, ActionNotAllowed
from ..models import Case, Run
from ..models.runs import folder_of
from ..selectors.rooms import room_of, setting_of
from .log import CaseChanged, RunOver, store


class TimeIsUp(RunOver):
    """The exam's time has passed by the server's clock."""


class NotInThisMode(Exception):
    """The run's mode does not allow this."""


@transaction.atomic
def take_action(  # noqa: PLR0913 – who does what to which case, in which words, and when
    *,
    case: Case,
    version: int,
    action: Action,
    actor: AbstractBaseUser,
    choices: Mapping[str, Any],
    text: str,
    now: datetime,
) -> Case:
    """Take the trainee's `action` on the case that they saw at `version`.

    The same form sent twice is one action. `now` is wall time, by which an exam ends. Raises
    RunOver, TimeIsUp, ActionNotAllowed – StepIncomplete where something that belongs to the step
    is missing – or CaseChanged where another tab or person was first; nothing is written then.
    """
    current = case_in_time(case, now)
    run = current.run
    if current.version != version:
        if is_repeat(current, version, action, choices, text):
            return current
        raise CaseChanged
    rows = rows_for(current, action, choices)
    room = room_with(run, rows)
    entries = room.act(current.number, action, choices, text)
    store(run=run, room=room, entries=entries, cases=rows, actor=actor)
    return current


def rows_for(case: Case, action: Action, choices: Mapping[str, Any]) -> dict[int, Case]:
    """Return the rows, by number, that a step on `case` reads or writes."""
    linked = Q(parent=case.number)
    if action is Action.LINK_DUPLICATE:
        linked |= Q(number=choices.get("parent") or None)
    elif action not in CONCERNS_DUPLICATES:
        return {case.number: case}
    others = Case.objects.of(case.run).filter(linked).exclude(pk=case.pk)
    return {case.number: case} | {row.number: row for row in others}


def bare_folder(case: Case) -> Folder:
    """Return a folder without key and events: a step needs only where the case stands."""
    return folder_of(case, {}, [])


def run_in_time(run_id: int, now: datetime) -> Run:
    """Lock and return a run that can be worked on at wall time `now`."""
    run = Run.objects.select_for_update().get(pk=run_id)
    check_open(run, now)
    return run


def case_in_time(case: Case, now: datetime) -> Case:
    """Lock and return a case as it is now, and before it its run, as everybody does."""
    cases = Case.objects.everyone().select_for_update(of=("run", "self")).select_related("run")
    current: Case = cases.get(pk=case.pk)
    check_open(current.run, now)
    return current


def check_open(run: Run, now: datetime) -> None:
    """Raise RunOver or TimeIsUp where a run can no longer be worked on at wall time `now`."""
    if not run.is_open:
        raise RunOver
    if run.ends_at is not None and now >= run.ends_at:
        raise TimeIsUp


def is_repeat(
    case: Case, version: int, action: Action, choices: Mapping[str, Any], text: str
) -> bool:
    """Tell whether this very step was the first after `version`: a form sent twice."""
    later = case.events.filter(number__gt=version).order_by("number").first()
    if later is None or (later.action, later.choices) != (action, dict(choices)):
        return False
    return action is Action.APPROVE or later.text == text  # what is approved is the draft


@transaction.atomic
def undo_action(*, case: Case, version: int, actor: AbstractBaseUser, now: datetime) -> Case:
    """Take back the trainee's last step on a case, where the mode allows it.

    Raises NotInThisMode, UndoImpossible where somebody has acted since, and CaseChanged.
    """
    current = case_in_time(case, now)
    run = current.run
    if not run.allows.undo:
        raise NotInThisMode
    if current.version != version:
        raise CaseChanged
    room = room_of(run, [current])
    answered = run.log.filter(action=Action.ANSWER_TOGETHER, number__gt=version)
    if answered.filter(choices__parent=str(current.number)).exists():
        raise UndoImpossible
    entries: list[Event] = [room.undo(current.number)]
    store(run=run, room=room, entries=entries, cases={current.number: current}, actor=actor)
    return current


class Reminded(NamedTuple):
    """The numbers of cases whose holders were reminded, and of those left as they are."""

    done: list[int]
    left: list[int]


@transaction.atomic
def remind_together(
    *, run: Run, seen: Mapping[int, int], text: str, actor: AbstractBaseUser, now: datetime
) -> Reminded:
    """Remind the holder of each case that is at the version `seen`, all with one text.

    What has moved on meanwhile is left; the same form sent twice reminds once. Raises RunOver,
    TimeIsUp, and DeskClosed in an outage.
    """
    run = run_in_time(run.pk, now)
    found = Case.objects.of(run).reached().filter(number__in=seen)
    rows = {row.number: row for row in found.order_by("number")}
    room = room_with(run, rows)
    entries: list[Event] = []
    done = []
    for number, row in rows.items():
        if row.version != seen[number]:
            done += [number] if is_repeat(row, seen[number], Action.REMIND, {}, text) else []
        elif may_take(room.folders[number], Action.REMIND, run.desk):
            entries += room.act(number, Action.REMIND, {}, text)
            done.append(number)
    if entries:
        store(run=run, room=room, entries=entries, cases=rows, actor=actor)
    return Reminded(done, sorted(seen.keys() - set(done)))


def room_with(run: Run, rows: Mapping[int, Case]) -> Room:
    """Return a run's room with only some cases, as far as steps need them."""
    folders = {number: bare_folder(row) for number, row in rows.items()}
    return Room(setting_of(run), run.clock, folders, run.length)


@transaction.atomic
def hand_over(
    *, run: Run, leaver: str, to: str, text: str, actor: AbstractBaseUser, now: datetime
) -> int:
    """Hand all open cases of one officer to another, each with the note; return how many.

    Raises RunOver, TimeIsUp, and ActionNotAllowed where the role hands nothing over.
    """
    run = run_in_time(run.pk, now)
    rows = {row.number: row for row in Case.objects.of(run).reached().filter(officer=leaver)}
    room = room_with(run, rows)
    movable = [
        number
        for number in sorted(rows)
        if may_take(room.folders[number], Action.HAND_OVER, run.desk)
    ]
    if rows and not movable:
        raise ActionNotAllowed(f"{run.desk.role} hands none of these over")
    entries = [
        entry
        for number in movable
        for entry in room.act(number, Action.HAND_OVER, {"from": leaver, "to": to}, text)
    ]
    if entries:
        store(run=run, room=room, entries=entries, cases=rows, actor=actor)
    return len(entries)
