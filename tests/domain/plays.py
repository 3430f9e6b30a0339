"""Fresh rooms of the shipped exercises, and trainees who do anything that is allowed."""

from collections.abc import Sequence
from random import Random
from typing import Any

from sandbox.domain.cases import Order, make_cases
from sandbox.domain.events import ClockMove, Entry
from sandbox.domain.folders import Folder, begin
from sandbox.domain.replay import Take
from sandbox.domain.room import Room, UndoImpossible, may_take
from sandbox.domain.workflow import Action, ActionNotAllowed, Role, needs_of
from tests.domain.desks import HOME, START, TERMS, library, read, setting

EXERCISES = (
    "l1", "meja-pelapor", "meja-nasional", "meja-instansi", "meja-penghubung", "meja-pengawas",
    "ujian-penghubung",
)  # fmt: skip
FIRST = ("Wayan", "Sari", "Budi", "Tono", "Made", "Rini", "Ujang")
LAST = ("Contoh", "Rekaan", "Misalnya", "Umpama", "Andaikan", "Karangan")
NAMES = [f"{first} {last}" for first in FIRST for last in LAST]
OFFICE = TERMS.office


def exercise(code: str, seed: int = 1) -> Room:
    """Return the room of an exercise before anything has happened in it."""
    made_of = read(f"scenario_library/{code}.toml")
    role = Role(made_of["role"])
    office = {Role.LIAISON_OFFICER: made_of.get("office", "")}.get(role, HOME)
    is_outside = role in (Role.NATIONAL_ADMIN, Role.REPORTER)
    cases = make_cases(
        library(code),
        Order(made_of["composition"], made_of["number"], made_of.get("whole", True)),
        seed,
        NAMES,
        START.date(),
    )
    folders = {}
    for number, case in enumerate(cases, start=1):
        facts = {**case.facts, "agency": "" if is_outside else HOME}
        received = None if role is Role.REPORTER else arrival(number, len(cases), made_of)
        folders[number] = Folder(number, facts, case.key, received, begin(facts))
    return Room(setting(role, "" if is_outside else office, seed), START, folders)


def arrival(number: int, cases: int, made_of: dict[str, Any]):
    at_start = cases - made_of.get("arrive_later", 0)
    if number > at_start:
        return OFFICE.next_opening(START)
    if not (days := made_of.get("days_before", 0)):
        return START
    first = 3 if made_of["role"] == Role.LIAISON_OFFICER else 1
    back = first + (number - 1) * days // at_start
    return OFFICE.at(OFFICE.calendar.subtract(START.date(), back), OFFICE.opens)


TEXTS = (
    "",
    "Terima kasih. Petugas memeriksa tempat itu pada Senin, 2 Maret 2026.\nSampahnya menumpuk.",
    "Akan kami koordinasikan.",
)
UNITS = ("DLH", "DISHUB", "BINAMARGA", "INSPEKTORAT", "KECAMATAN")


def choices_for(action: Action, room: Room, number: int, dice: Random) -> dict[str, Any]:
    """Return choices that a form could send, right or wrong."""
    details = [detail["text"] for detail in room.folders[number].facts["details"]]
    cases = [str(other) for other in room.folders if other != number]
    makers = {
        Action.SUBMIT: lambda: {"title": "Laporan saya", "anonymous": dice.random() < 0.5},
        Action.VERIFY: lambda: {
            "class": dice.choice(["non_supervisory", "supervisory", "information", "aspiration"]),
            "category": "Perhubungan",
            "agency": dice.choice([HOME, "PROV_PU", "PLN"]),
        },
        Action.HOLD: lambda: {"missing": dice.choice(["location", "date", "evidence"])},
        Action.ARCHIVE: lambda: {"reason": "spam"},
        Action.DISPOSE: lambda: {"unit": dice.choice(UNITS), "support": dice.sample(UNITS, 1)},
        Action.DECLINE: lambda: {"unit": dice.choice(UNITS)},
        Action.RETURN: lambda: {"level": "central", "destination": "BALAI_JALAN"},
        Action.ACCEPT: lambda: {"agency": dice.choice([HOME, "PROV_PU"])},
        Action.SEND_BACK: lambda: {"flaw": "no_date"},
        Action.CLOSE: lambda: {"rating": "3"},
        Action.LINK_DUPLICATE: lambda: {"parent": dice.choice(cases)},
        Action.CHANGE_SECRECY: lambda: {"secrecy": dice.choice(["secret", "open"])},
        Action.MASK: lambda: {"details": dice.sample(details, min(1, len(details))) or ["RT 03"]},
        Action.MARK_URGENT: lambda: {"urgency": dice.choice(["urgent", "ordinary"])},
        Action.INVITE: lambda: {"unit": dice.choice(UNITS)},
        Action.HAND_OVER: lambda: {"from": "wening", "to": "gede"},
    }
    return makers.get(action, dict)()


def at_random(room: Room, dice: Random, moves: int) -> list[Entry]:
    """Open a room, do anything that is allowed in it, and return the whole log."""
    log: list[Entry] = list(room.open())
    for _ in range(moves):
        log += any_move(room, dice)
    return log


def any_move(room: Room, dice: Random) -> Sequence[Entry]:
    number = dice.choice(sorted(room.folders))
    match dice.choice(["step", "step", "step", "back", "clock"]):
        case "clock":
            morning = OFFICE.next_opening(room.clock)
            following = room.next_event_at() or morning
            return room.advance(max(room.clock, dice.choice([morning, following])))
        case "back":
            try:
                return [room.undo(number)]
            except UndoImpossible:
                return []
    if (step := any_step(room, number, dice)) is None:
        return []
    try:
        return room.act(number, step.action, step.choices, step.text)
    except ActionNotAllowed:  # such as a link to a duplicate of its own
        return []


def any_step(room: Room, number: int, dice: Random) -> Take | None:
    """Return something that the trainee may do to a case now."""
    folder, desk = room.folders[number], room.setting.desk
    allowed = [action for action in Action if may_take(folder, action, desk)]
    if not allowed:
        return None
    action = dice.choice(allowed)
    choices, text = choices_for(action, room, number, dice), dice.choice(TEXTS)
    if needs_of(action, desk.role).words:
        text = text or TEXTS[-1]
    return Take(0, number, action, choices, text)


def moves_of_the_clock(log: Sequence[Entry]) -> list[int]:
    return [entry.number for entry in log if isinstance(entry, ClockMove)]
