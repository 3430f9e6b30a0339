"""What an exercise is made of as a file: its columns, and what no form could read of them.

What its words and codes have to be is said by the form of exercises, which reads them next.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import exchange
from .injects import EFFECTS, OF_ALL, wrong_fields
from .injects import Kind as InjectKind
from .library.families import CODE, Code, Flag, Listed, Shape, Table, Text, Whole, leaves
from .pack_checks import problems_of_leaves
from .rules import Problem
from .scoring.expectations import Criterion, Kind
from .scoring.packs import REQUIRED, SHAPES, problems_of_field

KIND = "exercise"  # as exchange files call it
MOST = 60  # exercises in one file: its form reads each in a tenth of a second
LONGEST_NAME, LONGEST_GOAL = 120, 4000
MOST_FAMILIES, MOST_TABLES, MOST_CHOICES = 500, 100, 200
MOST_WEIGHT, LAST = 500, 32_767
FILTERED = ("category", "archetype", "classification", "difficulty", "row")
COUNTED = ("after", "number", "trust", "patience", "amount", "hours")  # of injects
UNSAID: tuple[Any, ...] = (False, "", [])  # what an inject or an expectation may leave out as well

Exercise = Mapping[str, Any]


class Moment:
    """A day and an hour anywhere on earth."""

    def problems(self, value: Any, place: str) -> Iterator[Problem]:
        if not isinstance(value, datetime) or value.tzinfo is None:
            yield Problem(place, "moment")


@dataclass(frozen=True)
class Tables:
    """Tables that have checks of their own."""

    check: Callable[[Mapping[str, Any]], Iterator[Problem]]
    most: int = MOST_TABLES

    def problems(self, value: Any, place: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(place, "list")
        elif len(value) > self.most:
            yield Problem(place, "long_list", {"most": self.most})
        else:
            for number, table in enumerate(value, start=1):
                yield from self.in_one(table, f"{place}[{number}]")

    def in_one(self, table: Any, place: str) -> Iterator[Problem]:
        if not isinstance(table, Mapping):
            yield Problem(place, "table")
            return
        for problem in self.check(table):
            yield Problem(f"{place}.{problem.place}", problem.code, problem.gaps)


def problems_of_inject(table: Mapping[str, Any]) -> Iterator[Problem]:
    known = {*OF_ALL, *(name for parts in EFFECTS.values() for part in parts for name in part)}
    for name in wrong_fields(table):
        if name in COUNTED and type(table.get(name)) is int:
            continue  # its block says how much it may be
        if name == "kind" and isinstance(table.get(name), str):
            yield Problem(name, "one_of", {"known": ", ".join(InjectKind)})
        elif name not in table:
            yield Problem(name, "missing")
        else:
            yield Problem(name, "unusable" if name in known else "unknown")


def problems_of_expectation(table: Mapping[str, Any]) -> Iterator[Problem]:
    for name in REQUIRED:
        if name not in table:
            yield Problem(name, "missing")
    for name, value in table.items():
        if name == "kind" and isinstance(value, str) and value not in set(Kind):
            yield Problem(name, "one_of", {"known": ", ".join(Kind)})
        elif name not in (*SHAPES, "points", "when"):
            yield Problem(name, "unknown")
        else:
            for detail in problems_of_field(name, value):
                yield Problem(name, "scoring", {"detail": detail})


name, goal, word = Text(LONGEST_NAME), Text(LONGEST_GOAL), Text(LONGEST_NAME)
words, numbers = Listed(word, most=MOST_CHOICES), Listed(Whole(1, LAST), most=MOST_CHOICES)


def weights(names: Sequence[str], most: int) -> Table:
    return Table({each: Whole(0, most) for each in names}, may_lack=names)


def shape_of(groups: Sequence[str]) -> Table:
    """Return the columns in the order of a file; `groups` are those that may be composed."""
    required: dict[str, Shape] = {
        "code": Code(), "title": name, "title_en": name, "goal": goal, "goal_en": goal,
        "role": word, "region": word, "composition": weights(groups, MOST_WEIGHT),
        "number": Whole(0, LAST), "minutes": Whole(0, LAST), "pass_percent": Whole(0, LAST),
        "starts_at": Moment(),
    }  # fmt: skip
    may_lack: dict[str, Shape] = {
        "series": word, "rank": Whole(0, LAST), "office": word, "mode": word, "zone": word,
        "place": word, "families": Listed(Code(CODE), most=MOST_FAMILIES),
        "filters": Table(
            {each: numbers if each in ("difficulty", "row") else words for each in FILTERED},
            may_lack=FILTERED,
        ),
        "whole": Flag(), "arrive_later": Whole(0, LAST), "days_before": Whole(0, LAST),
        "personas": words, "needs_marking": Flag(), "rules": Whole(1, LAST),
        "weights": weights(tuple(map(str, Criterion)), most=100),
        "injects": Tables(problems_of_inject), "expectations": Tables(problems_of_expectation),
    }  # fmt: skip
    return Table(required | may_lack, may_lack=tuple(may_lack))


def problems_in(exercise: Exercise, shape: Table) -> list[Problem]:
    """Return what keeps an exercise from being read by its form, column by column."""
    unsafe = list(problems_of_leaves(exercise))
    if any(problem.code == "too_deep" for problem in unsafe):
        return unsafe
    said = {column: value for column, value in exercise.items() if value != ""}
    return [*unsafe, *shape.problems(said, "")]


def lost(given: Exercise, stored: Exercise) -> Iterator[Problem]:
    """Yield what would not be stored as it stands in the file."""
    after = leaves(stored)
    for place, value in leaves(given).items():
        if value not in UNSAID and after.get(place) != value:
            yield Problem(place, "lost")


def written(exercises: Sequence[Exercise]) -> str:
    """Return exercises as one file that people can read and another site can import."""
    return exchange.written(KIND, exercises)


def read_exercises(raw: bytes) -> dict[str, Any]:
    """Return what an exchange file of exercises holds, whoever wrote it. Raises NotAPack."""
    return exchange.read_exchange(raw, KIND, alone_has="composition")
