"""The board of a desk that watches others: what is open, late and old, by unit and by age."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ..domain.deadlines import OfficeTime
from ..domain.workflow import FINAL_STATES, Role, State
from ..models import Case, Run
from .rooms import office_time

OLDEST = 25  # reports on the board
AT_A_UNIT = (State.DISPOSED, State.REPLIED, State.FOLLOWED_UP)


@dataclass(frozen=True)
class Aged:
    """An open report, and how many working days it has been here."""

    case: Case
    age: int

    @property
    def is_late(self) -> bool:
        return self.case.breached


@dataclass(frozen=True)
class Holding:
    """What one unit has; `unit` is empty for what no unit has yet."""

    unit: str
    reports: Sequence[Aged]

    @property
    def open(self) -> int:
        return len(self.reports)

    @property
    def late(self) -> int:
        return sum(aged.is_late for aged in self.reports)

    @property
    def median_age(self) -> int:
        return int(median(aged.age for aged in self.reports)) if self.reports else 0

    @property
    def oldest_age(self) -> int:
        return max((aged.age for aged in self.reports), default=0)


@dataclass(frozen=True)
class Board:
    """All open reports that wait for somebody in office, the oldest first."""

    whole: Holding
    units: list[Holding]
    settled: int

    @property
    def pressing(self) -> list[Holding]:
        """The units with late reports; where none has any, the one with the oldest."""
        return [held for held in self.units if held.late] or self.units[:1]

    @property
    def calm(self) -> list[Holding]:
        return [held for held in self.units if held not in self.pressing]

    @property
    def oldest(self) -> Sequence[Aged]:
        return self.whole.reports[:OLDEST]


def board(run: Run) -> Board:
    """Return the board at the run's clock; what waits for its reporter's word is not counted."""
    office = office_time(run)
    rows = list(run.cases.filter(reached=True).order_by("received_at", "number"))
    waits = [case for case in rows if is_waiting(case)]
    aged = [Aged(case, age_of(case, run, office)) for case in waits]
    units: dict[str, list[Aged]] = {}
    for each in aged:
        units.setdefault(each.case.unit if each.case.state in AT_A_UNIT else "", []).append(each)
    holdings = [Holding(unit, reports) for unit, reports in units.items()]
    holdings.sort(key=lambda held: (-held.late, -held.oldest_age, held.unit))
    return Board(Holding("", aged), holdings, sum(case.state in FINAL_STATES for case in rows))


def is_waiting(case: Case) -> bool:
    others = (*FINAL_STATES, State.FOLLOWED_UP, State.AWAITING_COMPLETION)
    return case.received_at is not None and case.state not in others


def age_of(case: Case, run: Run, office: OfficeTime) -> int:
    """Count working days since a report came in."""
    came = case.received_at or run.clock
    return office.working_days_left(came, run.clock)


def has_board(run: Run) -> bool:
    """Tell whether the desk watches over others."""
    return run.role in (Role.AGENCY_ADMIN, Role.SUPERVISOR)
