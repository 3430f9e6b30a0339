"""Who uses what a rule pack changes.

The practice room knows its exercises. Apps above it add what they know with `register_use` when
they are ready, so that nothing here has to import them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..domain.rules import Change
from ..domain.workflow import STEPS, Action
from ..models import Scenario


@dataclass(frozen=True)
class Use:
    """One thing that shows, teaches or plays by what changes.

    `kind` is its sort in words and `state` where it stands (“published”, “draft”), both
    translatable. `items` are the steps, codes and names that concern it.
    """

    kind: Any
    name: str
    url: str
    items: tuple[str, ...]
    language: str = ""
    state: Any = ""


Finder = Callable[[Sequence[Change]], Iterable[Use]]
FINDERS: list[Finder] = []


def register_use(finder: Finder) -> None:
    """Ask `finder`, too, who uses what a pack changes. Registering twice is registering once."""
    if finder not in FINDERS:
        FINDERS.append(finder)


def uses_of(changes: Sequence[Change]) -> list[Use]:
    """Return everything outside the practice room that uses what changes."""
    return [use for finder in FINDERS for use in finder(changes)]


# Whose desk a part concerns: who may archive chooses a reason, who may verify a class.
ASKED_BY = {"archive_reason": Action.ARCHIVE, "class": Action.VERIFY, "categories": Action.VERIFY}


def concerning(scenario: Scenario, changes: Iterable[Change]) -> list[Change]:
    """Return the changes that somebody who plays the exercise meets."""
    return [change for change in changes if concerns(scenario, change)]


def concerns(scenario: Scenario, change: Change) -> bool:
    if change.part in ASKED_BY:
        steps = (step for step in STEPS if step.action is ASKED_BY[change.part])
        return any(scenario.role in step.by for step in steps)
    if change.part == "answer_rubric":
        return scenario.needs_marking
    if change.part == "expectation":  # named with the roles whose desk it judges
        return scenario.role in change.item.partition(" – ")[2] or not change.item
    return change.part not in ("pack", "not_simulated") or change.field == "warn_percent"


def exercises(changes: Sequence[Change]) -> Iterator[tuple[Scenario, list[Change]]]:
    """Yield every exercise with the changes that it would meet."""
    for scenario in Scenario.objects.select_related("rules"):
        yield scenario, concerning(scenario, changes)
