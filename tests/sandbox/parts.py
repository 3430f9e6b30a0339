"""Exercises as they ship, taken apart so that a test can change one part of them."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sandbox.domain.selftest import Material
from tests.domain import desks
from tests.domain.plays import NAMES

SHIPPED = sorted(file.stem for file in (desks.SANDBOX / "scenario_library").glob("*.toml"))


@dataclass
class Parts:
    """What a good exercise is made of, as mappings that a break may change."""

    scenario: dict[str, Any]
    region: dict[str, Any]
    families: dict[str, Any]
    rules: dict[str, Any]
    cast: Any
    calendar: Any

    @property
    def material(self) -> Material:
        return Material(
            self.scenario,
            self.region,
            tuple(self.families.values()),
            self.rules,
            self.calendar,
            desks.ROUTING,
            desks.STYLE,
            self.cast,
            NAMES,
            desks.STOCK,
        )

    def office(self, code: str) -> dict[str, Any]:
        return next(row for row in self.region["offices"] if row["code"] == code)


def is_chosen(code: str, scenario: Mapping[str, Any]) -> bool:
    """Tell whether an exercise draws from a family, as FamilyQuerySet.chosen does."""
    family, listed = desks.FAMILIES[code], scenario.get("families")
    row = family.get("row")
    found = {
        **{name: family.get(name) for name in ("archetype", "decision", "difficulty")},
        "category": family["key"]["category"],
        "classification": family["key"]["class"],
        "row": row[0] if isinstance(row, list) else row,
    }
    filters = scenario.get("filters", {})
    return (not listed or code in listed) and all(found[name] in filters[name] for name in filters)


def good(code: str) -> Parts:
    scenario = deepcopy(desks.read(f"scenario_library/{code}.toml"))
    codes = [code for code in sorted(desks.FAMILIES) if is_chosen(code, scenario)]
    return Parts(
        scenario,
        deepcopy(dict(desks.region(scenario["region"]).pack)),
        {family: deepcopy(desks.FAMILIES[family]) for family in codes},
        deepcopy(desks.RULES),
        desks.CAST,
        calendar_of(scenario.get("place", "")),
    )


def calendar_of(place: str) -> Any:
    """Return the working days of the country, and of a region that has holidays of its own."""
    country = desks.TERMS.office.calendar
    rows = desks.rows(f"holiday_library/{place}.csv") if place else ()
    own = {date.fromisoformat(row["date"]) for row in rows}
    return replace(country, holidays=country.holidays | own)
