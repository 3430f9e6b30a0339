"""What is wrong with a region pack, all of it at once, each with its file, row and column.

A pack is made of files that anybody may have edited: nothing of it is trusted. Tables and columns
that could not be read have been said to be missing and are passed over here.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from .region_abouts import problems_of_region
from .region_cells import (
    ABOVE,
    DATES,
    OWNED,
    PLACE_CODES,
    REGENCY,
    STREET,
    day_in,
    problems_of_cells,
)
from .region_files import FILES, Problem, Row
from .regions import AGENCY, DESTINATION, DISTRICT, UNIT
from .routing import Routing

MOST_DISTRICTS = 1000  # no province has as many
Found = Iterator[Problem]
Same = Callable[[Row], Any]
Period = tuple[date, date]


def check_region(
    content: Mapping[str, Any], *, routing: Routing, days: Sequence[date]
) -> list[Problem]:
    """Return everything that is wrong with a pack, by file and row.

    `days` are those on which exercises may play there: on each of them somebody has to carry
    every duty.
    """
    checks = Checks(content, days)
    found = [
        *problems_of_region(content.get("region"), checks.kinds),
        *problems_of_cells(content, routing),
        *checks.offices(),
        *checks.homes(),
        *checks.duties(tuple(routing.duties)),
        *checks.rivals(),
        *checks.places(),
        *checks.assets(),
    ]
    return sorted(found, key=lambda each: (FILES.index(each.file), each.row))


@dataclass(frozen=True)
class Checks:
    """How the rows of one pack fit together, with what several checks look up."""

    content: Mapping[str, Any]
    days: Sequence[date]

    def rows(self, table: str) -> list[tuple[int, Row]]:
        """Return the rows of a table with their numbers, without empty ones."""
        return [
            (number, row)
            for number, row in enumerate(self.content.get(table, ()), start=2)
            if any(row.values())
        ]

    def by_code(self, table: str) -> dict[str, Row] | None:
        """Return rows by code, or nothing where the table or its codes could not be read."""
        rows = self.content.get(table)
        if rows is None or not all("code" in row for row in rows):
            return None
        return {row["code"]: row for row in reversed(rows) if row["code"]}

    @cached_property
    def office_codes(self) -> dict[str, Row] | None:
        return self.by_code("offices")

    @cached_property
    def place_codes(self) -> dict[str, Row] | None:
        return self.by_code("places")

    @cached_property
    def kinds(self) -> set[str] | None:
        """The kinds of assets that addresses can name, or nothing where they cannot be read."""
        rows = self.content.get("assets")
        if rows is None or not all("kind" in row for row in rows):
            return None
        return {row["kind"] for row in rows if row["kind"]}

    @property
    def official_code(self) -> str:
        """The region's own code, or nothing where it could not be read."""
        region = self.content.get("region")
        code = region.get("official_code") if isinstance(region, Mapping) else ""
        return code if isinstance(code, str) else ""

    # In any table

    def twice(self, table: str, column: str, same: Same, code: str) -> Found:
        """Yield rows that are the same as an earlier one."""
        first: dict[Any, int] = {}
        for number, row in self.rows(table):
            if cell := row.get(column):
                earlier = first.setdefault(same(row), number)
                if earlier != number:
                    gaps = {"name": cell, "row": earlier}
                    yield Problem(f"{table}.csv", number, column, code, gaps)

    def unknown(self, table: str, column: str, there: Collection[str] | None, code: str) -> Found:
        """Yield rows that name something that does not exist."""
        for number, row in self.rows(table) if there is not None else ():
            if (name := row.get(column)) and name not in (there or ()):
                yield Problem(f"{table}.csv", number, column, code, {"name": name})

    def circles(self, table: str) -> Found:
        """Yield rows whose parents lead back to themselves."""
        codes = self.by_code(table) or {}
        round_and_round = in_circles({code: row.get("parent", "") for code, row in codes.items()})
        for number, row in self.rows(table):
            if (code := row.get("code")) in round_and_round:
                yield Problem(f"{table}.csv", number, "parent", "circle", {"name": code})

    # Offices

    def offices(self) -> Found:
        yield from self.twice("offices", "code", lambda row: row["code"].casefold(), "code_twice")
        yield from self.same_names()
        yield from self.unknown("offices", "parent", self.office_codes, "no_office")
        yield from self.circles("offices")
        if self.place_codes is not None:
            areas = {*self.place_codes, self.official_code}
            yield from self.unknown("offices", "area", areas, "no_place")
        for number, row in self.rows("offices"):
            if row.get("kind") == UNIT and (code := self.problem_of_parent(row)):
                yield Problem("offices.csv", number, "parent", code)
            first, last = (day_in(row.get(column, "")) for column in DATES)
            if first and last and last < first:
                yield Problem("offices.csv", number, "valid_to", "ends_early")

    def problem_of_parent(self, unit: Row) -> str:
        """Return what is wrong with what a unit is part of: it is part of the home government."""
        parent = unit.get("parent")
        if parent == "":
            return "empty"
        above = (self.office_codes or {}).get(parent or "", {})
        return "parent_outside" if above.get("kind") == DESTINATION else ""

    def same_names(self) -> Found:
        """Yield offices called like another of their kind beside them, at the same time."""
        seen: dict[Any, list[tuple[int, Row]]] = {}
        for number, row in self.rows("offices"):
            if not row.get("name"):
                continue
            alike = seen.setdefault(beside("parent")(row), [])
            for earlier, other in alike:
                if overlap(period(row), period(other)):
                    gaps = {"name": row["name"], "row": earlier}
                    yield Problem("offices.csv", number, "name", "same_name", gaps)
                    break
            alike.append((number, row))

    def homes(self) -> Found:
        """Yield days without the government whose desks are played, or with several."""
        rows = self.rows("offices")
        if not all("kind" in row for _number, row in rows):
            return
        agencies = [(number, period(row)) for number, row in rows if row["kind"] == AGENCY]
        if rows and not agencies:
            yield Problem("offices.csv", 0, "kind", "no_agency")
        several: dict[int, int] = {}
        for day in self.days if agencies else ():
            there = [number for number, when in agencies if covers(when, day)]
            if not there:
                yield Problem("offices.csv", 0, "kind", "no_agency_then", {"day": day})
            several |= dict.fromkeys(there[1:], there[0] if there else 0)
        for number, earlier in several.items():
            yield Problem("offices.csv", number, "kind", "agencies", {"row": earlier})

    def duties(self, duties: Sequence[str]) -> Found:
        """Yield duties that nobody carries, or not in every district, on one of the days."""
        rows = self.rows("offices")
        if not rows or not {"duties", "area"} <= rows[0][1].keys():
            return
        districts = [row for _number, row in self.rows("places") if row.get("kind") == DISTRICT]
        said: set[str] = set()
        for day in self.days:
            there = [row for _number, row in rows if covers(period(row), day)]
            areas = {duty: set[str]() for duty in duties}
            for row in there:
                for duty in areas.keys() & set(row["duties"].split()):
                    areas[duty].add(row["area"])
            for duty in duties:
                if duty not in said and (gaps := uncarried(areas[duty], districts)):
                    said.add(duty)
                    code = "nobody" if gaps is NOWHERE else "nobody_there"
                    told = {"name": duty, "day": day, **gaps}
                    yield Problem("offices.csv", 0, "duties", code, told)

    def rivals(self) -> Found:
        """Yield offices with a duty that another carries in the same area, on one of the days."""
        said: set[tuple[str, int]] = set()
        for day in self.days:
            first: dict[tuple[str, str], int] = {}
            there = (each for each in self.rows("offices") if covers(period(each[1]), day))
            for number, row in there:
                for duty in row.get("duties", "").split():
                    earlier = first.setdefault((duty, row.get("area", "")), number)
                    if earlier != number and (duty, number) not in said:
                        said.add((duty, number))
                        gaps = {"name": duty, "row": earlier}
                        yield Problem("offices.csv", number, "duties", "rivals", gaps)

    # Places

    def places(self) -> Found:
        yield from self.twice("places", "code", lambda row: row["code"], "code_twice")
        yield from self.twice("places", "name", beside("parent"), "same_name")
        yield from self.circles("places")
        for number, row in self.rows("places"):
            yield from self.place_code(number, row)
            if "parent" in row and self.place_codes is not None:
                yield from self.place_above(number, row)
        kinds = [row["kind"] for _number, row in self.rows("places") if "kind" in row]
        if kinds and DISTRICT not in kinds:
            yield Problem("places.csv", 0, "kind", "no_districts")
        if kinds.count(DISTRICT) > MOST_DISTRICTS:
            yield Problem("places.csv", 0, "kind", "districts", {"most": MOST_DISTRICTS})

    def place_code(self, number: int, row: Row) -> Found:
        code, kind, own = row.get("code", ""), row.get("kind", ""), self.official_code
        form = PLACE_CODES.get(kind)
        if code and form and not form.fullmatch(code):
            yield Problem("places.csv", number, "code", "place_code", {"name": code, "kind": kind})
        elif code and own and not lies_in(code, own):
            yield Problem("places.csv", number, "code", "outside", {"name": code, "region": own})

    def place_above(self, number: int, row: Row) -> Found:
        """Yield what is wrong with what a place lies in; its own code says that, too."""
        code, kind, parent = row.get("code", ""), row.get("kind", ""), row["parent"]
        if not parent:
            if kind in ABOVE:
                yield Problem("places.csv", number, "parent", "empty")
        elif parent not in (self.place_codes or {}):
            yield Problem("places.csv", number, "parent", "no_place", {"name": parent})
        elif kind == REGENCY or code.rpartition(".")[0] != parent:
            yield Problem("places.csv", number, "parent", "not_above", {"name": parent})

    # Assets

    def assets(self) -> Found:
        yield from self.twice("assets", "name", beside("place"), "same_name")
        yield from self.unknown("assets", "owner", self.office_codes, "no_office")
        yield from self.unknown("assets", "place", self.place_codes, "no_place")
        for number, row in self.rows("assets"):
            owner = row.get("owner")
            if owner == "" and row.get("kind") in OWNED:
                yield Problem("assets.csv", number, "owner", "no_owner")
            elif owner and owner in self.gone:
                yield Problem("assets.csv", number, "owner", "owner_gone", {"name": owner})
        if self.kinds and STREET not in self.kinds:
            yield Problem("assets.csv", 0, "kind", "no_streets")

    @cached_property
    def gone(self) -> set[str]:
        """The offices that exist on none of the days."""
        codes = self.office_codes or {}
        return {
            code
            for code, row in codes.items()
            if not any(covers(period(row), day) for day in self.days)
        }


NOWHERE: Mapping[str, Any] = {"place": ""}


def uncarried(areas: Collection[str], districts: Sequence[Row]) -> Mapping[str, Any] | None:
    """Return where a duty is carried by nobody, if there is such a place."""
    if not areas:
        return NOWHERE
    if "" in areas:
        return None
    for row in districts:
        code = row.get("code", "")
        parts = code.split(".")
        if not any(".".join(parts[:number]) in areas for number in range(1, len(parts) + 1)):
            return {"place": row.get("name", code)}
    return None


def in_circles(parents: Mapping[str, str]) -> set[str]:
    """Return the codes from which a way up comes back to where it began."""
    found, done = set[str](), set[str]()
    for start in parents:
        way: list[str] = []
        on_way = set[str]()
        code = start
        while code in parents and code not in done and code not in on_way:
            way.append(code)
            on_way.add(code)
            code = parents[code]
        if code in on_way:
            found.update(way[way.index(code) :])
        done |= on_way
    return found


def beside(parent: str) -> Same:
    """Return what makes two rows the same: kind, name, and what they lie in."""
    return lambda row: (row.get("kind"), row.get(parent), row["name"].casefold())


def lies_in(code: str, area: str) -> bool:
    return code == area or code.startswith(f"{area}.")


def period(row: Row) -> Period:
    """Return an office's first and last day; a date that cannot be read has been said to be."""
    first, last = (day_in(row.get(column, "")) for column in DATES)
    return first or date.min, last or date.max


def covers(when: Period, day: date) -> bool:
    return when[0] <= day <= when[1]


def overlap(one: Period, other: Period) -> bool:
    """Tell whether two offices exist on the same day."""
    return one[0] <= other[1] and other[0] <= one[1]
