"""What single mistakes cost at the desks of the two admins."""

from dataclasses import replace

from sandbox.domain.scoring import Score, judge
from sandbox.domain.workflow import Action, Role, State
from tests.domain.desks import (
    DESKS,
    PACK,
    REGION,
    case_where,
    cases_of,
    days,
    decided,
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


def case_without_leaver(case):
    return replace(case, key={**case.key, "leaver": None})


# The agency admin


def at_intake(*codes, role=Role.AGENCY_ADMIN):
    return room_with(cases_of(DESKS, *codes), setting_at(role))


def forwarded(room, number=1, unit=None, mask=True):
    """Verify and dispose as the key has it, perhaps to another unit, perhaps with all data."""
    key = room.folders[number].key
    room.act(number, A.VERIFY, {"class": key["class"], "category": key["category"]}, "")
    if mask:
        personal = [each["text"] for each in key["details"] if each["personal"]]
        if personal:
            room.act(number, A.MASK, {"details": personal}, "")
    units = key.get("support", {}).get("units", [])
    choices = {"unit": unit or key["route"][0]["unit"], "support": units}
    room.act(number, A.DISPOSE, choices, "")
    return room


def has_much_to_mask(case) -> bool:
    """Tell whether a report has a number or an illness to hide, and something to leave."""
    personal = [each["kind"] for each in case.key["details"] if each["personal"]]
    is_private = {"phone", "health"} & set(personal)
    return bool(is_private) and 1 < len(personal) < len(case.key["details"])


def much_to_mask():
    case = case_where(has_much_to_mask, "tps-meluap")
    return room_with([case], setting_at(Role.AGENCY_ADMIN))


def test_forwarding_what_had_to_be_masked_is_a_privacy_slip_and_fails_the_run():
    score = score_of(forwarded(much_to_mask(), mask=False))
    assert line(score, "exposed").fatal
    assert line(score, "exposed").verdict == "wrong"
    assert line(score, "masking").points == 0
    assert score.slips == 1
    assert not score.passes(0)


def test_masking_after_forwarding_comes_too_late():
    room = forwarded(much_to_mask(), mask=False)
    personal = [each["text"] for each in room.folders[1].key["details"] if each["personal"]]
    room.act(1, A.MASK, {"details": personal}, "")
    score = score_of(room)
    assert line(score, "masking").points == 0
    assert score.slips == 1


def test_every_masked_detail_counts_and_every_needed_one_that_is_hidden_counts_against_it():
    room = much_to_mask()
    details = room.folders[1].key["details"]
    personal = [each["text"] for each in details if each["personal"]]
    needed = [each["text"] for each in details if not each["personal"]]
    some = much_to_mask()
    some.act(1, A.MASK, {"details": personal[:1]}, "")
    part = line(score_of(some), "masking")
    assert 0 < part.points < part.out_of
    room.act(1, A.MASK, {"details": personal + needed[:1]}, "")
    found = line(score_of(room), "masking")
    assert 0 < found.points < part.out_of
    assert f"Leave visible: {needed[0]}." in found.better["en"]
    assert "Leave visible" not in part.better["en"]


def test_a_wrong_unit_of_the_agency_is_at_least_the_right_level():
    unit = next(each["code"] for each in REGION.units if each["code"] not in ("DLH", "KECAMATAN"))
    score = score_of(forwarded(at_intake("tps-meluap"), unit=unit))
    assert (line(score, "unit").points, line(score, "unit").verdict) == (1, "partial")


def test_the_right_unit_after_one_return_earns_half():
    room = forwarded(at_intake("tps-meluap"), unit="KECAMATAN")
    days(room, 2)
    assert room.folders[1].position.state is State.VERIFIED, "the unit has declined"
    room.act(1, A.DISPOSE, {"unit": "DLH"}, "")
    found = line(score_of(room), "unit")
    assert (found.points, found.out_of, found.chosen) == (2, 4, "DLH")
    assert found.why == PACK.distances["after_return"].why


def test_marking_as_urgent_after_forwarding_earns_half_and_before_it_all():
    code = family(lambda each: each["key"].get("urgent"))
    room = forwarded(at_intake(code))
    assert line(score_of(room), "urgent").points == 0
    room.act(1, A.MARK_URGENT, {"urgency": "urgent"}, "")
    late = line(score_of(room), "urgent")
    assert (late.points, late.out_of, late.chosen) == (1, 2, "late")


def test_a_false_alarm_is_a_line_only_where_it_was_raised():
    room = forwarded(at_intake("tps-meluap"))
    before = score_of(room)
    assert line(before, "false_alarm") is None
    room.act(1, A.MARK_URGENT, {"urgency": "urgent"}, "")
    after = score_of(room)
    assert line(after, "false_alarm").points == 0
    assert after.percent < before.percent


def test_making_a_report_secret_only_after_a_unit_has_read_it_earns_nothing():
    code = family(lambda each: each["key"]["secret"] and decided(each) == "dispose")
    room = forwarded(at_intake(code))
    room.act(1, A.CHANGE_SECRECY, {"secrecy": "secret"}, "")
    found = line(score_of(room), "secrecy")
    if room.folders[1].facts["secret"]:
        assert found is None
    else:
        assert (found.points, found.chosen) == (0, "late")


DUPLICATED = family(lambda each: each.get("copies", 1) > 1)


def test_a_duplicate_is_judged_by_its_link_alone():
    room = at_intake(DUPLICATED)
    room.act(2, A.LINK_DUPLICATE, {"parent": "1"}, "")
    lines = [one for one in score_of(room).lines if one.case == 2]
    assert [(one.expectation, one.points) for one in lines] == [("duplicate", 4)]


def test_hanging_a_duplicate_on_another_copy_earns_half_and_on_a_stranger_nothing():
    room = at_intake(DUPLICATED, "tps-meluap")
    room.act(3, A.LINK_DUPLICATE, {"parent": "2"}, "")
    assert line(score_of(room), "duplicate", 3).points == 2
    astray = at_intake(DUPLICATED, "tps-meluap")
    astray.act(2, A.LINK_DUPLICATE, {"parent": "4"}, "")
    assert line(score_of(astray), "duplicate", 2).points == 0


def test_linking_a_report_that_tells_of_something_else_costs_points():
    room = at_intake(DUPLICATED, "tps-meluap")
    assert line(score_of(room), "false_duplicate", 4) is None
    room.act(4, A.LINK_DUPLICATE, {"parent": "1"}, "")
    assert line(score_of(room), "false_duplicate", 4).points == 0


def test_a_link_that_was_taken_off_again_is_no_link():
    room = at_intake(DUPLICATED)
    room.act(2, A.LINK_DUPLICATE, {"parent": "1"}, "")
    room.act(2, A.UNLINK_DUPLICATE, {}, "")
    assert line(score_of(room), "duplicate", 2).points == 0


def test_each_supporting_unit_counts_and_a_needless_one_counts_against():
    code = family(lambda each: "support" in each["key"] and decided(each) == "dispose")
    room = at_intake(code)
    key = room.folders[1].key
    right = key["support"]["units"]
    room.act(1, A.VERIFY, {"class": key["class"], "category": key["category"]}, "")
    needless = [*right, "BPBD" if "BPBD" not in right else "DISDAG"]
    room.act(1, A.DISPOSE, {"unit": key["route"][0]["unit"], "support": needless}, "")
    found = line(score_of(room), "support")
    assert found.points < found.out_of


def test_forwarding_after_the_limit_is_late_and_names_the_source_of_the_limit():
    room = at_intake("tps-meluap")
    days(room, 6)
    score = score_of(forwarded(room))
    found = line(score, "in_time")
    assert (found.points, found.chosen, found.expected) == (0, "late", "in_time")
    assert found.source == PACK.limit_sources["verify"]


def closed_over_an_empty_answer():
    """Return a room whose admin closed what had not been answered, and heard of it again."""
    for seed in range(1, 9):
        case = case_without_leaver(cases_of(DESKS, "tps-meluap")[0])
        room = room_with([case], setting_at(Role.AGENCY_ADMIN, seed=seed))
        forwarded(room)
        while room.folders[1].position.state is not State.FOLLOWED_UP:
            room.advance(room.next_event_at())
        room.act(1, A.CLOSE, {}, "Selesai.")
        days(room, 4)
        if room.folders[1].log[-1].action is A.WRITE:
            return room
    raise AssertionError("nobody writes again")


def test_closing_over_an_empty_answer_costs_points_and_new_information_calls_for_reopening():
    room = closed_over_an_empty_answer()
    score = score_of(room)
    assert line(score, "closed_unanswered").points == 0
    assert line(score, "reopen").verdict == "wrong"
    room.act(1, A.REOPEN, {}, "Dibuka kembali.")
    assert line(score_of(room), "reopen").verdict == "right"


# The national admin


def test_blocking_a_report_with_a_real_complaint_inside_costs_points():
    desk = setting_at(Role.NATIONAL_ADMIN, "")
    room = room_with(cases_of(DESKS, "hinaan-dengan-keluhan"), desk, "")
    room.act(1, A.BLOCK, {}, "Diblokir.")
    score = score_of(room)
    assert line(score, "blocked_complaint").points == 0
    assert line(score, "decision").points == 0
    assert [one.expectation for one in score.lines if one.points] == ["in_time"]


def test_a_returned_report_is_judged_by_where_it_goes():
    code = family(lambda each: decided(each) == "return")

    def sent_on(action, choices):
        room = room_with(cases_of(DESKS, code), setting_at(Role.NATIONAL_ADMIN, ""))
        days(room, 2)
        room.act(1, action, choices, "Alasan.")
        return score_of(room)

    right = cases_of(DESKS, code)[0].key["agency"]["code"]
    assert sent_on(A.ACCEPT, {"agency": right}).percent == 100
    assert line(sent_on(A.REFUSE, {}), "transfer").points == 0
    assert {one.expectation for one in sent_on(A.ACCEPT, {"agency": right}).lines} == {"transfer"}


def test_opening_an_identity_without_need_is_a_privacy_slip():
    case = next(each for each in cases_of(DESKS) if each.facts["secret"] or each.facts["anonymous"])
    alone = replace(case, key={**case.key, "duplicate_of": None})
    room = room_with([alone], setting_at(Role.NATIONAL_ADMIN, ""), "")
    room.act(1, A.OPEN_IDENTITY, {}, "Ingin tahu.")
    assert line(score_of(room), "needless_identity").fatal


def test_a_wrong_class_and_category_are_explained_by_sentences_of_their_own():
    room = at_intake("tps-meluap")
    room.act(1, A.VERIFY, {"class": "supervisory", "category": "Agama"}, "")
    score = score_of(room)
    assert line(score, "class").why == PACK.class_reasons["non_supervisory"]
    right = room.folders[1].key["category"]
    assert line(score, "category").why["en"].endswith(f"The right one: {right}.")
