"""A room before anything has happened in it: the cases of an order, and when each comes in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .cases import CaseLibrary, Order, SyntheticCase, make_cases
from .deadlines import OfficeTime
from .folders import Folder, Setting, begin
from .injects import GAP, Inject
from .room import Room
from .workflow import Role

# Working days before the start on which the last report came in, so that it has reached the desk.
FIRST_DAY = dict.fromkeys(Role, 1) | {Role.LIAISON_OFFICER: 3}
OPEN_TO_ALL = (Role.NATIONAL_ADMIN, Role.REPORTER)  # desks whose reports name no agency yet


@dataclass(frozen=True)
class Plan:
    """When an exercise starts, and how its reports are spread around that moment.

    The last `arrive_later` come next working morning; with `days_before`, the first come in on
    the working days before the start, one day after another. A reporter's own reports have yet
    to be written. Floods come in with their injects.
    """

    starts_at: datetime
    arrive_later: int = 0
    days_before: int = 0

    def received_at(
        self, place: int, cases: int, role: Role, office: OfficeTime
    ) -> datetime | None:
        """Return when the case at `place`, counted from 0, comes in."""
        if role is Role.REPORTER:
            return None
        at_start = cases - self.arrive_later
        if place >= at_start:
            return office.next_opening(self.starts_at)
        if not self.days_before:
            return self.starts_at
        back = FIRST_DAY[role] + place * self.days_before // at_start
        day = self.starts_at.astimezone(office.zone).date()
        return office.at(office.calendar.subtract(day, back), office.opens)


def folders_for(
    synthetic: Sequence[SyntheticCase], plan: Plan, setting: Setting
) -> dict[int, Folder]:
    """Return a folder for each case by number, nothing of it having happened."""
    agency = "" if setting.desk.role in OPEN_TO_ALL else setting.home
    folders = {}
    arrivals = arrivals_of(synthetic, plan, setting)
    for number, (made, received_at) in enumerate(zip(synthetic, arrivals, strict=True), start=1):
        facts = {**made.facts, "agency": agency}
        folders[number] = Folder(number, facts, made.key, received_at, begin(facts))
    return folders


def arrivals_of(
    synthetic: Sequence[SyntheticCase], plan: Plan, setting: Setting
) -> list[datetime | None]:
    """Return when each case comes in; those of a flood a few minutes after one another."""
    role, office = setting.desk.role, setting.terms.office
    ordinary = sum(not made.flood for made in synthetic)
    begins = [inject.at for inject in setting.injects.floods]
    found = [plan.received_at(place, ordinary, role, office) for place in range(ordinary)]
    for flood, begun in enumerate(begins, start=1):
        coming = [made.turn for made in synthetic if made.flood == flood]
        order = sorted(range(len(coming)), key=lambda place: coming[place])
        found += [begun + GAP * (order.index(place) + 1) for place in range(len(coming))]
    return found


def declared(setting: Setting) -> list[Inject]:
    """Return the injects of an exercise in the order in which they were declared."""
    return sorted(setting.injects.all, key=lambda inject: inject.place)


def fresh_room(
    library: CaseLibrary, order: Order, plan: Plan, setting: Setting, names: Sequence[str]
) -> tuple[list[SyntheticCase], Room]:
    """Return the cases that the setting's seed makes, and their room before it opens."""
    made = make_cases(library, order, setting.seed, names, plan.starts_at.date())
    folders = folders_for(made, plan, setting)
    return made, Room(setting, plan.starts_at, folders)
