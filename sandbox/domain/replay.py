"""A run seen at any moment of its log, and played once more. Nothing here is stored."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from typing import Any

from .events import ClockMove, Entry, Event, Happening
from .position import replay
from .room import Room
from .workflow import Action, State

PARAGRAPH = " ¶ "  # a line of a transcript is one line, whatever was typed


@dataclass(frozen=True)
class Take:
    """The trainee's step on a case; `number` is its place in the log, 0 for one made up.

    `source` is where the case stood then.
    """

    number: int
    case: int
    action: Action
    choices: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    source: State | None = field(default=None, compare=False)


@dataclass(frozen=True)
class TakeBack:
    """The trainee took back the step that is number `undoes` in the log."""

    number: int
    case: int
    undoes: int


@dataclass(frozen=True)
class Wait:
    """The trainee let the clock move."""

    number: int
    to: datetime


Command = Take | TakeBack | Wait


def opening(log: Iterable[Entry]) -> int:
    """Return the number of the entry with which the trainee's time begins, 0 without a log."""
    return next((entry.number for entry in log if isinstance(entry, ClockMove)), 0)


def commands(log: Sequence[Entry]) -> list[Command]:
    """Return what the trainee did, in order: all the rest of a log follows from it."""
    begins = opening(log)
    found: list[Command] = []
    for entry in log:
        if entry.number <= begins:
            continue
        if isinstance(entry, ClockMove):
            found.append(Wait(entry.number, entry.at))
        elif isinstance(entry, Happening):
            continue
        elif entry.is_own and entry.undoes is not None:
            found.append(TakeBack(entry.number, entry.case, entry.undoes))
        elif entry.is_own:
            step = (entry.number, entry.case, entry.action, entry.choices, entry.text)
            found.append(Take(*step, source=entry.source))
    return found


def at(start: Room, log: Sequence[Entry], number: int) -> Room:
    """Return the room as it stood after entry `number`; `start` is the room before anything."""
    past = [entry for entry in log if entry.number <= number]
    events: dict[int, list[Event]] = {}
    for entry in past:
        if isinstance(entry, Event):
            events.setdefault(entry.case, []).append(entry)
    folders = {
        place: replace(
            folder,
            judged={},  # what it remembers of other events
            events=events.get(place, []),
            position=replay(folder.position, events.get(place, ()), start.setting.terms),
        )
        for place, folder in start.folders.items()
    }
    last = past[-1] if past else ClockMove(0, start.clock)
    happened = [entry for entry in past if isinstance(entry, Happening)]
    return Room(start.setting, last.at, folders, last.number, happened=happened)


def play(room: Room, steps: Iterable[Command]) -> Room:
    """Play a fresh room: everyone else is simulated anew, with the same seed.

    Raises ActionNotAllowed or UndoImpossible where a step is not possible in it.
    """
    room.open()
    for step in steps:
        obey(room, step)
    return room


def obey(room: Room, command: Command) -> list[Entry]:
    """Do what the trainee did, now. Raises ActionNotAllowed or UndoImpossible."""
    match command:
        case Wait(to=to):
            return room.advance(to)
        case TakeBack(case=case):
            return [room.undo(case)]
        case Take():
            return list(room.act(command.case, command.action, command.choices, command.text))


def entries_of(room: Room) -> list[Event | Happening]:
    """Return all that happened in a room, in order; only the moves of its clock are left out."""
    events = [event for folder in room.folders.values() for event in folder.events]
    return sorted([*events, *room.happened], key=lambda entry: entry.number)


def digest(room: Room) -> str:
    """Return a hash of where every case stands and of everything that happened on the way."""
    positions = {number: asdict(room.folders[number].position) for number in sorted(room.folders)}
    state = [room.length, room.clock, positions, transcript(entries_of(room))]
    return sha256(json.dumps(state, default=in_utc, sort_keys=True).encode()).hexdigest()


def in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def transcript(
    entries: Iterable[Entry], zone: tzinfo = UTC, words: Callable[[str], str] = str
) -> str:
    """Return plain text with one line per entry; `words` names the codes in it."""
    return "".join(f"{' · '.join(parts(entry, zone, words))}\n" for entry in entries)


def parts(entry: Entry, zone: tzinfo, words: Callable[[str], str]) -> list[str]:
    when = [f"{entry.number:04}", f"{entry.at.astimezone(zone):%Y-%m-%d %H.%M}"]
    if isinstance(entry, ClockMove):
        return [*when, words("clock")]
    if isinstance(entry, Happening):
        return [*when, words("inject"), words(f"inject {entry.inject}")]
    who = " ".join(filter(None, [words(entry.role), words(entry.office) if entry.office else ""]))
    source = words(entry.source) if entry.source else "–"
    undone = [f"({entry.undoes:04})"] if entry.undoes is not None else []
    chosen = "; ".join(
        f"{words(name)}: {in_words(value, words)}"
        for name, value in sorted(entry.choices.items())
        if not isinstance(value, Mapping)  # notes that came with a step were not chosen
    )
    said = PARAGRAPH.join(entry.text.splitlines())
    return [
        *when,
        code_of(entry.case),
        f"{who} ({words('trainee')})" if entry.is_own else who,
        " ".join([words(entry.action), *undone]),
        f"{source} → {words(entry.target)}",
        *([chosen] if chosen else []),
        *([f"“{said}”"] if said else []),
    ]


def in_words(value: object, words: Callable[[str], str]) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(words(str(item)) for item in value) or "–"
    return words(str(value)) if value not in ("", None) else "–"


def code_of(case: int) -> str:
    """Return the number shown to people; its shape is unlike a real tracking number."""
    return f"LTH-{case:04}"
