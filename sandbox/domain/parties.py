"""Everyone but the trainee: each names one next step, and the earliest of all comes true."""

from dataclasses import replace
from datetime import datetime

from .actors import officer_move, reminder, reopening, supporting_move, system_move
from .folders import Folder, Move, Setting
from .reporters import reporter_move
from .workflow import Action, Role


def next_move(folder: Folder, setting: Setting, now: datetime) -> Move | None:
    """Return the earliest thing that happens to a case without the trainee, or None."""
    parties = PARTIES if folder.is_submitted else (arrival,)
    moves = [move for party in parties if (move := party(folder, setting))]
    moves = [when_possible(move, folder, setting, now) for move in moves]
    return min(moves, key=lambda move: move.at, default=None)


def when_possible(move: Move, folder: Folder, setting: Setting, now: datetime) -> Move:
    """Put off what an outage keeps somebody from doing; the system's clocks know none."""
    if move.role is Role.SYSTEM or not setting.injects.all:
        return move
    woken = folder.last(Action.REMIND)
    at = setting.injects.when_open(max(move.at, now), move.office, woken.at if woken else None)
    return replace(move, at=at)


def arrival(folder: Folder, setting: Setting) -> Move | None:
    if folder.received_at is None:  # the trainee is the reporter, and has yet to write
        return None
    return Move(folder.received_at, Action.SUBMIT, Role.REPORTER, text=folder.facts["text"])


def reporter_unless_played(folder: Folder, setting: Setting) -> Move | None:
    is_played = setting.desk.role is Role.REPORTER
    return None if is_played else reporter_move(folder, setting)


PARTIES = (
    officer_move,
    reopening,
    reminder,
    reporter_unless_played,
    system_move,
    supporting_move,
)
