"""When a case is due, by the time limits of the run's rule pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from .workflow import State
from .working_days import WorkingCalendar


class LimitedStep(StrEnum):
    """A step of the procedure that has a time limit in the rule pack."""

    VERIFY = "verify"
    FIRST_RESPONSE = "first_response"
    SETTLE_INFORMATION = "settle_information"
    SETTLE_NON_SUPERVISORY = "settle_non_supervisory"
    SETTLE_SUPERVISORY = "settle_supervisory"
    SETTLE_ASPIRATION = "settle_aspiration"
    REPLY_WINDOW = "reply_window"
    COMPLETION_WINDOW = "completion_window"


class Unit(StrEnum):
    """How the days of a limit are counted."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"


STEP_OF_STATE: Mapping[State, LimitedStep] = {
    State.UNVERIFIED: LimitedStep.VERIFY,
    State.VERIFIED: LimitedStep.VERIFY,
    State.AWAITING_COMPLETION: LimitedStep.COMPLETION_WINDOW,
    State.DISPOSED: LimitedStep.FIRST_RESPONSE,
    State.REPLIED: LimitedStep.FIRST_RESPONSE,
    State.FOLLOWED_UP: LimitedStep.REPLY_WINDOW,
}


@dataclass(frozen=True)
class OfficeTime:
    """The office's days, zone and hours; all that turns a moment into a deadline."""

    calendar: WorkingCalendar
    zone: tzinfo
    opens: time
    closes: time

    def at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, tzinfo=self.zone)

    def due(self, since: datetime, amount: int, unit: Unit) -> datetime:
        """Return the closing hour of the last day allowed; the day of `since` does not count.

        The day of `since` is the office's: 23.30 in Jakarta is tomorrow in Denpasar.
        Raises CalendarTooShort rather than guess past the last decreed holiday.
        """
        day = since.astimezone(self.zone).date()
        if unit is Unit.WORKING_DAY:
            return self.at(self.calendar.add(day, amount), self.closes)
        return self.at(day + timedelta(days=amount), self.closes)

    def next_opening(self, now: datetime) -> datetime:
        """Return the opening hour of the first working day after `now`'s."""
        return self.at(self.calendar.add(now.astimezone(self.zone).date(), 1), self.opens)

    def working_days_left(self, now: datetime, due: datetime) -> int:
        """Count working days from today to the due day: 0 today, negative when late."""
        today, last = (moment.astimezone(self.zone).date() for moment in (now, due))
        return self.calendar.between(today, last)


def due_at(
    state: State,
    since: datetime,
    limits: Mapping[LimitedStep, tuple[int, Unit]],
    office: OfficeTime,
) -> datetime | None:
    """Return when a case that began its step at `since` is due, or None where nothing counts."""
    step = STEP_OF_STATE.get(state)
    if step is None:
        return None
    amount, unit = limits[step]
    return office.due(since, amount, unit)
