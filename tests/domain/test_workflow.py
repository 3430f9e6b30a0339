"""Who may do what from which state: every one of the combinations, and no case is ever lost."""

from itertools import product

import pytest

from sandbox.domain.position import CONDITIONS as CHECKS
from sandbox.domain.position import Position, desk_of
from sandbox.domain.workflow import (
    FINAL_STATES,
    FIRST_STEP,
    NEEDS,
    OPEN_STATES,
    SEVERAL,
    STEPS,
    WORKFLOW,
    Action,
    ActionNotAllowed,
    Condition,
    Role,
    State,
    StepIncomplete,
    check_complete,
    needs_of,
    next_state,
    step_for,
)
from tests.domain.procedure import ACTIONS, CONDITIONS, EXPECTED, FINAL, HELD_BY, ROLES, ROWS, RULES
from tests.domain.procedure import STATES as NAMES

MATRIX = list(product(State, Action, Role))
CASE = Position(title="Judul", text="Isi", agency="A", unit="U")
# Two ways for a case to be for each condition: it holds, it does not.
CASES = {
    "": ({}, None),
    "draft": ({"draft": "Rancangan"}, {"draft": ""}),
    "no_draft": ({"draft": ""}, {"draft": "Rancangan"}),
    "linked": ({"parent": 2}, {"parent": None}),
    "not_linked": ({"parent": None}, {"parent": 2}),
    "hidden_name": ({"anonymous": True}, {"anonymous": True, "identity_open": True}),
    "not_reopened": ({"reopened": False}, {"reopened": True}),
    "supported": ({"support": ("DLH",)}, {"support": ()}),
}


def a_case(state, **more):
    return Position(**{"title": "Judul", "text": "Isi", "state": state, **more})


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", Role)
def test_only_the_steps_of_the_procedure_are_possible(state, role):
    for action in Action:
        rule = RULES.get((state.value, action.value, role.value))
        if rule is None:
            assert not CASE.allows(action, role) or state is not CASE.state
            with pytest.raises(ActionNotAllowed, match=f"{role} may not {action}"):
                next_state(state, action, role)
        else:
            assert next_state(state, action, role) == rule.target, (state, action, role)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", Role)
def test_a_case_is_open_to_a_step_exactly_while_its_condition_holds(state, role):
    for action in Action:
        rule = RULES.get((state.value, action.value, role.value))
        holds, fails = CASES[rule.condition if rule else ""]
        good = a_case(state, **holds)
        assert good.allows(action, role) is (rule is not None), (state, action, role)
        if rule is None:
            with pytest.raises(ActionNotAllowed):
                good.target(action, role)
        else:
            assert good.target(action, role) == rule.target
        if rule and fails is not None:
            bad = a_case(state, **fails)
            assert not bad.allows(action, role), (state, action, role)
            with pytest.raises(ActionNotAllowed, match=f"only if {CONDITIONS[rule.condition]}"):
                bad.target(action, role)


def test_a_name_that_was_never_hidden_needs_no_opening():
    assert not a_case(State.VERIFIED).allows(Action.OPEN_IDENTITY, Role.NATIONAL_ADMIN)


def test_the_matrix_is_complete():
    """So that a state, an action or a role that is added does not slip past the tests above."""
    assert len(MATRIX) == 10 * 40 * 6
    assert [state.value for state in State] == NAMES
    assert {action.value for action in Action} == ACTIONS
    assert [role.value for role in Role] == ROLES
    assert len(WORKFLOW) == len(EXPECTED) == len(ROWS)
    assert {value for value in CONDITIONS.values() if value} == {each.value for each in Condition}
    assert set(CHECKS) == set(Condition)


def test_the_steps_carry_the_codes_and_conditions_of_the_procedure():
    assert {
        (step.code, state, step.action, role, step.only_if)
        for (state, _, role), step in WORKFLOW.items()
    } == {(rule.code, *key, CONDITIONS[rule.condition]) for key, rule in ROWS}
    assert (FIRST_STEP.code, FIRST_STEP.by, FIRST_STEP.to) == (
        "T1", (Role.REPORTER,), State.UNVERIFIED,
    )  # fmt: skip


def test_no_two_rows_of_the_table_answer_the_same_question():
    questions = [
        (source, step.action, role) for step in STEPS for source in step.sources for role in step.by
    ]
    assert len(questions) == len(set(questions))


def test_nobody_submits_a_case_that_is_already_there():
    assert [step for step in WORKFLOW.values() if step.action is Action.SUBMIT] == []


def test_taking_back_is_in_no_row():
    assert [step for step in WORKFLOW.values() if step.action is Action.UNDO] == []


def test_nobody_but_a_supervisor_passes_a_draft_and_a_supervisor_decides_nothing_else():
    by_supervisors = {
        action for (_, action, role), step in WORKFLOW.items() if role is Role.SUPERVISOR
    }
    assert by_supervisors == {
        Action.APPROVE, Action.SEND_BACK, Action.NOTE, Action.REMIND, Action.HAND_OVER,
    }  # fmt: skip
    for action in (Action.APPROVE, Action.SEND_BACK):
        assert {role for _, done, role in WORKFLOW if done is action} == {Role.SUPERVISOR}


def test_the_clock_archives_and_closes_but_decides_nothing_about_a_report():
    moving = {
        (step.action, step.to)
        for (_, _, role), step in WORKFLOW.items()
        if role is Role.SYSTEM and step.to
    }
    assert moving == {
        (Action.EXPIRE, State.ARCHIVED),
        (Action.CLOSE, State.CLOSED),
        (Action.ANSWER_TOGETHER, State.FOLLOWED_UP),
    }


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_holder(state):
    assert tuple(desk_of(a_case(state, agency="A", unit="U"))) == HELD_BY[state.value]


def test_a_report_without_an_agency_lies_with_the_national_admin():
    assert tuple(desk_of(a_case(State.UNVERIFIED))) == ("national_admin", "")


@pytest.mark.parametrize("state", [State.DISPOSED, State.REPLIED])
def test_a_draft_lies_with_the_supervisor_of_the_agency(state):
    case = a_case(state, agency="A", unit="U", draft="Rancangan")
    assert tuple(desk_of(case)) == ("supervisor", "A")


@pytest.mark.parametrize("state", OPEN_STATES)
def test_every_open_state_can_be_left_without_the_reporter_giving_up(state):
    ways_on = [
        action
        for (source, action, _), step in WORKFLOW.items()
        if source is state and step.to not in (None, state) and action is not Action.WITHDRAW
    ]
    assert ways_on


@pytest.mark.parametrize("state", State)
def test_whoever_holds_an_open_case_can_move_it_on_or_waits_for_somebody_who_can(state):
    holder = desk_of(a_case(state, agency="A", unit="U")).role
    moving = {role for (source, _, role), step in WORKFLOW.items() if source is state and step.to}
    if state in OPEN_STATES and state is not State.FOLLOWED_UP:  # it waits for the reporter
        assert holder in moving
    assert moving, "a way on, back or out"


def test_states_are_open_or_final():
    assert set(FINAL_STATES) == FINAL
    assert set(OPEN_STATES) | set(FINAL_STATES) == set(State)
    assert not set(OPEN_STATES) & set(FINAL_STATES)


def test_every_state_can_be_reached_from_a_new_case():
    reached, frontier = set(), {State.UNVERIFIED}
    while frontier:
        reached |= frontier
        frontier = {step.to for (state, _, _), step in WORKFLOW.items() if state in reached}
        frontier = {state for state in frontier if state} - reached
    assert reached == set(State)


@pytest.mark.parametrize("held_from", ["unverified", "verified", "disposed"])
def test_a_completed_case_goes_back_to_the_desk_that_asked(held_from):
    target = next_state(
        State.AWAITING_COMPLETION, Action.COMPLETE, Role.REPORTER, held_from=State(held_from)
    )
    assert target == held_from


def test_a_case_is_held_from_nowhere_else():
    held_from = {state.value for state, action, _ in WORKFLOW if action is Action.HOLD}
    assert held_from == {"unverified", "verified", "disposed"}


def test_where_a_case_was_held_matters_to_completion_only():
    for state, action, role in MATRIX:
        if (state, action, role) in EXPECTED and action is not Action.COMPLETE:
            assert next_state(state, action, role, held_from=State.DISPOSED) == next_state(
                state, action, role
            )
            assert step_for(state, action, role).action is action


# What belongs to a step

PEOPLE = [role for role in Role if role is not Role.SYSTEM]
TAKEN = sorted({(step.action, role) for step in (*STEPS, FIRST_STEP) for role in step.by})


def complete(action, role):
    needs = needs_of(action, role)
    choices = {name: ["x"] if name in SEVERAL else "x" for name in needs.choices}
    return choices, "Kalimat." if needs.words else ""


@pytest.mark.parametrize(("action", "role"), TAKEN)
def test_a_step_is_complete_only_with_all_that_belongs_to_it(action, role):
    choices, text = complete(action, role)
    check_complete(action, role, choices, text)
    for name in choices:
        for value in ("", None, [], ["x", "y"] if name not in SEVERAL else "x"):
            with pytest.raises(StepIncomplete):
                check_complete(action, role, {**choices, name: value}, text)
        with pytest.raises(StepIncomplete):
            check_complete(action, role, {}, text)
    if text:
        with pytest.raises(StepIncomplete):
            check_complete(action, role, choices, " \n ")


def test_archiving_needs_one_reason_and_a_sentence():
    assert needs_of(Action.ARCHIVE, Role.AGENCY_ADMIN) == (("reason",), True)


def test_only_steps_of_people_need_anything():
    assert {action for action, role in TAKEN if role in PEOPLE} >= set(NEEDS)
