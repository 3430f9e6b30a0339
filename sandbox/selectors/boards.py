"""The board of a desk that watches others: what is open, late and old, by unit and by age."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ..domain.deadlines import OfficeTime
from ..domain.room import may_take
from ..domain.workflow import FINAL_STATES, Action, Role, State
from ..models import Case, Run
from ..models.runs import folder_of
from .rooms import office_time

NO_UNIT = "-"  # stands for what no unit has yet
LATE = {True: "lewat", False: "belum"}
AT_A_UNIT = (State.DISPOSED, State.REPLIED, State.FOLLOWED_UP)


@dataclass(frozen=True)
class Aged:
    """An open report, and how many working days it has been here."""

    case: Case
    age: int
    may_remind: bool

    @property
    def unit(self) -> str:
        """Return which unit has it; empty where none has it yet."""
        return self.case.unit if self.case.state in AT_A_UNIT else ""

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

    def of(self, unit: str = "", batas: str = "") -> list[Aged]:
        """Return what one unit has, or what is late or not; without either, everything."""
        return [
            aged
            for aged in self.whole.reports
            if unit in ("", aged.unit or NO_UNIT) and batas in ("", LATE[aged.is_late])
        ]

    @property
    def calm(self) -> list[Holding]:
        return [held for held in self.units if held not in self.pressing]


def board(run: Run) -> Board:
    """Return the board at the run's clock; what waits for its reporter's word is not counted."""
    office = office_time(run)
    rows = list(run.cases.filter(reached=True).order_by("received_at", "number"))
    waits = [case for case in rows if is_waiting(case)]
    aged = [Aged(case, age_of(case, run, office), may_remind(case, run)) for case in waits]
    units: dict[str, list[Aged]] = {}
    for each in aged:
        units.setdefault(each.unit, []).append(each)
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


def may_remind(case: Case, run: Run) -> bool:
    """Tell whether the trainee may remind whoever holds a case now."""
    return may_take(folder_of(case, {}, []), Action.REMIND, run.desk)


def has_board(run: Run) -> bool:
    """Tell whether the desk watches over others."""
    return run.role in (Role.AGENCY_ADMIN, Role.SUPERVISOR)
