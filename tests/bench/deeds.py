"""What the practice room does, on runs of a known size. Each deed can be done again and again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sandbox.domain.events import Entry
from sandbox.domain.replay import commands, play
from sandbox.domain.robots import expert_move
from sandbox.domain.room import Room
from sandbox.domain.selftest import examine
from sandbox.domain.workflow import Action
from sandbox.models import Run, Scenario
from sandbox.selectors import office_time, room_of
from sandbox.selectors.replays import moment_of, past_of
from sandbox.selectors.selftests import material_of
from sandbox.services import advance_clock, finish_run, reset_run, start_run, take_action
from sandbox.services.log import store

from .crowd import NOW, Person, add_people
from .practice import CHOICES
from .statements import visit

COMPOSITION = {
    "dispose": 5,
    "duplicate": 1,
    "supervisory": 1,
    "urgent": 1,
    "hold": 1,
    "archive": 1,
    "return": 2,
}
INCIDENTS = {24: 20, 60: 52, 120: 102, 200: 172, 240: 206}  # by cases: some are reported thrice
LENGTHS = {500: 60, 1000: 120, 2000: 240}  # entries of a log, and the cases that give them
WORKING_DAYS = 60
DAYS = 180  # within which every log gets as long as it should
TESTED = "hujan-deras"  # 24 reports, nine of them twice
LONG = 100_000  # entries that no log here reaches


@dataclass(frozen=True)
class Deed:
    """Something to be measured, and what we hold ourselves to.

    `times` counts its own raw writes, `cpu_ms` is CPU time in ms; `events` are those it reads.
    """

    name: str
    do: Callable[[], object]
    writes: bool = False
    times: float | None = None
    cpu_ms: float | None = None
    events: int = 0


@dataclass(frozen=True)
class Desks:
    """The runs on which the deeds are done."""

    small: Scenario  # 24 cases
    starter: Person
    admin: Person
    full: Run  # 200 cases, half of them decided
    played: list[Run]  # by the length of their logs


def set_desks() -> Desks:
    """Start and play the runs, which stay as they are from then on."""
    starter, admin, *players = add_people("deeds", 2 + len(LENGTHS))
    full = begun(admin, exercise(200))
    play_days(full, 0, LONG, every=2)
    played = []
    for player, (length, cases) in zip(players, LENGTHS.items(), strict=True):
        played.append(begun(player, exercise(cases)))
        play_days(played[-1], DAYS, length)
    return Desks(exercise(24), starter, admin, full, played)


def exercise(cases: int) -> Scenario:
    """Return an exercise at the agency admin's desk, made from the shipped one."""
    code = f"bench-{cases}"
    found = Scenario.objects.filter(code=code).first()
    if found is None:
        found = Scenario.objects.get(code="meja-instansi")
        found.pk, found.code = None, code
        found.composition, found.number = COMPOSITION, INCIDENTS[cases]
        found.arrive_later = found.days_before = 0
        found.save()
    return found


def begun(person: Person, scenario: Scenario) -> Run:
    return start_run(learner=person.user, scenario=scenario, now=NOW)


def play_days(run: Run, days: int, length: int, *, every: int = 1) -> None:
    """Let the robot decide, morning by morning, until the log has `length` entries."""
    room = room_of(run)
    entries = decided(room, length, every)
    for _ in range(days):
        if room.length >= length:
            break
        entries += room.advance(room.setting.terms.office.next_opening(room.clock))
        entries += decided(room, length, every)
    rows = {row.number: row for row in run.cases.all()}
    store(run=run, room=room, entries=entries, cases=rows, actor=run.learner)


def decided(room: Room, length: int, every: int) -> list[Entry]:
    """Do all that is right now, on every case or on one in a few."""
    entries: list[Entry] = []
    for number in sorted(room.folders)[::every]:
        while room.length < length and (move := expert_move(room, number)):
            entries += room.act(number, move.action, move.choices, move.text)
    return entries


def deeds(desks: Desks) -> list[Deed]:
    """Return what is measured. Nothing of it is kept."""
    full, admin = desks.full, desks.admin
    long = desks.played[list(LENGTHS).index(1000)]
    room = f"/latihan/{full.pk}"
    return [
        Deed("start of 24 cases", partial(begun, desks.starter, desks.small), True),
        Deed("one action, of 200 cases", acting(full), True, times=3),
        Deed(f"{WORKING_DAYS} working days, 200 cases", waiting(full), True),
        *(
            Deed(f"scoring {length} events", scoring(run), True, events=run.length)
            for run, length in zip(desks.played, LENGTHS, strict=True)
        ),
        Deed("reset, 200 cases", partial(reset_run, run=full, now=NOW), True, cpu_ms=1000),
        Deed("replay of 1000 events", partial(look_back, long), cpu_ms=100, events=long.length),
        Deed("1000 events played anew", playing_anew(long), events=long.length),
        Deed("self-test of 24 cases", partial(put_to_the_test, TESTED), cpu_ms=60_000),
        Deed("inbox, 200 cases", page(admin, f"{room}/kotak-masuk/", "LTH-0002")),
        Deed("case page, of 200 cases", page(admin, f"{room}/kasus/2/", "LTH-0002")),
        Deed("clock page, 200 cases", page(admin, f"{room}/jam/", "</form>")),
    ]


def acting(run: Run) -> Callable[[], object]:
    """Verify a case that nobody has decided yet."""
    case = run.cases.filter(desk_role=run.role, state="unverified").select_related("run")[0]
    return partial(
        take_action,
        case=case,
        version=case.version,
        action=Action.VERIFY,
        actor=run.learner,
        choices=CHOICES[Action.VERIFY],
        text="",
        now=NOW,
    )


def waiting(run: Run) -> Callable[[], object]:
    return partial(advance_clock, run=run, seen=run.clock, to=sixty_days_on(run), now=NOW)


def sixty_days_on(run: Run) -> datetime:
    office = office_time(run)
    today = run.clock.astimezone(office.zone).date()
    return office.at(office.calendar.add(today, WORKING_DAYS), office.opens)


def scoring(run: Run) -> Callable[[], object]:
    return partial(finish_run, run=run, now=NOW)


def look_back(run: Run) -> None:
    """Read the whole log and return every case to where its last event left it."""
    past = past_of(run)
    moment = moment_of(past, past.last)
    if moment.clock != run.clock:
        raise AssertionError("the replay ends at another moment than the run")


def playing_anew(run: Run) -> Callable[[], object]:
    """Let everybody act once more, in memory: the same seed and steps give the same log."""
    past = past_of(run)
    steps = commands(past.log)

    def again() -> None:
        room = play(past.room_at(0), steps)
        if room.length != run.length:
            raise AssertionError("played anew, the run has another length")

    return again


def put_to_the_test(code: str) -> None:
    """Let robots play an exercise that ships, as often as before it may be shown."""
    scenario = Scenario.objects.select_related("rules").get(code=code)
    if any(check.findings for check in examine(material_of(scenario))):
        raise AssertionError(f"{code} has failed its test")


def page(person: Person, path: str, holds: str) -> Callable[[], object]:
    return partial(visit(person).get, path, holds=holds)
