"""A region: its government, everybody else's offices, its places, and who owns what in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

AGENCY, UNIT, DESTINATION = "agency", "unit", "destination"
DISTRICT, VILLAGE = "district", "village"
TOWN = "Kota "  # how the name of a town begins
Row = Mapping[str, str]


@dataclass(frozen=True)
class Site:
    """A district with what can be named in it, and who owns what."""

    code: str
    names: Mapping[str, str]  # regency, district
    villages: tuple[str, ...]
    assets: Mapping[str, tuple[Row, ...]]  # by kind

    @property
    def is_town(self) -> bool:
        """Tell whether a site lies in a town, whose villages have other words than a regency's."""
        return self.names["regency"].startswith(TOWN)

    def serves(self, area: str) -> bool:
        """Tell whether an office that serves `area` is responsible here."""
        return not area or self.code == area or self.code.startswith(f"{area}.")


@dataclass(frozen=True)
class Region:
    """The place where an exercise plays, as its pack declares it on one day.

    `pack` has the tables of the pack: region, offices, places, assets. An office whose time has
    not come, or is over, does not exist.
    """

    pack: Mapping[str, Any]
    day: date
    offices: tuple[Row, ...] = field(init=False)
    sites: tuple[Site, ...] = field(init=False)
    by_code: Mapping[str, Row] = field(init=False)
    by_duty: Mapping[str, tuple[Row, ...]] = field(init=False)

    def __post_init__(self) -> None:
        offices = tuple(row for row in self.pack["offices"] if is_valid(row, self.day))
        by_duty: dict[str, list[Row]] = {}
        for row in offices:
            for duty in row["duties"].split():
                by_duty.setdefault(duty, []).append(row)
        for name, value in (
            ("offices", offices),
            ("by_code", {row["code"]: row for row in offices}),
            ("by_duty", {duty: tuple(rows) for duty, rows in by_duty.items()}),
            ("sites", tuple(sites(self.pack))),
        ):
            object.__setattr__(self, name, value)

    @property
    def about(self) -> Mapping[str, Any]:
        region: Mapping[str, Any] = self.pack["region"]
        return region

    @property
    def home(self) -> Row:
        """The government whose desks are played."""
        return next(row for row in self.offices if row["kind"] == AGENCY)

    @property
    def code(self) -> str:
        """Code of the government whose desks are played."""
        return self.home["code"]

    @property
    def units(self) -> list[Row]:
        return [row for row in self.offices if row["kind"] == UNIT]

    @property
    def destinations(self) -> list[Row]:
        return [row for row in self.offices if row["kind"] == DESTINATION]

    @property
    def agencies(self) -> list[Row]:
        """The home government, and every agency outside it."""
        return [self.home, *self.destinations]

    @property
    def officers(self) -> tuple[Row, ...]:
        """The liaison officers among whom cases are shared; the first is about to leave."""
        return tuple(self.about.get("officer", ()))

    def responsible(self, duty: str, site: Site) -> Row | None:
        """Return the office that carries `duty` at a site: the one of the smallest area."""
        there = [row for row in self.by_duty.get(duty, ()) if site.serves(row["area"])]
        return max(there, key=lambda row: len(row["area"]), default=None)

    def is_home(self, office: Row) -> bool:
        """Tell whether an office belongs to the government whose desks are played."""
        return office["kind"] in (AGENCY, UNIT)


def is_valid(row: Row, day: date) -> bool:
    """Tell whether an office exists on `day`; it may have no first and no last day."""
    first, last = row.get("valid_from", ""), row.get("valid_to", "")
    return (not first or date.fromisoformat(first) <= day) and (
        not last or day <= date.fromisoformat(last)
    )


def sites(pack: Mapping[str, Any]) -> Iterator[Site]:
    """Yield the districts of a pack. What lies in no district of its own lies in each."""
    names = {row["code"]: row["name"] for row in pack["places"]}
    villages: dict[str, list[str]] = {}
    for row in pack["places"]:
        if row["kind"] == VILLAGE:
            villages.setdefault(row["parent"], []).append(row["name"])
    by_place: dict[str, dict[str, list[Row]]] = {}
    everywhere: dict[str, list[Row]] = {}
    for asset in pack["assets"]:
        everywhere.setdefault(asset["kind"], []).append(asset)
        by_place.setdefault(asset["place"], {}).setdefault(asset["kind"], []).append(asset)
    for row in pack["places"]:
        if row["kind"] == DISTRICT:
            own = by_place.get(row["code"], {})
            yield Site(
                row["code"],
                {"district": row["name"], "regency": names.get(row["parent"], "")},
                tuple(villages.get(row["code"], (row["name"],))),
                {kind: tuple(own.get(kind) or rows) for kind, rows in everywhere.items()},
            )
