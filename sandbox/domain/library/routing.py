"""Who is competent: the routing knowledge, read for one region and one place in it.

A row names duties, never offices: a region's pack says which office carries a duty where. The same
row therefore means “dispose to our unit” at one desk and “return to the province” at another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .regions import Region, Row, Site

ROUTE, DISPOSE, RETURN = "route", "dispose", "return"
LANGUAGES = ("id", "en")
Table = Mapping[str, Any]
NO_ROW: Mapping[str, Any] = {"accept": (), "traps": ()}


@dataclass(frozen=True)
class Routing:
    """The rows by number and the duties by code, as the routing library holds them."""

    rows: Mapping[int, Table]
    duties: Mapping[str, Table]
    same_names: Sequence[Table] = ()
    level_traps: Sequence[Table] = ()

    def function(self, duty: str) -> str:
        """Return the kind of office that carries a duty, as statistics name it."""
        return str(self.duties[duty]["function"])


def read_routing(routing: Table, duties: Table) -> Routing:
    return Routing(
        rows={row["number"]: row for row in routing["row"]},
        duties={duty["code"]: duty for duty in duties["duty"]},
        same_names=tuple(routing.get("same_name", ())),
        level_traps=tuple(routing.get("level_trap", ())),
    )


def rows_of(family: Table) -> list[int]:
    """Return the numbers of the rows that a family is about; the first one decides.

    What is no matter of government, such as spam, has none.
    """
    row = family.get("row", [])
    return list(row) if isinstance(row, list) else [row]


def why(table: Table) -> dict[str, str]:
    return {f"why_{language}": table.get(f"why_{language}", "") for language in LANGUAGES}


@dataclass(frozen=True)
class Reading:
    """A family's routing as it stands at one site: the office that is competent, and the others.

    What the family itself declares is for the level of government that its author had in mind;
    at another level the rows speak alone.
    """

    family: Table
    routing: Routing
    region: Region
    site: Site

    @property
    def row(self) -> Table:
        numbers = rows_of(self.family)
        return self.routing.rows[numbers[0]] if numbers else NO_ROW

    @property
    def routes(self) -> list[Table]:
        """Duties with their share and reason, the competent one first."""
        own = self.family["key"].get("route")
        if not own and self.row is not NO_ROW:
            own = [{"duty": self.row["competent"], "share": 1.0, **why(self.row)}]
        own = own or []
        named = {route["duty"] for route in own}
        return [*own, *(each for each in self.row["accept"] if each["duty"] not in named)]

    @property
    def traps(self) -> list[Table]:
        own = list(self.family["key"].get("trap", ()))
        named = {trap["duty"] for trap in own} | {route["duty"] for route in self.routes}
        return [*own, *(each for each in self.row["traps"] if each["duty"] not in named)]

    def office(self, duty: str) -> Row | None:
        return self.region.responsible(duty, self.site)

    @property
    def competent(self) -> Row:
        """Return the office that has to act. Raises LookupError where nobody carries the duty."""
        duty = self.routes[0]["duty"]
        found = self.office(duty)
        if found is None:  # a family without any route is the home government's to decide
            raise LookupError(f"{self.family['code']}: nobody carries {duty} at {self.site.code}")
        return found

    @property
    def decision(self) -> str:
        """Return the agency admin's first right decision at the home government."""
        if self.family["decision"] != ROUTE:
            return str(self.family["decision"])
        return DISPOSE if self.region.is_home(self.competent) else RETURN

    def offices(self, tables: Sequence[Table]) -> Iterator[tuple[Row, Table]]:
        """Yield each office once with the first table that leads to it."""
        seen = set()
        for table in tables:
            office = self.office(table["duty"])
            if office is not None and office["code"] not in seen:
                seen.add(office["code"])
                yield office, table

    def key(self) -> dict[str, Any]:
        """Return the answer key's part about offices: route or return, traps, agency, support."""
        found = list(self.offices(self.routes))
        codes = [office["code"] for office, _route in found]
        home = [(office, route) for office, route in found if self.region.is_home(office)]
        outside = [(office, route) for office, route in found if not self.region.is_home(office)]
        key: dict[str, Any] = {
            "trap": [
                {"code": office["code"], **why(trap)}
                for office, trap in self.offices(self.traps)
                if office["code"] not in codes
            ],
            "agency": self.agency(found),
        }
        if self.decision not in (RETURN, "archive", "block") and home:
            shares = [1.0, *(route["share"] for _office, route in home[1:])]
            key["route"] = [
                {"unit": office["code"], "share": share, **why(route)}
                for (office, route), share in zip(home, shares, strict=True)
            ]
        if self.decision == RETURN or (self.decision == "hold" and not home):
            office, route = outside[0]
            key["return"] = {
                "destination": office["code"],
                "level": office["level"],
                "near": [other["code"] for other, _route in outside[1:]],
                **why(route),
            }
        if units := self.support():
            key["support"] = {"units": units, **why(self.row)}
        return key

    def agency(self, found: Sequence[tuple[Row, Table]]) -> dict[str, Any]:
        """Return the national admin's question: whose report it is, home or another agency."""
        home = self.region.home["code"]
        if not found:
            return {"code": home, "near": [], **why(self.family["key"].get("agency", {}))}
        codes = [
            home if self.region.is_home(office) else office["code"] for office, _table in found
        ]
        near = [code for code in dict.fromkeys(codes) if code != codes[0]]
        own = self.family["key"].get("agency", {})
        reason = own if own and codes[0] == home else found[0][1]
        return {"code": codes[0], "near": near, **why(reason)}

    def support(self) -> list[str]:
        """Return our own units that should be named as supporting."""
        duties = self.family["key"].get("support", {}).get("duties", ())
        if not duties:
            return []
        units = [self.office(duty) for duty in duties]
        lead = self.competent["code"] if units else ""
        return [
            unit["code"]
            for unit in units
            if unit and self.region.is_home(unit) and unit["code"] != lead
        ]
