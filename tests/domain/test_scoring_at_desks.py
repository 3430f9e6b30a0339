"""What each desk is judged by: the score of whole runs, and what single mistakes cost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.domain.answers import Element
from sandbox.domain.scoring import Score, judge
from sandbox.domain.workflow import Action, Role
from tests.domain.desks import (
    AT_A_UNIT_DESK,
    DESKS,
    HOME,
    PACK,
    agency_steps,
    cases_of,
    decided,
    played,
    without,
)
from tests.domain.desks import room as room_with
from tests.domain.desks import setting as setting_at

A = Action
ROLES = {
    Role.AGENCY_ADMIN: (HOME, {"dispose", "hold", "return", "archive"}),
    Role.NATIONAL_ADMIN: ("", {"dispose", "hold", "return", "archive", "block"}),
    Role.LIAISON_OFFICER: ("DLH", {"dispose"}),
    Role.SUPERVISOR: (HOME, {"dispose", "hold"}),
    Role.REPORTER: ("", {"dispose", "hold"}),
}


def at_the_desk_of(role):
    if role is not Role.LIAISON_OFFICER:
        return DESKS.families
    return [each for each in AT_A_UNIT_DESK.families if AT_A_UNIT_DESK.groups(each)]


MARKS_ALL = dict.fromkeys(range(1, 100), dict.fromkeys(map(str, Element), 4))
PERFECT = {
    role: played(
        role, [each["code"] for each in at_the_desk_of(role) if decided(each) in decisions], office
    )
    for role, (office, decisions) in ROLES.items()
}


def score_of(room, marks=None) -> Score:
    return judge(list(room.folders.values()), room.setting, PACK, marks)


def line(score, expectation, case=1):
    return next(
        (one for one in score.lines if (one.expectation, one.case) == (expectation, case)), None
    )


def family(wanted) -> str:
    """Return the code of the first family that fits."""
    return next(each["code"] for each in DESKS.families if wanted(each))


def own_events(room):
    """Return what the trainee did, of an answer given twice only the last."""
    return [
        event
        for folder in room.folders.values()
        for event in folder.log
        if event.is_own and event is folder.last(event.action)
    ]


# Whole runs at every desk


@pytest.mark.parametrize("role", ROLES)
def test_a_perfect_officer_earns_every_point_without_a_slip(role):
    score = score_of(PERFECT[role])
    assert [one for one in score.lines if one.verdict != "right"] == []
    assert (score.percent, score.slips, score.pending) == (100, 0, 0)
    assert score.passes(100)


@pytest.mark.parametrize("role", ROLES)
def test_whoever_does_nothing_earns_nothing(role):
    room = PERFECT[role]
    idle = [without(folder, lambda event: event.is_own) for folder in room.folders.values()]
    score = judge(idle, room.setting, PACK)
    assert score.points == 0
    assert score.out_of > 0
    assert {one.verdict for one in score.lines} == {"wrong"}


@pytest.mark.parametrize("role", ROLES)
def test_the_lines_add_up_and_no_case_is_asked_the_same_twice(role):
    score = score_of(PERFECT[role])
    assert score.points == sum(one.points for one in score.lines)
    assert score.out_of == sum(one.out_of for one in score.lines)
    asked = [(one.case, one.expectation) for one in score.lines]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("role", ROLES)
def test_every_line_explains_itself_and_names_an_event_of_its_own_case(role):
    room = PERFECT[role]
    for one in score_of(room).lines:
        assert one.event in {event.number for event in room.folders[one.case].log}
        assert one.source
        assert "{key}" not in one.source
        assert "{limit}" not in one.source
        for words in (one.why, one.rule, one.better):
            assert all(words[language] for language in ("id", "en"))


@settings(deadline=None)  # texts are read anew each time
@given(
    st.sampled_from(list(ROLES)).flatmap(
        lambda role: st.tuples(st.just(role), st.sampled_from(own_events(PERFECT[role])))
    )
)
def test_leaving_out_any_required_step_lowers_the_score(chosen):
    role, left_out = chosen
    room = PERFECT[role]
    folder = room.folders[left_out.case]
    whole = judge([folder], room.setting, PACK)
    score = judge([without(folder, lambda event: event == left_out)], room.setting, PACK)
    assert score.points < whole.points
    assert score.percent < whole.percent == 100


BEFORE_FORWARDING = (A.MARK_URGENT, A.CHANGE_SECRECY, A.MASK)


@settings(deadline=None)  # texts are read anew each time
@given(order=st.permutations(BEFORE_FORWARDING), cases=st.permutations([1, 2, 3]))
def test_the_order_of_independent_steps_leaves_the_score_unchanged(order, cases):
    """Masking, marking and making secret wait for nothing but the disposition."""
    codes = (family(lambda each: each["key"].get("urgent")), "tps-meluap", "bau-daur-ulang")
    room = room_with(cases_of(DESKS, *codes), setting_at(Role.AGENCY_ADMIN))
    for number in cases:
        folder = room.folders[number]
        while steps := agency_steps(folder):
            ranked = sorted(steps, key=lambda each: place_in(order, each[0]))
            for action, choices, text in ranked:
                room.act(number, action, choices, text)
    score = score_of(room)
    assert (score.percent, score.slips) == (100, 0)


def place_in(order, action) -> int:
    return order.index(action) if action in order else len(order)


@settings(deadline=None)  # texts are read anew each time
@given(
    st.sampled_from(list(ROLES)).flatmap(
        lambda role: st.tuples(
            st.just(role), st.lists(st.sampled_from(own_events(PERFECT[role])), max_size=6)
        )
    )
)
def test_whatever_is_left_out_no_line_leaves_its_bounds(chosen):
    role, gone = chosen
    room = PERFECT[role]
    touched = [room.folders[number] for number in {event.case for event in gone}]
    folders = [without(folder, lambda event: event in gone) for folder in touched]
    for one in judge(folders, room.setting, PACK, {}).lines:
        assert 0 <= one.points <= one.out_of
        assert type(one.points) is int
