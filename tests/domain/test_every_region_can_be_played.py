"""Whole runs at every desk of every region, with any family that ships."""

from random import Random

import pytest

from sandbox.domain.cases import MISROUTED, OURS, CaseLibrary, Order, make_cases
from sandbox.domain.folders import Folder, Setting, begin
from sandbox.domain.position import Desk
from sandbox.domain.robots import play_expertly
from sandbox.domain.room import Room
from sandbox.domain.scoring import judge
from sandbox.domain.workflow import Action, Role, State
from tests.domain.desks import CAST, PACK, START, TERMS
from tests.domain.plays import NAMES
from tests.domain.regions import PACKS, library_of, there

ENOUGH, WORKING_DAYS = 95, 25
ORDERS = {
    Role.AGENCY_ADMIN: {
        "dispose": 6, "return": 3, "hold": 3, "archive": 2, "urgent": 2, "duplicate": 1
    },
    Role.NATIONAL_ADMIN: {
        "dispose": 6, "return": 3, "hold": 2, "archive": 2, "urgent": 1, "block": 1
    },
    Role.REPORTER: {"dispose": 6, "hold": 2},
    Role.SUPERVISOR: {"dispose": 8, "urgent": 2},
    Role.LIAISON_OFFICER: {OURS: 5, MISROUTED: 2},
}  # fmt: skip
OUTSIDE = (Role.NATIONAL_ADMIN, Role.REPORTER)


def drawn_from(pack: str, role: Role, seed: int) -> CaseLibrary:
    """Return the library of a desk; of a unit's desk, one that has work of its own."""
    if role is not Role.LIAISON_OFFICER:
        return library_of(pack)
    units = [unit["code"] for unit in there(pack).units]
    Random(seed).shuffle(units)
    at_units = (library_of(pack, unit) for unit in units)
    return next(each for each in at_units if len(each.in_group(OURS)) > 1)


def opened(pack: str, role: Role, seed: int) -> Room:
    library, region = drawn_from(pack, role, seed), there(pack)
    weights = {group: size for group, size in ORDERS[role].items() if library.in_group(group)}
    order = Order(weights, sum(weights.values()))
    office = "" if role in OUTSIDE else library.office or region.code
    names = {row["code"]: row["name"] for row in region.offices}
    setting = Setting(seed, Desk(role, office), region.code, TERMS, CAST, names)
    folders = {}
    cases = make_cases(library, order, seed, NAMES, START.date())
    for number, case in enumerate(cases, start=1):
        facts = {**case.facts, "agency": "" if role in OUTSIDE else region.code}
        received = None if role is Role.REPORTER else START
        folders[number] = Folder(number, facts, case.key, received, begin(facts))
    room = Room(setting, START, folders)
    room.open()
    return room


def played(pack: str, role: Role, seed: int) -> Room:
    office = TERMS.office
    until = office.at(office.calendar.add(START.date(), WORKING_DAYS), office.opens)
    return play_expertly(opened(pack, role, seed), until)


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("role", ORDERS)
def test_whoever_follows_the_key_earns_nearly_everything_in_every_region(role, pack):
    room = played(pack, role, seed=3)
    score = judge(list(room.folders.values()), room.setting, PACK)
    lost = [line for line in score.lines if line.points < line.out_of]
    assert score.percent >= ENOUGH, lost
    assert score.slips == 0
    assert score.out_of > 0


@pytest.mark.parametrize("pack", ["bali", "nusa_lestari"])
def test_a_province_returns_a_completed_report_and_is_not_asked_to_watch_over_it(pack):
    room = played(pack, Role.AGENCY_ADMIN, seed=4)
    moved = [
        folder
        for folder in room.folders.values()
        if folder.key["decision"] == "hold" and folder.count(Action.ACCEPT)
    ]
    assert moved
    lines = judge(list(room.folders.values()), room.setting, PACK).lines
    for folder in moved:
        assert folder.position.agency == folder.key["return"]["destination"]
        asked = {line.expectation for line in lines if line.case == folder.number}
        assert asked.isdisjoint({"remind", "reopen"})


def test_where_no_words_name_the_service_a_report_is_not_asked_for_them():
    room = played("tirta_asri", Role.REPORTER, seed=3)
    lines = judge(list(room.folders.values()), room.setting, PACK).lines
    for number, folder in room.folders.items():
        asked = {line.expectation for line in lines if line.case == number}
        assert ("names_service" in asked) == bool(folder.key["answer"]["words"])
    assert {folder.position.state for folder in room.folders.values()} <= {
        State.CLOSED, State.FOLLOWED_UP, State.REPLIED, State.DISPOSED, State.ARCHIVED,
    }  # fmt: skip
