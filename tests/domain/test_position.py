"""Where a case stands follows from its events alone, clocks included."""

from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.domain.deadlines import LimitedStep
from sandbox.domain.events import Event
from sandbox.domain.position import MASK, Position, Terms, after, masked, replay
from sandbox.domain.workflow import TIMED_STATES, Action, Role, State
from tests.domain.conftest import WITA
from tests.domain.desks import TERMS

START = Position(title="Lampu padam", text="Lampu di Jalan Kenanga padam. Saya, Sari.", agency="A")
WEDNESDAY = datetime(2026, 3, 4, 9, tzinfo=WITA)
A, R = Action, Role
VERIFY = (A.VERIFY, R.AGENCY_ADMIN, {"class": "non_supervisory", "category": "Perhubungan"})
DISPOSE = (A.DISPOSE, R.AGENCY_ADMIN, {"unit": "U"})
HOLD = (A.HOLD, R.AGENCY_ADMIN, {"missing": "location"})
UNIT_HOLDS = (A.HOLD, R.LIAISON_OFFICER, {"missing": "date"})
COMPLETE = (A.COMPLETE, R.REPORTER, {})
ANSWER = (A.ANSWER, R.LIAISON_OFFICER, {})
RETURN = (A.RETURN, R.AGENCY_ADMIN, {"level": "central", "destination": "B"})


def told(*steps, terms=TERMS, start=START):
    """A case after some steps; a number among them lets that many days pass."""
    case, at, number = start, WEDNESDAY, 0
    for step in (("submit", R.REPORTER, {}), *steps):
        if isinstance(step, int):
            at += timedelta(days=step)
            continue
        action, role, choices, *text = step
        number += 1
        is_first = action == "submit"
        event = Event(
            number, 1, A(action), role, "", None if is_first else case.state,
            State.UNVERIFIED if is_first else case.target(action, role), at, choices, "".join(text),
        )  # fmt: skip
        case = after(case, event, terms)
    return case


def day(moment):
    return moment and moment.astimezone(WITA).strftime("%d.%m.")


# Clocks


def test_each_step_has_the_limit_of_its_state():
    assert day(told().due_at) == "09.03."  # three working days
    assert day(told(1, VERIFY).due_at) == "09.03.", "verifying is only half of the step"
    assert day(told(1, VERIFY, 1, DISPOSE).due_at) == "13.03."
    assert told(VERIFY, DISPOSE, ANSWER).due_at == told().entered_at.replace(
        day=14, hour=16
    )  # ten days, whatever day that is


def test_the_promise_to_settle_runs_from_the_first_disposition_and_only_a_hold_stops_it():
    disposed = told(VERIFY, DISPOSE)
    assert disposed.settle_at
    for more in ([1, DISPOSE], [ANSWER, 1, (A.REPLY, R.REPORTER, {})], [1, ANSWER]):
        assert told(VERIFY, DISPOSE, *more).settle_at == disposed.settle_at
    held = told(VERIFY, DISPOSE, 1, UNIT_HOLDS)
    assert (held.settle_at, held.settle_days) == (None, 13)
    resumed = told(VERIFY, DISPOSE, 1, UNIT_HOLDS, 1, COMPLETE)
    assert (resumed.settle_days, resumed.state, resumed.unit) == (None, "disposed", "U")
    assert resumed.settle_at > disposed.settle_at


@pytest.mark.parametrize(("before", "left"), [(0, 3), (1, 2), (2, 1), (5, 0)])
def test_a_hold_keeps_the_days_that_were_left_and_gives_them_back(before, left):
    held = told(before, HOLD)
    assert (held.paused_days, held.warn_at) == (left, None)
    assert held.held_from is State.UNVERIFIED
    back = told(before, HOLD, 6, COMPLETE)
    assert TERMS.office.working_days_left(back.entered_at, back.due_at) == left
    assert (back.paused_days, back.held_from) == (None, None)


def test_a_hold_of_an_overdue_case_gives_back_no_days_and_takes_none():
    assert told(8, HOLD).paused_days < 0
    back = told(8, HOLD, 1, COMPLETE)
    assert day(back.due_at) == day(back.entered_at)


def test_what_happens_during_a_hold_moves_neither_its_end_nor_where_it_leads():
    held = told(VERIFY, 1, HOLD)
    for step in (
        (A.NOTE, R.AGENCY_ADMIN, {}),
        (A.CHANGE_SECRECY, R.AGENCY_ADMIN, {"secrecy": "secret"}),
        (A.HAND_OVER, R.SUPERVISOR, {"from": "a", "to": "b"}),
    ):
        later = told(VERIFY, 1, HOLD, 1, step)
        for name in ("due_at", "held_from", "paused_days", "entered_at"):
            assert getattr(later, name) == getattr(held, name), (step, name)
        assert told(VERIFY, 1, HOLD, 1, step, COMPLETE).state is State.VERIFIED


def test_a_limit_that_runs_on_in_a_hold_loses_the_days_of_the_hold():
    limits = {name: replace(limit, pauses=False) for name, limit in TERMS.limits.items()}
    terms = Terms(limits, TERMS.office, TERMS.warn_percent)
    paused, running = (told(HOLD, 1, COMPLETE, terms=each) for each in (TERMS, terms))
    assert TERMS.office.working_days_left(running.due_at, paused.due_at) == 1


def test_a_new_agency_gets_its_own_days_and_the_promise_stays():
    passed_on = told(VERIFY, DISPOSE, 1, (A.DECLINE, R.LIAISON_OFFICER, {"unit": "B"}),
                     RETURN, 3, (A.ACCEPT, R.NATIONAL_ADMIN, {"agency": "B"}))  # fmt: skip
    assert (passed_on.agency, passed_on.unit, passed_on.officer) == ("B", "", "")
    left = TERMS.office.working_days_left(passed_on.entered_at, passed_on.due_at)
    assert left == TERMS.limits[LimitedStep.VERIFY].amount
    assert passed_on.settle_at == told(VERIFY, DISPOSE).settle_at


@pytest.mark.parametrize("steps", [
    [RETURN], [(A.ARCHIVE, R.AGENCY_ADMIN, {"reason": "spam"})], [(A.BLOCK, R.NATIONAL_ADMIN, {})],
    [VERIFY, DISPOSE, ANSWER, (A.CLOSE, R.REPORTER, {"rating": "4"})],
    [HOLD, (A.WITHDRAW, R.REPORTER, {})], [HOLD, (A.EXPIRE, R.SYSTEM, {})],
])  # fmt: skip
def test_where_nobody_has_to_act_nothing_is_due(steps):
    case = told(*steps)
    assert case.state not in TIMED_STATES
    assert (case.due_at, case.warn_at, case.paused_days, case.held_from) == (None,) * 4


def test_warnings_do_not_make_a_case_younger():
    case = told(VERIFY, DISPOSE, 3, (A.WARN, R.SYSTEM, {}), 3, (A.BREACH, R.SYSTEM, {}))
    plain = told(VERIFY, DISPOSE)
    assert (case.entered_at, case.due_at) == (plain.entered_at, plain.due_at)
    assert (case.warned, case.breached) == (True, True)
    assert told(VERIFY, DISPOSE, 6, (A.BREACH, R.SYSTEM, {}), ANSWER).breached is False


def test_an_interim_answer_keeps_the_promise_to_respond_and_leaves_that_to_settle():
    case = told(VERIFY, DISPOSE, 1, (A.INTERIM, R.LIAISON_OFFICER, {}))
    assert case.responded
    assert case.due_at == case.settle_at


# Texts


def test_a_mask_covers_every_place_and_the_longest_detail_first():
    text = "Sari Rekaan menelepon. Kata Sari Rekaan, nomor Sari tetap."
    assert masked(text, ["Sari", "Sari Rekaan"]).count(MASK) == 3
    assert "Sari" not in masked(text, ["Sari", "Sari Rekaan"])
    assert masked(text, []) == text


def test_a_masked_text_keeps_its_original_in_the_log_of_the_submission():
    case = told((A.MASK, R.AGENCY_ADMIN, {"details": ["Sari"]}))
    assert case.text == START.text.replace("Sari", MASK)
    assert "Sari" in START.text


def test_a_draft_lives_as_long_as_the_case_stays_at_its_unit():
    draft = (A.DRAFT, R.LIAISON_OFFICER, {}, "Rancangan.")
    waiting = told(VERIFY, DISPOSE, draft)
    assert (waiting.draft, waiting.desk) == ("Rancangan.", (R.SUPERVISOR, "A"))
    for step in (
        (A.APPROVE, R.SUPERVISOR, {}),
        (A.SEND_BACK, R.SUPERVISOR, {"flaw": "no_date"}),
        (A.WITHDRAW, R.REPORTER, {}),
        UNIT_HOLDS,
        DISPOSE,
    ):
        assert told(VERIFY, DISPOSE, draft, step).draft == "", step
    assert told(VERIFY, DISPOSE, draft, (A.NOTE, R.SUPERVISOR, {})).draft == "Rancangan."


# Replay


def test_every_field_of_a_position_has_its_column():
    from_the_log = {field.name for field in fields(Position)}
    assert {"state", "due_at", "paused_days", "version", "parent", "draft"} <= from_the_log


@given(
    st.lists(st.sampled_from([VERIFY, DISPOSE, HOLD, COMPLETE, ANSWER, RETURN, 1, 3]), max_size=9)
)
def test_replaying_is_what_happened_step_by_step(steps):
    events, case, at = [], START, WEDNESDAY
    for step in ((A.SUBMIT, R.REPORTER, {}), *steps):
        if isinstance(step, int):
            at += timedelta(days=step)
            continue
        action, role, choices = step
        is_first = action is A.SUBMIT
        if not is_first and not case.allows(action, role):
            continue
        source = None if is_first else case.state
        target = State.UNVERIFIED if is_first else case.target(action, role)
        events.append(Event(len(events) + 1, 1, action, role, "", source, target, at, choices))
        case = after(case, events[-1], TERMS)
    assert replay(START, events, TERMS) == case
    for cut in range(len(events) + 1):
        first = replay(START, events[:cut], TERMS)
        undone = [
            *events[:cut],
            *(Event(100 + n, 1, A.UNDO, R.AGENCY_ADMIN, "", None, e.source or State.UNVERIFIED,
                    at, undoes=e.number) for n, e in enumerate(events[cut:])),
            *events[cut:],
        ]  # fmt: skip
        assert replace(replay(START, undone, TERMS), version=first.version) == first
