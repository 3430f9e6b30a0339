"""When a case is due: the office's zone, its closing hour, and clocks that a hold stops."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from sandbox.domain.deadlines import (
    SETTLEMENT_OF_CLASS,
    STEP_OF_STATE,
    Clock,
    Limit,
    LimitedStep,
    Unit,
    due_at,
    settlement_due,
)
from sandbox.domain.workflow import FINAL_STATES, State
from sandbox.domain.working_days import CalendarTooShort
from tests.domain.conftest import WITA, office, read

JAKARTA = ZoneInfo("Asia/Jakarta")
WORKING, CALENDAR_DAY = Unit.WORKING_DAY, Unit.CALENDAR_DAY


def clock_of(step: LimitedStep) -> Clock:
    if step in SETTLEMENT_OF_CLASS.values():
        return Clock.SETTLEMENT
    windows = (LimitedStep.REPLY_WINDOW, LimitedStep.COMPLETION_WINDOW)
    return Clock.REPORTER if step in windows else Clock.STEP


LIMITS = {
    (step := LimitedStep(limit["step"])): Limit(
        limit["amount"], Unit(limit["unit"]), clock_of(step)
    )
    for limit in read("rule_packs/1.toml")["time_limit"]
}


def wita(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=WITA)


def test_a_deadline_is_the_closing_hour_of_its_last_day():
    assert office().due(wita(3, 4, 9), 3, WORKING) == wita(3, 9, 16)


def test_the_day_of_arrival_does_not_count_however_early_it_was():
    assert office().due(wita(3, 4, 0, 1), 1, WORKING) == wita(3, 5, 16)
    assert office().due(wita(3, 4, 23, 59), 1, WORKING) == wita(3, 5, 16)


def test_half_past_eleven_at_night_in_jakarta_is_the_next_day_in_central_indonesia():
    late = datetime(2026, 3, 4, 23, 30, tzinfo=JAKARTA)
    assert office(JAKARTA).due(late, 1, WORKING).date() == date(2026, 3, 5)
    assert office(WITA).due(late, 1, WORKING).date() == date(2026, 3, 6)


def test_the_zone_in_which_a_moment_is_written_makes_no_difference():
    moment = wita(3, 4, 7)
    assert moment.astimezone(UTC).date() == date(2026, 3, 3)
    assert office().due(moment.astimezone(UTC), 3, WORKING) == office().due(moment, 3, WORKING)


def test_calendar_days_run_through_weekends_and_holidays():
    assert office().due(wita(3, 13, 10), 10, CALENDAR_DAY) == wita(3, 23, 16)
    assert office().due(wita(3, 13, 10), 10, WORKING) == wita(4, 6, 16)


def test_a_deadline_past_the_decreed_holidays_is_not_guessed():
    with pytest.raises(CalendarTooShort):
        office().due(datetime(2027, 12, 29, 9, tzinfo=WITA), 3, WORKING)


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        (wita(3, 4, 9), wita(3, 5, 8)),
        (wita(3, 4, 6), wita(3, 5, 8)),
        (wita(3, 6, 15, 59), wita(3, 9, 8)),
        (wita(3, 17, 17), wita(3, 25, 8)),
    ],
    ids=["same day", "before opening", "over a weekend", "over Lebaran"],
)
def test_the_next_opening_is_on_a_later_working_day(now, opening):
    assert office().next_opening(now) == opening


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (wita(3, 4, 9), 3),
        (wita(3, 6, 23), 1),
        (wita(3, 7, 12), 1),
        (wita(3, 9, 8), 0),
        (wita(3, 9, 22), 0),
        (wita(3, 10, 8), -1),
        (wita(3, 16, 8), -5),
    ],
    ids=["new", "Friday night", "Saturday", "due day", "due day, closed", "late", "a week late"],
)
def test_working_days_left_are_counted_down_to_the_due_day(now, left):
    assert office().working_days_left(now, due=wita(3, 9, 16)) == left


@pytest.mark.parametrize("held_at", [wita(3, 4, 9), wita(3, 5, 15), wita(3, 6, 8), wita(3, 9, 9)])
@pytest.mark.parametrize("resumed_at", [wita(3, 10, 8), wita(3, 16, 8), wita(3, 17, 15)])
def test_a_hold_gives_back_the_working_days_that_were_left(held_at, resumed_at):
    """Also over the holidays of Lebaran, which begin on the 18th."""
    due = office().due(wita(3, 4, 9), 3, WORKING)
    left = office().working_days_left(held_at, due)
    new_due = office().due(resumed_at, left, WORKING)
    assert office().working_days_left(resumed_at, new_due) == left
    assert new_due.astimezone(WITA).time() == time(16)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("unverified", "verify"),
        ("verified", "verify"),
        ("awaiting_completion", "completion_window"),
        ("disposed", "first_response"),
        ("replied", "first_response"),
        ("followed_up", "reply_window"),
    ],
)
def test_each_state_counts_by_the_limit_of_its_step(state, step):
    limit = LIMITS[LimitedStep(step)]
    since = wita(3, 4, 9)
    due = office().due(since, limit.amount, limit.unit)
    assert due_at(State(state), since, LIMITS, office()) == due


@pytest.mark.parametrize("state", [state for state in State if state not in STEP_OF_STATE])
def test_nothing_counts_where_nobody_has_to_act(state):
    assert state in (*FINAL_STATES, State.TRANSFERRING)
    assert due_at(state, wita(3, 4, 9), LIMITS, office()) is None


def test_the_rule_pack_that_ships_has_a_limit_for_every_step():
    assert set(LIMITS) == set(LimitedStep)
    assert all(limit.amount > 0 for limit in LIMITS.values())


@pytest.mark.parametrize(
    ("classification", "due"),
    [
        ("information", wita(3, 11, 16)),
        ("non_supervisory", wita(3, 31, 16)),
        ("aspiration", wita(3, 31, 16)),
        ("supervisory", wita(6, 12, 16)),
    ],
)
def test_each_class_is_promised_to_be_settled_by_its_own_limit(classification, due):
    assert settlement_due(classification, wita(3, 4, 9), LIMITS, office()) == due


def test_nothing_is_promised_before_a_case_has_a_class():
    assert settlement_due("", wita(3, 4, 9), LIMITS, office()) is None


def test_a_class_without_a_promise_is_refused():
    with pytest.raises(KeyError, match="praise"):
        settlement_due("praise", wita(3, 4, 9), LIMITS, office())


@pytest.mark.parametrize(
    ("amount", "unit", "opening"),
    [
        (3, WORKING, wita(6, 30, 8)),
        (5, WORKING, wita(6, 29, 8)),
        (14, WORKING, wita(6, 26, 8)),
        (60, WORKING, wita(6, 11, 8)),
        (3, CALENDAR_DAY, wita(6, 30, 8)),
        (10, CALENDAR_DAY, wita(6, 28, 8)),
        (14, CALENDAR_DAY, wita(6, 28, 8)),
    ],
    ids=str,
)
def test_a_warning_comes_at_the_opening_of_the_day_that_uses_up_four_fifths(amount, unit, opening):
    """Tuesday 30 June 2026; the 16th is a holiday, and the 28th is a Sunday."""
    assert office().warns_at(wita(6, 30, 16), amount, unit, 80) == opening


@pytest.mark.parametrize(("percent", "day"), [(100, 30), (81, 30), (80, 29), (60, 26), (1, 24)])
def test_an_earlier_warning_leaves_more_days(percent, day):
    assert office().warns_at(wita(6, 30, 16), 5, WORKING, percent) == wita(6, day, 8)


def test_a_warning_belongs_to_the_due_day_of_the_office_whatever_zone_it_is_written_in():
    due = wita(6, 30, 7)  # still the 29th by universal time
    assert due.astimezone(UTC).date() == date(2026, 6, 29)
    assert office().warns_at(due.astimezone(UTC), 3, WORKING, 80) == wita(6, 30, 8)
