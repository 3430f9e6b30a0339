"""What single mistakes cost at the desks of the supervisor and the reporter."""

from dataclasses import replace

from sandbox.domain.folders import Folder
from sandbox.domain.workflow import Action, Role, State
from tests.domain.desks import (
    DESKS,
    case_where,
    cases_of,
    days,
    play,
)
from tests.domain.desks import room as room_with
from tests.domain.desks import setting as setting_at
from tests.domain.test_scoring_mistakes import case_without_leaver, family, line, score_of

A = Action

# The supervisor


def with_a_draft(flaw, code="tps-meluap"):
    """Return a room in which a unit has submitted a draft with this flaw."""
    seeds = range(1, 9)
    for seed in seeds:
        case = cases_of(DESKS, code)[0]
        calm = replace(case, key={**case.key, "leaver": None})
        room = room_with([calm], setting_at(Role.SUPERVISOR, seed=seed))
        days(room, 5)
        written = room.folders[1].last(A.DRAFT)
        if written and room.folders[1].position.draft and flaw_of(room) == flaw:
            return room
    raise AssertionError(f"no unit wrote a draft with {flaw}")


def flaw_of(room) -> str:
    folder = room.folders[1]
    expected = line(score_of(room), "review").expected
    return "none" if expected == "approve" else expected if folder.position.draft else ""


def test_a_sound_draft_is_approved_and_sending_it_back_earns_nothing():
    room = with_a_draft("none")
    room.act(1, A.APPROVE, {}, "")
    assert line(score_of(room), "review").verdict == "right"
    other = with_a_draft("none")
    other.act(1, A.SEND_BACK, {"flaw": "empty"}, "Perbaiki.")
    assert line(score_of(other), "review").points == 0


def test_an_unsound_draft_goes_back_with_its_flaw_and_another_flaw_is_half_right():
    room = with_a_draft("empty")
    room.act(1, A.SEND_BACK, {"flaw": "empty"}, "Perbaiki.")
    assert line(score_of(room), "review").verdict == "right"
    other = with_a_draft("empty")
    other.act(1, A.SEND_BACK, {"flaw": "leak"}, "Perbaiki.")
    found = line(score_of(other), "review")
    assert (found.points, found.out_of) == (3, 6)


def test_approving_a_leak_is_a_privacy_slip():
    room = with_a_draft("leak")
    room.act(1, A.APPROVE, {}, "")
    score = score_of(room)
    assert (line(score, "review").points, line(score, "approved_leak").fatal) == (0, True)
    assert score.slips == 1


def test_a_warning_is_met_before_the_limit_passes_or_not_at_all():
    case = cases_of(DESKS, "tps-meluap")[0]
    slow = [seed for seed in range(1, 9) if warned(case, seed)]
    assert slow, "no unit is slow enough to be warned"

    def judged(wait):
        room = room_with([case_without_leaver(case)], setting_at(Role.SUPERVISOR, seed=slow[0]))
        while not room.folders[1].count(A.WARN):
            days(room, 1)
        days(room, wait)
        room.act(1, A.REMIND, {}, "Mohon dijawab.")
        return line(score_of(room), "remind_before_breach").verdict

    assert judged(0) == "right"
    assert judged(2) == "wrong"


def warned(case, seed) -> bool:
    room = room_with([case_without_leaver(case)], setting_at(Role.SUPERVISOR, seed=seed))
    days(room, 9)
    return bool(room.folders[1].count(A.WARN))


def test_a_leavers_case_is_handed_over_with_a_note():
    room = room_with(cases_of(DESKS, "tps-meluap"), setting_at(Role.SUPERVISOR))
    assert room.folders[1].key["leaver"] == "wening"
    days(room, 3)
    assert line(score_of(room), "hand_over").unanswered
    room.act(1, A.HAND_OVER, {"to": "gede"}, "")
    assert (line(score_of(room), "hand_over").points, line(score_of(room), "hand_over").out_of) == (
        1,
        3,
    )
    room.act(1, A.HAND_OVER, {"to": "gede"}, "Tinggal menunggu foto.")
    assert line(score_of(room), "hand_over").verdict == "right"
    room.act(1, A.HAND_OVER, {"to": "wening"}, "Kembali.")
    assert line(score_of(room), "hand_over").points == 0


def test_before_anything_has_come_there_is_nothing_to_hand_over_and_no_draft_to_read():
    room = room_with(cases_of(DESKS, "tps-meluap"), setting_at(Role.SUPERVISOR))
    score = score_of(room)
    assert line(score, "hand_over") is None
    found = line(score, "review")
    assert (found.points, found.chosen, found.expected) == (0, "", "await_draft")
    assert found.better["en"].startswith("The draft had not come yet.")


# The reporter


def test_withdrawing_a_report_that_still_stands_costs_points():
    room = room_with(cases_of(DESKS, "tps-meluap"), setting_at(Role.REPORTER, ""), "")
    assert line(score_of(room), "withdrawn") is None
    room.act(1, A.WITHDRAW, {}, "Sudahlah.")
    assert line(score_of(room), "withdrawn").verdict == "wrong"


def test_whoever_asks_or_proposes_need_not_name_a_time():
    code = family(lambda each: each["key"]["class"] in ("information", "aspiration"))
    room = room_with(cases_of(DESKS, code), setting_at(Role.REPORTER, ""), "")
    assert line(score_of(room), "names_time") is None


def is_complaint(case) -> bool:
    return case.key["class"] in ("non_supervisory", "supervisory")


def children_in(case) -> list[str]:
    details = [each for each in case.key["details"] if each["personal"]]
    return [each["text"] for each in details if each["kind"] == "child"]


def test_a_report_names_place_time_and_service_and_no_other_people():
    case = case_where(lambda each: is_complaint(each) and children_in(each))
    child = children_in(case)[0]
    word = case.key["answer"]["words"][0]

    def written(text):
        room = room_with([case], setting_at(Role.REPORTER, ""), "", arrives=False)
        room.act(1, A.SUBMIT, {"title": "Laporan"}, text)
        return score_of(room)

    full = written(f"Kemarin di {case.facts['places'][1]}, mohon {word}.")
    names = ("names_place", "names_time", "names_service")
    assert [line(full, name).points for name in names] == [3, 3, 3]
    assert line(full, "other_people").points == 1
    poor = written(f"Tolong dibantu, {child}.")
    assert [line(poor, name).points for name in names[:2]] == [0, 0]
    assert line(poor, "other_people").points == 0


def test_closing_an_empty_answer_is_not_what_a_reporter_does():
    rooms = [played_by_a_quick_closer(seed) for seed in range(1, 5)]
    verdicts = {
        one.expectation: one.verdict
        for room in rooms
        for one in score_of(room).lines
        if one.expectation in ("objects", "closes")
    }
    assert verdicts == {"objects": "wrong", "closes": "right"}


def played_by_a_quick_closer(seed):
    desk = setting_at(Role.REPORTER, "", seed)
    case = case_without_leaver(cases_of(DESKS, "tps-meluap")[0])
    room = room_with([case], desk, "", arrives=False)

    def steps(folder: Folder):
        if not folder.is_submitted:
            return [(A.SUBMIT, {"title": "Sampah"}, "Kemarin truk tidak datang.")]
        if folder.position.state is State.AWAITING_COMPLETION:
            return [(A.COMPLETE, {}, "Kemarin di dekat pasar.")]
        if folder.position.state is State.FOLLOWED_UP:
            return [(A.CLOSE, {"rating": "3"}, "")]
        return []

    return play(room, steps, 9)
