"""Who may do what from which state: every one of the combinations, and no case is ever lost."""

from itertools import product

import pytest

from sandbox.domain.workflow import (
    FINAL_STATES,
    FIRST_STEP,
    HOLDER,
    OPEN_STATES,
    RESUMES_AT,
    STEPS,
    WORKFLOW,
    Action,
    ActionNotAllowed,
    Role,
    State,
    allowed_actions,
    next_state,
)
from tests.domain.procedure import EXPECTED, FINAL, HELD_BY, ROWS, STATES

MATRIX = list(product(State, Action, Role))
PEOPLE_ACT_ON = [(state, role) for state in State for role in Role]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", Role)
def test_only_the_steps_of_the_procedure_are_possible(state, role):
    for action in Action:
        target = EXPECTED.get((state.value, action.value, role.value))
        if target is None:
            with pytest.raises(ActionNotAllowed, match=f"{role} may not {action}"):
                next_state(state, action, role)
        else:
            assert next_state(state, action, role) == target, (state, action, role)


def test_the_matrix_is_complete():
    """So that a state, an action or a role that is added does not slip past the test above."""
    assert len(MATRIX) == 10 * 21 * 6
    assert [state.value for state in State] == STATES
    assert len(WORKFLOW) == len(EXPECTED) == len(ROWS)


def test_the_steps_carry_the_codes_of_the_procedure():
    assert {
        (step.code, state, step.action, role) for (state, _, role), step in WORKFLOW.items()
    } == {(code, state, action, role) for code, (state, action, role), _ in ROWS}
    assert (FIRST_STEP.code, FIRST_STEP.by, FIRST_STEP.to) == (
        "T1", (Role.REPORTER,), State.UNVERIFIED,
    )  # fmt: skip


def test_no_two_rows_of_the_table_answer_the_same_question():
    questions = [
        (source, step.action, role) for step in STEPS for source in step.sources for role in step.by
    ]
    assert len(questions) == len(set(questions))


@pytest.mark.parametrize(("state", "role"), PEOPLE_ACT_ON)
def test_what_is_offered_is_exactly_what_is_possible(state, role):
    offered = allowed_actions(state, role)
    possible = [action for action in Action if (state, action, role) in EXPECTED]
    assert sorted(offered) == sorted(possible)
    assert len(offered) == len(set(offered))


def test_nobody_submits_a_case_that_is_already_there():
    assert [step for step in WORKFLOW.values() if step.action is Action.SUBMIT] == []


def test_a_supervisor_looks_and_changes_nothing():
    assert [state for state in State if allowed_actions(state, Role.SUPERVISOR)] == []


def test_every_state_has_a_holder():
    assert set(HOLDER) == set(State)
    assert {state.value: HOLDER[state].value for state in OPEN_STATES} == HELD_BY


@pytest.mark.parametrize("state", OPEN_STATES)
def test_every_open_state_can_be_left_without_the_reporter_giving_up(state):
    ways_on = [
        action
        for (source, action, _), step in WORKFLOW.items()
        if source is state and step.to not in (None, state) and action is not Action.WITHDRAW
    ]
    assert ways_on


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


@pytest.mark.parametrize(
    ("held_from", "resumes_at"),
    [("unverified", "unverified"), ("verified", "verified"), ("disposed", "verified")],
)
def test_a_completed_case_goes_back_to_the_desk_that_reads_it(held_from, resumes_at):
    target = next_state(
        State.AWAITING_COMPLETION, Action.COMPLETE, Role.REPORTER, held_from=State(held_from)
    )
    assert target == resumes_at


def test_every_state_from_which_a_case_can_be_held_says_where_it_resumes():
    held_from = {state for state, action, _ in WORKFLOW if action is Action.HOLD}
    assert set(RESUMES_AT) == held_from


def test_where_a_case_was_held_matters_to_completion_only():
    for state, action, role in MATRIX:
        if (state, action, role) in EXPECTED and action is not Action.COMPLETE:
            assert next_state(state, action, role, held_from=State.DISPOSED) == next_state(
                state, action, role
            )
