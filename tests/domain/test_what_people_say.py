"""Simulated people say nothing but what was authored, and nothing that could reach anyone."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from random import Random
from typing import Any

import pytest

from sandbox.domain.cases import identity_of
from sandbox.domain.events import Event
from sandbox.domain.privacy import personal_data_in
from sandbox.domain.workflow import Action, Role
from tests.domain.desks import FAMILIES, STOCK, read
from tests.domain.plays import EXERCISES
from tests.domain.seats import SEATS, SIXTY, events_of, everything, let_pass
from tests.domain.test_room import play_randomly

SAID = ("key", "answer", "draft", "reporter", "situation")  # the rest of a family is the report


@cache
def authored() -> re.Pattern[str]:
    """Every sentence of the files that ship, each with room for what its slots are filled with."""
    sentences = set()
    files = [read("people_library/reporters.toml"), read("people_library/officers.toml")]
    families = [{part: each.get(part, ()) for part in SAID} for each in FAMILIES.values()]
    for part in (*files, STOCK, *families):
        sentences |= {text.strip() for text in strings(part) if " " in text}
    patterns = map(expression, sorted(sentences, key=len))
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.S)


def expression(text: str) -> str:
    """Match a sentence however its slots are filled and its alternatives are settled."""
    parts = SLOT_OR_CHOICE.split(text)
    return "".join(
        re.escape(part)
        if place % 2 == 0
        else ".+?"
        if part[0] == "{"
        else f"(?:{'|'.join(map(expression, part[1:-1].split('|')))})"
        for place, part in enumerate(parts)
    )


SLOT_OR_CHOICE = re.compile(r"(\{\w+\}|\[[^\[\]]*\])")


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def is_line(event: Event) -> bool:
    """Tell whether a simulated person says something; reports are looked at with the cases."""
    return not event.is_own and event.action is not Action.SUBMIT


@cache
def heard() -> tuple[str, ...]:
    """All that simulated people say at any desk in sixty working days, busy trainees or idle."""
    texts = set()
    for role, office in SEATS:
        for seed in range(1, 5):
            played = let_pass(everything(role, office, seed), SIXTY)
            texts |= {event.text for event in events_of(played) if is_line(event)}
    for code in (code for code in EXERCISES if code.startswith("meja-")):
        for seed in range(8):
            log = play_randomly(code, 500 + seed, 150).log
            texts |= {
                entry.text
                for entry in log
                if isinstance(entry, Event)
                and is_line(entry)
                and entry.role is not Role.SYSTEM
                and entry.action is not Action.APPROVE  # which sends what the trainee wrote
            }
    return tuple(sorted(texts - {""}))


def test_every_line_that_anyone_says_stands_in_the_files():
    assert len(heard()) > 500
    unknown = [text for text in heard() if not authored().fullmatch(text.strip())]
    assert unknown == []


def test_no_slot_is_left_unfilled():
    assert [text for text in heard() if "{" in text or "}" in text] == []


def test_nothing_that_is_said_could_reach_a_real_person():
    numbers = {found[0] for text in heard() for found in DIGITS.finditer(text)}
    assert {each for each in numbers if cannot_exist(each)}, "synthetic numbers are among them"
    assert [text for text in heard() if personal_data_in(text)] == []


DIGITS = re.compile(r"\d(?:[ .\-]?\d){14,}")


def cannot_exist(number: str) -> bool:
    """Tell why a number is nobody's.

    An identity number is province (11 to 97), regency, district, birthday and series: no
    province has 99, no month 13, no series 0000; the day is 01 to 31, or 41 to 71 for women.
    A phone number has at most fifteen digits with its country code (ITU-T E.164, 6.1); the
    leading 0 stands for +62, so that one of fifteen digits here would have sixteen.
    """
    digits = re.sub(r"\D", "", number)
    if digits.startswith("99"):
        day, month, series = int(digits[6:8]), int(digits[8:10]), digits[12:]
        is_no_day = not (1 <= day <= 31 or 41 <= day <= 71)
        return len(digits) == 16 and is_no_day and month > 12 and series == "0000"
    return digits.startswith("0") and len("62" + digits[1:]) > 15


@pytest.mark.parametrize("seed", range(0, 3000, 100))
def test_no_invented_identity_can_belong_to_anyone(seed):
    for near in range(seed, seed + 100):
        person = identity_of("Wayan Contoh", Random(near))
        assert cannot_exist(person["nik"])
        assert cannot_exist(person["phone"])


@pytest.mark.parametrize(
    "number",
    ["5171012503900001", "5171016503900002", "0812-3456-7890", "081234567890", "9971011213900000"],
)
def test_the_proof_would_notice_a_number_that_may_exist(number):
    assert not cannot_exist(number)
