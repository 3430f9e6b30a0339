"""A thousand deadlines and their warnings, against a count that knows nothing of `datetime`.

The count here numbers days from Monday 1 January 2024 and moments in minutes since its midnight
by universal time, reads the holidays as text, and walks one day at a time.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from sandbox.domain.deadlines import OfficeTime, Unit
from sandbox.domain.working_days import WorkingCalendar
from tests.domain.conftest import SANDBOX, office

MIDNIGHT_OF_DAY_0 = datetime(2024, 1, 1, tzinfo=UTC)
DAY, OPENS, CLOSES = 1440, 8 * 60, 16 * 60  # minutes
LAST_START = 1247  # 1 June 2027: the longest case, held three times, still ends in that year
EDGES = (0, 1, OPENS, CLOSES, 22 * 60 + 30, 23 * 60 + 30, DAY - 1)
AMOUNTS = (1, 2, 3, 5, 7, 10, 14, 30, 60)


def day_number(text: str) -> int:
    """Number a day written as 2026-03-04 by counting up to it."""
    year, month, day = (int(part) for part in text.split("-"))
    number = 0
    for past in range(2024, year):
        number += 366 if past == 2024 else 365
    lengths = [31, 29 if year == 2024 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    for length in lengths[: month - 1]:
        number += length
    return number + day - 1


def closed_days(*files: str) -> set[int]:
    closed = set()
    for name in files:
        with (SANDBOX / "holiday_library" / name).open(encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                closed.add(day_number(line[:10]))
    return closed


@dataclass(frozen=True)
class Place:
    """A zone with its hours ahead of universal time, and the files of its holidays."""

    zone: str
    ahead: int
    files: tuple[str, ...]

    def closed(self) -> set[int]:
        return closed_days(*self.files)

    def office(self) -> OfficeTime:
        texts = [
            line[:10]
            for name in self.files
            for line in (SANDBOX / "holiday_library" / name).read_text("utf-8").splitlines()[1:]
        ]
        holidays = frozenset(date.fromisoformat(text) for text in texts)
        calendar = WorkingCalendar(holidays, date(2024, 1, 1), date(2027, 12, 31))
        return office(ZoneInfo(self.zone), calendar)


WIB = Place("Asia/Jakarta", 7, ("indonesia.csv",))
WITA = Place("Asia/Makassar", 8, ("indonesia.csv",))
BALI = Place("Asia/Makassar", 8, ("indonesia.csv", "bali.csv"))
WIT = Place("Asia/Jayapura", 9, ("indonesia.csv",))
PLACES = pytest.mark.parametrize(
    "place", [WIB, WITA, BALI, WIT], ids=["WIB", "WITA", "WITA in Bali", "WIT"]
)
UNITS = pytest.mark.parametrize("unit", list(Unit), ids=str)


def local_day(minute: int, ahead: int) -> int:
    """Take whole days away from the minutes that a wall clock in that zone has run."""
    minute += ahead * 60
    day = 0
    while minute >= DAY:
        minute -= DAY
        day += 1
    return day


def moment(minute: int, zone: str) -> datetime:
    """Write a number of minutes as the practice room does, in any zone."""
    return (MIDNIGHT_OF_DAY_0 + timedelta(minutes=minute)).astimezone(ZoneInfo(zone))


def minutes(at: datetime) -> int:
    whole, rest = divmod(at - MIDNIGHT_OF_DAY_0, timedelta(minutes=1))
    assert not rest
    return whole


def counts(day: int, unit: Unit, closed: set[int]) -> bool:
    return unit is Unit.CALENDAR_DAY or (day % 7 < 5 and day not in closed)


def day_that_uses_up(start: int, days: int, unit: Unit, closed: set[int]) -> int:
    used, day = 0, start
    while used < days:
        day += 1
        if counts(day, unit, closed):
            used += 1
    return day


def days_for_a_share(amount: int, percent: int) -> int:
    """Use up one day after another until the share is reached."""
    used = 0
    while used * 100 < amount * percent:
        used += 1
    return used


def walk_with_pauses(
    start: int, amount: int, pauses: list[tuple[int, int]], closed: set[int]
) -> tuple[int, int]:
    """Return the due day, and how many days were left when the clock last went on."""
    day, left = start, amount
    for held, resumed in pauses:
        while day < held:
            day += 1
            if left and counts(day, Unit.WORKING_DAY, closed):
                left -= 1
        day = resumed
    return day_that_uses_up(day, left, Unit.WORKING_DAY, closed), left


def some_minute(random: Random, first_day: int, last_day: int, ahead: int) -> int:
    """Pick a minute between two local days, often one at the edge of a day or of office hours."""
    of_day = random.choice(EDGES) if random.random() < 0.5 else random.randrange(DAY)
    return random.randint(first_day, last_day) * DAY + of_day - ahead * 60


def some_pauses(random: Random, start: int, ahead: int) -> list[tuple[int, int]]:
    """Return minutes of holding and of going on, which is always on a later day."""
    pauses, since = [], local_day(start, ahead)
    for _ in range(random.randint(1, 3)):
        held = max(some_minute(random, since, since + 9, ahead), start)
        day = local_day(held, ahead)
        resumed = some_minute(random, day + 1, day + 15, ahead)
        pauses.append((held, resumed))
        start, since = resumed, local_day(resumed, ahead)
    return pauses


ZONES = ("UTC", "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")  # in which a moment is written


@PLACES
@UNITS
def test_a_thousand_deadlines_fall_where_a_count_on_the_fingers_puts_them(place, unit):
    random, office, closed = Random(f"{place} {unit}"), place.office(), place.closed()
    for _ in range(125):
        start = some_minute(random, 1, LAST_START, place.ahead)
        amount, written_in = random.choice(AMOUNTS), random.choice(ZONES)
        due_day = day_that_uses_up(local_day(start, place.ahead), amount, unit, closed)
        due = office.due(moment(start, written_in), amount, unit)
        expected = due_day * DAY + CLOSES - place.ahead * 60
        assert minutes(due) == expected, f"{amount} from {moment(start, place.zone)}"


@PLACES
@UNITS
@pytest.mark.parametrize("percent", [50, 80, 100])
def test_a_warning_opens_the_day_on_which_a_count_has_used_up_the_share(place, unit, percent):
    random, office, closed = Random(f"{place} {unit}"), place.office(), place.closed()
    for _ in range(42):
        start = some_minute(random, 1, LAST_START, place.ahead)
        amount, written_in = random.choice(AMOUNTS), random.choice(ZONES)
        used = days_for_a_share(amount, percent)
        day = day_that_uses_up(local_day(start, place.ahead), used, unit, closed)
        due = office.due(moment(start, written_in), amount, unit)
        warns = office.warns_at(due.astimezone(ZoneInfo(written_in)), amount, unit, percent)
        expected = day * DAY + OPENS - place.ahead * 60
        assert minutes(warns) == expected, f"{amount} from {moment(start, place.zone)}"


@dataclass(frozen=True)
class HeldCase:
    """A generated case with its holds, as minutes and as local days."""

    start: int
    amount: int
    holds: list[tuple[int, int]]
    start_day: int
    held_days: list[tuple[int, int]]

    def due(self, office: OfficeTime, zone: str) -> datetime:
        """Keep the working days left at a hold, and give them back when the case goes on."""
        due = office.due(moment(self.start, zone), self.amount, Unit.WORKING_DAY)
        for held, resumed in self.holds:
            left = max(office.working_days_left(moment(held, zone), due), 0)
            due = office.due(moment(resumed, zone), left, Unit.WORKING_DAY)
        return due


def held_cases(place: Place, number: int) -> list[HeldCase]:
    random, ahead, cases = Random(f"held {place}"), place.ahead, []
    for _ in range(number):
        start, amount = some_minute(random, 1, LAST_START, ahead), random.choice(AMOUNTS)
        holds = some_pauses(random, start, ahead)
        days = [(local_day(held, ahead), local_day(resumed, ahead)) for held, resumed in holds]
        cases.append(HeldCase(start, amount, holds, local_day(start, ahead), days))
    return cases


@PLACES
def test_a_case_that_is_held_is_due_when_the_days_outside_its_holds_are_used_up(place):
    office, closed = place.office(), place.closed()
    for number, case in enumerate(held_cases(place, 250)):
        due_day, _ = walk_with_pauses(case.start_day, case.amount, case.held_days, closed)
        due = case.due(office, zone=ZONES[number % len(ZONES)])
        assert minutes(due) == due_day * DAY + CLOSES - place.ahead * 60, case


@PLACES
def test_a_held_case_warns_when_its_last_days_begin_or_has_warned_before_it_goes_on(place):
    office, closed = place.office(), place.closed()
    seen = set()
    for case in held_cases(place, 250):
        _, left = walk_with_pauses(case.start_day, case.amount, case.held_days, closed)
        due = case.due(office, place.zone)
        warns = minutes(office.warns_at(due, case.amount, Unit.WORKING_DAY, 80))
        resumed_day, slack = case.held_days[-1][1], case.amount - days_for_a_share(case.amount, 80)
        if left > slack:
            day = day_that_uses_up(resumed_day, left - slack, Unit.WORKING_DAY, closed)
            assert warns == day * DAY + OPENS - place.ahead * 60, case
        else:
            assert local_day(warns, place.ahead) <= resumed_day, case
        seen.add(left > slack)
    assert seen == {True, False}


def test_a_day_off_in_bali_moves_a_deadline_only_there():
    """Galungan is on Wednesday 17 June 2026, the day after a national holiday."""
    start = moment(day_number("2026-06-15") * DAY, "Asia/Makassar")
    due = {place: place.office().due(start, 1, Unit.WORKING_DAY) for place in (WITA, BALI)}
    assert [due[place].date().isoformat() for place in (WITA, BALI)] == ["2026-06-17", "2026-06-19"]


def test_the_count_that_proves_it_knows_its_weekdays_and_leap_years():
    assert [day_number(text) for text in ("2024-01-01", "2024-12-31", "2027-12-31")] == [
        0,
        365,
        1460,
    ]
    assert day_number("2026-03-06") % 7 == 4  # a Friday
    assert day_number("2027-06-01") == LAST_START
    assert len(closed_days("indonesia.csv")) == 108
