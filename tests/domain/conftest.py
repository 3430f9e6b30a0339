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
from tests.domain.desks import L1

SANDBOX = Path(__file__).resolve().parents[2] / "sandbox"
WITA = ZoneInfo("Asia/Makassar")


def read(path: str) -> dict[str, Any]:
    return tomllib.loads((SANDBOX / path).read_text(encoding="utf-8"))


def shipped_holidays() -> frozenset[date]:
    lines = (SANDBOX / "holiday_library/indonesia.csv").read_text(encoding="utf-8").splitlines()
    return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(lines))


LIBRARY = L1
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
