"""The procedure of a complaint: who may do what from which state, and where it leads.

The table is the whole procedure. It knows no labels, texts, colours or times.
Codes T1–T20 are the transitions and operations listed in docs/sources.md#workflow.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


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
    RETURN = "return"
    ACCEPT = "accept"
    REFUSE = "refuse"
    ANSWER = "answer"
    REPLY = "reply"
    CLOSE = "close"
    WARN = "warn"
    LINK_DUPLICATE = "link_duplicate"
    CHANGE_SECRECY = "change_secrecy"
    REOPEN = "reopen"
    RESTORE = "restore"
    WITHDRAW = "withdraw"


class Step(NamedTuple):
    """One row of the procedure; `to` is None where the case stays in its state."""

    code: str
    action: Action
    sources: tuple[State, ...]
    by: tuple[Role, ...]
    to: State | None


ADMINS = (Role.NATIONAL_ADMIN, Role.AGENCY_ADMIN)
OPEN_STATES = (
    State.UNVERIFIED,
    State.AWAITING_COMPLETION,
    State.VERIFIED,
    State.DISPOSED,
    State.FOLLOWED_UP,
    State.REPLIED,
    State.TRANSFERRING,
)
FINAL_STATES = (State.CLOSED, State.ARCHIVED, State.BLOCKED)
TIMED_STATES = (State.UNVERIFIED, State.VERIFIED, State.DISPOSED, State.REPLIED)

S, A, R = State, Action, Role
STEPS = (
    Step("T2", A.VERIFY, (S.UNVERIFIED,), ADMINS, S.VERIFIED),
    Step("T3", A.HOLD, (S.UNVERIFIED, S.VERIFIED), ADMINS, S.AWAITING_COMPLETION),
    Step("T3", A.HOLD, (S.DISPOSED,), (R.LIAISON_OFFICER,), S.AWAITING_COMPLETION),
    Step("T4", A.COMPLETE, (S.AWAITING_COMPLETION,), (R.REPORTER,), S.UNVERIFIED),
    Step("T5", A.EXPIRE, (S.AWAITING_COMPLETION,), (R.SYSTEM,), S.ARCHIVED),
    Step("T6", A.ARCHIVE, (S.UNVERIFIED, S.VERIFIED), ADMINS, S.ARCHIVED),
    Step("T7", A.BLOCK, (S.UNVERIFIED,), (R.NATIONAL_ADMIN,), S.BLOCKED),
    Step("T7", A.UNBLOCK, (S.BLOCKED,), (R.NATIONAL_ADMIN,), S.UNVERIFIED),
    Step("T8", A.DISPOSE, (S.VERIFIED,), (R.AGENCY_ADMIN,), S.DISPOSED),
    Step("T9", A.RETURN, (S.UNVERIFIED, S.VERIFIED), (R.AGENCY_ADMIN,), S.TRANSFERRING),
    Step("T9", A.RETURN, (S.DISPOSED,), (R.LIAISON_OFFICER,), S.TRANSFERRING),
    Step("T10", A.ACCEPT, (S.TRANSFERRING,), (R.NATIONAL_ADMIN,), S.VERIFIED),
    Step("T10", A.REFUSE, (S.TRANSFERRING,), (R.NATIONAL_ADMIN,), S.VERIFIED),
    Step(
        "T11", A.ANSWER, (S.DISPOSED, S.REPLIED), (R.LIAISON_OFFICER, R.AGENCY_ADMIN), S.FOLLOWED_UP
    ),
    Step("T12", A.REPLY, (S.FOLLOWED_UP,), (R.REPORTER,), S.REPLIED),
    Step("T13", A.CLOSE, (S.FOLLOWED_UP,), (R.REPORTER,), S.CLOSED),
    Step("T14", A.CLOSE, (S.FOLLOWED_UP,), (R.SYSTEM,), S.CLOSED),
    Step("T15", A.CLOSE, (S.FOLLOWED_UP,), (R.AGENCY_ADMIN,), S.CLOSED),
    Step("T16", A.WARN, TIMED_STATES, (R.SYSTEM,), None),
    Step("T17", A.LINK_DUPLICATE, (S.UNVERIFIED, S.VERIFIED, S.DISPOSED), ADMINS, None),
    Step("T18", A.CHANGE_SECRECY, OPEN_STATES, ADMINS, None),
    Step("T19", A.REOPEN, (S.CLOSED,), (R.AGENCY_ADMIN,), S.DISPOSED),
    Step("T19", A.RESTORE, (S.ARCHIVED,), ADMINS, S.UNVERIFIED),
    Step("T20", A.WITHDRAW, OPEN_STATES, (R.REPORTER,), S.ARCHIVED),
)
FIRST_STEP = Step("T1", A.SUBMIT, (), (R.REPORTER,), S.UNVERIFIED)

WORKFLOW: Mapping[tuple[State, Action, Role], Step] = {
    (source, step.action, role): step
    for step in STEPS
    for source in step.sources
    for role in step.by
}

# A held case goes back to the desk that asked, so that what was added is read there.
RESUMES_AT: Mapping[State, State] = {
    State.UNVERIFIED: State.UNVERIFIED,
    State.VERIFIED: State.VERIFIED,
    State.DISPOSED: State.VERIFIED,
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


class ActionNotAllowed(Exception):
    """The workflow has no such step from this state for this role."""


def next_state(state: State, action: Action, role: Role, held_from: State | None = None) -> State:
    """Return where `action` leads; `held_from` is the state in which a held case was held.

    Raises ActionNotAllowed where the table has no such row.
    """
    step = WORKFLOW.get((state, action, role))
    if step is None:
        raise ActionNotAllowed(f"{role} may not {action} a case that is {state}")
    if action is Action.COMPLETE and held_from is not None:
        return RESUMES_AT[held_from]
    return step.to or state


def allowed_actions(state: State, role: Role) -> list[Action]:
    """Return the actions that the table offers, in its order."""
    return [action for (source, action, by) in WORKFLOW if (source, by) == (state, role)]
