"""Region packs as editors meet them: searched, checked, compared, with what plays in them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ..domain.library.region_changes import Difference, differences, going_back
from ..domain.library.region_checks import check_region
from ..domain.library.region_files import Problem, Row
from ..domain.library.regions import DESTINATION, Region, is_valid
from ..domain.workflow import Role
from ..labels import LEVEL_LABELS
from ..models import RegionPack, Run, Scenario
from .files import routing
from .region_words import (
    ASSET_KIND_LABELS,
    OFFICE_CONFIDENCE_LABELS,
    OFFICE_KIND_LABELS,
    PLACE_KIND_LABELS,
)
from .regions import called, library_for


def newest_editions() -> QuerySet[RegionPack]:
    """Return the newest edition of each region."""
    later = RegionPack.objects.filter(code=OuterRef("code"), edition__gt=OuterRef("edition"))
    return RegionPack.objects.filter(~Exists(later)).select_related("made_by")


def newest_of(code: str) -> RegionPack | None:
    return RegionPack.objects.filter(code=code).select_related("made_by").first()


# What is wrong


def problems_with(content: Mapping[str, Any], today: date) -> list[Problem]:
    """Return everything that keeps `content` from being a region's next edition."""
    code = str(content.get("region", {}).get("code", ""))
    played = list(Scenario.objects.filter(region=code))
    days = sorted({today, *(scenario.starts_at.date() for scenario in played)})
    problems = check_region(content, routing=routing(), days=days)
    if problems or not content.keys() >= set(PARTS):
        return problems
    found = [problem for each in played for problem in lacking(each, content)]
    if found and (newest := newest_of(code)):  # what was lacking already is nobody's doing
        before = [problem for each in played for problem in lacking(each, newest.content)]
        found = [problem for problem in found if problem not in before]
    return found


PARTS = ("region", "offices", "places", "assets")


def lacking(scenario: Scenario, content: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what an exercise needs of its region and does not find there."""
    region = Region(content, scenario.starts_at.date())
    about = {"exercise": scenario.localized_title}
    units = {unit["code"] for unit in region.units}
    if scenario.role == Role.LIAISON_OFFICER and scenario.office not in units:
        gaps = {**about, "name": scenario.office}
        yield Problem("offices.csv", 0, "code", "exercise_unit", gaps)
        return
    there = library_for(scenario, region).by_group
    if groups := sorted(group for group in scenario.composition if group not in there):
        yield Problem("", 0, "", "exercise_groups", {**about, "groups": groups})


# What would change, and for whom


@dataclass(frozen=True)
class Preview:
    """What an import would change, and the exercises that would start by it."""

    old: RegionPack | None
    changes: list[Difference]
    exercises: list[Scenario]
    made_from: int = 0  # the edition that the file names, if it is an older one of ours
    going_back: list[Difference] = field(default_factory=list)

    @property
    def edition(self) -> int:
        """The number of the edition that was looked at; 0 where the region is new."""
        return self.old.edition if self.old else 0

    @property
    def is_same(self) -> bool:
        return self.old is not None and not self.changes


def preview(content: Mapping[str, Any], made_from: int = 0) -> Preview:
    """Compare a pack with the newest edition; one made from an older may undo corrections."""
    code = content["region"]["code"]
    old = newest_of(code)
    changes = differences(old.content, content) if old else []
    base = RegionPack.objects.filter(code=code, edition=made_from).first()
    if old is None or base is None or base.edition == old.edition:
        return Preview(old, changes, list(exercises_in(code)))
    back = going_back(differences(base.content, old.content), changes)
    return Preview(old, changes, list(exercises_in(code)), made_from, back)


def exercises_in(code: str) -> QuerySet[Scenario]:
    """Return the exercises that play in a region, with how many attempts have not ended."""
    is_open = Q(runs__finished_at=None)
    return Scenario.objects.filter(region=code).annotate(running=Count("runs", filter=is_open))


@dataclass(frozen=True)
class Edition:
    """An edition with what it changed, beside the one before it."""

    pack: RegionPack
    before: RegionPack | None
    changes: list[Difference]
    attempts: int


def editions_of(code: str) -> list[Edition]:
    """Return the editions of a region, the newest first."""
    packs = list(RegionPack.objects.filter(code=code).select_related("made_by"))
    kept = dict(
        Run.objects.filter(region__code=code)
        .values_list("region")
        .annotate(number=Count("pk"))
        .order_by("region")
    )
    return [
        Edition(
            pack,
            before,
            differences(before.content, pack.content) if before else [],
            kept.get(pack.pk, 0),
        )
        for pack, before in zip(packs, [*packs[1:], None], strict=False)
    ]


# Tables to read


@dataclass(frozen=True)
class OfficeRow:
    """An office as a reader meets it."""

    code: str
    name: str
    other_name: str
    acronym: str
    kind: str
    does: str
    duties: str
    area: str
    within: str
    first: date | None
    last: date | None
    source: str
    confidence: str
    is_there: bool


@dataclass(frozen=True)
class Table:
    """Rows of one heading; of the last table of a search there may be none."""

    heading: str
    rows: list[Any] = field(default_factory=list)


def matching(rows: Sequence[Row], wanted: str) -> list[Row]:
    """Return the rows of which some cell holds every word that is wanted."""
    words = wanted.casefold().split()
    return [row for row in rows if all(word in " ".join(row.values()).casefold() for word in words)]


def offices(pack: RegionPack, wanted: str, today: date) -> list[Table]:
    """Return the offices that match: our units first, then other agencies by level."""
    content = pack.content
    places = {row["code"]: row["name"] for row in content["places"]}
    names = {row["code"]: called(row) for row in content["offices"]}
    tables: dict[str, Table] = {}
    for row in sorted(matching(content["offices"], wanted), key=in_order):
        level = LEVEL_LABELS[row["level"]]
        heading = level if row["kind"] == DESTINATION else OFFICE_KIND_LABELS[row["kind"]]
        table = tables.setdefault(str(heading), Table(str(heading)))
        table.rows.append(office_row(row, places, names, today))
    return list(tables.values())


def in_order(row: Row) -> tuple[int, int, str]:
    levels = [str(level) for level in LEVEL_LABELS]
    level = levels.index(row["level"]) if row["kind"] == DESTINATION else 0
    return list(OFFICE_KIND_LABELS).index(row["kind"]), level, row["name"].casefold()


def office_row(
    row: Row, places: Mapping[str, str], names: Mapping[str, str], today: date
) -> OfficeRow:
    name = called(row)
    first, last = (day(row[column]) for column in ("valid_from", "valid_to"))
    return OfficeRow(
        code=row["code"],
        name=name,
        other_name=row["name"] if row["name"] != name else row["name_en"],
        acronym=row["acronym"],
        kind=row["kind"],
        does=called(row, "does"),
        duties=row["duties"],
        area=places.get(row["area"], row["area"]),
        within=names.get(row["parent"], ""),
        first=first,
        last=last,
        source=row["source"],
        confidence=str(OFFICE_CONFIDENCE_LABELS.get(row["confidence"], row["confidence"])),
        is_there=is_valid(row, today),
    )


def day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def places(pack: RegionPack, wanted: str) -> list[dict[str, str]]:
    """Return the places that match, each with what it lies in."""
    names = {row["code"]: row["name"] for row in pack.content["places"]}
    return [
        {
            **row,
            "kind": str(PLACE_KIND_LABELS.get(row["kind"], row["kind"])),
            "within": names.get(row["parent"], ""),
        }
        for row in matching(pack.content["places"], wanted)
    ]


def assets(pack: RegionPack, wanted: str) -> list[dict[str, str]]:
    """Return roads, schools and other things that match, each with owner and place in words."""
    names = {row["code"]: row["name"] for row in pack.content["places"]}
    owners = {row["code"]: called(row) for row in pack.content["offices"]}
    named = [
        {
            **row,
            "kind": str(ASSET_KIND_LABELS.get(row["kind"], row["kind"])),
            "owner_name": owners.get(row["owner"], row["owner"]),
            "place_name": names.get(row["place"], row["place"]),
            "told": called(row, "note"),
        }
        for row in pack.content["assets"]
    ]
    return matching(named, wanted)


PAGED: Mapping[str, Callable[[RegionPack, str], list[dict[str, str]]]] = {
    "places": places,
    "assets": assets,
}
