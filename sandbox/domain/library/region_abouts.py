"""What is wrong with region.toml: what a region is called, how addresses and people sound there."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..pack_checks import Test, fits, names, one_of, problems_of_leaves, text, yes_or_no
from ..privacy import personal_data_in
from .region_files import REGION, REGION_KEYS, Problem
from .wording import SLOT

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
CODE = re.compile(r"\d{2}(?:\.\d{2})?")
# Slots that an address may hold beside the kinds of assets of the pack.
ADDRESS_SLOTS = frozenset(
    ("village", "district", "regency", "province", "hamlet", "lane", "estate", "rt", "rw", "km",
     "block", "n")
)  # fmt: skip
NEEDS = {"hamlet": "hamlets", "lane": "lanes"}  # slots that are drawn from a list of the pack
LONGEST_LINE = 120
LONGEST_ABOUT = 600

no_more_than = text(LONGEST_LINE)


def listing(least: int) -> Test:
    def test(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        if value != [] or least:
            yield from names(value)

    return test


def words(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if not isinstance(value, Mapping):
        yield "table", {}
    elif not all(isinstance(each, str) and each.strip() for each in value.values()):
        yield "words", {}


TESTS: Mapping[str, Test] = {
    "code": fits("region_code", lambda value: is_like(value, NAME)),
    "official_code": fits("official_code", lambda value: is_like(value, CODE)),
    "kind": one_of(("regency", "province")),
    "timezone": one_of(ZONES),
    "holidays": text(LONGEST_LINE, may_be_empty=True),
    "fictional": yes_or_no,
    "culture": no_more_than,
    "address": listing(1),
    "greetings": listing(0),
    "thanks": listing(0),
    "hamlets": listing(0),
    "lanes": listing(0),
    "words": words,
}
IN_LANGUAGE: Mapping[str, Test] = {
    "name": no_more_than,
    "province": no_more_than,
    "government": no_more_than,
    "about": text(LONGEST_ABOUT),
}
TABLES: Mapping[str, Mapping[str, Test]] = {
    "id": IN_LANGUAGE,
    "en": IN_LANGUAGE,
    "terms": {"district": no_more_than, "village": no_more_than, "hamlet": no_more_than},
}
OFFICER: Mapping[str, Test] = {
    "code": fits("region_code", lambda value: is_like(value, NAME)),
    "name": no_more_than,
}
OPTIONAL = ("greetings", "thanks", "hamlets", "lanes", "words", "officer", "holidays", "culture")
FEWEST_OFFICERS = 2  # one of them leaves, and somebody takes over


def is_like(value: Any, form: re.Pattern[str]) -> bool:
    return isinstance(value, str) and bool(form.fullmatch(value))


def problem(column: str, code: str, gaps: Mapping[str, Any] | None = None) -> Problem:
    return Problem(REGION, 0, column, code, gaps or {})


def problems_of_region(region: Any, kinds: Collection[str] | None) -> Iterator[Problem]:
    """Yield what is wrong; `kinds` are those of the pack's assets, if they are known."""
    if not isinstance(region, Mapping):
        return
    unsafe = list(problems_of_leaves(region))
    yield from (problem(each.place, each.code, each.gaps) for each in unsafe)
    if any(each.code == "too_deep" for each in unsafe):
        return
    yield from (problem(key, "unknown") for key in region if key not in REGION_KEYS)
    yield from (problem(key, "missing") for key in REGION_KEYS if key not in (*region, *OPTIONAL))
    yield from problems_of_fields(region, TESTS, "")
    for name, tests in TABLES.items():
        if name in region:
            yield from problems_of_table(region[name], tests, name)
    yield from problems_of_officers(region.get("officer", []))
    if kinds is not None:
        yield from problems_of_addresses(region, kinds)
    yield from personal(region, "")


def problems_of_fields(
    table: Mapping[str, Any], tests: Mapping[str, Test], place: str
) -> Iterator[Problem]:
    for name, test in tests.items():
        if name in table:
            for code, gaps in test(table[name]):
                yield problem(f"{place}{name}", code, gaps)


def problems_of_table(table: Any, tests: Mapping[str, Test], place: str) -> Iterator[Problem]:
    if not isinstance(table, Mapping):
        yield problem(place, "table")
        return
    yield from (problem(f"{place}.{name}", "missing") for name in tests if name not in table)
    yield from (problem(f"{place}.{name}", "unknown") for name in table if name not in tests)
    yield from problems_of_fields(table, tests, f"{place}.")


def problems_of_officers(officers: Any) -> Iterator[Problem]:
    if not isinstance(officers, list) or not all(isinstance(each, Mapping) for each in officers):
        yield problem("officer", "tables", {"name": "officer"})
        return
    seen: set[Any] = set()
    for number, officer in enumerate(officers, start=1):
        yield from problems_of_table(officer, OFFICER, f"officer[{number}]")
        code = str(officer.get("code", ""))
        if code in seen:
            yield problem(f"officer[{number}].code", "twice", {"name": code})
        seen.add(code)
    if 0 < len(officers) < FEWEST_OFFICERS:
        yield problem("officer", "officers", {"least": FEWEST_OFFICERS})


def problems_of_addresses(region: Mapping[str, Any], kinds: Collection[str]) -> Iterator[Problem]:
    patterns = region.get("address")
    for number, pattern in enumerate(patterns if isinstance(patterns, list) else (), start=1):
        if not isinstance(pattern, str):
            continue
        place = f"address[{number}]"
        for slot in dict.fromkeys(SLOT.findall(pattern)):
            if slot not in ADDRESS_SLOTS and slot not in kinds:
                yield problem(place, "slot", {"name": slot})
            elif slot == "estate" and "housing_estate" not in kinds:
                yield problem(place, "slot", {"name": "housing_estate"})
            elif slot in NEEDS and not region.get(NEEDS[slot]):
                yield problem(place, "no_list", {"name": slot, "list": NEEDS[slot]})
        if set("{}[]") & set(SLOT.sub("", pattern)):
            yield problem(place, "brackets")


def personal(value: Any, place: str) -> Iterator[Problem]:
    """Yield texts that may hold somebody's data. The depth is known to be bearable."""
    if isinstance(value, str):
        if kinds := personal_data_in(value):
            yield problem(place, "personal", {"kinds": sorted(kinds)})
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from personal(each, f"{place}.{key}".lstrip("."))
    elif isinstance(value, list):
        for number, each in enumerate(value, start=1):
            yield from personal(each, f"{place}[{number}]")
