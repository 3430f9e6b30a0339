"""What each mode of an exercise allows: this table is all there is to it."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple


class Mode(StrEnum):
    """How an exercise is played."""

    GUIDED = "guided"
    PRACTICE = "practice"
    EXAM = "exam"


class Allowance(NamedTuple):
    """What a trainee may do and see in one mode."""

    hints: bool
    undo: bool
    explains_at_once: bool
    attempts: int | None  # None: as often as one likes
    reset: bool
    is_timed: bool
    waits_for_release: bool

    def attempts_left(self, taken: int, granted: int) -> int | None:
        """Return how often one may still start; None where nobody counts."""
        if self.attempts is None:
            return None
        return max(self.attempts + granted - taken, 0)


MODES: Mapping[Mode, Allowance] = {
    Mode.GUIDED: Allowance(
        hints=True,
        undo=True,
        explains_at_once=True,
        attempts=None,
        reset=True,
        is_timed=False,
        waits_for_release=False,
    ),
    Mode.PRACTICE: Allowance(
        hints=True,
        undo=False,
        explains_at_once=False,
        attempts=None,
        reset=True,
        is_timed=False,
        waits_for_release=False,
    ),
    Mode.EXAM: Allowance(
        hints=False,
        undo=False,
        explains_at_once=False,
        attempts=1,
        reset=False,
        is_timed=True,
        waits_for_release=True,
    ),
}


def time_allowed(minutes: int, extra_percent: int) -> timedelta:
    """Return an exam's time for a person who has been granted `extra_percent` more."""
    return timedelta(minutes=minutes) * (100 + extra_percent) / 100
