"""The procedure of a complaint: who may do what from which state, and where it leads.

The table is the whole procedure. It knows no labels, texts, colours or times.
Codes T1–T20 are the transitions and operations listed in docs/sources.md#workflow; O1–O8 are
operations of the practice room that change no state.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class State(StrEnum):
    """Where a case stands; one party holds it in each."""

    UNVERIFIED = "unverified"
    AWAITING_COMPLETION = "awaiting_completion"
    VERIFIED = "verified"
    DISPOSED = "disposed"
    FOLLOWED_UP = "followed_up"
    REPLIED = "replied"
    CLOSED = "closed"
    ARCHIVED = "archived"
    BLOCKED = "blocked"
    TRANSFERRING = "transferring"


class Role(StrEnum):
    """A party to the procedure; people play them in a run, simulated or not."""

    REPORTER = "reporter"
    NATIONAL_ADMIN = "national_admin"
    AGENCY_ADMIN = "agency_admin"
    LIAISON_OFFICER = "liaison_officer"
    SUPERVISOR = "supervisor"
    SYSTEM = "system"


class Action(StrEnum):
    """What a party does to a case."""

    SUBMIT = "submit"
    VERIFY = "verify"
    HOLD = "hold"
    COMPLETE = "complete"
    EXPIRE = "expire"
    ARCHIVE = "archive"
    BLOCK = "block"
    UNBLOCK = "unblock"
    DISPOSE = "dispose"
    DECLINE = "decline"
    RETURN = "return"
    ACCEPT = "accept"
    REFUSE = "refuse"
    ANSWER = "answer"
    INTERIM = "interim"
    DRAFT = "draft"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    REPLY = "reply"
    CLOSE = "close"
    WARN = "warn"
    BREACH = "breach"
    LINK_DUPLICATE = "link_duplicate"
    UNLINK_DUPLICATE = "unlink_duplicate"
    ANSWER_TOGETHER = "answer_together"
    CHANGE_SECRECY = "change_secrecy"
    OPEN_IDENTITY = "open_identity"
    REOPEN = "reopen"
    RESTORE = "restore"
    WITHDRAW = "withdraw"
    MASK = "mask"
    MARK_URGENT = "mark_urgent"
    NOTE = "note"
    INVITE = "invite"
    CONTRIBUTE = "contribute"
    REMIND = "remind"
    HAND_OVER = "hand_over"
    WRITE = "write"
    ESCALATE = "escalate"
    UNDO = "undo"  # in no row: it leads back to where the step before began


class Condition(StrEnum):
    """What must hold of a case, beside its state, before a step may be taken."""

    DRAFT_WAITS = "draft_waits"
    NO_DRAFT_WAITS = "no_draft_waits"
    LINKED = "linked"
    NOT_LINKED = "not_linked"
    IDENTITY_CLOSED = "identity_closed"
    NOT_REOPENED = "not_reopened"
    SUPPORTED = "supported"


class Step(NamedTuple):
    """One row of the procedure; `to` is None where the case stays in its state."""

    code: str
    action: Action
    sources: tuple[State, ...]
    by: tuple[Role, ...]
    to: State | None
    only_if: Condition | None = None


FINAL_STATES = (State.CLOSED, State.ARCHIVED, State.BLOCKED)
OPEN_STATES = tuple(state for state in State if state not in FINAL_STATES)
TIMED_STATES = (State.UNVERIFIED, State.VERIFIED, State.DISPOSED, State.REPLIED)
AT_INTAKE = (State.UNVERIFIED, State.VERIFIED)
BEFORE_AN_ANSWER = (State.UNVERIFIED, State.VERIFIED, State.DISPOSED)
AT_A_UNIT = (State.DISPOSED, State.REPLIED)
ANSWERABLE = (*AT_INTAKE, *AT_A_UNIT, State.FOLLOWED_UP)

S, A, R, C = State, Action, Role, Condition
ADMINS = (R.NATIONAL_ADMIN, R.AGENCY_ADMIN)
UNITS = (R.LIAISON_OFFICER, R.AGENCY_ADMIN)
OFFICERS = (*ADMINS, R.LIAISON_OFFICER, R.SUPERVISOR)
STEPS = (
    Step("T2", A.VERIFY, (S.UNVERIFIED,), ADMINS, S.VERIFIED),
    Step("T3", A.HOLD, AT_INTAKE, ADMINS, S.AWAITING_COMPLETION),
    Step("T3", A.HOLD, (S.DISPOSED,), (R.LIAISON_OFFICER,), S.AWAITING_COMPLETION),
    Step("T4", A.COMPLETE, (S.AWAITING_COMPLETION,), (R.REPORTER,), S.UNVERIFIED),
    Step("T5", A.EXPIRE, (S.AWAITING_COMPLETION,), (R.SYSTEM,), S.ARCHIVED),
    Step("T6", A.ARCHIVE, AT_INTAKE, ADMINS, S.ARCHIVED),
    Step("T7", A.BLOCK, (S.UNVERIFIED,), (R.NATIONAL_ADMIN,), S.BLOCKED),
    Step("T7", A.UNBLOCK, (S.BLOCKED,), (R.NATIONAL_ADMIN,), S.UNVERIFIED),
    Step("T8", A.DISPOSE, (S.VERIFIED, S.DISPOSED), (R.AGENCY_ADMIN,), S.DISPOSED),
    Step("T8", A.DECLINE, (S.DISPOSED,), (R.LIAISON_OFFICER,), S.VERIFIED, C.NO_DRAFT_WAITS),
    Step("T9", A.RETURN, AT_INTAKE, (R.AGENCY_ADMIN,), S.TRANSFERRING),
    Step("T9", A.RETURN, (S.DISPOSED,), (R.LIAISON_OFFICER,), S.TRANSFERRING, C.NO_DRAFT_WAITS),
    Step("T10", A.ACCEPT, (S.TRANSFERRING,), (R.NATIONAL_ADMIN,), S.VERIFIED),
    Step("T10", A.REFUSE, (S.TRANSFERRING,), (R.NATIONAL_ADMIN,), S.VERIFIED),
    Step("T11", A.ANSWER, AT_A_UNIT, UNITS, S.FOLLOWED_UP, C.NO_DRAFT_WAITS),
    Step("T11", A.INTERIM, AT_A_UNIT, UNITS, None, C.NO_DRAFT_WAITS),
    Step("T11", A.DRAFT, AT_A_UNIT, (R.LIAISON_OFFICER,), None, C.NO_DRAFT_WAITS),
    Step("T11", A.APPROVE, AT_A_UNIT, (R.SUPERVISOR,), S.FOLLOWED_UP, C.DRAFT_WAITS),
    Step("T11", A.SEND_BACK, AT_A_UNIT, (R.SUPERVISOR,), None, C.DRAFT_WAITS),
    Step("T12", A.REPLY, (S.FOLLOWED_UP,), (R.REPORTER,), S.REPLIED),
    Step("T13", A.CLOSE, (S.FOLLOWED_UP,), (R.REPORTER,), S.CLOSED),
    Step("T14", A.CLOSE, (S.FOLLOWED_UP,), (R.SYSTEM,), S.CLOSED),
    Step("T15", A.CLOSE, (S.FOLLOWED_UP,), (R.AGENCY_ADMIN,), S.CLOSED),
    Step("T16", A.WARN, TIMED_STATES, (R.SYSTEM,), None),
    Step("T16", A.BREACH, TIMED_STATES, (R.SYSTEM,), None),
    Step("T17", A.LINK_DUPLICATE, BEFORE_AN_ANSWER, ADMINS, None, C.NOT_LINKED),
    Step("T17", A.UNLINK_DUPLICATE, BEFORE_AN_ANSWER, (*ADMINS, R.SYSTEM), None, C.LINKED),
    Step("T17", A.ANSWER_TOGETHER, ANSWERABLE, (R.SYSTEM,), S.FOLLOWED_UP, C.LINKED),
    Step("T18", A.CHANGE_SECRECY, OPEN_STATES, ADMINS, None),
    Step("T18", A.OPEN_IDENTITY, OPEN_STATES, (R.NATIONAL_ADMIN,), None, C.IDENTITY_CLOSED),
    Step("T19", A.REOPEN, (S.CLOSED,), (R.AGENCY_ADMIN,), S.DISPOSED, C.NOT_REOPENED),
    Step("T19", A.RESTORE, (S.ARCHIVED,), ADMINS, S.UNVERIFIED),
    Step("T20", A.WITHDRAW, OPEN_STATES, (R.REPORTER,), S.ARCHIVED),
    Step("O1", A.MASK, AT_INTAKE, ADMINS, None),
    Step("O1", A.MASK, (S.DISPOSED,), UNITS, None),
    Step("O2", A.MARK_URGENT, OPEN_STATES, (*ADMINS, R.LIAISON_OFFICER), None),
    Step("O3", A.NOTE, tuple(State), OFFICERS, None),
    Step("O4", A.INVITE, AT_A_UNIT, UNITS, None),
    Step("O5", A.CONTRIBUTE, AT_A_UNIT, (R.LIAISON_OFFICER,), None, C.SUPPORTED),
    Step("O6", A.REMIND, TIMED_STATES, (R.SUPERVISOR, R.AGENCY_ADMIN), None),
    Step("O7", A.HAND_OVER, OPEN_STATES, (R.SUPERVISOR, R.AGENCY_ADMIN), None),
    Step("O8", A.WRITE, (*TIMED_STATES, *FINAL_STATES), (R.REPORTER,), None),
    Step("O8", A.ESCALATE, (*AT_A_UNIT, S.FOLLOWED_UP, *FINAL_STATES), (R.REPORTER,), None),
)
FIRST_STEP = Step("T1", A.SUBMIT, (), (R.REPORTER,), S.UNVERIFIED)

WORKFLOW: Mapping[tuple[State, Action, Role], Step] = {
    (source, step.action, role): step
    for step in STEPS
    for source in step.sources
    for role in step.by
}


class Needs(NamedTuple):
    """What belongs to a step: choices by name, each exactly one, and words of one's own."""

    choices: tuple[str, ...] = ()
    words: bool = False


NEEDS: Mapping[Action, Needs] = {
    A.SUBMIT: Needs(("title",), words=True),
    A.VERIFY: Needs(("class", "category")),
    A.HOLD: Needs(("missing",), words=True),
    A.COMPLETE: Needs(words=True),
    A.ARCHIVE: Needs(("reason",), words=True),
    A.BLOCK: Needs(words=True),
    A.DISPOSE: Needs(("unit",)),
    A.DECLINE: Needs(("unit",), words=True),
    A.RETURN: Needs(("level", "destination"), words=True),
    A.ACCEPT: Needs(("agency",), words=True),
    A.REFUSE: Needs(words=True),
    A.ANSWER: Needs(words=True),
    A.INTERIM: Needs(words=True),
    A.DRAFT: Needs(words=True),
    A.SEND_BACK: Needs(("flaw",), words=True),
    A.REPLY: Needs(words=True),
    A.CLOSE: Needs(words=True),
    A.LINK_DUPLICATE: Needs(("parent",)),
    A.CHANGE_SECRECY: Needs(("secrecy",)),
    A.OPEN_IDENTITY: Needs(words=True),
    A.REOPEN: Needs(words=True),
    A.RESTORE: Needs(words=True),
    A.MASK: Needs(("details",)),
    A.MARK_URGENT: Needs(("urgency",)),
    A.NOTE: Needs(words=True),
    A.INVITE: Needs(("unit",)),
    A.CONTRIBUTE: Needs(words=True),
    A.REMIND: Needs(words=True),
    A.HAND_OVER: Needs(("to",)),
    A.WRITE: Needs(words=True),
    A.ESCALATE: Needs(words=True),
}
OF_THEIR_OWN: Mapping[tuple[Action, Role], Needs] = {
    (A.VERIFY, R.NATIONAL_ADMIN): Needs(("class", "category", "agency")),
    (A.CLOSE, R.REPORTER): Needs(("rating",)),
}
SEVERAL = ("details",)  # of which one or more are chosen


class ActionNotAllowed(Exception):
    """The workflow has no such step from this state for this role."""


class StepIncomplete(ActionNotAllowed):
    """A choice or the words that belong to a step are missing."""


def needs_of(action: Action, role: Role) -> Needs:
    """Return what a party has to say with a step that they take themselves."""
    return OF_THEIR_OWN.get((action, role)) or NEEDS.get(action, Needs())


def check_complete(action: Action, role: Role, choices: Mapping[str, Any], text: str) -> None:
    """Raise StepIncomplete where something that belongs to a step is missing."""
    needs = needs_of(action, role)
    missing = [name for name in needs.choices if not is_chosen(name, choices.get(name))]
    if needs.words and not text.strip():
        missing.append("words")
    if missing:
        raise StepIncomplete(f"{role} cannot {action} without {', '.join(missing)}")


def is_chosen(name: str, value: Any) -> bool:
    return bool(value) and isinstance(value, list | tuple if name in SEVERAL else str)


def step_for(state: State, action: Action, role: Role) -> Step:
    """Return the row of the table. Raises ActionNotAllowed where it has none."""
    step = WORKFLOW.get((state, action, role))
    if step is None:
        raise ActionNotAllowed(f"{role} may not {action} a case that is {state}")
    return step


def next_state(state: State, action: Action, role: Role, held_from: State | None = None) -> State:
    """Return where `action` leads; `held_from` is the state in which a held case was held.

    A completed case goes back to the desk that asked, so that what was added is read there.
    Raises ActionNotAllowed where the table has no such row.
    """
    step = step_for(state, action, role)
    if action is Action.COMPLETE and held_from is not None:
        return held_from
    return step.to or state
