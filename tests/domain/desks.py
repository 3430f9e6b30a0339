"""Rooms of the shipped material to play at any desk, read from its files without Django."""

import csv
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.domain.answers import flaws, read_answer, words_of
from sandbox.domain.cases import CaseLibrary, Order, SyntheticCase, make_cases
from sandbox.domain.deadlines import Clock, Limit, LimitedStep, OfficeTime, Unit
from sandbox.domain.events import Event
from sandbox.domain.folders import ANSWERING, Cast, Folder, Setting, about, begin
from sandbox.domain.library.regions import Region
from sandbox.domain.library.routing import read_routing
from sandbox.domain.library.styles import Style
from sandbox.domain.library.texture import Slang
from sandbox.domain.phrases import read_cast
from sandbox.domain.position import Desk, Terms
from sandbox.domain.room import Room
from sandbox.domain.scoring.packs import read_pack
from sandbox.domain.workflow import AT_A_UNIT, Action, Role, State
from sandbox.domain.working_days import WorkingCalendar

SANDBOX = Path(__file__).resolve().parents[2] / "sandbox"
WITA = ZoneInfo("Asia/Makassar")
START = datetime(2026, 3, 4, 9, 0, tzinfo=WITA)
HOME = "TIRTA_ASRI"
A = Action


def read(path: str) -> dict[str, Any]:
    return tomllib.loads((SANDBOX / path).read_text(encoding="utf-8"))


def rows(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader((SANDBOX / path).read_text(encoding="utf-8").splitlines()))


def region(code: str = "tirta_asri") -> Region:
    folder = f"region_library/{code}"
    tables = {name: rows(f"{folder}/{name}.csv") for name in ("offices", "places", "assets")}
    return Region({"region": read(f"{folder}/region.toml"), **tables}, START.date())


def library(exercise: str, place: Region | None = None) -> CaseLibrary:
    """Return what an exercise that ships draws from."""
    made_of = read(f"scenario_library/{exercise}.toml")
    is_unit = made_of["role"] == Role.LIAISON_OFFICER
    return CaseLibrary(
        place or REGION,
        ROUTING,
        STYLE,
        tuple(FAMILIES[code] for code in made_of["families"] or FAMILIES),
        STOCK,
        made_of["office"] if is_unit else "",
    )


RULES = read("rule_packs/1.toml")
PACK = read_pack(RULES)
REGION = region()
ROUTING = read_routing(read("routing_library/routing.toml"), read("routing_library/duties.toml"))
STYLE = Style(read("style_library/texture.toml"), Slang(tuple(rows("style_library/slang.csv"))))
KINDS = sorted(file.stem for file in (SANDBOX / "people_library/stock").glob("*.toml"))
STOCK = read("people_library/stock.toml") | {
    "kind": {kind: read(f"people_library/stock/{kind}.toml") for kind in KINDS}
}
FAMILIES = {
    file.stem: read(f"case_library/families/{file.name}")
    for file in sorted((SANDBOX / "case_library/families").glob("*.toml"))
}
L1 = library("l1")
DESKS = library("meja-instansi")
AT_A_UNIT_DESK = library("meja-penghubung")


def decided(family: Mapping[str, Any]) -> str:
    """Return the right first decision about a family's reports at the home government."""
    return DESKS.reading(family).decision


def calendar() -> WorkingCalendar:
    path = SANDBOX / "holiday_library/indonesia.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    days = frozenset(date.fromisoformat(row["date"]) for row in rows)
    return WorkingCalendar(days, date(2024, 1, 1), date(2027, 12, 31))


def terms() -> Terms:
    limits = {
        LimitedStep(row["step"]): Limit(
            row["amount"], Unit(row["unit"]), Clock(row["clock"]), row["pauses"]
        )
        for row in RULES["time_limit"]
    }
    office = OfficeTime(calendar(), WITA, time(8), time(16))
    return Terms(limits, office, RULES["warn_percent"])


def cast() -> Cast:
    book = {name: read(f"people_library/{name}.toml") for name in ("reporters", "officers")}
    return read_cast(book, words_of(read("people_library/words.toml")))


TERMS, CAST = terms(), cast()
OFFICES = {office["code"]: office["name"] for office in REGION.offices}


def setting(role: Role, office: str = HOME, seed: int = 1) -> Setting:
    return Setting(seed, Desk(role, office), HOME, TERMS, CAST, OFFICES)


def cases_of(
    library: CaseLibrary, *codes: str, seed: int = 7, whole: bool = True
) -> list[SyntheticCase]:
    """Return the cases of some families, in this order; several where several people tell one."""
    made: list[SyntheticCase] = []
    for code in codes or [family["code"] for family in library.families]:
        only = replace(library, families=tuple(f for f in library.families if f["code"] == code))
        (group,) = only.groups(only.families[0])
        told = make_cases(only, Order({group: 1}, 1, whole), seed, NAMES, START.date())
        shift = len(made)
        for case in told:
            first = case.key["duplicate_of"]
            key = {**case.key, "duplicate_of": first + shift if first else None}
            made.append(SyntheticCase(case.family, case.facts, key))
    return made


def case_where(wanted: Callable[[SyntheticCase], bool], *codes: str) -> SyntheticCase:
    """Return the first case that fits, seed after seed: what a report says differs by seed."""
    made = (case for seed in range(200) for case in cases_of(DESKS, *codes, seed=seed))
    return next(case for case in made if wanted(case))


NAMES = ["Wayan Contoh", "Ratna Rekaan", "Budi Misalnya"]


def room(
    cases: Iterable[SyntheticCase], desk: Setting, agency: str = HOME, *, arrives: bool = True
) -> Room:
    folders = [
        Folder(
            number=number,
            facts=(facts := {**case.facts, "agency": agency}),
            key=case.key,
            received_at=START if arrives else None,
            position=begin(facts),
        )
        for number, case in enumerate(cases, start=1)
    ]
    opened = Room(desk, START, {folder.number: folder for folder in folders})
    opened.advance(START)
    return opened


def days(room: Room, number: int) -> None:
    """Let working days pass, each in one move of the clock."""
    for _ in range(number):
        room.advance(TERMS.office.next_opening(room.clock) + timedelta(hours=2))


def without(folder: Folder, unwanted: Callable[[Event], bool]) -> Folder:
    """Return a copy of a folder as if some events had never happened."""
    return replace(folder, events=[event for event in folder.events if not unwanted(event)])


# Players who read the key: at each desk, what a perfect officer does next to one case.

Step = tuple[Action, dict[str, Any], str]


def agency_steps(folder: Folder) -> list[Step]:
    """Return what an agency admin does, at intake in one go."""
    key, case = folder.key, folder.position
    if case.parent is not None or case.agency != HOME:
        return []
    if key.get("duplicate_of"):
        return [(A.LINK_DUPLICATE, {"parent": str(key["duplicate_of"])}, "")]
    return intake(folder) if case.state is State.UNVERIFIED else on_the_way(folder)


def intake(folder: Folder, more: Mapping[str, str] | None = None) -> list[Step]:
    key = folder.key
    match key["decision"]:
        case "hold" if not folder.count(A.HOLD):
            return [(A.HOLD, {"missing": key["hold"]["missing"]}, "Mohon dilengkapi.")]
        case "return" if more is None:
            right = {name: key["return"][name] for name in ("level", "destination")}
            return [(A.RETURN, right, "Bukan wewenang kami.")]
        case "archive":
            return [(A.ARCHIVE, {"reason": key["archive"]["reason"]}, "Diarsipkan.")]
        case "block":
            return [(A.BLOCK, {}, "Diblokir.")]
    choices = {"class": key["class"], "category": key["category"], **(more or {})}
    return [(A.VERIFY, choices, "")]


def on_the_way(folder: Folder) -> list[Step]:
    key, log = folder.key, folder.log
    if folder.position.state is State.VERIFIED:
        steps: list[Step] = []
        if key.get("urgent") and not folder.position.urgent:
            steps.append((A.MARK_URGENT, {"urgency": "urgent"}, ""))
        if "agency" in key and key.get("secret") and not folder.position.secret:
            steps.append((A.CHANGE_SECRECY, {"secrecy": "secret"}, ""))
        personal = [each["text"] for each in key.get("details", ()) if each["personal"]]
        if personal and not folder.count(A.MASK):
            steps.append((A.MASK, {"details": personal}, ""))
        units = key.get("support", {}).get("units", [])
        choices = {"unit": key["route"][0]["unit"], "support": units}
        return [*steps, (A.DISPOSE, choices, "")]
    if calls_since(log, A.BREACH, A.REMIND) and folder.position.state is State.DISPOSED:
        return [(A.REMIND, {}, "Mohon segera dijawab.")]
    if folder.position.state is State.CLOSED and log[-1].action is A.WRITE:
        return [(A.REOPEN, {}, "Dibuka kembali.")]
    return []


def calls_since(log: list[Event], call: Action, response: Action) -> bool:
    """Tell whether `call` came to the unit after the last `response`."""
    last = next((one for one in reversed(log) if one.action in (call, response)), None)
    return last is not None and last.action is call and last.source in AT_A_UNIT


def national_steps(folder: Folder) -> list[Step]:
    key, case = folder.key, folder.position
    right = {"agency": key["agency"]["code"]}
    if case.state is State.TRANSFERRING:
        return [(A.ACCEPT, right, "Diteruskan.")]
    if case.state is not State.UNVERIFIED or case.agency:
        return []
    return intake(folder, right)


def liaison_steps(folder: Folder, office: str) -> list[Step]:
    key, case = folder.key, folder.position
    if case.unit != office or case.state not in (State.DISPOSED, State.REPLIED) or case.draft:
        return []
    right = [route["unit"] for route in key["route"]]
    if office not in right:
        return [(A.DECLINE, {"unit": right[0]}, "Bukan tugas kami.")]
    choices = {"evidence": good_evidence(key)}
    sensitive = key["class"] == "supervisory" or key.get("urgent") or key.get("secret")
    return [(A.DRAFT if sensitive else A.ANSWER, choices, draft(key, "none"))]


def good_evidence(key: Mapping[str, Any]) -> str:
    return next(item["code"] for item in key["answer"]["evidence"] if item["good"])


def draft(key: Mapping[str, Any], flaw: str) -> str:
    text = next(each["text"] for each in key["draft"] if each["flaw"] == flaw)
    return (
        str(text)
        .replace("{soon}", "Jumat, 20 Maret 2026")
        .replace("{found_on}", "Senin, 2 Maret 2026")
    )


def supervisor_steps(folder: Folder, desk: Setting) -> list[Step]:
    case = folder.position
    steps: list[Step] = []
    leaver = folder.key.get("leaver")
    if leaver and case.is_open and case.officer == leaver:
        steps.append((A.HAND_OVER, {"to": "gede"}, "Jawaban masih menunggu peninjauan."))
    if case.draft:
        written = folder.last(A.DRAFT)
        evidence = str(written.choices.get("evidence", "")) if written else ""
        found = flaws(read_answer(case.draft, about(folder, desk, evidence), CAST.words))
        verdict: Step = (A.APPROVE, {"evidence": evidence}, "")
        steps.append((A.SEND_BACK, {"flaw": str(found[0])}, "Perbaiki.") if found else verdict)
    elif calls_since(folder.log, A.WARN, A.REMIND) and case.state in (
        State.DISPOSED,
        State.REPLIED,
    ):
        steps.append((A.REMIND, {}, "Batas waktu hampir lewat."))
    return steps


def reporter_steps(folder: Folder, desk: Setting) -> list[Step]:
    key, case = folder.key, folder.position
    if not folder.is_submitted:
        facts = folder.facts
        asked = next(iter(key["answer"]["words"]), "diperiksa")
        text = f"Hari Senin di {facts['places'][0]}: mohon {asked}."
        choices = {"title": facts["title"], "secret": bool(key.get("secret"))}
        return [(A.SUBMIT, choices, text)]
    if case.state is State.AWAITING_COMPLETION:
        return [(A.COMPLETE, {}, "Ini yang ditanyakan.")]
    if case.state is State.FOLLOWED_UP:
        answer = folder.last(*ANSWERING)
        assert answer is not None
        evidence = str(answer.choices.get("evidence") or "")
        found = flaws(read_answer(answer.text, about(folder, desk, evidence), CAST.words))
        closing: Step = (A.CLOSE, {"rating": "5"}, "Terima kasih.")
        return [(A.REPLY, {}, "Belum terjawab.") if found else closing]
    return []


def play(room: Room, steps: Callable[[Folder], list[Step]], working_days: int = 12) -> Room:
    """Let a player act on every case each morning until nothing is left to do."""
    for _ in range(working_days):
        for number, folder in room.folders.items():
            while found := steps(folder):
                for action, choices, text in found:
                    room.act(number, action, choices, text)
        days(room, 1)
    return room


def played(role: Role, codes: Iterable[str] = (), office: str = HOME, seed: int = 1) -> Room:
    """Return a room in which the desk of `role` was played perfectly."""
    desk = setting(role, office, seed)
    players: dict[Role, Callable[[Folder], list[Step]]] = {
        Role.AGENCY_ADMIN: agency_steps,
        Role.NATIONAL_ADMIN: national_steps,
        Role.LIAISON_OFFICER: lambda folder: liaison_steps(folder, office),
        Role.SUPERVISOR: lambda folder: supervisor_steps(folder, desk),
        Role.REPORTER: lambda folder: reporter_steps(folder, desk),
    }
    agency = "" if role in (Role.NATIONAL_ADMIN, Role.REPORTER) else HOME
    drawn_from = AT_A_UNIT_DESK if role is Role.LIAISON_OFFICER else DESKS
    cases = cases_of(drawn_from, *codes)
    opened = room(cases, desk, agency, arrives=role is not Role.REPORTER)
    return play(opened, players[role])
