"""Region packs for tests: content that ships, changed by hand, and zips of it."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sandbox.domain.library.region_checks import check_region
from sandbox.domain.library.region_files import FILES, Problem, read_region, written
from tests.domain.desks import ROUTING, START, region

SHIPPED = (
    "badung", "bali", "nusa_lestari", "sleman", "sumatera_barat", "tangerang", "tirta_asri",
    "yogyakarta",
)  # fmt: skip
TODAY = date(2026, 11, 22)
OFFICES, PLACES, ASSETS = "offices.csv", "places.csv", "assets.csv"


def a_region(code: str = "tirta_asri") -> dict[str, Any]:
    """Return a region as it ships, to be changed at will."""
    return deepcopy(dict(region(code).pack))


def office(content: Mapping[str, Any], code: str) -> dict[str, str]:
    return next(row for row in content["offices"] if row["code"] == code)


def row_of(content: Mapping[str, Any], code: str, table: str = "offices") -> int:
    """Return the row in which a spreadsheet shows a code."""
    return [row["code"] for row in content[table]].index(code) + 2


def files_of(content: Mapping[str, Any]) -> dict[str, bytes]:
    return {file: written(file, content) for file in FILES}


def zipped(files: Mapping[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", compression) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return target.getvalue()


Told = tuple[str, int, str, str]


def told(problems: Iterable[Problem]) -> list[Told]:
    return [(each.file, each.row, each.column, each.code) for each in problems]


def problems_in(content: Mapping[str, Any], *days: date) -> list[Told]:
    """Return what is wrong with a region today and when exercises begin, or on `days`."""
    found = check_region(content, routing=ROUTING, days=days or (TODAY, START.date()))
    return told(found)


def problems_of(raw: bytes) -> list[Told]:
    """Return what is wrong with a zip, as the page that imports it asks."""
    reading = read_region(raw)
    found = problems_in(reading.content) if reading.content else []
    return [*told(reading.problems), *found]
