"""A scripted run as a page of plain text, for people who review what the practice room does."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from textwrap import fill
from typing import Any, NamedTuple

from django.utils.translation import override

from sandbox.domain.events import Entry, Event
from sandbox.domain.folders import Folder
from sandbox.domain.replay import code_of, transcript
from sandbox.domain.reporters import feelings, persona_of
from sandbox.domain.room import Room
from sandbox.domain.scoring import Receipt, Score, judge
from sandbox.domain.workflow import Action
from sandbox.labels import (
    ACTION_LABELS,
    CHOICE_LABELS,
    CLASS_LABELS,
    CRITERION_LABELS,
    CUE_LABELS,
    DECISION_LABELS,
    EXPECTATION_LABELS,
    FLAW_LABELS,
    LEVEL_LABELS,
    MISSING_LABELS,
    ROLE_LABELS,
    STATE_LABELS,
    VALUE_LABELS,
)
from sandbox.selectors.names import Names
from tests.domain.desks import PACK, REGION, RULES, WITA, read
from tests.domain.plays import exercise
from tests.golden.players import PLAYERS, played

WIDTH = 116
SENT_ON = (Action.APPROVE, Action.ANSWER_TOGETHER)
HIDDEN_NUMBER = "[…]"
VERDICTS = {"right": "benar", "partial": "sebagian", "wrong": "salah"}
VICES = {
    "perfect": "tanpa cela: mengikuti kunci di setiap langkah",
    "lazy": "malas: sekali menulis akan dikoordinasikan, lalu tidak menanggapi balasan",
    "rude": "kasar: menyalahkan orang lain di dalam jawaban",
    "leaking": "membuka identitas: menyebut pelapor di dalam jawaban",
    "unmasking": "tanpa menyamarkan: laporan diteruskan dengan semua data pribadinya",
    "late": "terlambat: langkahnya benar, tetapi baru diambil sesudah batas waktu lewat",
    "over-holding": "gemar menunda: setiap laporan ditanyai tempat kejadiannya lebih dulu",
    "always-archive": "selalu mengarsipkan: semua laporan baru diarsipkan",
    "wrong-level": "salah tingkat: mengembalikan urusan sendiri, menyimpan urusan instansi lain",
    "duplicate-blind": "tidak mengenali laporan kembar: tidak pernah menautkan",
    "random": "acak: langkah apa pun yang diizinkan",
}


class Script(NamedTuple):
    """Who plays which exercise, with which seed."""

    player: str
    exercise: str
    seed: int

    @property
    def name(self) -> str:
        return f"{self.exercise}-{self.player}.txt"


def run(script: Script) -> tuple[Room, list[Entry], Score]:
    room = exercise(script.exercise, script.seed)
    log = played(room, PLAYERS[script.player])
    return room, log, judge(list(room.folders.values()), room.setting, PACK)


def page(script: Script) -> str:
    """Return the whole run: what happened, what each step earned, and how the reporters feel."""
    room, log, score = run(script)
    with override("id"):
        names = names_in(room)
        parts = [
            header(script, room, names),
            section("LAPORAN", map(case_line, room.folders.values())),
            section("JALANNYA LATIHAN", wrapped(told(log, names))),
            section("NILAI TIAP LAPORAN", receipts(room, score, names)),
            section("JUMLAH", totals(script, score)),
            section("KEPERCAYAAN PELAPOR", (trust(each, room) for each in all_in(room))),
            section("ATURAN YANG DIPAKAI", rules(score)),
        ]
    return without_numbers("\n".join(parts), room)


def names_in(room: Room) -> Names:
    tables: tuple[Any, ...] = (
        MISSING_LABELS, LEVEL_LABELS, CLASS_LABELS, VALUE_LABELS, CHOICE_LABELS, FLAW_LABELS,
        ROLE_LABELS, STATE_LABELS, ACTION_LABELS,
    )  # fmt: skip
    words = {str(code): name for table in tables for code, name in table.items()}
    words |= {each["code"]: each["label_id"] for each in RULES["archive_reason"]}
    words |= {each["code"]: each["name"] for each in REGION.officers}
    for folder in all_in(room):
        words |= {each["code"]: each["label_id"] for each in folder.facts["evidence"]}
    return Names(words | dict(room.setting.offices))


def all_in(room: Room) -> list[Folder]:
    return [room.folders[number] for number in sorted(room.folders)]


def header(script: Script, room: Room, names: Names) -> str:
    made_of, desk = read(f"scenario_library/{script.exercise}.toml"), room.setting.desk
    office = f", {names(desk.office)}" if desk.office else ""
    lines = [
        f"Latihan  {script.exercise} – {made_of['title']}",
        f"Peran    {names(desk.role)}{office}",
        f"Benih    {script.seed}",
        f"Pemain   {script.player} – {VICES[script.player]}",
    ]
    return "\n".join([*lines, ""])


def section(title: str, lines: Iterable[str]) -> str:
    return "\n".join([title, "─" * len(title), *lines, ""])


def wrapped(text: str) -> Iterator[str]:
    yield from (hanging(line, 5) for line in text.splitlines())


def hanging(line: str, indent: int) -> str:
    return fill(
        line,
        WIDTH,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def told(log: list[Entry], names: Names) -> str:
    return transcript(without_repeats(log), WITA, names)


def without_numbers(text: str, room: Room) -> str:
    """Hide phone and identity numbers, invented as they are, as in the room itself."""
    for folder in all_in(room):
        for number in folder.facts["identity"][1:3]:
            text = text.replace(number, HIDDEN_NUMBER)
    return text


def without_repeats(log: list[Entry]) -> Iterator[Event]:
    """Leave out moves of the clock; a letter that was already told is named by its number."""
    told: dict[str, int] = {}
    for event in log:
        if not isinstance(event, Event):
            continue
        same = told.setdefault(event.text, event.number)
        is_repeat = same != event.number and event.action in SENT_ON
        yield replace(event, text=f"seperti naskah {same:04}") if is_repeat else event


def case_line(folder: Folder) -> str:
    key, facts = folder.key, folder.facts
    marks = [
        str(DECISION_LABELS[key["decision"]]),
        *(["mendesak"] if key.get("urgent") else []),
        *(["perlu dirahasiakan"] if key.get("secret") else []),
        *([f"kembaran {code_of(key['duplicate_of'])}"] if key.get("duplicate_of") else []),
    ]
    return hanging(f"{code_of(folder.number)}  {facts['title']} – kunci: {', '.join(marks)}", 10)


def receipts(room: Room, score: Score, names: Names) -> Iterator[str]:
    for folder in all_in(room):
        lines = [line for line in score.lines if line.case == folder.number]
        earned, out_of = sum(line.points for line in lines), sum(line.out_of for line in lines)
        yield f"{code_of(folder.number)}  {folder.facts['title']} – {earned} dari {out_of}"
        for line in lines:
            yield from receipt(line, names)


def receipt(line: Receipt, names: Names) -> Iterator[str]:
    """Say what was chosen and expected; where points were lost, also why and what is better."""
    expected = names.of(line.expectation, line.expected)
    chosen = names.of(line.expectation, line.chosen) or "–"
    at = f" (langkah {line.event:04})" if line.event else ""
    label = EXPECTATION_LABELS[line.expectation]
    fatal = " · PELANGGARAN PRIVASI" if line.fatal else ""
    mark = f"  {VERDICTS[line.verdict]:8} {line.points}/{line.out_of}  "
    answer = chosen if chosen == expected else f"{chosen} → {expected}"
    yield hanging(f"{mark}{label}: {answer}{at}{fatal}", 16)
    if line.verdict != "right":
        better = line.better["id"].replace("{expected}", expected)
        yield hanging(f"{'':16}{line.why['id']} {better}", 16)


def totals(script: Script, score: Score) -> Iterator[str]:
    passing = read(f"scenario_library/{script.exercise}.toml")["pass_percent"]
    verdict = "lulus" if score.passes(passing) else "tidak lulus"
    yield f"{score.points} dari {score.out_of} = {score.percent} % · batas {passing} % · {verdict}"
    yield f"pelanggaran privasi: {score.slips}"
    for criterion, label in CRITERION_LABELS.items():
        lines = [line for line in score.lines if line.criterion == criterion]
        if lines:
            earned, out_of = sum(line.points for line in lines), sum(line.out_of for line in lines)
            yield f"  {label}: {earned} dari {out_of}"


def trust(folder: Folder, room: Room) -> str:
    persona, felt = persona_of(folder, room.setting), feelings(folder, room.setting)
    steps = [f"{CUE_LABELS[each.cue]} ({each.event:04}) → {each.trust}" for each in felt]
    about = f"{code_of(folder.number)}  {PERSONAS[persona.code]}, mulai {persona.trust}"
    return hanging("; ".join([about, *(steps or ["tidak berubah"])]), 10)


PERSONAS = {
    each["code"]: each["name_id"] for each in read("people_library/reporters.toml")["persona"]
}


def rules(score: Score) -> Iterator[str]:
    """Yield each rule once, with its source in the procedure or in the key."""
    known: dict[tuple[str, str], Receipt] = {}
    for line in score.lines:
        known.setdefault((line.expectation, line.rule["id"]), line)
    for line in known.values():
        yield hanging(f"{EXPECTATION_LABELS[line.expectation]}: {line.rule['id']}", 4)
