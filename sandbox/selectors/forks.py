"""What would have happened: both futures of a moment, compared. Nothing here writes."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from ..domain.events import Event, in_force
from ..domain.replay import Take, Wait, commands
from ..domain.reporters import feelings, trust_in
from ..domain.room import Room, may_take
from ..domain.scoring import Receipt, Score, judge
from ..domain.whatif import Fork, fork
from ..domain.workflow import Action
from ..domain.working_days import CalendarTooShort
from ..models import Case
from .replays import Past
from .rules import judged_in

AFTERWARDS = 10  # working days that both futures are let go on, with nobody at the desk
WAITS = (1, 3, 5, 10)  # working days by which the clock may be moved further


@dataclass(frozen=True)
class Outcome:
    """One future of a case: what happened to it, where it stands, and what comes of it."""

    case: Case
    events: list[Event]
    afterwards: list[Event]
    in_the_end: Case
    clock: datetime
    breaches: int
    trust: int
    trust_in_the_end: int
    points: int
    out_of: int


@dataclass(frozen=True)
class ChangedLine:
    """A receipt that differs between two futures; None where it is a line of only one."""

    was: Receipt | None
    would_be: Receipt | None

    @property
    def line(self) -> Receipt | None:
        return self.would_be or self.was

    @property
    def is_not_reached(self) -> bool:
        """Tell whether only a later step of the trainee could have earned the points."""
        line = self.would_be
        if line is None or not (line.event is None or line.unanswered):
            return False
        return line.points < (self.was.points if self.was else line.out_of)


@dataclass(frozen=True)
class Comparison:
    """Both futures of one moment, for one case and for the score of the run."""

    made: Fork
    real: Outcome
    other: Outcome
    changed: list[ChangedLine]
    touched: list[Case]
    was: Score
    would_be: Score


def possible_then(past: Past, room: Room, number: int) -> list[Action]:
    """Return the steps that the trainee could have taken on a case at a moment."""
    folder = room.folders[number]
    return [action for action in Action if may_take(folder, action, past.run.desk)]


def next_own(past: Past, number: int, case: int, action: Action) -> Take | None:
    """Return what the trainee did next of this kind: what another choice would differ from."""
    steps = (step for step in commands(past.log) if step.number > number)
    own = (step for step in steps if isinstance(step, Take) and step.case == case)
    return next((step for step in own if step.action is action), None)


def waits_from(past: Past, room: Room) -> dict[int, datetime]:
    """Return to which mornings the clock can be moved, by working days."""
    office = past.start.setting.terms.office
    day = room.clock.astimezone(office.zone).date()
    found: dict[int, datetime] = {}
    for days in WAITS:
        try:
            found[days] = office.at(office.calendar.add(day, days), office.opens)
        except CalendarTooShort:
            break
    return found


def compare(
    past: Past, number: int, alternative: Take | Wait, *, takes_place: bool, case: int | None
) -> Comparison:
    """Fork the run in memory, and compare. Raises ActionNotAllowed, CalendarTooShort."""
    made = fork(past.start, past.log, number, alternative, takes_place=takes_place)
    touched = touched_by(made)
    chosen = case or next(iter(touched), next(iter(past.cases)))
    was, would_be = scored(past, made.real.room), scored(past, made.other.room)
    return Comparison(
        made=made,
        real=outcome(past, made.real.room, made.number, chosen, was),
        other=outcome(past, made.other.room, made.number, chosen, would_be),
        changed=changed(was, would_be),
        touched=[past.row_in(made.other.room, each) for each in touched if each != chosen],
        was=was,
        would_be=would_be,
    )


def touched_by(made: Fork) -> list[int]:
    """Return the cases that end in another way, by number."""

    def told(room: Room, number: int) -> list[object]:
        log = room.folders[number].log
        return [(event.action, event.at, event.choices, event.text) for event in log]

    real, other = made.real.room, made.other.room
    return [number for number in real.folders if told(real, number) != told(other, number)]


def scored(past: Past, room: Room) -> Score:
    return judge(list(room.folders.values()), room.setting, judged_in(past.run))


def outcome(past: Past, room: Room, since: int, number: int, score: Score) -> Outcome:
    """Return what became of a case by the end of the run, and in the days after it."""
    case, clock, length = past.row_in(room, number), room.clock, room.length
    folder = room.folders[number]
    happened = [event for event in in_force(folder.events) if event.number > since]
    lines = [line for line in score.lines if line.case == number]
    trust = trust_in(folder, room.setting)
    breaches = sum(event.action is Action.BREACH for event in folder.log)
    go_on(past, room)
    return Outcome(
        case=case,
        events=happened,
        afterwards=[event for event in folder.log if event.number > length],
        in_the_end=past.row_in(room, number),
        clock=clock,
        breaches=breaches,
        trust=trust,
        trust_in_the_end=last_trust(room, number, trust),
        points=sum(line.points for line in lines),
        out_of=sum(line.out_of for line in lines),
    )


def last_trust(room: Room, number: int, trust: int) -> int:
    felt = feelings(room.folders[number], room.setting)
    return felt[-1].trust if felt else trust


def go_on(past: Past, room: Room) -> None:
    """Let everyone else act for some days more, as far as the holidays are decreed."""
    office = past.start.setting.terms.office
    ends = max(past.run.clock, room.clock).astimezone(office.zone).date()
    with suppress(CalendarTooShort):
        room.advance(office.at(office.calendar.add(ends, AFTERWARDS), office.opens))


def changed(was: Score, would_be: Score) -> list[ChangedLine]:
    """Return the receipts whose points differ, in the order of the score."""
    before, after = by_place(was), by_place(would_be)
    pairs = [
        ChangedLine(before.get(place), after.get(place)) for place in sorted({**before, **after})
    ]
    return [pair for pair in pairs if points(pair.was) != points(pair.would_be)]


def by_place(score: Score) -> Mapping[tuple[int, str], Receipt]:
    return {(line.case, line.expectation): line for line in score.lines}


def points(line: Receipt | None) -> tuple[int, int] | None:
    return (line.points, line.out_of) if line else None
