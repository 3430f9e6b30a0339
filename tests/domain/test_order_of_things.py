"""What reads wrong in a transcript: who acts before they can, or not at all."""

from itertools import pairwise

import pytest

from sandbox.domain.replay import entries_of
from sandbox.domain.robots import play_expertly
from sandbox.domain.scoring import judge
from sandbox.domain.workflow import Action, Role, State
from tests.domain.desks import (
    DESKS,
    HOME,
    PACK,
    START,
    TERMS,
    cases_of,
    days,
    draft,
    good_evidence,
    setting,
)
from tests.domain.desks import room as room_with
from tests.domain.plays import exercise
from tests.domain.seats import everything, let_pass

A = Action
OFFICE = TERMS.office
SEEDS = range(1, 9)


def played(code, seed, working_days=20):
    room = exercise(code, seed)
    room.open()
    return play_expertly(
        room, OFFICE.at(OFFICE.calendar.add(START.date(), working_days), OFFICE.opens)
    )


def day(event):
    return event.at.astimezone(OFFICE.zone).date()


def followed_by(room, action, following):
    """Return pairs of an event and the next one of another kind on the same case."""
    return [
        (event, later)
        for folder in room.folders.values()
        for place, event in enumerate(folder.log)
        if event.action is action
        for later in folder.log[place + 1 :][:1]
        if later.action in following
    ]


def test_whoever_is_answered_together_with_others_reads_it_before_thanking():
    pairs = [
        pair
        for seed in SEEDS
        for pair in followed_by(
            played("meja-instansi", seed), A.ANSWER_TOGETHER, (A.CLOSE, A.REPLY)
        )
    ]
    assert pairs
    assert all(day(answer) < day(word) for answer, word in pairs)


def test_whoever_comes_back_after_a_closing_does_so_on_a_later_day():
    room = room_with(cases_of(DESKS, "tps-meluap"), setting(Role.LIAISON_OFFICER, "DLH"))
    days(room, 3)
    room.act(1, A.ANSWER, {"evidence": ""}, draft(room.folders[1].key, "empty"))
    days(room, 25)
    pairs = [
        (closed, word)
        for closed, word in followed_by(room, A.CLOSE, (A.WRITE,))
        if closed.role is Role.SYSTEM
    ]
    assert all(day(closed) < day(word) for closed, word in pairs)


@pytest.mark.parametrize("code", ["meja-pelapor", "meja-nasional", "meja-penghubung"])
def test_no_report_is_left_with_an_officer_whom_nobody_here_can_replace(code):
    room = played(code, 5, working_days=30)
    stuck = [
        folder.number
        for folder in room.folders.values()
        if folder.position.state in (State.DISPOSED, State.REPLIED)
    ]
    assert stuck == []


def test_a_simulated_admin_protects_and_hurries_before_disposing():
    seen = set()
    for seed in SEEDS:
        watched = let_pass(everything(Role.SUPERVISOR, HOME, seed), 5)
        for folder in watched.folders.values():
            disposed = folder.last(A.DISPOSE)
            if disposed is None:
                continue
            before = {event.action for event in folder.log if event.number < disposed.number}
            if folder.key["secret"] and not folder.facts["secret"]:
                assert A.CHANGE_SECRECY in before
                seen.add("secret")
            if folder.key.get("urgent"):
                assert A.MARK_URGENT in before
                assert day(disposed) == day(folder.last(A.VERIFY))
                seen.add("urgent")
    assert seen == {"secret", "urgent"}


def test_the_officers_of_the_regency_work_for_no_other_agency():
    for seed in SEEDS:
        for event in entries_of(played("meja-nasional", seed)):
            if event.action is A.DISPOSE and event.office != "TIRTA_ASRI":
                assert event.choices["officer"] == ""


def test_neighbours_do_not_say_the_same_and_nobody_says_it_twice():
    room = exercise("meja-instansi", 1)
    room.open()
    for number in room.folders:
        if room.folders[number].is_submitted:
            room.act(number, A.HOLD, {"missing": "evidence"}, "Mohon foto.")
    days(room, 1)
    said = [folder.last(A.COMPLETE) for folder in room.folders.values()]
    lines = [event.text for event in said if event]
    assert all(one != other for one, other in pairwise(lines))


def test_whoever_decides_about_the_draft_has_acted_on_the_warning():
    score = judge(
        list(played("meja-pengawas", 42).folders.values()), setting(Role.SUPERVISOR), PACK
    )
    lines = [line for line in score.lines if line.expectation == "remind_before_breach"]
    assert {line.verdict for line in lines} == {"right"}
    assert {"remind", "approve"} <= {line.chosen for line in lines}


def test_an_answer_that_blames_costs_points_and_one_that_does_not_asks_nothing():
    lines = {}
    for flaw in ("blame", "none"):
        room = room_with(cases_of(DESKS, "tps-meluap"), setting(Role.LIAISON_OFFICER, "DLH"))
        days(room, 3)
        key = room.folders[1].key
        room.act(1, A.ANSWER, {"evidence": good_evidence(key)}, draft(key, flaw))
        score = judge(list(room.folders.values()), room.setting, PACK)
        lines[flaw] = [line for line in score.lines if line.expectation == "no_blame"]
    assert [(line.points, line.chosen) for line in lines["blame"]] == [(0, "blame")]
    assert lines["none"] == []
