"""Where a case stands. Everything follows from its events, one at a time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from .deadlines import (
    SETTLEMENT_OF_CLASS,
    STEP_OF_STATE,
    Limit,
    LimitedStep,
    OfficeTime,
    Unit,
    settlement_due,
)
from .events import Event, in_force
from .injects import Injects
from .workflow import (
    AT_A_UNIT,
    BEFORE_AN_ANSWER,
    FINAL_STATES,
    Action,
    ActionNotAllowed,
    Condition,
    Role,
    State,
    next_state,
    step_for,
)

Choices = Mapping[str, Any]


class Desk(NamedTuple):
    """Who holds a case: a role, and its office where the role has several."""

    role: Role
    office: str = ""


@dataclass(frozen=True)
class Terms:
    """By which limits and office hours a run counts its time."""

    limits: Mapping[LimitedStep, Limit]
    office: OfficeTime
    warn_percent: int
    injects: Injects = field(default_factory=Injects)

    def limits_at(self, since: datetime) -> Mapping[LimitedStep, Limit]:
        """Return the limits for a step that is entered at `since`."""
        return self.injects.limits(self.limits, since)


@dataclass(frozen=True)
class Position:
    """A case after its last event; the stored case has a column for each field.

    `due_at` is the end of the holder's step, `settle_at` of the promise to settle the case;
    in a hold both stand still, and the working days that are left wait in `paused_days` and
    `settle_days`. `parent` is the number of the case that a duplicate hangs on, `agency` is
    empty until someone has chosen one, `version` the number of the last event.
    """

    title: str
    text: str
    state: State = State.UNVERIFIED
    agency: str = ""
    unit: str = ""
    support: tuple[str, ...] = ()
    officer: str = ""
    held_from: State | None = None
    classification: str = ""
    category: str = ""
    secret: bool = False
    anonymous: bool = False
    identity_open: bool = False
    urgent: bool = False
    parent: int | None = None
    draft: str = ""
    reopened: bool = False
    responded: bool = False
    entered_at: datetime | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    settle_at: datetime | None = None
    paused_days: int | None = None
    settle_days: int | None = None
    warned: bool = False
    breached: bool = False
    version: int = 0

    @property
    def desk(self) -> Desk:
        return desk_of(self)

    @property
    def is_submitted(self) -> bool:
        """Tell whether the report has come in; one that was taken back has not."""
        return self.entered_at is not None

    @property
    def waits_for_parent(self) -> bool:
        """Tell whether nobody works on it, because the answer to its parent will answer it."""
        return self.parent is not None and self.state in BEFORE_AN_ANSWER

    @property
    def is_open(self) -> bool:
        return self.state not in FINAL_STATES

    def meets(self, condition: Condition | None) -> bool:
        return condition is None or CONDITIONS[condition](self)

    def allows(self, action: Action, role: Role) -> bool:
        try:
            step = step_for(self.state, action, role)
        except ActionNotAllowed:
            return False
        return self.meets(step.only_if)

    def target(self, action: Action, role: Role) -> State:
        """Return where the step leads. Raises ActionNotAllowed with the reason."""
        target = next_state(self.state, action, role, self.held_from)
        step = step_for(self.state, action, role)
        if not self.meets(step.only_if):
            raise ActionNotAllowed(f"{role} may {action} a case only if {step.only_if}")
        return target


CONDITIONS: Mapping[Condition, Callable[[Position], bool]] = {
    Condition.DRAFT_WAITS: lambda case: bool(case.draft),
    Condition.NO_DRAFT_WAITS: lambda case: not case.draft,
    Condition.LINKED: lambda case: case.parent is not None,
    Condition.NOT_LINKED: lambda case: case.parent is None,
    Condition.IDENTITY_CLOSED: lambda case: case.anonymous and not case.identity_open,
    Condition.NOT_REOPENED: lambda case: not case.reopened,
    Condition.SUPPORTED: lambda case: bool(case.support),
}


HOLDER: Mapping[State, Role] = {
    State.UNVERIFIED: Role.AGENCY_ADMIN,
    State.AWAITING_COMPLETION: Role.REPORTER,
    State.VERIFIED: Role.AGENCY_ADMIN,
    State.DISPOSED: Role.LIAISON_OFFICER,
    State.FOLLOWED_UP: Role.LIAISON_OFFICER,
    State.REPLIED: Role.LIAISON_OFFICER,
    State.CLOSED: Role.SYSTEM,
    State.ARCHIVED: Role.SYSTEM,
    State.BLOCKED: Role.NATIONAL_ADMIN,
    State.TRANSFERRING: Role.NATIONAL_ADMIN,
}


def desk_of(case: Position) -> Desk:
    """Return who has to act next, or keep an eye on the case: nobody else may lose it.

    A waiting draft lies with the supervisor; a report that names no agency with the national admin.
    """
    if case.draft:
        return Desk(Role.SUPERVISOR, case.agency)
    role = HOLDER[case.state]
    if case.state is State.UNVERIFIED and not case.agency:
        role = Role.NATIONAL_ADMIN
    offices = {Role.AGENCY_ADMIN: case.agency, Role.LIAISON_OFFICER: case.unit}
    return Desk(role, offices.get(role, ""))


def after(case: Position, event: Event, terms: Terms) -> Position:
    """Return where `case` stands after `event`; the only place where a case changes."""
    said = changes(case, event)
    if event.target not in AT_A_UNIT:  # no draft outlives its case's stay at the unit
        said = {**said, "draft": ""}
    changed = replace(
        case,
        state=event.target,
        version=event.number,
        entered_at=event.at,
        held_from=holding(case, event),
        **said,
    )
    return replace(changed, **clocks(case, changed, event, terms))


def holding(case: Position, event: Event) -> State | None:
    """Return where a held case was held, whatever else is done to it meanwhile."""
    if event.target is not State.AWAITING_COMPLETION:
        return None
    return event.source if case.state is not State.AWAITING_COMPLETION else case.held_from


def changes(case: Position, event: Event) -> dict[str, Any]:
    """Return what the event says about the case, beside its state and its clocks."""
    change = CHANGES.get(event.action)
    return change(case, event.choices, event.text) if change else {}


def submitted(case: Position, choices: Choices, text: str) -> dict[str, Any]:
    written = {name: choices[name] for name in OF_THE_REPORT if name in choices}
    return {"text": text or case.text, **written}


def verified(case: Position, choices: Choices, text: str) -> dict[str, Any]:
    return {
        "classification": choices["class"],
        "category": choices["category"],
        "title": choices.get("title") or case.title,
        "agency": choices.get("agency") or case.agency,
    }


def disposed(case: Position, choices: Choices, text: str) -> dict[str, Any]:
    return {
        "unit": choices["unit"],
        "support": tuple(choices.get("support", ())),
        "officer": choices.get("officer", ""),
        "draft": "",
    }


OF_THE_REPORT = ("title", "agency", "anonymous", "secret")
CHANGES: Mapping[Action, Callable[[Position, Choices, str], dict[str, Any]]] = {
    Action.SUBMIT: submitted,
    Action.VERIFY: verified,
    Action.DISPOSE: disposed,
    Action.INVITE: lambda case, choices, _: {"support": (*case.support, choices["unit"])},
    Action.DECLINE: lambda *_: {"unit": "", "support": (), "officer": ""},
    Action.ACCEPT: lambda _case, choices, _: {
        "agency": choices["agency"],
        "unit": "",
        "support": (),
        "officer": "",
    },
    Action.DRAFT: lambda _case, _choices, text: {"draft": text},
    Action.APPROVE: lambda *_: {"draft": ""},
    Action.SEND_BACK: lambda *_: {"draft": ""},
    Action.WITHDRAW: lambda *_: {"draft": ""},
    Action.ANSWER_TOGETHER: lambda _case, choices, _: {
        name: choices[name] for name in ("agency", "unit") if name in choices
    },
    Action.LINK_DUPLICATE: lambda _case, choices, _: {"parent": int(choices["parent"])},
    Action.UNLINK_DUPLICATE: lambda *_: {"parent": None},
    Action.CHANGE_SECRECY: lambda _case, choices, _: {"secret": choices["secrecy"] == "secret"},
    Action.OPEN_IDENTITY: lambda *_: {"identity_open": True},
    Action.MARK_URGENT: lambda _case, choices, _: {"urgent": choices["urgency"] == "urgent"},
    Action.MASK: lambda case, choices, _: {"text": masked(case.text, choices["details"])},
    Action.HAND_OVER: lambda _case, choices, _: {"officer": choices["to"]},
    Action.REOPEN: lambda *_: {"reopened": True},
}


MASK = "[disamarkan]"  # stands in the Indonesian text of a report


def masked(text: str, details: Iterable[str]) -> str:
    """Return `text` without `details`, the longest first so that none survives inside another."""
    for detail in sorted(details, key=len, reverse=True):
        text = text.replace(detail, MASK)
    return text


def clocks(  # noqa: PLR0911 – one line for each thing that moves a clock
    before: Position, now: Position, event: Event, terms: Terms
) -> dict[str, Any]:
    """Return what the event does to the clocks: a hold stops them, a new step starts one."""
    if event.action in (Action.WARN, Action.BREACH):
        breached = before.breached or event.action is Action.BREACH
        return {"warned": True, "breached": breached, "entered_at": before.entered_at}
    if event.action is Action.INTERIM:
        return interim_given(before, now, event, terms)
    settle = settlement(before, now, event, terms)
    if is_held(now) and not is_held(before):
        return settle | stopped(before, event, terms)
    if is_held(before) and event.action is Action.COMPLETE:
        return settle | resumed(before, now, event, terms)
    starts = event.action is Action.SUBMIT or restarts(event)
    if not starts and now.state is before.state:
        return {"entered_at": before.entered_at}
    if not starts and STEP_OF_STATE.get(before.state) == STEP_OF_STATE.get(now.state):
        return settle
    return settle | {"responded": False} | step_clock(now, event.at, terms)


def is_held(case: Position) -> bool:
    return case.state is State.AWAITING_COMPLETION


def restarts(event: Event) -> bool:
    """Tell whether a new holder begins although the kind of step stays: the old days are gone."""
    return event.action in (Action.ACCEPT, Action.DISPOSE)


def step_clock(now: Position, since: datetime, terms: Terms) -> dict[str, Any]:
    """Start the clock of the state that the case has come to, if that has one."""
    step = STEP_OF_STATE.get(now.state)
    quiet = {"due_at": None, "warn_at": None, "warned": False, "breached": False}
    if step is None:
        return quiet | {"paused_days": None}
    limit = terms.limits_at(since)[step]
    due = terms.office.due(since, limit.amount, limit.unit)
    return quiet | {"due_at": due, "warn_at": warning(due, limit, terms), "paused_days": None}


def warning(due: datetime, limit: Limit, terms: Terms) -> datetime:
    return terms.office.warns_at(due, limit.amount, limit.unit, terms.warn_percent)


def settlement(before: Position, now: Position, event: Event, terms: Terms) -> dict[str, Any]:
    """Start the promise to settle at the first disposition; afterwards only a hold stops it."""
    if event.action is Action.DISPOSE and before.settle_at is None and now.classification:
        limits = terms.limits_at(event.at)
        return {"settle_at": settlement_due(now.classification, event.at, limits, terms.office)}
    if now.state is State.AWAITING_COMPLETION and before.settle_at is not None:
        left = terms.office.working_days_left(event.at, before.settle_at)
        return {"settle_at": None, "settle_days": left}
    if before.state is State.AWAITING_COMPLETION and before.settle_days is not None:
        limit = terms.limits_at(event.at)[SETTLEMENT_OF_CLASS[before.classification]]
        left = days_left(before, before.settle_days, event, limit, terms)
        return {
            "settle_at": terms.office.due(event.at, left, Unit.WORKING_DAY),
            "settle_days": None,
        }
    return {}


def days_left(before: Position, kept: int, event: Event, limit: Limit, terms: Terms) -> int:
    """Return the days left after a hold: all that were kept, unless the limit runs on in it."""
    if not limit.pauses and before.entered_at is not None:
        kept -= terms.office.working_days_left(before.entered_at, event.at)
    return max(kept, 0)


def stopped(before: Position, event: Event, terms: Terms) -> dict[str, Any]:
    """Keep the working days that were left, and give the reporter a window of their own."""
    left = terms.office.working_days_left(event.at, before.due_at) if before.due_at else None
    limit = terms.limits_at(event.at)[LimitedStep.COMPLETION_WINDOW]
    due = terms.office.due(event.at, limit.amount, limit.unit)
    return {"due_at": due, "warn_at": None, "paused_days": left}


def resumed(before: Position, now: Position, event: Event, terms: Terms) -> dict[str, Any]:
    limit = terms.limits_at(event.at)[STEP_OF_STATE[now.state]]
    left = days_left(before, before.paused_days or 0, event, limit, terms)
    due = terms.office.due(event.at, left, Unit.WORKING_DAY)
    return {"due_at": due, "warn_at": warning(due, limit, terms), "paused_days": None}


def interim_given(before: Position, now: Position, event: Event, terms: Terms) -> dict[str, Any]:
    """The promise to respond is kept; what runs on is the promise to settle."""
    settle = before.settle_at
    quiet = {"responded": True, "warned": False, "breached": False, "entered_at": before.entered_at}
    if settle is None:  # nothing was promised yet: the step's limit stays
        return quiet
    limit = terms.limits_at(event.at)[SETTLEMENT_OF_CLASS[now.classification]]
    return quiet | {"due_at": settle, "warn_at": warning(settle, limit, terms)}


def replay(start: Position, events: Iterable[Event], terms: Terms) -> Position:
    """Return where a case stands after all of `events`; the undone ones count for nothing."""
    events = list(events)
    case = start
    for event in in_force(events):
        case = after(case, event, terms)
    return replace(case, version=events[-1].number) if events else case
