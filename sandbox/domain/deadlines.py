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


class Clock(StrEnum):
    """Whose time a limit measures."""

    STEP = "step"  # the one who holds the case and has to act
    SETTLEMENT = "settlement"  # the promise to settle the case, whoever holds it
    REPORTER = "reporter"  # the reporter's window to answer


@dataclass(frozen=True)
class Limit:
    """How long a step may take, whose time that is, and whether a hold stops it."""

    amount: int
    unit: Unit
    clock: Clock
    pauses: bool = True


STEP_OF_STATE: Mapping[State, LimitedStep] = {
    State.UNVERIFIED: LimitedStep.VERIFY,
    State.VERIFIED: LimitedStep.VERIFY,
    State.AWAITING_COMPLETION: LimitedStep.COMPLETION_WINDOW,
    State.DISPOSED: LimitedStep.FIRST_RESPONSE,
    State.REPLIED: LimitedStep.FIRST_RESPONSE,
    State.FOLLOWED_UP: LimitedStep.REPLY_WINDOW,
}

SETTLEMENT_OF_CLASS: Mapping[str, LimitedStep] = {
    "non_supervisory": LimitedStep.SETTLE_NON_SUPERVISORY,
    "supervisory": LimitedStep.SETTLE_SUPERVISORY,
    "information": LimitedStep.SETTLE_INFORMATION,
    "aspiration": LimitedStep.SETTLE_ASPIRATION,
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

    def warns_at(self, due: datetime, limit_amount: int, unit: Unit, percent: int) -> datetime:
        """Return the opening hour of the day on which `percent` of the limit is used up.

        The days that are then left are counted back from `due`, so that a pause moves both.
        """
        used = -(-percent * limit_amount // 100)  # a part of a day is a day
        day, left = due.astimezone(self.zone).date(), limit_amount - used
        if unit is Unit.WORKING_DAY:
            return self.at(self.calendar.subtract(day, left), self.opens)
        return self.at(day - timedelta(days=left), self.opens)

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
    limits: Mapping[LimitedStep, Limit],
    office: OfficeTime,
) -> datetime | None:
    """Return when a case that began its step at `since` is due, or None where nothing counts."""
    step = STEP_OF_STATE.get(state)
    if step is None:
        return None
    limit = limits[step]
    return office.due(since, limit.amount, limit.unit)


def settlement_due(
    classification: str,
    since: datetime,
    limits: Mapping[LimitedStep, Limit],
    office: OfficeTime,
) -> datetime | None:
    """Return by when a case must be settled, or None while nobody has classified it.

    Raises KeyError for a class that has no limit: it is never left without a promise in silence.
    """
    if not classification:
        return None
    limit = limits[SETTLEMENT_OF_CLASS[classification]]
    return office.due(since, limit.amount, limit.unit)
