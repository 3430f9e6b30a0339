"""The material that ships, read from its files without Django."""

import csv
import tomllib
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sandbox.domain.cases import CaseLibrary
from sandbox.domain.deadlines import OfficeTime
from sandbox.domain.working_days import WorkingCalendar

SANDBOX = Path(__file__).resolve().parents[2] / "sandbox"
WITA = ZoneInfo("Asia/Makassar")


def read(path: str) -> dict[str, Any]:
    return tomllib.loads((SANDBOX / path).read_text(encoding="utf-8"))


def shipped_library(region: str = "tirta_asri", families: str = "l1") -> CaseLibrary:
    folder = SANDBOX / "case_library" / families
    files = sorted(file.name for file in folder.glob("[!_]*.toml"))
    return CaseLibrary(
        region=read(f"case_library/{region}.toml"),
        families=tuple(read(f"case_library/{families}/{name}") for name in files),
    )


def shipped_holidays() -> frozenset[date]:
    lines = (SANDBOX / "holiday_library/indonesia.csv").read_text(encoding="utf-8").splitlines()
    return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(lines))


LIBRARY = shipped_library()
HOLIDAYS = shipped_holidays()
PACK = read("rule_packs/1.toml")
CATEGORIES = PACK["categories"]["main"]
SCENARIO = read("scenario_library/l1.toml")
COMPOSITION = SCENARIO["composition"]
CALENDAR = WorkingCalendar(HOLIDAYS, date(2024, 1, 1), date(2027, 12, 31))


def office(zone: ZoneInfo = WITA, calendar: WorkingCalendar = CALENDAR) -> OfficeTime:
    return OfficeTime(calendar, zone, time(8), time(16))


@pytest.fixture(scope="session")
def library() -> CaseLibrary:
    return LIBRARY
