"""Steps that a trainee takes on cases."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

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
from .log import CaseChanged, RunOver, open_run, store


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
    RunOver, TimeIsUp, ActionNotAllowed, or CaseChanged where another tab or person was first;
    nothing is written then.
    """
    run = run_in_time(case.run_id, now)
    current = Case.objects.of(run).get(pk=case.pk)
    current.run = run
    if current.version != version:
        if is_repeat(current, version, action, choices, text):
            return current
        raise CaseChanged
    rows = rows_for(current, action, choices)
    folders = {number: bare_folder(row) for number, row in rows.items()}
    room = Room(setting_of(run), run.clock, folders, run.length)
    entries = room.act(current.number, action, choices, text)
    store(run=run, room=room, entries=entries, cases=rows, actor=actor)
    return current


def rows_for(case: Case, action: Action, choices: Mapping[str, Any]) -> dict[int, Case]:
    """Return the rows, by number, that a step on `case` reads or writes."""
    linked = Q(parent=case.number)
    if action is Action.LINK_DUPLICATE:
        linked |= Q(number=choices["parent"])
    elif action not in CONCERNS_DUPLICATES:
        return {case.number: case}
    others = Case.objects.of(case.run).filter(linked).exclude(pk=case.pk)
    return {case.number: case} | {row.number: row for row in others}


def bare_folder(case: Case) -> Folder:
    """Return a folder without key and events: a step needs only where the case stands."""
    return folder_of(case, {}, [])


def run_in_time(run_id: int, now: datetime) -> Run:
    """Lock and return a run that can be worked on at wall time `now`."""
    run = open_run(run_id)
    if run.ends_at is not None and now >= run.ends_at:
        raise TimeIsUp
    return run


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
    run = run_in_time(case.run_id, now)
    if not run.allows.undo:
        raise NotInThisMode
    current = Case.objects.of(run).get(pk=case.pk)
    if current.version != version:
        raise CaseChanged
    room = room_of(run, [current])
    answered = run.log.filter(action=Action.ANSWER_TOGETHER, number__gt=version)
    if answered.filter(choices__parent=str(current.number)).exists():
        raise UndoImpossible
    entries: list[Event] = [room.undo(current.number)]
    store(run=run, room=room, entries=entries, cases={current.number: current}, actor=actor)
    current.run = run
    return current


@transaction.atomic
def hand_over(
    *, run: Run, leaver: str, to: str, text: str, actor: AbstractBaseUser, now: datetime
) -> int:
    """Hand all open cases of one officer to another, each with the note; return how many.

    Raises RunOver, TimeIsUp, and ActionNotAllowed where the role hands nothing over.
    """
    run = run_in_time(run.pk, now)
    rows = {row.number: row for row in Case.objects.of(run).reached().filter(officer=leaver)}
    folders = {number: bare_folder(row) for number, row in rows.items()}
    movable = [
        number
        for number in sorted(folders)
        if may_take(folders[number], Action.HAND_OVER, run.desk)
    ]
    if rows and not movable:
        raise ActionNotAllowed(f"{run.desk.role} hands none of these over")
    room = Room(setting_of(run), run.clock, folders, run.length)
    entries = [
        entry
        for number in movable
        for entry in room.act(number, Action.HAND_OVER, {"from": leaver, "to": to}, text)
    ]
    if entries:
        store(run=run, room=room, entries=entries, cases=rows, actor=actor)
    return len(entries)
