"""What an exercise declares beside its cases and rules; an attempt keeps it as at its start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from .deadlines import OfficeTime
from .folders import Cast
from .injects import Injects, floods, read_injects
from .scoring.expectations import Pack
from .scoring.packs import extended

FIELDS = ("injects", "personas", "expectations", "weights")


@dataclass(frozen=True)
class Play:
    """Injects, characters, expectations and weights of one exercise.

    Without `personas` all characters occur. An expectation takes the place of the pack's rows of
    the same code. `weights` are percent by criterion; without them every point weighs the same.
    """

    injects: Sequence[Mapping[str, Any]] = ()
    personas: Sequence[str] = ()
    expectations: Sequence[Mapping[str, Any]] = ()
    weights: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, declared: Mapping[str, Any]) -> Self:
        """Return what a scenario's file, or a stored attempt, declares."""
        return cls(**{name: declared[name] for name in FIELDS if declared.get(name)})

    @property
    def floods(self) -> tuple[tuple[str, int], ...]:
        return floods(self.injects)

    def timed(self, starts_at: datetime, office: OfficeTime) -> Injects:
        return read_injects(self.injects, starts_at, office)

    def cast(self, whole: Cast) -> Cast:
        """Return the simulated people who occur."""
        if not self.personas:
            return whole
        chosen = tuple(each for each in whole.personas if each.code in self.personas)
        return replace(whole, personas=chosen)

    def pack(self, pack: Pack) -> Pack:
        """Return by what the exercise is judged."""
        return extended(pack, self.expectations, self.weights)
