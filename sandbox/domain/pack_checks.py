"""What is wrong with a rule pack, all of it at once, each with the place where it stands.

A pack is a file that anybody may have edited: nothing of it is trusted. Whether runs can be judged
by its expectations is asked of domain.packs.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypeGuard

from .deadlines import SETTLEMENT_OF_CLASS, Clock, LimitedStep, Unit
from .rules import JUDGED_BY, Problem, are_tables, names_in, tables_of
from .scoring.packs import PackError, read_pack

DEEPEST = 8  # tables in tables
LONGEST_AMOUNT = 366  # days
LONGEST_LABEL = 120  # characters, as the columns of the database
LONGEST_SOURCE = 300
HIGHEST_VERSION = 32_000
HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
FORMULA = ("=", "+", "-", "@")  # what a spreadsheet would run, should a text ever get into one
CONFIDENCES = ("verified", "sources_disagree", "assumed")

Test = Callable[[Any], Iterator[tuple[str, dict[str, Any]]]]


def text(longest: int = 2000, *, may_be_empty: bool = False) -> Test:
    def test(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        if not isinstance(value, str) or not (value.strip() or may_be_empty):
            yield "text", {}
        elif len(value) > longest:
            yield "too_long", {"most": longest}

    return test


def source(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if value == "":
        yield "no_source", {}
    else:
        yield from text(LONGEST_SOURCE)(value)


def whole(least: int, most: int) -> Test:
    def test(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        if type(value) is not int or not least <= value <= most:
            yield "whole", {"least": least, "most": most}

    return test


def one_of(known: Iterable[str]) -> Test:
    names = tuple(map(str, known))

    def test(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        if value not in names:
            yield "one_of", {"known": ", ".join(names)}

    return test


def fits(code: str, test_of: Callable[[Any], bool]) -> Test:
    def test(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        if not test_of(value):
            yield code, {}

    return test


def is_day(value: Any) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)


a_code = fits("code", lambda value: isinstance(value, str) and bool(CODE.fullmatch(value)))
a_day = fits("date", is_day)
an_hour = fits("hour", lambda value: isinstance(value, str) and bool(HOUR.fullmatch(value)))
yes_or_no = fits("yes_or_no", lambda value: isinstance(value, bool))
names = fits(
    "names",
    lambda value: (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(name, str) and 0 < len(name.strip()) <= LONGEST_LABEL for name in value)
    ),
)

# What a pack is made of: its numbers, its tables, and its lists of tables.
SCALARS: Mapping[str, Test] = {
    "version": whole(1, HIGHEST_VERSION),
    "valid_from": a_day,
    "checked_on": a_day,
    "warn_percent": whole(1, 100),
    "warn_source": source,
    "points_source": source,
}
WORDS = {"title": text(LONGEST_LABEL), "note": text(may_be_empty=True)}
TABLES: Mapping[str, Mapping[str, Test]] = {
    "id": WORDS,
    "en": WORDS,
    "office_hours": {"opens": an_hour, "closes": an_hour, "source": source},
    "categories": {"source": source, "main": names},
}
LISTS: Mapping[str, Mapping[str, Test]] = {
    "time_limit": {
        "step": one_of(LimitedStep),
        "amount": whole(1, LONGEST_AMOUNT),
        "unit": one_of(Unit),
        "clock": one_of(Clock),
        "pauses": yes_or_no,
        "source": source,
        "confidence": one_of(CONFIDENCES),
    },
    "archive_reason": {
        "code": a_code,
        **dict.fromkeys(("label_id", "label_en"), text(LONGEST_LABEL)),
        **dict.fromkeys(("help_id", "help_en"), text()),
        "source": source,
    },
    "not_simulated": {
        "code": a_code,
        **dict.fromkeys(("label_id", "label_en", "limit_id", "limit_en"), text(LONGEST_LABEL)),
        **dict.fromkeys(("why_id", "why_en"), text()),
        "source": source,
    },
    "class": {
        "code": one_of(SETTLEMENT_OF_CLASS),
        **dict.fromkeys(("label_id", "label_en"), text(LONGEST_LABEL)),
        **dict.fromkeys(("why_id", "why_en"), text()),
        "source": source,
    },
}
PARTS = (*SCALARS, *TABLES, *LISTS, *JUDGED_BY)
OPTIONAL = ("answer_rubric", "not_simulated")


def check_pack(
    pack: Mapping[str, Any],
    *,
    today: date | None = None,
    last: Mapping[str, Any] | None = None,
    families: Iterable[Mapping[str, Any]] = (),
) -> list[Problem]:
    """Return everything that is wrong with a pack, in the order of its parts.

    `last` is the pack of the highest version so far; `families` are the cases that it must do
    for. Without `today` no date is too late.
    """
    unsafe = list(problems_of_leaves(pack))
    if any(problem.code == "too_deep" for problem in unsafe):
        return unsafe
    return [
        *unsafe,
        *(Problem(name, "unknown") for name in pack if name not in PARTS),
        *(Problem(name, lack_of(name)) for name in PARTS if name not in (*pack, *OPTIONAL)),
        *problems_of_fields(pack, SCALARS, ""),
        *problems_of_tables(pack),
        *problems_of_lists(pack),
        *problems_of_dates(pack, today, last),
        *problems_of_names(pack),
        *problems_of_scoring(pack),
        *problems_of_shares(pack),
        *problems_of_families(pack, families),
    ]


def problems_of_leaves(pack: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what no place of a pack may hold. Walks without recursion: depth is hostile too."""
    waiting: list[tuple[str, Any, int]] = [("", pack, 0)]
    while waiting:
        place, value, depth = waiting.pop()
        if depth > DEEPEST:
            yield Problem(place[:80], "too_deep")
            return
        if isinstance(value, Mapping):
            below = [(f"{place}.{key[:80]}".lstrip("."), each) for key, each in value.items()]
            waiting += [(where, each, depth + 1) for where, each in reversed(below)]
            yield from (Problem(place, "control") for key in value if UNPRINTABLE.search(key))
        elif isinstance(value, list):
            numbered = [(f"{place}[{number}]", each) for number, each in enumerate(value, start=1)]
            waiting += [(where, each, depth + 1) for where, each in reversed(numbered)]
        elif code := problem_of_leaf(value, is_top=depth == 1):
            yield Problem(place, code)


def problem_of_leaf(value: Any, *, is_top: bool) -> str:
    if isinstance(value, str):
        if UNPRINTABLE.search(value):
            return "control"
        return "formula" if value.lstrip().startswith(FORMULA) else ""
    if isinstance(value, float) and not math.isfinite(value):
        return "number"
    if isinstance(value, bool | int | float) or is_top:
        return ""
    return "kind"  # a date or an hour where texts and numbers are kept


def problems_of_fields(
    table: Mapping[str, Any], tests: Mapping[str, Test], place: str
) -> Iterator[Problem]:
    for name, test in tests.items():
        if name in table:
            where = f"{place}.{name}".lstrip(".")
            yield from (Problem(where, code, gaps) for code, gaps in test(table[name]))


def problems_of_table(
    table: Mapping[str, Any], tests: Mapping[str, Test], place: str
) -> Iterator[Problem]:
    for name in tests:
        if name not in table:
            yield Problem(f"{place}.{name}", lack_of(name))
    yield from (Problem(f"{place}.{name}", "unknown") for name in table if name not in tests)
    yield from problems_of_fields(table, tests, place)


def lack_of(name: str) -> str:
    return "no_source" if name.endswith("source") else "missing"


def problems_of_tables(pack: Mapping[str, Any]) -> Iterator[Problem]:
    for name, tests in TABLES.items():
        if isinstance(table := pack.get(name, {}), Mapping):
            if name in pack:
                yield from problems_of_table(table, tests, name)
        else:
            yield Problem(name, "table")
    hours = pack.get("office_hours")
    whole_table = isinstance(hours, Mapping) and not [
        *problems_of_table(hours, TABLES["office_hours"], "")
    ]
    if whole_table and pack["office_hours"]["opens"] >= pack["office_hours"]["closes"]:
        yield Problem("office_hours.closes", "hours")


def problems_of_lists(pack: Mapping[str, Any]) -> Iterator[Problem]:
    for name, tests in LISTS.items():
        if name in pack and not are_tables(pack[name]):
            yield Problem(name, "tables", {"name": name})
        for number, table in enumerate(tables_of(pack, name), start=1):
            yield from problems_of_table(table, tests, f"{name}[{number}]")


def problems_of_dates(
    pack: Mapping[str, Any], today: date | None, last: Mapping[str, Any] | None
) -> Iterator[Problem]:
    version, valid_from = pack.get("version"), pack.get("valid_from")
    checked_on = pack.get("checked_on")
    if today and is_day(checked_on) and checked_on > today:
        yield Problem("checked_on", "future")
    if last is None:
        return
    if type(version) is int and version <= last["version"]:
        yield Problem("version", "version", {"last": last["version"]})
    if is_day(valid_from) and valid_from < last["valid_from"]:
        yield Problem("valid_from", "before", {"day": last["valid_from"]})


def problems_of_names(pack: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield names that stand twice, and steps and classes that no table is about."""
    for part, wanted in (("time_limit", LimitedStep), ("class", SETTLEMENT_OF_CLASS)):
        present = names_in(pack, part)
        yield from (
            Problem(part, "nothing_for", {"name": name})
            for name in map(str, wanted)
            if part in pack and name not in present
        )
    for part in (*LISTS, "categories"):
        counted = Counter(names_in(pack, part))
        yield from (Problem(part, "twice", {"name": name}) for name in counted if counted[name] > 1)
    expected = tables_of(pack, "expectation")
    for place, table in enumerate(expected):
        if table in expected[:place]:
            yield Problem("expectation", "twice", {"name": str(table.get("code", ""))})


OF_A_CLASS = {"code", "why_id", "why_en"}


def problems_of_scoring(pack: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield why runs cannot be judged by the pack; what has no shape is not even tried."""
    shapeless = list(shapeless_parts(pack))
    yield from shapeless
    if shapeless:
        return
    limits = [row for row in tables_of(pack, "time_limit") if {"step", "source"} <= row.keys()]
    limits = [row for row in limits if isinstance(row["step"], str)]
    classes = [row for row in tables_of(pack, "class") if row.keys() >= OF_A_CLASS]
    classes = [row for row in classes if isinstance(row["code"], str)]
    try:
        read_pack({**pack, "time_limit": limits, "class": classes})
    except PackError as error:
        for sentence in dict.fromkeys(error.problems):
            name, _, detail = sentence.partition(": ")
            place = name if name.startswith(JUDGED_BY) else f"expectation {name}"
            yield Problem(place, "scoring", {"detail": detail})


def shapeless_parts(pack: Mapping[str, Any]) -> Iterator[Problem]:
    if "expectation" in pack and not are_tables(pack["expectation"]):
        yield Problem("expectation", "tables", {"name": "expectation"})
    for number, table in enumerate(tables_of(pack, "expectation"), start=1):
        listed = table.get("distance", [])
        if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
            yield Problem(f"expectation[{number}].distance", "names")
        if not isinstance(table.get("limit", ""), str):
            yield Problem(f"expectation[{number}].limit", "text")
    shares = pack.get("distance", {})
    if not isinstance(shares, Mapping):
        yield Problem("distance", "table")
    else:
        yield from (problem for name, table in shares.items() for problem in share(name, table))
    rubric = pack.get("answer_rubric", {})
    elements = rubric.get("element", []) if isinstance(rubric, Mapping) else None
    if not are_tables(elements):
        yield Problem("answer_rubric", "tables", {"name": "answer_rubric.element"})
    elif not all(are_tables(element.get("level", [])) for element in elements or ()):
        yield Problem("answer_rubric", "tables", {"name": "answer_rubric.element.level"})


def problems_of_shares(pack: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield shares of the points that do not say where they were read."""
    shares = pack.get("distance")
    for name, table in shares.items() if isinstance(shares, Mapping) else ():
        if isinstance(table, Mapping):
            told = {"source": table.get("source", "")}
            yield from problems_of_fields(told, {"source": source}, f"distance.{name}")


def share(name: str, table: Any) -> Iterator[Problem]:
    if not isinstance(table, Mapping):
        yield Problem(f"distance.{name}", "table")
    elif type(table.get("share")) not in (int, float):
        yield Problem(f"distance.{name}.share", "number")


def problems_of_families(
    pack: Mapping[str, Any], families: Iterable[Mapping[str, Any]]
) -> Iterator[Problem]:
    """Yield what the right answers of cases need and the pack has not."""
    needed: dict[tuple[str, str], list[str]] = {}
    for family in families:
        for part, name in needs(family["key"]):
            needed.setdefault((part, name), []).append(family["code"])
    for (part, name), codes in needed.items():
        if part in pack and name not in names_in(pack, part):
            yield Problem(part, "needed", {"name": name, "families": ", ".join(codes)})


def needs(key: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "class" in key:
        yield "class", key["class"]
    if "category" in key:
        yield from (
            ("categories", name) for name in (key["category"], *key.get("also_categories", ()))
        )
    if "archive" in key:
        yield "archive_reason", key["archive"]["reason"]
