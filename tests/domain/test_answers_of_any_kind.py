"""Answers as the case library drafts them, and any text at all, within its bounds."""

import re
import time
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.domain.answers import About, Element, Flaw, automatic_fails, flaws, read_answer
from tests.domain.readings import ABOUT, SANDBOX, WORDS, read

# The drafts of the case library: one of every kind in each family

FAMILIES = sorted((SANDBOX / "case_library/meja").glob("*.toml"))
REGION = tomllib.loads((SANDBOX / "case_library/tirta_asri.toml").read_text())
SLOT = re.compile(r"\{(\w+)\}")
PLACES = {"district", "village", "street", "landmark", "weekday", "hour"}
VALUES = {
    "name": "Sari Wulandari",
    "soon": "Jumat, 13 Maret 2026",
    "found_on": "Rabu, 11 Maret 2026",
    "district": "Wanasari",
    "village": "Sumber Rejo",
    "street": "Kenanga",
    "landmark": "Pasar Rakyat",
    "weekday": "Senin",
    "hour": "07.30",
    "nik": "9999000000000001",
    "phone": "0800-5550-0101",
}


def draft_of(path, flaw):
    """Return the family's draft with `flaw`, filled, and what it is about."""
    family = tomllib.loads(path.read_text())
    values = VALUES | {slot: choices[0] for slot, choices in family.get("slots", {}).items()}

    def filled(text):
        return SLOT.sub(lambda slot: values[slot[1]], text)

    secrets = [detail["text"] for detail in family["detail"] if detail["personal"]]
    slots = [slot for text in secrets for slot in SLOT.findall(text) if slot not in PLACES]
    about = About(
        identity=(values["name"], *map(filled, secrets), *(values[slot] for slot in slots)),
        point_words=tuple(family["answer"]["words"]),
        offices=tuple(office["name_id"] for office in REGION["unit"] + REGION["destination"]),
        evidence_chosen=True,
    )
    return [filled(d["text"]) for d in family["draft"] if d["flaw"] == flaw], about


@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.stem)
@pytest.mark.parametrize("flaw", ["none", "no_date", "no_finding", "leak", "blame", "empty"])
def test_the_drafts_of_the_library_are_read_as_their_authors_meant(path, flaw):
    texts, about = draft_of(path, flaw)
    assert texts
    for text in texts:
        reading = read_answer(text, about, WORDS)
        if flaw == "none":
            assert (flaws(reading), reading.elements) == ((), set(Element))
        else:
            assert flaws(reading)[:1] == (Flaw(flaw),)


# Any text at all

LETTERS = st.text(st.characters(codec="utf-8"), max_size=200)
SENTENCES = st.lists(
    st.sampled_from(
        [
            "Lampu akan kami ganti.",
            "Terima kasih",
            "sejak Senin",
            "tidak akan",
            "Laporan segera kami teruskan",
            "Yth.",
            "paling lambat",
            "Bila Anda",
            "\n",
            "1.",
        ]
    )
).map(" ".join)
TEXTS = LETTERS | SENTENCES
DAYS = st.sampled_from(["Jumat, 13 Maret 2026", "13 Maret", "13/3/2026", "besok", "hari Jumat"])


@settings(deadline=None)  # the first reading compiles the patterns
@given(TEXTS)
def test_reading_never_fails_and_keeps_its_bounds(text):
    reading = read(text)
    assert 0 <= reading.readability <= 100
    assert set(automatic_fails(reading)) <= set(flaws(reading))
    assert len(set(flaws(reading))) == len(flaws(reading))


@settings(deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(ABOUT.identity))
def test_a_leak_between_any_texts_is_found(before, after, piece):
    assert piece in read(f"{before} {piece} {after}").leaks


@settings(deadline=None)
@given(TEXTS, DAYS)
def test_a_day_at_the_end_adds_no_promise_without_a_date(text, day):
    before = len(read(text).promises_without_date)
    assert len(read(f"{text} {day}").promises_without_date) <= before


@settings(deadline=None)
@given(TEXTS)
def test_more_spaces_change_nothing(text):
    assert flaws(read(text.replace(" ", "   "))) == flaws(read(text))


@pytest.mark.parametrize(
    "unit",
    [
        "akan segera kami ",
        "warga dinas karena ",
        "Yth. ",
        ". ",
        "\n ",
        "1 ",
        "a",
        '.")',
        "sejak senin ",
    ],
)
def test_long_texts_take_time_in_proportion(unit):
    def seconds(size):
        started = time.process_time()
        read((unit * size)[:size])
        return time.process_time() - started

    seconds(100)  # compiles the patterns
    assert seconds(5_000) < 1
    assert seconds(40_000) < 8
