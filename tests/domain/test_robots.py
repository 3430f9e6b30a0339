"""The robot that reads the key proves that every exercise can be played well by legal steps."""

import pytest

from sandbox.domain.position import masked
from sandbox.domain.privacy import personal_data_in
from sandbox.domain.robots import expert_move, play_expertly
from sandbox.domain.room import may_take
from sandbox.domain.scoring import judge
from sandbox.domain.workflow import FINAL_STATES, Action, State
from tests.domain.desks import PACK, START, TERMS
from tests.domain.plays import EXERCISES, exercise

OFFICE = TERMS.office
ENOUGH = 95  # percent
EXPLAINED = (Action.HOLD, Action.RETURN, Action.ARCHIVE, Action.DECLINE, Action.SEND_BACK)


def after_days(days):
    return OFFICE.at(OFFICE.calendar.add(START.date(), days), OFFICE.opens)


def played(code, seed, days=20):
    room = exercise(code, seed)
    room.open()
    return play_expertly(room, after_days(days))


def own(room, *actions):
    return [
        event
        for folder in room.folders.values()
        for event in folder.log
        if event.is_own and (not actions or event.action in actions)
    ]


@pytest.mark.parametrize("code", EXERCISES)
@pytest.mark.parametrize("seed", [1, 2, 3, 5, 8])
def test_every_exercise_can_be_played_to_at_least_ninety_five_percent(code, seed):
    room = played(code, seed)
    score = judge(list(room.folders.values()), room.setting, PACK)
    lost = [line for line in score.lines if line.points < line.out_of]
    assert score.percent >= ENOUGH, lost
    assert score.slips == 0
    assert score.out_of > 0


@pytest.mark.parametrize("code", EXERCISES)
def test_a_first_move_is_legal_at_every_desk(code):
    room = exercise(code)
    room.open()
    moves = {number: expert_move(room, number) for number in room.folders}
    if code != "meja-pengawas":  # where others work and the supervisor waits for their drafts
        assert any(moves.values())
    for number, move in moves.items():
        if move:
            assert may_take(room.folders[number], move.action, room.setting.desk)


@pytest.mark.parametrize("code", EXERCISES)
def test_a_move_that_people_must_explain_is_explained_without_personal_data(code):
    events = own(played(code, 3), *EXPLAINED)
    assert all(event.text.strip() for event in events)
    assert not [event for event in events if personal_data_in(event.text)]


@pytest.mark.parametrize("code", EXERCISES)
def test_the_robot_comes_to_an_end_with_nothing_left_on_its_desk(code):
    room = played(code, 2, days=60)
    assert [number for number in room.folders if expert_move(room, number)] == []
    assert own(room)


def test_a_held_case_is_asked_about_once_and_verified_when_it_is_complete():
    room = played("meja-instansi", 3)
    held = [folder for folder in room.folders.values() if folder.key["decision"] == "hold"]
    assert held
    for folder in held:
        steps = [event.action for event in folder.log if event.is_own]
        assert steps.count(Action.HOLD) == 1
        assert steps.index(Action.HOLD) < steps.index(Action.VERIFY) < steps.index(Action.DISPOSE)


def test_what_is_personal_is_masked_before_a_case_is_passed_on():
    for folder in played("meja-instansi", 1).folders.values():
        sent = next((e for e in folder.log if e.is_own and e.action is Action.DISPOSE), None)
        personal = [each["text"] for each in folder.key["details"] if each["personal"]]
        if sent and personal:
            mask = next(e for e in folder.log if e.action is Action.MASK)
            assert mask.number < sent.number
            assert folder.position.text == masked(folder.facts["text"], personal)


def test_copies_of_a_report_hang_on_the_first_one():
    room = played("meja-instansi", 1)
    copies = [f for f in room.folders.values() if f.key["duplicate_of"]]
    assert len(copies) == 2
    for folder in copies:
        assert folder.position.parent == folder.key["duplicate_of"]


def test_a_grave_answer_goes_by_the_supervisor_first():
    graves = 0
    for seed in range(1, 8):
        for folder in played("meja-penghubung", seed).folders.values():
            key = folder.key
            is_grave = key["class"] == "supervisory" or key["urgent"] or key["secret"]
            steps = {event.action for event in folder.log if event.is_own}
            if is_grave and steps:
                graves += 1
                assert Action.ANSWER not in steps
    assert graves


def test_the_robot_writes_reports_without_other_peoples_data():
    room = played("meja-pelapor", 2)
    for event in own(room, Action.SUBMIT):
        folder = room.folders[event.case]
        mine = folder.facts["reporter"]
        for detail in folder.key["details"]:
            if detail["personal"] and detail["text"] != mine:
                assert detail["text"] not in event.text


@pytest.mark.parametrize("state", [State.AWAITING_COMPLETION, State.TRANSFERRING, *FINAL_STATES])
def test_the_agencys_robot_waits_where_others_have_to_act(state):
    room = played("meja-instansi", 1)
    for number, folder in room.folders.items():
        if folder.position.state is state:
            assert expert_move(room, number) is None
