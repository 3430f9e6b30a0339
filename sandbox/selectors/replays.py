"""A finished run at any moment of its log, and its transcript. Nothing here writes."""

import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from ..domain.events import Entry, Event, Happening, in_force
from ..domain.folders import Folder, begin
from ..domain.replay import at, opening, transcript
from ..domain.room import Room
from ..domain.workflow import FINAL_STATES, Action
from ..models import Case, Run
from ..models.runs import columns
from .names import Names, names_of
from .notices import Notice, notices
from .rooms import log_of, setting_of

HIDDEN_NUMBER = "[…]"  # stands for an invented phone or identity number in a transcript
LONG_NUMBER = re.compile(r"\d[\d .\-]{6,}\d")
TOO_LONG = 9  # digits of a number that no log has


@dataclass(frozen=True)
class Past:
    """A run with all that is needed to look back: its cases, its log, and its room at first."""

    run: Run
    cases: dict[int, Case]
    log: Sequence[Entry]
    start: Room

    @property
    def last(self) -> int:
        return self.log[-1].number if self.log else 0

    @property
    def first(self) -> int:
        """The entry with which the trainee's time begins."""
        return opening(self.log)

    @cached_property
    def end(self) -> Room:
        """The room as it was left; only to be read."""
        return self.room_at(self.last)

    def room_at(self, number: int) -> Room:
        return at(self.start, self.log, number)

    def row_in(self, room: Room, number: int) -> Case:
        """Return a case as it stands in `room`: a row that is never saved."""
        row = copy(self.cases[number])
        row.run = self.run
        position = room.folders[number].position
        for name, value in columns(position, self.run, was_reached=True).items():
            setattr(row, name, value)
        return row


def past_of(run: Run) -> Past:
    rows = run.cases.select_related("answer_key").order_by("number")
    cases = {case.number: case for case in rows}
    folders = {
        number: Folder(number, case.facts, case.answer_key.key, case.received_at, begin(case.facts))
        for number, case in cases.items()
    }
    start = Room(setting_of(run), run.started_at, folders)
    return Past(run, cases, log_of(run), start)


@dataclass(frozen=True)
class Moment:
    """A run as it stood after one entry of its log."""

    number: int
    first: int
    last: int
    clock: datetime
    entry: Entry | None
    desk: list[Case]
    elsewhere: list[Case]
    case: Case | None
    events: list[Event]
    jumps: list[Event]
    notices: list[Notice]

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.last else None

    @property
    def event(self) -> Event | None:
        """What happened, where it was no move of the clock."""
        return self.entry if isinstance(self.entry, Event) else None

    @property
    def notice(self) -> Notice | None:
        """The announcement that came then."""
        entry = self.entry
        if not isinstance(entry, Happening):
            return None
        return next(each for each in self.notices if each.inject.place == entry.inject)

    @property
    def added(self) -> list[Event]:
        """What the reporter had added to the chosen case by then."""
        return [event for event in self.events if event.action is Action.COMPLETE]


def moment_of(past: Past, number: int, wanted: int | None = None) -> Moment:
    """Return the run after entry `number`, with one case open.

    That is the one that is `wanted`, or the one that the entry is about.
    """
    number = min(max(number, 1), max(past.last, 1))
    room = past.room_at(number)
    entry = next((entry for entry in past.log if entry.number == number), None)
    about = entry.case if isinstance(entry, Event) else None
    chosen = wanted if wanted in past.cases else about
    there = [past.row_in(room, number) for number in room.folders if is_there(room, number)]
    mine = [case for case in there if case.position.desk == past.run.desk and is_open(case)]
    return Moment(
        number=number,
        first=past.first,
        last=past.last,
        clock=room.clock,
        entry=entry,
        desk=mine,
        elsewhere=[case for case in there if case not in mine],
        case=past.row_in(room, chosen) if chosen else None,
        events=in_force(room.folders[chosen].events)[::-1] if chosen else [],
        jumps=events_of(past, chosen) if chosen else [],
        notices=notices(past.run),
    )


def is_there(room: Room, number: int) -> bool:
    return room.folders[number].is_submitted


def is_open(case: Case) -> bool:
    return case.state not in FINAL_STATES


def events_of(past: Past, case: int) -> list[Event]:
    return [entry for entry in past.log if isinstance(entry, Event) and entry.case == case]


def trace_of(past: Past, names: Names) -> str:
    """Return the transcript for reading outside the room: numbers of people are left out."""
    told = transcript(past.log, past.start.setting.terms.office.zone, names)
    hidden = {number for case in past.cases.values() for number in numbers_of(case)}
    for number in sorted(hidden, key=len, reverse=True):
        told = told.replace(number, HIDDEN_NUMBER)
    return told


def numbers_of(case: Case) -> Iterable[str]:
    """Yield the phone and identity numbers of a case, invented as they are."""
    kinds = ("phone", "national_id")
    details = [each["text"] for each in case.facts.get("details", ()) if each["kind"] in kinds]
    identity = case.facts.get("identity", ())
    yield from (text for text in (*identity, *details) if LONG_NUMBER.search(text))


def looked_back(run: Run, number: str, case: str) -> dict[str, Any]:
    """Return what a replay shows after the entry and with the case that an address names."""
    past = past_of(run)
    return {
        "moment": moment_of(past, whole(number, past.first), whole(case, 0)),
        "names": names_of(run, past.cases.values()),
    }


def whole(text: str, otherwise: int) -> int:
    """Read a whole number from an address."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < TOO_LONG else otherwise
