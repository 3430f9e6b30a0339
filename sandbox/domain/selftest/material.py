"""Everything that an exercise is made of, as values that anybody may have written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from ..cases import CaseLibrary, Family, Order, SyntheticCase
from ..deadlines import Clock, Limit, LimitedStep, OfficeTime, Unit
from ..folders import Cast, Setting
from ..library.regions import Region
from ..library.routing import Routing
from ..library.styles import Style
from ..openings import OPEN_TO_ALL, Plan, fresh_room
from ..players import Offers, offers_of
from ..plays import Play
from ..position import Desk, Terms
from ..room import Room
from ..scoring.expectations import Pack
from ..scoring.packs import read_pack
from ..workflow import Role
from ..working_days import WorkingCalendar

# The longest texts that the database keeps, by what they are.
COLUMNS = {"code": 50, "title": 120, "title_en": 120, "office": 20}
CASE_TITLE = 200


@dataclass(frozen=True)
class Material:
    """What is put to the test: an exercise, and all that its attempts would be made of.

    `scenario`, `region`, `families` and `rules` are mappings as their files hold them; nothing
    of them is trusted before it has been checked. `names` are those of invented reporters.
    """

    scenario: Mapping[str, Any]
    region: Mapping[str, Any]
    families: Sequence[Family]
    rules: Mapping[str, Any]
    calendar: WorkingCalendar
    routing: Routing
    style: Style
    cast: Cast
    names: Sequence[str]
    stock: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def role(self) -> Role:
        return Role(self.scenario["role"])

    @cached_property
    def play(self) -> Play:
        return Play.of(self.scenario)

    @cached_property
    def place(self) -> Region:
        return Region(self.region, self.scenario["starts_at"].date())

    @cached_property
    def library(self) -> CaseLibrary:
        office = self.scenario["office"] if self.role is Role.LIAISON_OFFICER else ""
        families = tuple(self.families)
        return CaseLibrary(self.place, self.routing, self.style, families, self.stock, office)

    @cached_property
    def office(self) -> OfficeTime:
        zone = ZoneInfo(self.scenario.get("zone") or self.place.about["timezone"])
        hours = self.rules["office_hours"]
        opens, closes = (time.fromisoformat(hours[name]) for name in ("opens", "closes"))
        return OfficeTime(self.calendar, zone, opens, closes)

    @cached_property
    def terms(self) -> Terms:
        limits = {
            LimitedStep(row["step"]): Limit(
                row["amount"], Unit(row["unit"]), Clock(row["clock"]), row["pauses"]
            )
            for row in self.rules["time_limit"]
        }
        injects = self.play.timed(self.scenario["starts_at"], self.office)
        return Terms(limits, self.office, self.rules["warn_percent"], injects)

    @cached_property
    def pack(self) -> Pack:
        return self.play.pack(read_pack(self.rules))

    @cached_property
    def offers(self) -> Offers:
        return offers_of(self.place, self.rules, list(self.cast.missing))

    @property
    def order(self) -> Order:
        made_of = self.scenario
        return Order(
            made_of["composition"],
            made_of["number"],
            made_of.get("whole", True),
            self.play.floods,
        )

    @property
    def plan(self) -> Plan:
        made_of = self.scenario
        return Plan(
            made_of["starts_at"], made_of.get("arrive_later", 0), made_of.get("days_before", 0)
        )

    @property
    def desk(self) -> Desk:
        if self.role is Role.LIAISON_OFFICER:
            return Desk(self.role, self.scenario["office"])
        return Desk(self.role, "" if self.role in OPEN_TO_ALL else self.place.code)

    @cached_property
    def setting(self) -> Setting:
        offices = {office["code"]: office["name"] for office in self.place.offices}
        cast, asks = self.play.cast(self.cast), tuple(self.play.expectations)
        begins = self.plan.starts_at
        return Setting(1, self.desk, self.place.code, self.terms, cast, offices, asks, begins)

    def opened(
        self, seed: int, order: Order | None = None, library: CaseLibrary | None = None
    ) -> tuple[list[SyntheticCase], Room]:
        """Return the cases of a seed and their room at the start, as a trainee would find it."""
        setting = replace(self.setting, seed=seed)
        made, room = fresh_room(
            library or self.library, order or self.order, self.plan, setting, self.names
        )
        room.open()
        return made, room

    @cached_property
    def pool(self) -> Mapping[str, Sequence[Family]]:
        """The families from which the composition and the floods draw, by group."""
        flooding = [group for group, _number in self.play.floods]
        groups = dict.fromkeys([*self.scenario["composition"], *flooding])
        return {group: self.library.in_group(group) for group in groups}


def leaves(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in a value with its place; a number in brackets counts from one."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from leaves(item, f"{place}.{name}".lstrip("."))
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value, start=1):
            yield from leaves(item, f"{place}[{number}]")
