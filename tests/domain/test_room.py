"""Tens of thousands of random steps at every desk, after each of which the room must be sound."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from sandbox.domain.events import Event
from sandbox.domain.folders import Move, begin
from sandbox.domain.position import replay
from sandbox.domain.room import Room, UndoImpossible, may_take
from sandbox.domain.workflow import Action, ActionNotAllowed, Role, State
from tests.domain.desks import DESKS, HOME, START, TERMS, cases_of, setting
from tests.domain.desks import room as room_with
from tests.domain.plays import exercise
from tests.domain.randomly import some_action, some_choices, some_text, some_time
from tests.domain.soundness import Witness

EXERCISES = ("meja-pelapor", "meja-nasional", "meja-instansi", "meja-penghubung", "meja-pengawas")
STEPS, RUNS = 150, 30  # of each desk
YEAR = timedelta(days=330)


def opened(code, seed):
    """A room as the exercise starts, and a witness who has seen what happened before."""
    room = exercise(code, seed)
    witness = Witness.of(room.folders, room.setting)
    witness.see(room.open())
    return room, witness


def try_a_step(room, witness, dice):
    folder = room.folders[dice.choice(sorted(room.folders))]
    action = some_action(folder, room.setting, dice)
    choices = some_choices(action, folder, len(room.folders), dice)
    text = some_text(action, folder, dice)
    before = (room.length, folder.position, list(folder.events))
    offered = may_take(folder, action, room.setting.desk)
    try:
        entries = room.act(folder.number, action, choices, text)
    except ActionNotAllowed:
        assert not offered or action is Action.LINK_DUPLICATE
        assert (room.length, folder.position, folder.events) == before
        return set()
    assert offered
    return witness.see(entries)


def try_to_undo(room, witness, dice):
    folder = room.folders[dice.choice(sorted(room.folders))]
    before = (room.length, folder.position, list(folder.events))
    log = folder.log
    try:
        event = room.undo(folder.number)
    except UndoImpossible:
        assert (room.length, folder.position, folder.events) == before
        return set()
    assert event.undoes == log[-1].number
    undone = replay(begin(folder.facts), log[:-1], TERMS)
    assert replace(folder.position, version=undone.version) == undone
    return witness.see([event])


def play_randomly(code, seed, steps):
    dice = Random(seed)
    room, witness = opened(code, seed)
    for _ in range(steps):
        chance = dice.random()
        if chance < 0.16 and room.clock < START + YEAR:
            to = some_time(room.clock, TERMS.office, dice)
            touched = witness.see(room.advance(to))
        elif chance < 0.22 and not any(each.position.parent for each in room.folders.values()):
            touched = try_to_undo(room, witness, dice)
        else:
            touched = try_a_step(room, witness, dice)
        for number in touched:
            assert room.folders[number].position == witness.positions[number]
    for number, folder in room.folders.items():
        assert folder.events == witness.events[number]
        assert folder.position == replay(begin(folder.facts), folder.events, TERMS)
    assert room.length == len(witness.log)
    return witness


@pytest.mark.parametrize("code", EXERCISES)
def test_whatever_the_trainee_does_the_room_stays_sound(code):
    done, reached = Counter(), set()
    for seed in range(RUNS):
        witness = play_randomly(code, seed, STEPS)
        events = [entry for entry in witness.log if isinstance(entry, Event)]
        done += Counter(event.action for event in events if event.is_own)
        reached |= {event.target for event in events}
    assert sum(done.values()) > STEPS * RUNS / 4, "most of it came to nothing"
    assert len(done) >= 5
    assert len(reached) >= 6, "supervisors meet no report at intake"


# What only a few steps in a certain order bring about


def a_room(role, *codes, office=HOME, agency=HOME, **more) -> Room:
    return room_with(cases_of(DESKS, *codes), setting(role, office), agency, **more)


def do(room, number, action, choices=None, text="Penjelasan yang sopan."):
    return room.act(number, action, choices or {}, text)


VERIFY = {"class": "non_supervisory", "category": "Perhubungan"}
TWINS = "lampu-padam-tiga-pelapor"


def test_a_report_that_was_taken_back_can_be_written_again():
    room = a_room(Role.REPORTER, "tps-meluap", office="", agency="", arrives=False)
    do(room, 1, Action.SUBMIT, {"title": "Sampah"}, "Sampah menumpuk.")
    room.undo(1)
    assert not room.folders[1].is_submitted
    assert room.advance(TERMS.office.next_opening(room.clock))[:-1] == []
    do(room, 1, Action.SUBMIT, {"title": "Sampah"}, "Sampah menumpuk di TPS.")
    assert room.folders[1].position.text == "Sampah menumpuk di TPS."
    assert [event.text for event in room.folders[1].events if event.text] == [
        "Sampah menumpuk.",
        "Sampah menumpuk di TPS.",
    ]


def test_what_is_done_to_a_held_report_does_not_change_where_it_goes_back_to():
    room = a_room(Role.AGENCY_ADMIN, "jalan-rusak-tanpa-tempat")
    do(room, 1, Action.VERIFY, VERIFY)
    do(room, 1, Action.HOLD, {"missing": "location"})
    do(room, 1, Action.NOTE)
    do(room, 1, Action.MARK_URGENT, {"urgency": "urgent"})
    assert room.folders[1].position.held_from is State.VERIFIED
    room.advance(TERMS.office.next_opening(room.clock))
    assert room.folders[1].position.state is State.VERIFIED


def test_a_report_held_with_a_draft_is_asked_about_and_its_draft_is_in_the_log():
    room = a_room(Role.LIAISON_OFFICER, "tps-meluap", office="DLH")
    while room.folders[1].position.unit != "DLH":
        room.advance(TERMS.office.next_opening(room.clock))
    do(room, 1, Action.DRAFT, {"evidence": ""}, "Rancangan jawaban.")
    do(room, 1, Action.HOLD, {"missing": "date"})
    held = room.folders[1]
    assert (held.position.desk.role, held.position.draft) == (Role.REPORTER, "")
    assert "Rancangan jawaban." in [event.text for event in held.events]


@pytest.mark.parametrize("chain", [[(1, 1)], [(1, 9)], [(1, 2), (2, 1)], [(1, 2), (2, 3)],
                                   [(1, 2), (3, 1)]])  # fmt: skip
def test_no_report_waits_for_one_that_waits_itself(chain):
    room = a_room(Role.AGENCY_ADMIN, TWINS)
    *before, (number, parent) = chain
    for each, other in before:
        do(room, each, Action.LINK_DUPLICATE, {"parent": str(other)})
    with pytest.raises(ActionNotAllowed):
        do(room, number, Action.LINK_DUPLICATE, {"parent": str(parent)})


def test_a_closed_report_answers_no_duplicates():
    room = a_room(Role.AGENCY_ADMIN, TWINS)
    do(room, 2, Action.ARCHIVE, {"reason": "spam"})
    with pytest.raises(ActionNotAllowed):
        do(room, 1, Action.LINK_DUPLICATE, {"parent": "2"})


def test_one_answer_answers_the_duplicates_and_they_go_on_on_their_own():
    room = a_room(Role.AGENCY_ADMIN, TWINS)
    do(room, 2, Action.LINK_DUPLICATE, {"parent": "1"})
    do(room, 1, Action.VERIFY, VERIFY)
    do(room, 1, Action.DISPOSE, {"unit": "DISHUB"})
    answered = do(room, 1, Action.ANSWER, {"evidence": ""}, "Akan kami koordinasikan.")
    assert [(event.case, event.action) for event in answered] == [
        (1, "answer"), (2, "answer_together"),
    ]  # fmt: skip
    child = room.folders[2]
    assert child.position.desk == ("liaison_officer", "DISHUB")
    assert answered[1].text == answered[0].text
    for _ in range(60):
        room.advance(TERMS.office.next_opening(room.clock))
    assert child.position.state is State.CLOSED, "its reporter or the system closed it"
    assert room.folders[3].position.breached, "the third was nobody's duplicate"


def test_a_unit_that_was_chosen_wrongly_answers_a_reply_all_the_same():
    """It has no way back any more; this once broke the clock."""
    room = a_room(Role.AGENCY_ADMIN, "tps-meluap")
    do(room, 1, Action.VERIFY, VERIFY)
    do(room, 1, Action.DISPOSE, {"unit": "DISHUB"})
    do(room, 1, Action.ANSWER, {"evidence": ""}, "Akan kami koordinasikan.")
    room.record(room.folders[1], Move(room.clock, Action.REPLY, Role.REPORTER, text="Belum."))
    for _ in range(3):
        room.advance(TERMS.office.next_opening(room.clock))
    assert [event.action for event in room.folders[1].events][4:6] == ["reply", "answer"]
