"""The phrase book: what ships passes its check, every rule notices its break, files come back."""

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy

import pytest

from sandbox.domain import actors, phrases, reporters
from sandbox.domain.phrase_checks import LEAST, LONGEST_SENTENCE, check_book
from sandbox.domain.phrases import LINES, TONES, compare, part_of, read_book, with_part, written
from tests.domain.desks import read

PLAIN = "reporters.lines.thanks.plain"
HOLDS = "officers.lines.admin_holds.lines"
BACK = "officers.lines.supervisor_sends_back.leak.lines"
MISSING = "officers.missing"
PEOPLE = "reporters.persona"


def a_book():
    return {name: read(f"people_library/{name}.toml") for name in ("reporters", "officers")}


def test_the_book_that_ships_has_no_problem():
    assert check_book(a_book()) == []


# What the code asks for


def asked_for(module) -> Iterator[str]:
    """Yield the occasions that a module names where it lets somebody speak."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("line", "said"):
            yield from constants(node.args[2])
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "occasion":
            yield from constants(node.value)


def constants(node) -> Iterator[str]:
    """Yield texts that may be the value; a condition is none of them."""
    if isinstance(node, ast.IfExp):
        yield from (*constants(node.body), *constants(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        yield from constants(node.values[0])
    elif isinstance(node, ast.Constant):
        yield node.value


def test_the_book_has_every_occasion_that_the_code_asks_for_and_no_other():
    own = {"objects"}  # lines of a case family
    assert (
        set(phrases.REPORTERS_SAY)
        == {
            *asked_for(reporters),
            *reporters.OBJECTIONS.values(),
        }
        - own
    )
    asked = {*asked_for(actors)}
    assert {name.split(".")[0] for name in phrases.OFFICERS_SAY} == {
        name.removesuffix(".") for name in asked
    }
    assert "supervisor_sends_back." in asked


# Every rule notices its break


def first_line(text, place=PLAIN):
    """Return a break: the first line at a place reads otherwise."""
    return lambda book: with_part(book, place, [text, *part_of(book, place)[1:]])


def all_lines(lines, place=PLAIN):
    return lambda book: with_part(book, place, lines)


def persona(**changes):
    def broken(book):
        first, *others = part_of(book, PEOPLE)
        return with_part(book, PEOPLE, [{**first, **changes}, *others])

    return broken


def without_tone(tone):
    return lambda book: with_part(
        book, PEOPLE, [each for each in part_of(book, PEOPLE) if each["tone"] != tone]
    )


def without(place, name):
    return lambda book: with_part(
        book, place, {key: each for key, each in part_of(book, place).items() if key != name}
    )


def plus(place, name, value):
    return lambda book: with_part(book, place, {**part_of(book, place), name: value})


def words(number):
    return " ".join(["kata"] * number) + "."


BREAKS = {
    "digit": (first_line("tunggu 3 hari ya"), f"{PLAIN}[1]", "digits"),
    "identity": (first_line("nik saya 5171012503900001"), f"{PLAIN}[1]", "personal"),
    "phone": (first_line("hubungi 0812-3456-7890"), f"{PLAIN}[1]", "personal"),
    "mail": (first_line("tulis ke rini@kantor.go.id"), f"{PLAIN}[1]", "personal"),
    "shout": (first_line("makasih banyak kak!"), f"{PLAIN}[1]", "exclamation"),
    "link": (first_line("lihat di www.kantor.go.id saja"), f"{PLAIN}[1]", "link"),
    "long sentence": (first_line(words(25)), f"{PLAIN}[1]", "long_sentence"),
    "unknown slot": (first_line("makasih {nama}"), f"{PLAIN}[1]", "unknown_slot"),
    "slot not filled here": (first_line("ke {unit} ya"), f"{PLAIN}[1]", "slot_elsewhere"),
    "title to the reporter": (
        first_line("Laporan {title} kurang: {missing}.", HOLDS),
        f"{HOLDS}[1]",
        "slot_elsewhere",
    ),
    "slot left out": (first_line("Mohon dilengkapi.", HOLDS), f"{HOLDS}[1]", "needs_slot"),
    "half a slot": (first_line("soal {title saya"), f"{PLAIN}[1]", "braces"),
    "alternatives": (first_line("[makasih|trims] ya"), f"{PLAIN}[1]", "alternatives"),
    "formula": (first_line("=HYPERLINK(a)"), f"{PLAIN}[1]", "formula"),
    "unseen character": (first_line("maka\u200esih", BACK), f"{BACK}[1]", "control"),
    "too long": (first_line("a " * 151), f"{PLAIN}[1]", "too_long"),
    "empty": (first_line(" "), f"{PLAIN}[1]", "empty"),
    "no text": (first_line(7), f"{PLAIN}[1]", "no_text"),
    "too few": (all_lines(["makasih ya", "sip deh"]), PLAIN, "few_lines"),
    "none": (all_lines([], BACK), BACK, "few_lines"),
    "too many": (all_lines([f"makasih {'ya' * n}" for n in range(1, 42)]), PLAIN, "long_list"),
    "no list": (all_lines("makasih"), PLAIN, "list"),
    "occasion missing": (without("reporters.lines", "thanks"), "reporters.lines.thanks", "missing"),
    "tone missing": (without("reporters.lines.thanks", "plain"), PLAIN, "missing"),
    "unknown occasion": (
        plus("officers.lines", "sings", {"lines": ["La la la."]}),
        "officers.lines.sings",
        "unknown",
    ),
    "missing word": (without(MISSING, "date"), f"{MISSING}.date", "missing"),
    "missing word with a slot": (
        plus(MISSING, "date", "waktu {title}"),
        f"{MISSING}.date",
        "slot_elsewhere",
    ),
    "trust": (persona(trust=101), f"{PEOPLE}[1].trust", "whole"),
    "outcry": (persona(outcry=-1), f"{PEOPLE}[1].outcry", "whole"),
    "patience": (persona(patience=0), f"{PEOPLE}[1].patience", "whole"),
    "forgives": (persona(forgives="30"), f"{PEOPLE}[1].forgives", "no_whole"),
    "tone": (persona(tone="sarcastic"), f"{PEOPLE}[1].tone", "one_of"),
    "code": (persona(code="Pak Budi"), f"{PEOPLE}[1].code", "code"),
    "same code": (persona(code="ibu-cemas"), f"{PEOPLE}[4].code", "code_twice"),
    "number in a description": (persona(about_id="Umur 60."), f"{PEOPLE}[1].about_id", "digits"),
    "nobody angry": (without_tone("angry"), PEOPLE, "no_tone"),
    "nobody": (lambda book: with_part(book, PEOPLE, []), PEOPLE, "no_tone"),
    "extra table": (plus("", "words", {}), "words", "unknown"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_every_rule_notices_its_break_and_names_the_place(name):
    change, place, code = BREAKS[name]
    found = {(problem.place, problem.code) for problem in check_book(change(a_book()))}
    assert (place, code) in found


def test_the_same_line_twice_is_told_with_the_first_place():
    line = part_of(a_book(), PLAIN)[0]
    place = "reporters.lines.thanks_interim.angry"
    found = check_book(first_line(f"{line.upper()}...", place)(a_book()))
    said = [(each.place, each.gaps["place"]) for each in found if each.code == "repeats"]
    assert said == [(f"{PLAIN}[1]", f"{place}[1]")]


def test_all_problems_are_told_at_once():
    book = first_line("telepon 3x!")(persona(trust=200)(without(MISSING, "date")(a_book())))
    assert {each.code for each in check_book(book)} == {"digits", "exclamation", "whole", "missing"}


@pytest.mark.parametrize(
    "text",
    [words(LONGEST_SENTENCE), f"{words(20)} {words(20)}", "Terima kasih, SP4N-LAPOR! sudah jelas."],
)
def test_what_is_allowed_is_not_refused(text):
    assert check_book(first_line(text)(a_book())) == []


def test_as_many_lines_as_needed_suffice():
    assert check_book(all_lines(part_of(a_book(), PLAIN)[:LEAST])(a_book())) == []


DEEP: dict = {}
for _ in range(50):
    DEEP = {"a": DEEP}
SHAPELESS = [
    {}, [], "x", None, {"reporters": 3, "officers": []}, {"reporters": {"persona": {}, "lines": 1}},
    {"reporters": {"persona": [1, None, {"code": []}, {"code": {}, "tone": []}], "lines": {}}},
    {"officers": {"missing": ["x"], "lines": {"supervisor_sends_back": {"lines": []}}}}, DEEP,
]  # fmt: skip


@pytest.mark.parametrize("book", SHAPELESS, ids=range(len(SHAPELESS)))
def test_what_is_no_book_has_problems_and_breaks_nothing(book):
    assert check_book(book)


# Files and differences


def test_a_book_comes_back_from_its_file_with_its_edition():
    book = a_book()
    text = written(dict(reversed(book.items())), 7)
    assert read_book(text.encode()) == (book, 7)
    assert text == written(book, 7)
    assert list(tomllib.loads(text)) == ["edition", "reporters", "officers"]


def test_differences_are_told_by_list_and_by_character():
    old = a_book()
    people = deepcopy(part_of(old, PEOPLE))
    people[3]["patience"] = 5
    new = with_part(first_line("makasih banyak")(old), PEOPLE, people)
    changes = {each.place: (each.old, each.new) for each in compare(old, new)}
    assert changes.keys() == {PLAIN, f"{PEOPLE}.ibu-cemas.patience"}
    assert changes[f"{PEOPLE}.ibu-cemas.patience"] == (1, 5)
    assert changes[PLAIN][1][0] == "makasih banyak"
    assert compare(old, a_book()) == []


def test_every_tone_of_every_occasion_has_its_place():
    assert len(LINES) == len(phrases.REPORTERS_SAY) * len(TONES) + len(phrases.OFFICERS_SAY)
    assert all(re.fullmatch(r"[\w.]+", place) for place in LINES)
