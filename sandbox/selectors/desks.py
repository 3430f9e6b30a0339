"""The trainee's desk: what lies on it, what others have, and what the clock would bring."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q

from ..domain.events import Event, Happening
from ..domain.room import Room, knows, may_take
from ..domain.workflow import FINAL_STATES, Action, Role, State
from ..domain.working_days import CalendarTooShort
from ..models import Case, CaseQuerySet, LogEntry, Run
from ..models.runs import folder_of
from .rooms import room_of

SOONEST_FIRST = F("due_at").asc(nulls_last=True)  # databases disagree about what is not due
ONE_HOUR = timedelta(hours=1)


class View(StrEnum):
    """Parts of the inbox."""

    TO_DO = "perlu"
    WAITING = "menunggu"
    DONE = "selesai"


def part_of(run: Run, view: View) -> Q:
    """Return which of the run's cases belong to a part of the inbox."""
    mine = Q(desk_role=run.role, desk_office=run.office, parent=None)
    if run.role == Role.REPORTER:  # a report yet to be written, a question, an answer to judge
        mine = Q(entered_at=None) | Q(state=State.AWAITING_COMPLETION) | Q(state=State.FOLLOWED_UP)
    else:
        mine &= ~Q(state__in=[State.FOLLOWED_UP, State.BLOCKED])
    final = Q(state__in=FINAL_STATES)
    match view:
        case View.TO_DO:
            return mine & ~final
        case View.WAITING:
            return ~mine & ~final
        case View.DONE:
            return final


@dataclass(frozen=True)
class Desk:
    """The inbox at the run's clock: cases of one part, and how many each part holds."""

    cases: CaseQuerySet
    counts: Mapping[View, int]
    to_come: int


def desk(run: Run, view: View) -> Desk:
    """Return the cases that have come in, soonest due first; one query counts all parts."""
    counted = run.cases.aggregate(
        to_come=to_come(run),
        **{part.name: Count("pk", filter=Q(reached=True) & part_of(run, part)) for part in View},
    )
    cases = run.cases.filter(part_of(run, view), reached=True)
    return Desk(
        cases.order_by("-urgent", SOONEST_FIRST, "number"),
        {part: counted[part.name] for part in View},
        counted["to_come"],
    )


def to_come(run: Run) -> Count:
    """Count what has yet to come to the desk, be it from reporters or from other officers."""
    match run.role:
        case Role.LIAISON_OFFICER:  # others have to forward it first
            away = Q(reached=False)
        case Role.SUPERVISOR:  # units have to draft an answer first
            away = Q(state__in=[State.UNVERIFIED, State.VERIFIED, State.DISPOSED], draft="")
        case _:
            away = Q(reached=False, entered_at=None)
    return Count("pk", filter=away)


def unsent_drafts(run: Run) -> Q:
    """Return which of a liaison officer's drafts nobody has approved yet."""
    none = Q(pk=None)
    return ~Q(draft="") if run.role == Role.LIAISON_OFFICER else none


def timeline(case: Case) -> list[LogEntry]:
    """Return what happened, newest first."""
    return list(case.events.order_by("-number"))


@dataclass(frozen=True)
class Forecast:
    """What moving the clock to `to` would do by the clock alone; people stay unpredictable."""

    to: datetime
    arriving: int
    warned: int
    overdue: int
    expiring: int
    closing: int
    announced: int
    others: int  # what people do


@dataclass(frozen=True)
class Outlook:
    """Where the clock can be moved, by name, and how many reporters have been asked."""

    forecasts: Mapping[str, Forecast]
    waiting: int


def outlook(run: Run) -> Outlook:
    """Look ahead without changing anything: let the room go on in memory, and count.

    Raises CalendarTooShort where that would leave the decreed holidays.
    """
    cases = list(run.cases.all())
    room = room_of(run, cases)
    waiting = sum(
        folder.position.state is State.AWAITING_COMPLETION for folder in room.folders.values()
    )
    reached = {case.number for case in cases if case.reached}
    morning = room.setting.terms.office.next_opening(run.clock)
    targets = {"hour": run.clock + ONE_HOUR, "morning": morning}
    happened: list[Event | Happening] = []
    while (coming := room.next_event_at()) is not None and (coming <= morning or not happened):
        try:
            happened += noticed(room, coming, reached)
        except CalendarTooShort:
            if coming <= morning:
                raise
            break  # what lies beyond is not foretold
    if happened:
        targets["event"] = happened[0].at
    return Outlook({name: forecast(happened, to) for name, to in targets.items()}, waiting)


def noticed(room: Room, until: datetime, reached: set[int]) -> list[Event | Happening]:
    """Let time pass in memory, and return what the trainee gets to know of it.

    What has been on the desk once stays in sight; its numbers are kept in `reached`.
    """
    found: list[Event | Happening] = []
    for entry in room.advance(until):
        if isinstance(entry, Event):
            if knows(room.folders[entry.case].position, room.setting.desk):
                reached.add(entry.case)
            if entry.case not in reached:
                continue
        if isinstance(entry, (Event, Happening)):
            found.append(entry)
    return found


def forecast(happened: list[Event | Happening], to: datetime) -> Forecast:
    until_then = [entry for entry in happened if entry.at <= to]
    events = [entry for entry in until_then if isinstance(entry, Event)]
    counts = Counter(
        event.action if event.action is not Action.CLOSE or event.role is Role.SYSTEM else None
        for event in events
    )
    return Forecast(
        to=to,
        arriving=counts[Action.SUBMIT],
        warned=counts[Action.WARN],
        overdue=counts[Action.BREACH],
        expiring=counts[Action.EXPIRE],
        closing=counts[Action.CLOSE],
        announced=len(until_then) - len(events),
        others=sum(
            event.role is not Role.SYSTEM and event.action is not Action.SUBMIT for event in events
        ),
    )


def undecided(run: Run) -> dict[str, int]:
    """Count what finishing now would leave: on the own desk, with reporters, with others."""
    asked = Q(reached=True, state=State.AWAITING_COMPLETION)
    return run.cases.aggregate(
        unfinished=Count("pk", filter=Q(reached=True) & part_of(run, View.TO_DO)),
        to_come=to_come(run),
        drafts=Count("pk", filter=unsent_drafts(run)),
        waiting=Count("pk", filter=asked),
        elsewhere=Count(
            "pk", filter=Q(reached=True, parent=None) & part_of(run, View.WAITING) & ~asked
        ),
    )


def news(run: Run, since: int) -> dict[Action, list[int]]:
    """Return on which cases others did what after entry `since` of the run's log, by action."""
    rows = run.log.filter(number__gt=since, is_own=False, case__reached=True)
    found: dict[Action, list[int]] = {}
    for action, number in rows.order_by("number").values_list("action", "case__number"):
        found.setdefault(Action(action), []).append(number)
    return found


def taken_back(case: Case, action: Action) -> dict[str, Any]:
    """Return what was chosen and written in the step that has just been undone, if it was this."""
    newest = case.events.order_by("-number").first() if case.run.allows.undo else None
    if newest is None or newest.undoes is None:
        return {}
    undone = case.events.get(number=newest.undoes)
    return {**undone.choices, "text": undone.text} if undone.action == action else {}


def offered(case: Case) -> list[Action]:
    """Return the steps that the trainee may take on a case now, in the order of the table."""
    folder = folder_of(case, {}, [])
    return [action for action in Action if may_take(folder, action, case.run.desk)]
