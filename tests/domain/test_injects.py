"""What happens to everybody: floods, news, posts, changes of rules, outages."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from sandbox.domain.cases import Order, make_cases
from sandbox.domain.deadlines import LimitedStep
from sandbox.domain.events import ClockMove, Event, Happening
from sandbox.domain.folders import Folder, begin
from sandbox.domain.injects import Kind, floods, problems_with, read_injects, working_hours_on
from sandbox.domain.openings import Plan, folders_for
from sandbox.domain.replay import at, commands, digest, play, transcript
from sandbox.domain.reporters import Cue, feelings, patience_of, persona_of, trust_in
from sandbox.domain.robots import play_expertly
from sandbox.domain.room import DeskClosed, Room
from sandbox.domain.scoring import judge
from sandbox.domain.whatif import fork
from sandbox.domain.workflow import Action, Role, State
from tests.domain.desks import AT_A_UNIT_DESK, DESKS, NAMES, PACK, START, TERMS, cases_of, setting

A = Action
OFFICE = TERMS.office
SAID = {name: name for name in ("title_id", "title_en", "text_id", "text_en")}
VERIFY = {"class": "non_supervisory", "category": "Lingkungan Hidup dan Kehutanan"}
ORDINARY, OTHER = "tps-meluap", "halte-dekat-slb"


def inject(kind, after, **what):
    return {"after": after, "kind": kind, **SAID, **what}


def desk_with(*tables, role=Role.AGENCY_ADMIN, **changes):
    """The setting of a desk in which `tables` are declared."""
    injects = read_injects(tables, START, OFFICE)
    return replace(setting(role, **changes), terms=replace(TERMS, injects=injects))


def room_with(*tables, codes=(ORDINARY,), seed=7, **changes):
    """A room with one case of each family, just opened."""
    library = AT_A_UNIT_DESK if changes.get("role") is Role.LIAISON_OFFICER else DESKS
    folders = {}
    for number, case in enumerate(cases_of(library, *codes, seed=seed), start=1):
        facts = {**case.facts, "agency": "TIRTA_ASRI"}
        folders[number] = Folder(number, facts, case.key, START, begin(facts))
    room = Room(desk_with(*tables, **changes), START, folders)
    room.open()
    return room


def morning(room, days=1):
    moment = room.clock
    for _ in range(days):
        moment = OFFICE.next_opening(moment)
    return moment


def happened(entries):
    return [entry for entry in entries if isinstance(entry, Happening)]


# When


@pytest.mark.parametrize(
    ("hours", "day", "hour"),
    [(0, 4, 9), (1, 4, 10), (7, 4, 16), (8, 5, 9), (10, 5, 11), (16, 6, 9), (24, 9, 9)],
)
def test_hours_count_only_while_the_office_is_open(hours, day, hour):
    moment = working_hours_on(START, hours, OFFICE)
    assert (moment.day, moment.hour) == (day, hour)


def test_hours_before_the_start_count_as_whole_working_days():
    assert working_hours_on(START, -8, OFFICE) == OFFICE.at(
        START.date() - timedelta(1), OFFICE.opens
    )
    assert working_hours_on(START, -24, OFFICE).day == 27  # over a weekend, to February


def test_injects_come_in_the_order_of_time_whatever_the_order_of_the_file():
    found = read_injects([inject("news", 5, trust=0), inject("news", 2, trust=0)], START, OFFICE)
    assert [each.place for each in found.all] == [1, 0]


# The log


def test_an_inject_is_an_entry_of_the_log_with_a_number_of_its_own():
    room = room_with(inject("news", 2, trust=-5))
    entries = room.advance(morning(room))
    (came,) = happened(entries)
    assert came.at == START + timedelta(hours=2)
    numbers = [entry.number for entry in entries]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert isinstance(entries[-1], ClockMove)


def test_moving_the_clock_in_steps_gives_the_same_as_at_once():
    tables = (inject("post", 2, trust=-20, patience=-2), inject("outage", 9, hours=3))
    once, often = room_with(*tables), room_with(*tables)
    for room in (once, often):
        room.act(1, A.VERIFY, VERIFY, "")
        room.act(1, A.DISPOSE, {"unit": "DLH"}, "")
    to = morning(once, 12)
    once.advance(to)
    while often.clock < to:
        often.advance(min(to, often.next_event_at() or to))
    told = [
        [entry for entry in log(room) if not isinstance(entry, ClockMove)] for room in (once, often)
    ]
    assert [facts(entry) for entry in told[0]] == [facts(entry) for entry in told[1]]


def log(room):
    events = [event for folder in room.folders.values() for event in folder.events]
    return sorted([*events, *room.happened], key=lambda entry: entry.number)


def facts(entry):
    return (entry.at, entry.action if isinstance(entry, Event) else entry.inject)


def test_a_run_with_injects_can_be_played_again_to_the_same_state():
    tables = (inject("news", 3, trust=-10), inject("rule_change", 4, step="verify", amount=1))
    entries = []
    room = room_with(*tables, codes=(ORDINARY, OTHER))
    fresh = Room(room.setting, START, {n: bare(f) for n, f in room.folders.items()})
    start = Room(room.setting, START, {n: bare(f) for n, f in room.folders.items()})
    entries = list(fresh.open())
    entries += fresh.act(1, A.VERIFY, VERIFY, "")
    entries += fresh.advance(morning(fresh, 3))
    again = play(
        Room(start.setting, START, {n: bare(f) for n, f in start.folders.items()}),
        commands(entries),
    )
    assert digest(again) == digest(fresh)
    assert digest(at(start, entries, entries[-1].number)) == digest(fresh)
    assert "inject · inject 0" in transcript(entries)


def bare(folder):
    return replace(folder, events=[], position=begin(folder.facts), judged={})


def test_what_would_have_happened_meets_the_same_injects():
    room = room_with(inject("news", 3, trust=-10))
    start = Room(room.setting, START, {n: bare(f) for n, f in room.folders.items()})
    fresh = Room(room.setting, START, {n: bare(f) for n, f in room.folders.items()})
    entries = [*fresh.open(), *fresh.advance(morning(fresh))]
    made = fork(start, entries, 2, None)
    assert happened(made.other.entries) == happened(made.real.entries)


# Floods


def test_a_flood_brings_further_incidents_minutes_after_one_another():
    tables = [inject("flood", 4, group="duplicate", number=2)]
    desk = desk_with(*tables)
    order = Order({"dispose": 2}, 2, floods=floods(tables))
    made = make_cases(DESKS, order, 3, NAMES, START.date())
    folders = folders_for(made, Plan(START), desk)
    late = [folder for folder in folders.values() if folder.received_at != START]
    assert len(made) == DESKS.reports_of(order) == 2 + len(late)
    moments = sorted(folder.received_at for folder in late)
    assert moments[0] > desk.injects.all[0].at
    assert {later - earlier for earlier, later in pairwise(moments)} == {timedelta(minutes=10)}
    for folder in late:  # whoever tells of it first is there first
        first = folder.key["duplicate_of"]
        assert first is None or folders[first].received_at < folder.received_at


def test_what_comes_in_a_flood_does_not_change_what_was_there():
    plain = make_cases(DESKS, Order({"dispose": 4}, 4), 5, NAMES, START.date())
    more = make_cases(
        DESKS, Order({"dispose": 4}, 4, floods=(("dispose", 2),)), 5, NAMES, START.date()
    )
    assert more[:4] == plain
    assert [case.flood for case in more] == [0, 0, 0, 0, 1, 1]
    assert not {case.family for case in more[:4]} & {case.family for case in more[4:]}


# News and posts


@pytest.mark.parametrize("kind", ["news", "post"])
def test_who_reads_it_trusts_less_and_loses_patience(kind):
    room = room_with(inject(kind, 2, trust=-15, patience=-1))
    folder, desk = room.folders[1], room.setting
    before, waits = trust_in(folder, desk), patience_of(folder, desk)
    room.advance(START + timedelta(hours=1))
    assert trust_in(folder, desk) == before
    room.advance(START + timedelta(hours=2))
    (felt,) = feelings(folder, desk)
    assert (felt.cue, felt.event, felt.inject) == (Cue(kind), None, 0)
    assert trust_in(folder, desk) == max(before - 15, 0)
    assert patience_of(folder, desk) == max(waits - 1, 1)


def test_only_reporters_of_the_categories_named_are_moved():
    waste, stop = ORDINARY, OTHER
    table = inject("news", 2, trust=-15, categories=[VERIFY["category"]])
    room = room_with(table, codes=(waste, stop))
    room.advance(morning(room))
    moved = {n: bool(feelings(folder, room.setting)) for n, folder in room.folders.items()}
    assert moved == {1: True, 2: False}


def test_who_reports_afterwards_has_not_read_it():
    room = room_with(inject("news", 1, trust=-15))
    room.folders[1].events[0] = replace(room.folders[1].events[0], at=START + timedelta(hours=2))
    room.advance(morning(room))
    assert feelings(room.folders[1], room.setting) == []


def test_trust_tells_what_was_heard_and_what_was_done_in_the_order_of_time():
    room = room_with(inject("post", 2, trust=-5))
    room.act(1, A.HOLD, {"missing": "evidence"}, "Mohon foto.")
    room.advance(START + timedelta(hours=3))
    room.act(1, A.CHANGE_SECRECY, {"secrecy": "secret"}, "")
    cues = [felt.cue for felt in feelings(room.folders[1], room.setting)]
    assert cues == [Cue.ASKED_NEEDLESSLY, Cue.POST, Cue.PROTECTED]
    assert trust_in(room.folders[1], room.setting) < persona_of(room.folders[1], room.setting).trust


# Changes of rules


def test_a_change_of_rules_holds_for_steps_entered_from_then_on():
    room = room_with(
        inject("rule_change", 2, step="first_response", amount=2), codes=(ORDINARY, ORDINARY)
    )
    for number, moment in ((1, START), (2, START + timedelta(hours=3))):
        room.advance(moment)
        room.act(number, A.VERIFY, VERIFY, "")
        room.act(number, A.DISPOSE, {"unit": "DLH"}, "")
    left = [
        OFFICE.working_days_left(START, room.folders[number].position.due_at) for number in (1, 2)
    ]
    assert left == [TERMS.limits[LimitedStep.FIRST_RESPONSE].amount, 2]
    assert room.folders[1].position.settle_at == room.folders[2].position.settle_at


def test_of_two_changes_the_later_one_counts():
    tables = [
        inject("rule_change", 1, step="verify", amount=2),
        inject("rule_change", 2, step="verify", amount=1),
    ]
    injects = read_injects(tables, START, OFFICE)
    amounts = [
        injects.limits(TERMS.limits, START + timedelta(hours=hours))[LimitedStep.VERIFY].amount
        for hours in (0, 1, 2)
    ]
    assert amounts == [TERMS.limits[LimitedStep.VERIFY].amount, 2, 1]


def test_receipts_quote_the_limit_that_applied():
    said = {"title_id": "Instruksi baru"}
    room = room_with(
        {**inject("rule_change", 2, step="verify", amount=1), **said}, codes=(ORDINARY, ORDINARY)
    )
    room.folders[2].received_at = None
    late = Folder(3, room.folders[1].facts, room.folders[1].key, None, begin(room.folders[1].facts))
    late.received_at = START + timedelta(hours=3)
    room.folders[3] = late
    play_expertly(room, morning(room, 2))
    lines = judge([room.folders[1], late], room.setting, PACK).lines
    sources = {line.case: line.source for line in lines if line.expectation == "in_time"}
    assert "Instruksi baru" not in sources[1]
    assert "Instruksi baru" in sources[3]


# Outages


def test_in_an_outage_nobody_at_the_desk_can_act_and_nothing_changes():
    room = room_with(inject("outage", 1, hours=4))
    room.advance(START + timedelta(hours=1))
    before = digest(room)
    with pytest.raises(DeskClosed):
        room.act(1, A.VERIFY, VERIFY, "")
    with pytest.raises(DeskClosed):
        room.undo(1)
    assert digest(room) == before
    room.advance(START + timedelta(hours=5))
    assert room.act(1, A.VERIFY, VERIFY, "")


def test_simulated_people_wait_until_it_is_over_and_the_systems_clocks_do_not():
    tables = [inject("outage", 8, hours=64)]
    closed = room_with(*tables)
    closed.act(1, A.VERIFY, VERIFY, "")
    closed.act(1, A.DISPOSE, {"unit": "DLH"}, "")
    closed.advance(morning(closed, 25))
    outage = closed.setting.injects.all[0]
    others = [event for event in closed.folders[1].log if event.role is not Role.SYSTEM][3:]
    assert others
    assert all(not outage.at <= event.at < outage.until for event in others)
    assert any(outage.at <= event.at < outage.until for event in closed.folders[1].log)
    answered = next(event.at for event in others if event.action is A.ANSWER)
    assert answered >= outage.until


def test_an_outage_at_one_office_stops_only_its_officers_until_they_are_reminded():
    room = room_with(inject("outage", -8, hours=400, office="DLH"), codes=(ORDINARY, ORDINARY))
    for number in (1, 2):
        room.act(number, A.VERIFY, VERIFY, "")
        room.act(number, A.DISPOSE, {"unit": "DLH"}, "")
    room.advance(morning(room, 6))
    assert [room.folders[number].position.breached for number in (1, 2)] == [True, True]
    room.act(1, A.REMIND, {}, "Mohon dijawab.")
    room.advance(morning(room, 3))
    assert room.folders[1].position.state is not State.DISPOSED
    assert room.folders[2].position.state is State.DISPOSED


def test_the_expert_waits_for_the_end_of_an_outage():
    room = room_with(inject("outage", 1, hours=6))
    room.advance(START + timedelta(hours=1))
    play_expertly(room, morning(room, 10))
    first = next(event for event in room.folders[1].log if event.is_own)
    assert first.at >= room.setting.injects.all[0].until


# Declared wrongly


def test_what_cannot_be_used_is_named_by_place_and_field():
    tables = [
        inject("flood", 1, group="dispose", number=0),
        inject("news", 1, trust=5),
        inject("rule_change", 1, step="sleep", amount=2),
        inject("outage", "soon", hours=2),
        inject("earthquake", 1),
        {**inject("outage", 1, hours=2), "colour": "red"},
        "flood",
    ]
    assert list(problems_with(tables)) == [
        (1, "number"), (2, "trust"), (3, "step"), (4, "after"), (5, "kind"), (6, "colour"), (7, ""),
    ]  # fmt: skip
    assert list(problems_with({})) == [(0, "")]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_can_be_declared(kind):
    what = {
        Kind.FLOOD: {"group": "dispose", "number": 2},
        Kind.NEWS: {"trust": -5},
        Kind.POST: {"trust": -5, "patience": -1, "categories": ["Agama"]},
        Kind.RULE_CHANGE: {"step": "verify", "amount": 2},
        Kind.OUTAGE: {"hours": 2, "office": "DLH"},
    }[kind]
    assert list(problems_with([inject(str(kind), 1, **what)])) == []
