"""Exercises as files: what one says of itself, and what another's would change here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from ..domain import exercise_files
from ..domain.exercise_files import shape_of
from ..domain.library.families import Difference, differing, leaves, ordered
from ..labels.exercises import GROUP_WORDS
from ..models import Scenario

GROUPS = tuple(GROUP_WORDS)
SHAPE = shape_of(GROUPS)
COLUMNS = tuple(SHAPE.fields)
USUAL = Scenario()


def columns_of(scenario: Scenario) -> dict[str, Any]:
    """Return all that an exercise says of itself; trainees' view of it is no part of that."""
    own = {name: getattr(scenario, name) for name in COLUMNS if name != "rules"}
    columns: dict[str, Any] = with_plain_lines(own | {"rules": scenario.rules.version})
    return columns


def with_plain_lines(value: Any) -> Any:
    """Return a value with the line ends of a file: a browser sends two characters for each."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, list):
        return [with_plain_lines(each) for each in value]
    if isinstance(value, dict):
        return {name: with_plain_lines(each) for name, each in value.items()}
    return value


def table_of(scenario: Scenario) -> dict[str, Any]:
    """Return an exercise as its file holds it: what is as usual is left out."""
    said = {
        name: value.astimezone(timezone.get_current_timezone()) if name == "starts_at" else value
        for name, value in columns_of(scenario).items()
        if name == "rules" or value != getattr(USUAL, name)
    }
    table: dict[str, Any] = ordered(said, SHAPE)
    return table


def as_file(scenarios: Iterable[Scenario]) -> str:
    return exercise_files.written([table_of(scenario) for scenario in scenarios])


@dataclass(frozen=True)
class Imported:
    """What a file would do here."""

    new: list[Scenario] = field(default_factory=list)
    changed: list[tuple[Scenario, list[Difference]]] = field(default_factory=list)
    same: list[Scenario] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)


def compared(exercises: Sequence[Scenario]) -> Imported:
    """Compare the exercises of a file with those that are here."""
    keys = [exercise.pk for exercise in exercises if exercise.pk]
    here = Scenario.objects.select_related("rules").in_bulk(keys)
    found = Imported()
    for exercise in exercises:
        if exercise._state.adding:
            found.new.append(exercise)
        elif changes := differences(here[exercise.pk], exercise):
            found.changed.append((exercise, changes))
        else:
            found.same.append(exercise)
    return found


def differences(old: Scenario, new: Scenario) -> list[Difference]:
    return differing(leaves(columns_of(old)), leaves(columns_of(new)))
