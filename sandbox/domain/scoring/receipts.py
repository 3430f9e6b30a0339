"""What a run is told about one expectation of one case."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Receipt:
    """Points for one expectation of one case: what was expected, what was done, and why.

    `event` is the number of the step that decided it, or of the event that went unanswered.
    `chosen` and `expected` are codes; `better` has a place {expected} for the latter's name.
    `fatal` is a privacy slip: it fails the run. `unanswered` tells that `event` is not the
    trainee's own step but what called for one.
    """

    case: int
    expectation: str
    kind: str
    criterion: str
    event: int | None
    chosen: str
    expected: str
    points: int
    out_of: int
    fatal: bool
    pending: bool
    why: Mapping[str, str]
    better: Mapping[str, str]
    rule: Mapping[str, str]
    source: str
    unanswered: bool = False

    @property
    def verdict(self) -> str:
        if self.pending:
            return "pending"
        if self.points == self.out_of and not self.fatal:
            return "right"
        return "partial" if self.points else "wrong"
