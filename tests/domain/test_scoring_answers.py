"""What single mistakes cost at the liaison officer's desk, and how trainers' marks count."""

from sandbox.domain.answers import Element
from sandbox.domain.scoring import Score, judge
from sandbox.domain.workflow import Action, Role, State
from tests.domain.desks import (
    AT_A_UNIT_DESK,
    DESKS,
    PACK,
    cases_of,
    days,
    draft,
    good_evidence,
)
from tests.domain.desks import room as room_with
from tests.domain.desks import setting as setting_at

A = Action


def score_of(room, marks=None) -> Score:
    return judge(list(room.folders.values()), room.setting, PACK, marks)


def line(score, expectation, case=1):
    return next(
        (one for one in score.lines if (one.expectation, one.case) == (expectation, case)), None
    )


def family(wanted) -> str:
    """Return the code of the first family that fits."""
    return next(each["code"] for each in DESKS.families if wanted(each))


# The liaison officer


def at_the_unit(code="tps-meluap", office="DLH", seed=1):
    room = room_with(cases_of(DESKS, code), setting_at(Role.LIAISON_OFFICER, office, seed))
    days(room, 3)
    return room


def answer_with(room, flaw, evidence=None):
    key = room.folders[1].key
    choices = {"evidence": good_evidence(key) if evidence is None else evidence}
    room.act(1, A.ANSWER, choices, draft(key, flaw))
    return room


def test_closing_or_waiting_without_an_answer_earns_nothing():
    room = at_the_unit()
    days(room, 30)
    assert score_of(room).points == 0


def test_an_answer_that_names_the_reporter_is_a_privacy_slip():
    score = score_of(answer_with(at_the_unit(), "leak"))
    assert line(score, "no_leak").fatal
    assert score.slips == 1
    assert not score.passes(0)


def test_an_empty_promise_loses_its_points_and_a_better_answer_after_it_wins_half_back():
    room = objected_to()
    assert line(score_of(room), "no_empty_promise").points == 0
    assert line(score_of(room), "answered_reply").points == 0
    answer_with(room, "none")
    score = score_of(room)
    assert (line(score, "no_empty_promise").points, line(score, "answered_reply").points) == (1, 3)
    assert line(score, "no_empty_promise").why == PACK.distances["mended"].why


def objected_to():
    """Return a room whose reporter has replied to an empty promise."""
    for seed in range(1, 9):
        room = answer_with(at_the_unit(seed=seed), "empty", "")
        days(room, 3)
        if room.folders[1].position.state is State.REPLIED:
            return room
    raise AssertionError("no reporter replies")


def test_evidence_that_shows_people_is_a_privacy_slip_and_beside_the_point_only_wrong():
    offered = cases_of(DESKS, "tps-meluap")[0].key["answer"]["evidence"]
    _good, unsafe, beside = [item["code"] for item in offered]
    shown = score_of(answer_with(at_the_unit(), "none", unsafe))
    assert (shown.slips, line(shown, "unsafe_evidence").chosen) == (1, unsafe)
    dull = score_of(answer_with(at_the_unit(), "none", beside))
    assert (dull.slips, line(dull, "evidence_choice").points) == (0, 0)


def test_an_interim_word_keeps_the_first_limit_but_is_no_answer():
    room = at_the_unit()
    room.act(1, A.INTERIM, {}, "Kami periksa besok, kabar berikutnya Jumat, 13 Maret 2026.")
    score = score_of(room)
    assert line(score, "in_time").points == 2
    assert line(score, "to_the_point").points == 0
    assert [one.expectation for one in score.lines if one.points] == ["in_time", "no_leak"]


def test_an_answer_after_the_limit_is_late():
    room = at_the_unit()
    days(room, 8)
    assert line(score_of(answer_with(room, "none")), "in_time").chosen == "late"


def test_a_sensitive_answer_needs_the_supervisor_before_it_goes_out():
    code = family(
        lambda each: each["key"].get("urgent") and DESKS.reading(each).competent["code"] == "DP3A"
    )
    direct = answer_with(at_the_unit(code, "DP3A"), "none")
    assert line(score_of(direct), "approval").points == 0
    room = at_the_unit(code, "DP3A")
    key = room.folders[1].key
    room.act(1, A.DRAFT, {"evidence": good_evidence(key)}, draft(key, "none"))
    assert line(score_of(room), "to_the_point").points == 0, "nothing has reached the reporter"
    days(room, 3)
    score = score_of(room)
    assert line(score, "approval").points == 2
    assert score.percent == 100


def test_a_report_of_another_unit_is_given_back_naming_it():
    code = family(lambda each: AT_A_UNIT_DESK.groups(each) == {"misrouted"})
    cases = cases_of(AT_A_UNIT_DESK, code)
    room = room_with(cases, setting_at(Role.LIAISON_OFFICER, "DLH"))
    days(room, 3)
    right = cases[0].key["route"][0]["unit"]
    assert room.folders[1].position.unit == "DLH" != right
    room.act(1, A.DECLINE, {"unit": right}, "Bukan tugas kami.")
    score = score_of(room)
    assert {one.expectation for one in score.lines} == {"decline", "in_time"}
    assert score.percent == 100


def test_giving_back_ones_own_task_costs_points():
    room = at_the_unit()
    room.act(1, A.DECLINE, {"unit": "KECAMATAN"}, "Bukan tugas kami.")
    assert line(score_of(room), "own_task_declined").points == 0


# Marks


def test_answers_wait_for_a_mark_where_a_trainer_marks_them():
    room = answer_with(at_the_unit(), "none")
    unmarked = score_of(room, {})
    assert unmarked.pending == len(Element)
    assert not unmarked.passes(0)
    assert unmarked.out_of == score_of(room).out_of + 4 * len(Element)
    waiting = [one for one in unmarked.lines if one.pending]
    assert {(one.verdict, one.points) for one in waiting} == {("pending", 0)}


def test_a_mark_is_worth_its_level_and_is_explained_by_its_sentence():
    room = answer_with(at_the_unit(), "none")
    marked = score_of(room, {1: {**dict.fromkeys(map(str, Element), 4), "action": 3}})
    assert (marked.pending, marked.points) == (0, marked.out_of - 1)
    found = line(marked, "action")
    assert (found.points, found.out_of, found.verdict, found.chosen) == (3, 4, "partial", "3")
    action = next(each for each in PACK.rubric.elements if each.code is Element.ACTION)
    assert found.why == action.levels[3]


def test_what_was_never_answered_has_nothing_to_be_marked():
    score = score_of(at_the_unit(), {})
    lines = [one for one in score.lines if one.kind == "rubric"]
    assert {(one.verdict, one.points) for one in lines} == {("wrong", 0)}
    assert score.pending == 0
