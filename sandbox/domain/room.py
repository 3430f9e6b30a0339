"""The practice room as values: folders of cases, a clock, and everyone who acts in it.

The same seed and the same commands give the same events. Services load a room, let it act and
store what came of it; replays and forks do the same without storing anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import Any

from .events import ClockMove, Entry, Event, Happening
from .folders import Folder, Move, Setting, begin, oldest_stalled
from .injects import Inject
from .parties import next_move
from .position import Desk, Position, after, replay
from .workflow import Action, ActionNotAllowed, Role, State, check_complete

ANSWERS = (Action.ANSWER, Action.APPROVE)
CONCERNS_DUPLICATES = (*ANSWERS, Action.ARCHIVE, Action.BLOCK, Action.EXPIRE, Action.WITHDRAW)
ON_A_DUPLICATE = (  # everything else is done to its parent
    Action.UNLINK_DUPLICATE,
    Action.CHANGE_SECRECY,
    Action.OPEN_IDENTITY,
    Action.NOTE,
    Action.WITHDRAW,
    Action.WRITE,
)
NATIONAL_ALWAYS = (Action.OPEN_IDENTITY, Action.CHANGE_SECRECY, Action.NOTE, Action.RESTORE)
SUPPORTING = (Action.CONTRIBUTE, Action.NOTE)


class DeskClosed(ActionNotAllowed):
    """An outage keeps everybody at the desk from acting; the clock can still be moved."""


class UndoImpossible(Exception):
    """Somebody else has acted since, or there is nothing to take back."""


@dataclass
class Room:
    """A run in memory. `length` is the number of the log's last entry.

    `foreseen` keeps what would happen next to a case for as long as it stands where it stands,
    `compared` which case has been stalled longest at some length of the log.
    """

    setting: Setting
    clock: datetime
    folders: dict[int, Folder]
    length: int = 0
    foreseen: dict[int, tuple[Position, Move | None]] = field(default_factory=dict, compare=False)
    happened: list[Happening] = field(default_factory=list)
    compared: tuple[int, int | None] = field(default=(-1, None), compare=False)

    def __post_init__(self) -> None:
        self.notice_injects()

    def notice_injects(self) -> None:
        """Let every folder know how many injects have happened by the clock."""
        come = self.setting.injects.come_by(self.clock)
        for folder in self.folders.values():
            folder.come = come

    @property
    def outage(self) -> Inject | None:
        """Return what keeps the trainee's desk from acting now."""
        return self.setting.injects.outage(self.clock, self.setting.desk.office)

    def oldest_stalled(self) -> int | None:
        """Return the number of the case that has lain longest where nobody acts."""
        if self.compared[0] != self.length:
            self.compared = (self.length, oldest_stalled(self.folders.values(), self.setting))
        return self.compared[1]

    def record(self, folder: Folder, move: Move, *, is_own: bool = False) -> Event:
        """Let a party take one step. Raises ActionNotAllowed and changes nothing then."""
        is_first = move.action is Action.SUBMIT and not folder.is_submitted
        case = folder.position
        target = State.UNVERIFIED if is_first else case.target(move.action, move.role)
        self.length += 1
        event = Event(
            number=self.length,
            case=folder.number,
            action=move.action,
            role=move.role,
            office=move.office,
            source=None if is_first else case.state,
            target=target,
            at=move.at,
            choices=move.choices,
            text=case.draft if move.action is Action.APPROVE else move.text,
            is_own=is_own,
        )
        folder.events.append(event)
        folder.position = after(case, event, self.setting.terms)
        return event

    def act(
        self, number: int, action: Action, choices: Mapping[str, Any], text: str
    ) -> list[Event]:
        """Take the trainee's step at the clock; an answer also answers the linked duplicates.

        Raises ActionNotAllowed, StepIncomplete where a choice or words are missing, and
        DeskClosed in an outage.
        """
        if self.outage:
            raise DeskClosed
        folder = self.folders[number]
        desk = self.setting.desk
        if not may_take(folder, action, desk):
            raise ActionNotAllowed(f"{desk.role} may not {action} case {number} now")
        check_complete(action, desk.role, choices, text)
        if action is Action.LINK_DUPLICATE and not self.may_link(folder, choices["parent"]):
            raise ActionNotAllowed(f"case {number} cannot hang on case {choices['parent']}")
        move = Move(self.clock, action, desk.role, desk.office, choices, text)
        event = self.record(folder, move, is_own=True)
        return [event, *self.tell_duplicates(folder, event)]

    def may_link(self, folder: Folder, number: str) -> bool:
        """Tell whether a case may hang on another: on an open one, and never on a chain."""
        parent = self.folders.get(int(number))
        if parent is None or parent is folder or not parent.is_submitted:
            return False
        hangs_on_it = any(each.position.parent == folder.number for each in self.folders.values())
        return parent.position.is_open and parent.position.parent is None and not hangs_on_it

    def tell_duplicates(self, parent: Folder, event: Event) -> list[Event]:
        """Let what became of a parent reach its duplicates: its answer, or that none will come."""
        if event.action not in CONCERNS_DUPLICATES:
            return []
        move = Move(event.at, Action.UNLINK_DUPLICATE, Role.SYSTEM)
        if event.action in ANSWERS:
            choices = {
                "parent": str(parent.number),
                "agency": parent.position.agency,
                "unit": parent.position.unit,
            }
            move = Move(event.at, Action.ANSWER_TOGETHER, Role.SYSTEM, "", choices, event.text)
        return [
            self.record(folder, move)
            for _, folder in sorted(self.folders.items())
            if folder.position.parent == parent.number
            and folder.is_submitted
            and folder.position.allows(move.action, Role.SYSTEM)
        ]

    def undo(self, number: int) -> Event:
        """Take back the trainee's last step on a case. Raises UndoImpossible, DeskClosed."""
        if self.outage:
            raise DeskClosed
        folder = self.folders[number]
        log = folder.log
        last = log[-1] if log else None
        if last is None or not last.is_own or last.at != self.clock:
            raise UndoImpossible
        self.length += 1
        start = begin(folder.facts)
        before = replay(start, [event for event in log if event is not last], self.setting.terms)
        event = Event(
            number=self.length,
            case=number,
            action=Action.UNDO,
            role=last.role,
            office=last.office,
            source=folder.position.state,
            target=before.state,
            at=self.clock,
            is_own=True,
            undoes=last.number,
        )
        folder.events.append(event)
        folder.position = replay(start, folder.events, self.setting.terms)
        return event

    def advance(self, to: datetime) -> list[Entry]:
        """Let time pass until `to`: everyone else acts, in order of time and case number.

        An inject comes after what happened up to its moment.
        """
        entries: list[Entry] = []
        for inject in self.setting.injects.between(self.clock, to):
            entries += self.pass_to(inject.at)
            entries.append(self.happen(inject))
        entries += self.pass_to(to)
        self.length += 1
        entries.append(ClockMove(self.length, to))
        return entries

    def happen(self, inject: Inject) -> Happening:
        """Note that an inject has come; what everybody was about to do is thought over."""
        self.length += 1
        happening = Happening(self.length, inject.at, inject.place)
        self.happened.append(happening)
        self.foreseen.clear()
        self.notice_injects()
        return happening

    def pass_to(self, to: datetime) -> list[Event]:
        """Let everyone else act until `to`, and set the clock."""
        entries: list[Event] = []
        coming = [entry for folder in self.folders.values() if (entry := self.upcoming(folder))]
        due = [entry for entry in coming if entry[0] <= to]
        heapify(due)
        while due and due[0][0] <= to:
            _at, number, version, move = heappop(due)
            folder = self.folders[number]
            if folder.position.version != version:  # an answer to its parent came between
                continue
            events = [self.record(folder, move)]
            events += self.tell_duplicates(folder, events[0])
            for event in events:
                if following := self.upcoming(self.folders[event.case]):
                    heappush(due, following)
            entries += events
        self.clock = to
        return entries

    def upcoming(self, folder: Folder) -> tuple[datetime, int, int, Move] | None:
        """Return what happens next to a case if the trainee does nothing, never in the past."""
        move = self.foreseen_for(folder)
        if move is None:
            return None
        before = folder.events[-1].at if folder.events else self.clock
        at = max(move.at, before, self.clock)
        if at != move.at:
            move = replace(move, at=at)
        return (move.at, folder.number, folder.position.version, move)

    def foreseen_for(self, folder: Folder) -> Move | None:
        seen = self.foreseen.get(folder.number)
        if seen is None or seen[0] is not folder.position:
            seen = (folder.position, next_move(folder, self.setting, self.clock))
            self.foreseen[folder.number] = seen
        return seen[1]

    def open(self) -> list[Entry]:
        """Begin at the clock: what came in before it has been dealt with by others until now."""
        start = self.clock
        arrivals = [folder.received_at for folder in self.folders.values() if folder.received_at]
        self.clock = min([*arrivals, start])
        return self.advance(start)

    def next_event_at(self) -> datetime | None:
        """Return when the next thing happens, or None where nothing will."""
        found = [entry[0] for folder in self.folders.values() if (entry := self.upcoming(folder))]
        inject = self.setting.injects.next_at(self.clock)
        return min([*found, *([inject] if inject else [])], default=None)


def may_take(folder: Folder, action: Action, desk: Desk) -> bool:
    """Tell whether the trainee may take this step: the table has it, and the case is theirs.

    Watching roles act on what lies with others: a supervisor reminds and hands over, an admin
    guards the quality of what was disposed, a reporter owns the report for ever.
    """
    if not folder.is_submitted:
        return action is Action.SUBMIT and desk.role is Role.REPORTER
    case = folder.position
    if case.waits_for_parent and action not in ON_A_DUPLICATE:
        return False
    if action is Action.REMIND and case.desk == desk:  # nobody reminds themselves
        return False
    return case.allows(action, desk.role) and is_in_reach(case, action, desk)


def is_in_reach(case: Position, action: Action, desk: Desk) -> bool:
    match desk.role:
        case Role.REPORTER:
            return True
        case Role.NATIONAL_ADMIN:
            return case.desk == desk or action in NATIONAL_ALWAYS
        case Role.AGENCY_ADMIN | Role.SUPERVISOR:
            return case.agency == desk.office and case.desk.role is not Role.NATIONAL_ADMIN
        case Role.LIAISON_OFFICER:
            is_lead = case.unit == desk.office
            return is_lead or (desk.office in case.support and action in SUPPORTING)
    return False


def knows(case: Position, desk: Desk) -> bool:
    """Tell whether a desk gets to see a case where it stands now."""
    if desk.role is Role.REPORTER:
        return True
    if not case.is_submitted:
        return False
    match desk.role:
        case Role.NATIONAL_ADMIN:
            return case.desk == desk
        case Role.LIAISON_OFFICER:
            return case.unit == desk.office or desk.office in case.support
    return case.agency == desk.office
