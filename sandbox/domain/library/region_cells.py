"""What is wrong in single cells of a region pack, each looked at by itself."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ..pack_checks import FORMULA, UNPRINTABLE
from ..privacy import personal_data_in
from .region_files import COLUMNS, Problem
from .regions import AGENCY, DESTINATION, DISTRICT, UNIT, VILLAGE
from .routing import Routing

REGENCY = "regency"
LEVELS = (REGENCY, "village", "province", "central", "vertical", "state_owned")
OFFICE_KINDS = (AGENCY, UNIT, DESTINATION)
PLACE_KINDS = (REGENCY, DISTRICT, VILLAGE)
CONFIDENCES = ("high", "medium", "low")
STREET = "street"
OWNED = (  # who owns it decides where a report about it goes
    STREET, "village_road", "province_road", "national_road", "toll_road", "river", "small_river",
    "canal", "small_canal", "beach", "preschool", "primary_school", "junior_school",
    "senior_school", "vocational_school", "special_school", "madrasah", "university",
    "health_centre", "hospital", "province_hospital", "market", "terminal_a", "terminal_b",
    "terminal_c", "station", "airport", "port", "landfill", "waste_site", "park", "cemetery",
    "customary_land",
)  # fmt: skip
PRIVATE = (
    "landmark", "housing_estate", "factory", "company", "clinic", "private_hospital", "pharmacy",
    "mall",
)  # fmt: skip
ASSET_KINDS = (*OWNED, *PRIVATE)
OFFICE_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,19}")  # as long as the columns of the database
PLACE_CODES = {
    REGENCY: re.compile(r"\d{2}\.\d{2}"),
    DISTRICT: re.compile(r"\d{2}\.\d{2}\.\d{2}"),
    VILLAGE: re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}"),
}
ABOVE = {DISTRICT: REGENCY, VILLAGE: DISTRICT}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
OBLIGATORY = {
    "offices": ("code", "kind", "name", "level", "function", "does", "confidence", "source"),
    "places": ("code", "kind", "name", "source"),
    "assets": ("kind", "name", "place"),
}
LONGEST = {"acronym": 40, "name": 120, "name_en": 120, "duties": 1000}
LONGEST_CELL = 300
DATES = ("valid_from", "valid_to")


Known = Mapping[tuple[str, str], Sequence[str]]


def day_in(cell: str) -> date | None:
    """Return the day that a cell names, if it is one."""
    if not DAY.fullmatch(cell):
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None


def is_formula(cell: str) -> bool:
    return unicodedata.normalize("NFKC", cell.lstrip()[:1]).startswith(FORMULA)


def problem_of_text(cell: str, longest: int) -> tuple[str, dict[str, Any]] | None:
    """Return what no cell may hold, whatever it is for."""
    if UNPRINTABLE.search(cell) or "\n" in cell or "\t" in cell:
        return "control", {}
    if is_formula(cell):
        return "formula", {}
    if len(cell) > longest:
        return "too_long", {"most": longest}
    if kinds := personal_data_in(cell):
        return "personal", {"kinds": sorted(kinds)}
    return None


def problems_of_cells(content: Mapping[str, Any], routing: Routing) -> Iterator[Problem]:
    """Yield what is wrong in each cell; a row without any is said once."""
    known = known_words(routing)
    for table in COLUMNS:
        rows = content.get(table)
        for number, row in enumerate(rows or (), start=2):
            if not any(row.values()):
                yield Problem(f"{table}.csv", number, "", "blank")
                continue
            for column, cell in row.items():
                if column == "duties":
                    yield from problems_of_duties(number, cell, routing)
                if found := problem_of_cell(table, column, cell, known):
                    yield Problem(f"{table}.csv", number, column, *found)
        if rows == []:
            yield Problem(f"{table}.csv", 1, "", "no_rows")


def known_words(routing: Routing) -> Known:
    """Return what may stand in columns that know only certain words."""
    return {
        ("offices", "kind"): OFFICE_KINDS,
        ("offices", "level"): LEVELS,
        ("offices", "function"): sorted(
            {str(duty["function"]) for duty in routing.duties.values()}
        ),
        ("offices", "confidence"): CONFIDENCES,
        ("places", "kind"): PLACE_KINDS,
        ("assets", "kind"): ASSET_KINDS,
    }


def problem_of_cell(
    table: str, column: str, cell: str, known: Known
) -> tuple[str, dict[str, Any]] | None:
    """Return what is wrong in a cell: one thing, that which hides the others."""
    if not cell:
        code = "no_source" if column == "source" else "empty"
        return (code, {}) if column in OBLIGATORY[table] else None
    if found := problem_of_text(cell, LONGEST.get(column, LONGEST_CELL)):
        return found
    if (words := known.get((table, column))) and cell not in words:
        return "one_of", {"name": cell, "known": words}
    if column in DATES and day_in(cell) is None:
        return "day", {"name": cell}
    if (table, column) == ("offices", "code") and not OFFICE_CODE.fullmatch(cell):
        return "office_code", {"name": cell}
    return None


def problems_of_duties(number: int, cell: str, routing: Routing) -> Iterator[Problem]:
    for duty, times in Counter(cell.split()).items():
        if duty not in routing.duties:
            yield Problem("offices.csv", number, "duties", "no_duty", {"name": duty})
        elif times > 1:
            yield Problem("offices.csv", number, "duties", "listed_twice", {"name": duty})
