"""Regions and families as the database holds them, each edition read once per process."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from ..domain.cases import CaseLibrary, Order
from ..domain.library.regions import Region
from ..domain.workflow import Role
from ..models import CaseFamily, RegionPack, Run, Scenario, in_language
from .files import routing, stock, style

EDITIONS_KEPT = 32


def called(office: Mapping[str, Any], field: str = "name") -> str:
    """Return a field of an office in the reader's language; not everything has an English one."""
    return in_language(office[field], office[f"{field}_en"] or office[field])


@lru_cache(maxsize=EDITIONS_KEPT)
def edition(pk: int, day: date) -> Region:
    """Return one edition of a region as it stands on `day`; editions never change."""
    return Region(RegionPack.objects.values_list("content", flat=True).get(pk=pk), day)


def region_of(run: Run) -> Region:
    """Return the region that a run keeps."""
    return edition(run.region_id, run.started_at.date())


def newest(code: str) -> int:
    """Return the key of a region's newest edition. Raises RegionPack.DoesNotExist."""
    found = RegionPack.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise RegionPack.DoesNotExist(f"no region pack {code}; run manage.py load_practice_room")
    return int(found)


def region_for(scenario: Scenario) -> Region:
    """Return the region in which an exercise starts now."""
    return edition(newest(scenario.region), scenario.starts_at.date())


def library_for(scenario: Scenario, region: Region | None = None) -> CaseLibrary:
    """Return what the cases of an exercise are made of now."""
    chosen = CaseFamily.objects.chosen(scenario.families, scenario.filters)
    families = chosen.order_by("code").values_list("content", flat=True)
    return library_of(scenario, region or region_for(scenario), families)


def library_of(
    scenario: Scenario, region: Region, families: Iterable[Mapping[str, Any]]
) -> CaseLibrary:
    office = scenario.office if scenario.role == Role.LIAISON_OFFICER else ""
    return CaseLibrary(region, routing(), style(), tuple(families), stock(), office)


def reports_of(scenarios: Iterable[Scenario]) -> dict[int, int]:
    """Count by key of exercise the reports that it brings.

    Most families bring one for each incident, so only those that several people tell are read,
    once for all exercises.
    """
    several = list(CaseFamily.objects.filter(live=True, content__copies__gt=1))
    newest = dict(RegionPack.objects.order_by("edition").values_list("code", "pk"))
    found = {}
    for scenario in scenarios:
        region = edition(newest[scenario.region], scenario.starts_at.date())
        families = [family.content for family in several if is_chosen(family, scenario)]
        order = Order(scenario.composition, scenario.number, floods=scenario.play.floods)
        found[scenario.pk] = library_of(scenario, region, families).reports_of(order)
    return found


def is_chosen(family: CaseFamily, scenario: Scenario) -> bool:
    """Tell of a published family whether an exercise draws from it; see FamilyQuerySet.chosen."""
    return (not scenario.families or family.code in scenario.families) and all(
        getattr(family, name) in values for name, values in scenario.filters.items()
    )
