"""Cases at every desk: led by real steps to where an action is offered in a role."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User

from sandbox.domain.workflow import FIRST_STEP, STEPS, Action, Condition, Role, State, Step
from sandbox.models import Case, Run
from sandbox.selectors import details_left
from tests.factories import HOME, Steps, a_run, let
from tests.sandbox.playing import CHOICES, choices_for

EXERCISES = {
    Role.REPORTER: "meja-pelapor",
    Role.NATIONAL_ADMIN: "meja-nasional",
    Role.AGENCY_ADMIN: "meja-instansi",
    Role.LIAISON_OFFICER: "meja-penghubung",
    Role.SUPERVISOR: "meja-pengawas",
}
PLAYED = tuple(EXERCISES)
OWN_UNIT, OTHER_UNIT = "DLH", "DISHUB"
CLASSED = {"class": "non_supervisory", "category": "Perhubungan"}
EVERY_STEP = sorted(
    {(step.action, role) for step in (FIRST_STEP, *STEPS) for role in step.by if role in PLAYED}
)
FIRST_ROLE = dict(reversed(EVERY_STEP))  # one desk for each action


def a_desk(role: Role, learner: User | None = None, **changes: Any) -> Run:
    """A run in `role` in which nothing has happened yet, without hints and explanations."""
    quiet = {"mode": "practice", "days_before": 0, "arrive_later": 0, "needs_marking": False}
    return a_run(learner, EXERCISES[role], **(quiet | changes))


def intake(role: Role) -> Steps:
    """The steps that bring a new case to the agency."""
    if role is Role.NATIONAL_ADMIN:
        return [(Role.NATIONAL_ADMIN, Action.VERIFY, {**CLASSED, "agency": HOME})]
    sent = {**CHOICES[Action.SUBMIT], "agency": HOME}
    return [(Role.REPORTER, Action.SUBMIT, sent)] if role is Role.REPORTER else []


def at_a_unit(role: Role, unit: str = OWN_UNIT, support: Iterable[str] = ()) -> Steps:
    verified: Steps = []
    if role is not Role.NATIONAL_ADMIN:
        verified = [(Role.AGENCY_ADMIN, Action.VERIFY, CLASSED)]
    disposed = {"unit": unit, "support": list(support)}
    return [*intake(role), *verified, (Role.AGENCY_ADMIN, Action.DISPOSE, disposed)]


def route_to(state: State, role: Role) -> Steps:
    """The steps to `state` in a run of `role`."""
    answered = [*at_a_unit(role), (Role.LIAISON_OFFICER, Action.ANSWER, {"evidence": ""})]
    first = Role.NATIONAL_ADMIN if role is Role.NATIONAL_ADMIN else Role.AGENCY_ADMIN
    start = [] if role is Role.NATIONAL_ADMIN else intake(role)
    to_national = {"level": "central", "destination": "BALAI_JALAN"}
    routes: dict[State, Steps] = {
        State.UNVERIFIED: start,
        State.AWAITING_COMPLETION: [*start, (first, Action.HOLD, {"missing": "location"})],
        State.VERIFIED: [*intake(role), *([] if role is Role.NATIONAL_ADMIN else [
            (Role.AGENCY_ADMIN, Action.VERIFY, CLASSED)
        ])],
        State.ARCHIVED: [*start, (first, Action.ARCHIVE, {"reason": "spam"})],
        State.BLOCKED: [*start, (Role.NATIONAL_ADMIN, Action.BLOCK, {})],
        State.TRANSFERRING: [*intake(role), (Role.AGENCY_ADMIN, Action.RETURN, to_national)],
        State.DISPOSED: at_a_unit(role),
        State.FOLLOWED_UP: answered,
        State.REPLIED: [*answered, (Role.REPORTER, Action.REPLY, {})],
        State.CLOSED: [*answered, (Role.REPORTER, Action.CLOSE, {"rating": "4"})],
    }  # fmt: skip
    return routes[state]


def row(action: Action, role: Role) -> Step:
    return next(step for step in (FIRST_STEP, *STEPS) if step.action is action and role in step.by)


def way_to(action: Action, role: Role) -> Steps:
    """The steps after which `role` may take `action`."""
    if action is Action.SUBMIT:
        return []
    step = row(action, role)
    state = State.DISPOSED if State.DISPOSED in step.sources else step.sources[0]
    if role is Role.NATIONAL_ADMIN and State.UNVERIFIED in step.sources:
        state = State.UNVERIFIED
    if action in (Action.ARCHIVE, Action.LINK_DUPLICATE, Action.UNLINK_DUPLICATE):
        state = State.UNVERIFIED
    match step.only_if:
        case Condition.DRAFT_WAITS:
            draft = (Role.LIAISON_OFFICER, Action.DRAFT, {"evidence": ""})
            return [*route_to(state, role), draft]
        case Condition.LINKED:
            return [*route_to(state, role), (role, Action.LINK_DUPLICATE, {"parent": "2"})]
        case Condition.SUPPORTED:
            return at_a_unit(role, OTHER_UNIT, [OWN_UNIT])
    return route_to(state, role)


def case_for(action: Action, role: Role, learner: User | None = None, **changes: Any) -> Case:
    """A case on which the trainee, in `role`, may take `action` now."""
    run = a_desk(role, learner, **changes)
    if action is Action.OPEN_IDENTITY:
        run.cases.filter(number=1).update(anonymous=True)
    case = run.cases.get(number=with_details(run) if action is Action.MASK else 1)
    return led_by(way_to(action, role), case)


def led_by(steps: Steps, case: Case) -> Case:
    for role, action, choices in steps:
        case = let(case, role, action, choices)
    return Case.objects.of(case.run).select_related("run__learner", "run__rules").get(pk=case.pk)


def with_details(run: Run) -> int:
    return next(case.number for case in run.cases.all() if details_left(case))


def chosen_by(case: Case, action: Action) -> dict[str, Any]:
    """What the log keeps of the form that `pages.form_of` fills in."""
    chosen = {**choices_for(action, Role(case.run.role))}
    if action is Action.SUBMIT:
        chosen["agency"] = ""
    if action is Action.MASK:
        chosen["details"] = details_left(case)[:1]
    if action is Action.HAND_OVER:
        chosen["from"] = case.officer
    return chosen


# Which actions stand for all where each would take too long.

SOME = [  # one of each kind: lists, boxes, hidden choices, long texts, a rating
    Action.SUBMIT,
    Action.VERIFY,
    Action.HOLD,
    Action.ARCHIVE,
    Action.DISPOSE,
    Action.RETURN,
    Action.ANSWER,
    Action.SEND_BACK,
    Action.CLOSE,
    Action.MASK,
    Action.CHANGE_SECRECY,
]
EXPLAINED = [Action.HOLD, Action.RETURN, Action.ARCHIVE, Action.SEND_BACK]
WITH_TEXT = [*EXPLAINED, Action.DISPOSE]
