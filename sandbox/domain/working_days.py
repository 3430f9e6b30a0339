"""Which days are working days, and counting them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

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

    def is_working(self, day: date) -> bool:
        """Tell whether offices are open on `day`. Raises CalendarTooShort outside the calendar."""
        if not self.first <= day <= self.last:
            raise CalendarTooShort(f"{day} is outside {self.first} to {self.last}")
        return day.weekday() < SATURDAY and day not in self.holidays

    def after(self, day: date) -> Iterator[date]:
        """Yield the working days after `day`, which itself does not count."""
        while True:
            day += ONE_DAY
            if self.is_working(day):
                yield day

    def add(self, day: date, working_days: int) -> date:
        """Return the last of `working_days` days after `day`: Friday + 1 is Monday."""
        following = self.after(day)
        for _ in range(working_days):
            day = next(following)
        return day

    def between(self, start: date, end: date) -> int:
        """Count working days after `start` up to and with `end`; negative if `end` is before it."""
        if end < start:
            return -self.between(end, start)
        days = (start + ONE_DAY * step for step in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in days)
