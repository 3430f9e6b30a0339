"""The robot that reads the key proves that every family can be solved by legal steps."""

import pytest

from sandbox.domain.robots import expert_move
from sandbox.domain.workflow import FINAL_STATES, Action, Role, State, allowed_actions
from tests.domain.conftest import LIBRARY

FAMILIES = {family["code"]: family for family in LIBRARY.families}


@pytest.fixture(params=sorted(FAMILIES))
def key(request):
    family = FAMILIES[request.param]
    return {"decision": family["decision"], **family["key"]}


def test_a_first_move_is_legal_and_takes_the_decision_of_the_key(key):
    move = expert_move(State.UNVERIFIED, key, was_held=False)
    decisions = {"dispose": "verify", "hold": "hold", "return": "return", "archive": "archive"}
    assert move.action == decisions[key["decision"]]
    assert move.action in allowed_actions(State.UNVERIFIED, Role.AGENCY_ADMIN)


def test_a_move_that_people_must_explain_is_explained(key):
    move = expert_move(State.UNVERIFIED, key, was_held=False)
    needs_text = move.action in {Action.HOLD, Action.RETURN, Action.ARCHIVE}
    assert bool(move.text) == needs_text


def test_a_completed_case_is_verified_and_not_held_again():
    held = next(k for f in FAMILIES.values() if f["decision"] == "hold" for k in [f])
    key = {"decision": "hold", **held["key"]}
    move = expert_move(State.UNVERIFIED, key, was_held=True)
    assert (move.action, set(move.choices)) == (Action.VERIFY, {"class", "category"})


@pytest.mark.parametrize(
    "state",
    [State.AWAITING_COMPLETION, State.DISPOSED, State.TRANSFERRING, *FINAL_STATES],
)
def test_the_robot_waits_where_others_have_to_act(state, key):
    assert expert_move(state, key, was_held=False) is None
