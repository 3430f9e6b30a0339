"""Counting working days, compared with counting them on the fingers."""

import csv
from datetime import date, timedelta
from itertools import islice
from random import Random

import pytest

from sandbox.domain.working_days import CalendarTooShort, WorkingCalendar
from tests.domain.conftest import CALENDAR, HOLIDAYS, SANDBOX

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


def test_counting_back_from_a_working_day_undoes_counting_forward():
    for day, working_days in generated(300):
        start = CALENDAR.add(day, 1)
        assert CALENDAR.subtract(CALENDAR.add(start, working_days), working_days) == start


def test_a_working_day_before_monday_is_friday_and_before_lebaran_the_day_before_it():
    assert CALENDAR.subtract(date(2026, 3, 9), 1) == date(2026, 3, 6)
    assert CALENDAR.subtract(date(2026, 3, 8), 1) == date(2026, 3, 6)
    assert CALENDAR.subtract(date(2026, 3, 25), 1) == date(2026, 3, 17)


@pytest.mark.parametrize("day", [date(2026, 3, 20), date(2023, 12, 1), date(2028, 2, 1)])
def test_no_days_away_is_the_same_day_wherever_it_lies(day):
    assert CALENDAR.add(day, 0) == CALENDAR.subtract(day, 0) == day
    assert CALENDAR.between(day, day) == 0


def test_the_working_days_after_a_day_come_one_by_one():
    for day, working_days in generated(100):
        following = list(islice(CALENDAR.after(day), working_days))
        assert following == [CALENDAR.add(day, step + 1) for step in range(working_days)]


def test_calendars_of_the_same_days_are_equal_after_they_have_counted():
    counted, fresh = (
        WorkingCalendar(HOLIDAYS, date(2026, 1, 1), date(2026, 12, 31)) for _ in range(2)
    )
    counted.add(date(2026, 3, 4), 3)
    assert (counted, hash(counted)) == (fresh, hash(fresh))


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


def test_a_count_may_begin_on_the_eve_of_the_calendar_but_no_earlier():
    eve = date(2023, 12, 31)
    assert CALENDAR.add(eve, 1) == date(2024, 1, 2)
    assert CALENDAR.between(eve, date(2024, 1, 3)) == 2
    with pytest.raises(CalendarTooShort):
        CALENDAR.add(eve - ONE_DAY, 1)
    with pytest.raises(CalendarTooShort):
        CALENDAR.between(eve - ONE_DAY, date(2024, 1, 3))


def test_a_count_back_that_leaves_the_decreed_years_stops():
    assert CALENDAR.subtract(date(2024, 1, 3), 1) == date(2024, 1, 2)
    with pytest.raises(CalendarTooShort):
        CALENDAR.subtract(date(2024, 1, 3), 2)
    with pytest.raises(CalendarTooShort):
        CALENDAR.subtract(date(2028, 1, 2), 1)


def regional_holidays() -> list[dict[str, str]]:
    text = (SANDBOX / "holiday_library/bali.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_regional_holidays_name_their_place_and_admit_that_no_decree_was_read():
    assert {(row["place"], row["kind"]) for row in regional_holidays()} == {("bali", "regional")}
    assert all("belum dibaca" in row["decree"] for row in regional_holidays())
    assert all(len(row["decree"]) <= 200 for row in regional_holidays())


def test_no_regional_holiday_repeats_a_national_one_or_another():
    days = [date.fromisoformat(row["date"]) for row in regional_holidays()]
    assert len(days) == len(set(days))
    assert HOLIDAYS.isdisjoint(days)


DAY_OF_CYCLE = {  # of 210; the cycle of thirty weeks begins on the Sunday of Sinta
    "Pagerwesi": 3,
    "Galungan": 73,
    "Umanis Galungan": 74,
    "Penampahan Kuningan": 82,
    "Kuningan": 83,
    "Saraswati": 209,
}


@pytest.mark.parametrize("galungan", [date(2025, 4, 23), date(2025, 11, 19)])
def test_the_holidays_of_bali_follow_the_cycle_of_210_days(galungan):
    """Siwaratri alone goes by the moon."""
    cycle_begins = galungan - ONE_DAY * DAY_OF_CYCLE["Galungan"]
    year = [date(2026, 1, 1) + ONE_DAY * step for step in range(365)]
    computed = {
        (day, name)
        for day in year
        for name, place in DAY_OF_CYCLE.items()
        if (day - cycle_begins).days % 210 == place
    }
    shipped = {(date.fromisoformat(row["date"]), row["name"]) for row in regional_holidays()}
    assert shipped - computed == {(date(2026, 1, 17), "Siwaratri")}
    assert computed - shipped == set()
