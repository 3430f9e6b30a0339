"""What an exercise is put to the test with, and whether its last test is still about it."""

import json
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from ..domain.plays import FIELDS
from ..domain.selftest import Material
from ..models import CaseFamily, RegionPack, Scenario
from .files import routing, stock, style
from .phrases import newest_cast
from .regions import newest
from .rooms import calendar
from .rules import mapping_of

TESTED = (
    "code",
    "title",
    "title_en",
    "goal",
    "goal_en",
    "role",
    "office",
    "mode",
    "region",
    "zone",
    "place",
    "families",
    "filters",
    "composition",
    "whole",
    "number",
    "arrive_later",
    "days_before",
    "minutes",
    "pass_percent",
    "needs_marking",
    "starts_at",
    *FIELDS,
)
FIRST = ("Wayan", "Sari", "Budi", "Tono", "Made", "Rini", "Ujang")
LAST = ("Contoh", "Rekaan", "Misalnya", "Umpama", "Andaikan", "Karangan")
REPORTERS = [f"{first} {last}" for first in FIRST for last in LAST]


def declared(scenario: Scenario) -> dict[str, Any]:
    """Return what an exercise itself says of what is tested, its rule pack left out."""
    return {name: getattr(scenario, name) for name in TESTED}


def material_of(scenario: Scenario) -> Material:
    """Return all that attempts at an exercise would be made of now.

    Raises RegionPack.DoesNotExist without its region, LookupError where no holidays are loaded.
    """
    families = CaseFamily.objects.chosen(scenario.families, scenario.filters)
    return Material(
        scenario=declared(scenario),
        region=RegionPack.objects.get(pk=newest(scenario.region)).content,
        families=tuple(families.order_by("code").values_list("content", flat=True)),
        rules=mapping_of(scenario.rules),
        calendar=calendar(scenario.place),
        routing=routing(),
        style=style(),
        cast=newest_cast(),
        names=REPORTERS,
        stock=stock(),
    )


def digest_of(material: Material) -> str:
    """Return a hash of what a test is about; any change of it makes the test a thing of the past.

    What ships as files changes only with the program. Lines may change: a phrase book is checked
    when it is stored, and no robot is scored by them. Characters decide who gives up when.
    """
    calendar = material.calendar
    days = [day.isoformat() for day in (calendar.first, calendar.last, *sorted(calendar.holidays))]
    people = [vars(persona) for persona in material.play.cast(material.cast).personas]
    tested = [material.scenario, material.region, material.families, material.rules, days, people]
    return sha256(dumped(tested).encode()).hexdigest()


def plain(value: Any) -> str:
    """Write a day or a moment as a file would; equal moments read alike in any zone."""
    return value.isoformat() if type(value) is date else f"{value.timestamp():.0f}"


dumped = partial(json.dumps, default=plain, sort_keys=True, ensure_ascii=False)


def held_back() -> QuerySet[Scenario]:
    """Return the exercises that trainees see again once they have passed a test."""
    return Scenario.objects.filter(is_held_back=True).select_related("rules")


def is_tested(scenario: Scenario) -> bool:
    """Tell whether the stored report is about the exercise as it is now."""
    report = scenario.report or {}
    if not report:
        return False
    try:
        return bool(report["digest"] == digest_of(material_of(scenario)))
    except (RegionPack.DoesNotExist, LookupError):
        return False


def is_proven(scenario: Scenario) -> bool:
    """Tell whether the exercise has passed a test of what it is now."""
    return bool(scenario.report and scenario.report["passed"]) and is_tested(scenario)
