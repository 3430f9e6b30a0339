"""What would have happened: a run that takes another turn at one moment, beside the real one.

History up to the moment stays as it was. Then the trainee does something else, and goes on as
before as far as that is still possible; everyone else acts anew, with the same seed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .events import Entry
from .replay import Command, Take, TakeBack, Wait, at, commands, obey, opening
from .room import Room, UndoImpossible
from .workflow import Action, ActionNotAllowed, State


@dataclass(frozen=True)
class Future:
    """Where a run led from one moment on: its last state, and the entries since then."""

    room: Room
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Fork:
    """Two futures of one moment. `left_out` are later steps that were possible only as it was."""

    number: int
    replaced: Command | None
    left_out: tuple[Command, ...]
    real: Future
    other: Future


def fork(
    start: Room,
    log: Sequence[Entry],
    number: int,
    alternative: Take | Wait | None,
    *,
    takes_place: bool = True,
) -> Fork:
    """Return what follows from entry `number`: as it was, and with `alternative`.

    The alternative comes at once. It takes the place of the trainee's next step on that case, or
    next move of the clock, unless `takes_place` is false; None changes nothing. Raises
    ActionNotAllowed where the alternative itself is not possible then.
    """
    number = max(number, opening(log))
    room = at(start, log, number)
    to_come = [command for command in commands(log) if command.number > number]
    entries = obey(room, alternative) if alternative else []
    replaced, trials = place_in(to_come, alternative if takes_place else None)
    rest = [step for step in to_come if step is not replaced and step not in trials]
    more, left_out = go_on(room, rest, number)
    last = log[-1].number if log else 0
    return Fork(
        number=number,
        replaced=replaced,
        left_out=tuple(left_out),
        real=Future(at(start, log, last), tuple(entry for entry in log if entry.number > number)),
        other=Future(room, (*entries, *more)),
    )


def place_in(
    to_come: Sequence[Command], alternative: Take | Wait | None
) -> tuple[Command | None, list[Command]]:
    """Return the command whose place an alternative takes, and the trials before it.

    A trial is a step that the trainee took back: its place is that of the step that stood.
    """
    if alternative is None:
        return None, []
    if isinstance(alternative, Wait):
        return next((step for step in to_come if isinstance(step, Wait)), None), []
    undone = {step.undoes for step in to_come if isinstance(step, TakeBack)}
    trials: list[Command] = []
    for step in to_come:
        if isinstance(step, Wait) or step.case != alternative.case:
            continue
        if isinstance(step, TakeBack) or step.number in undone:
            trials.append(step)
        else:
            return step, trials
    return None, []


def go_on(room: Room, steps: Sequence[Command], since: int) -> tuple[list[Entry], list[Command]]:
    """Take the steps that are still possible; return what came of them, and the others."""
    entries: list[Entry] = []
    left_out: list[Command] = []
    numbers: dict[int, int] = {}  # of a step in the log → in this room
    for step in steps:
        try:
            made = list(tried(room, step, numbers, since))
        except (ActionNotAllowed, UndoImpossible):
            left_out.append(step)
            continue
        entries += made
        numbers[step.number] = made[0].number
    return entries, left_out


def tried(room: Room, step: Command, numbers: dict[int, int], since: int) -> Iterator[Entry]:
    """Do what the trainee did next. Raises where it no longer makes sense."""
    if isinstance(step, Wait) and step.to < room.clock:
        raise ActionNotAllowed("the clock is later already")
    if isinstance(step, Take) and is_needless(room, step):
        raise ActionNotAllowed("the case lies with that unit already")
    if isinstance(step, TakeBack):
        meant = step.undoes if step.undoes <= since else numbers.get(step.undoes)
        log = room.folders[step.case].log
        if not log or log[-1].number != meant:
            raise UndoImpossible
    yield from obey(room, step)


def is_needless(room: Room, step: Take) -> bool:
    """Tell whether a case that had come back then lies where the step would send it now."""
    case = room.folders[step.case].position
    came_back = step.action is Action.DISPOSE and step.source is not State.DISPOSED
    return came_back and case.state is State.DISPOSED and case.unit == step.choices["unit"]
