"""Which days are working days, and counting them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

SATURDAY = 5  # date.weekday()
ONE_DAY = timedelta(days=1)


class CalendarTooShort(Exception):
    """The count would leave the years for which holidays have been decreed."""


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days from `first` to `last`: Monday to Friday without `holidays`."""

    holidays: frozenset[date]
    first: date
    last: date

    @cached_property
    def open_days(self) -> tuple[int, ...]:
        """The ordinals of all working days, soonest first: counts are places in this row."""
        every_day = range(self.first.toordinal(), self.last.toordinal() + 1)
        return tuple(day for day in every_day if self.is_working(date.fromordinal(day)))

    def outside(self, day: date) -> CalendarTooShort:
        return CalendarTooShort(f"{day} is outside {self.first} to {self.last}")

    def check(self, day: date) -> None:
        """Raise CalendarTooShort if `day` is outside the calendar."""
        if not self.first <= day <= self.last:
            raise self.outside(day)

    def is_working(self, day: date) -> bool:
        """Tell whether offices are open on `day`. Raises CalendarTooShort outside the calendar."""
        self.check(day)
        return day.weekday() < SATURDAY and day not in self.holidays

    def after(self, day: date) -> Iterator[date]:
        """Yield the working days after `day`, which itself does not count."""
        while True:
            day += ONE_DAY
            if self.is_working(day):
                yield day

    def add(self, day: date, working_days: int) -> date:
        """Return the last of `working_days` days after `day`: Friday + 1 is Monday."""
        if working_days <= 0:
            return day
        self.check(day + ONE_DAY)
        place = bisect_right(self.open_days, day.toordinal()) + working_days - 1
        if place >= len(self.open_days):
            raise self.outside(self.last + ONE_DAY)
        return date.fromordinal(self.open_days[place])

    def subtract(self, day: date, working_days: int) -> date:
        """Return the first of `working_days` days before `day`: Monday - 1 is Friday."""
        if working_days <= 0:
            return day
        self.check(day - ONE_DAY)
        place = bisect_left(self.open_days, day.toordinal()) - working_days
        if place < 0:
            raise self.outside(self.first - ONE_DAY)
        return date.fromordinal(self.open_days[place])

    def between(self, start: date, end: date) -> int:
        """Count working days after `start` up to and with `end`; negative if `end` is before it."""
        if end < start:
            return -self.between(end, start)
        if end == start:
            return 0
        self.check(start + ONE_DAY)
        self.check(end)
        until_start, until_end = (
            bisect_right(self.open_days, day.toordinal()) for day in (start, end)
        )
        return until_end - until_start
