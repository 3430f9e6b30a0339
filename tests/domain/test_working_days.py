"""Counting working days, compared with counting them on the fingers."""

from datetime import date, timedelta
from random import Random

import pytest

from sandbox.domain.working_days import CalendarTooShort, WorkingCalendar
from tests.domain.conftest import CALENDAR, HOLIDAYS

ONE_DAY = timedelta(days=1)


def counted_by_hand(day: date, working_days: int) -> date:
    """Walk day by day with nothing but the list of holidays and the names of the weekdays."""
    left = working_days
    while left:
        day += ONE_DAY
        if day.strftime("%w") in "12345" and day not in HOLIDAYS:
            left -= 1
    return day


def generated(number: int) -> list[tuple[date, int]]:
    random = Random(20260304)
    days = (date(2027, 9, 1) - date(2024, 1, 1)).days
    return [
        (date(2024, 1, 1) + timedelta(days=random.randrange(days)), random.randrange(61))
        for _ in range(number)
    ]


def test_the_holidays_that_ship_cover_four_years():
    assert {day.year for day in HOLIDAYS} == {2024, 2025, 2026, 2027}
    assert all(14 <= sum(day.year == year for day in HOLIDAYS) <= 30 for year in range(2024, 2028))


def test_three_hundred_counts_agree_with_counting_by_hand():
    for day, working_days in generated(300):
        assert CALENDAR.add(day, working_days) == counted_by_hand(day, working_days)


def test_counting_forward_and_counting_between_are_the_same_count():
    for day, working_days in generated(300):
        due = CALENDAR.add(day, working_days)
        assert CALENDAR.between(day, due) == working_days
        assert CALENDAR.between(due, day) == -working_days


def test_a_day_after_friday_is_monday():
    friday = date(2026, 3, 6)
    assert friday.strftime("%A") == "Friday"
    assert CALENDAR.add(friday, 1) == date(2026, 3, 9)


@pytest.mark.parametrize("day", [date(2026, 3, 7), date(2026, 3, 8)], ids=["Saturday", "Sunday"])
def test_offices_are_closed_at_the_weekend(day):
    assert not CALENDAR.is_working(day)
    assert CALENDAR.add(day, 1) == date(2026, 3, 9)


def test_no_days_later_is_the_same_day_even_when_it_is_a_holiday():
    assert CALENDAR.add(date(2026, 3, 20), 0) == date(2026, 3, 20)


def test_lebaran_closes_offices_for_more_than_a_week():
    last_day_before, first_day_after = date(2026, 3, 17), date(2026, 3, 25)
    closed = [last_day_before + ONE_DAY * step for step in range(1, 8)]
    assert [day for day in closed if CALENDAR.is_working(day)] == []
    assert CALENDAR.is_working(last_day_before)
    assert CALENDAR.add(last_day_before, 1) == first_day_after
    assert CALENDAR.add(last_day_before, 3) == date(2026, 3, 27)


def test_a_holiday_that_falls_on_a_sunday_takes_no_further_day():
    holidays = frozenset({date(2026, 3, 8)})
    calendar = WorkingCalendar(holidays, date(2026, 1, 1), date(2026, 12, 31))
    assert calendar.add(date(2026, 3, 6), 1) == date(2026, 3, 9)


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2028, 1, 1)])
def test_a_day_outside_the_decreed_years_is_not_guessed(day):
    with pytest.raises(CalendarTooShort, match=str(day)):
        CALENDAR.is_working(day)


def test_a_count_that_leaves_the_decreed_years_stops():
    assert CALENDAR.add(date(2027, 12, 30), 1) == date(2027, 12, 31)
    with pytest.raises(CalendarTooShort):
        CALENDAR.add(date(2027, 12, 30), 2)
    with pytest.raises(CalendarTooShort):
        CALENDAR.between(date(2027, 12, 30), date(2028, 1, 5))
