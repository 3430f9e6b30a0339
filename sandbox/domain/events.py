"""What happened in a run, in order. State, score, replay and debrief all follow from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .workflow import Action, Role, State


@dataclass(frozen=True)
class Event:
    """One entry of a run's log.

    `number` is its place in the log, `case` the number of the case. `is_own` tells the trainee's
    steps from those of simulated people in the same role. `undoes` is the number of the event
    that this one takes back; such an event and the one it names count for nothing.
    """

    number: int
    case: int
    action: Action
    role: Role
    office: str
    source: State | None
    target: State
    at: datetime
    choices: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    is_own: bool = False
    undoes: int | None = None


@dataclass(frozen=True)
class ClockMove:
    """The trainee let time pass. It has a place in the log, but belongs to no case."""

    number: int
    at: datetime


@dataclass(frozen=True)
class Happening:
    """A declared inject came; `inject` is its place among those of the exercise."""

    number: int
    at: datetime
    inject: int


Entry = Event | ClockMove | Happening


def in_force(events: Sequence[Event]) -> list[Event]:
    """Leave out what was undone, and the undoing."""
    undone = {event.undoes for event in events if event.undoes is not None}
    if not undone:
        return list(events)
    return [event for event in events if event.undoes is None and event.number not in undone]
