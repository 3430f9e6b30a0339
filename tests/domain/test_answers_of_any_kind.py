"""Answers as the case library drafts them, and any text at all, within its bounds."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.domain.answers import About, Element, Flaw, automatic_fails, flaws, read_answer
from sandbox.domain.library.telling import fits
from tests.domain.desks import DESKS, FAMILIES, OFFICES, REGION, cases_of, draft
from tests.domain.readings import ABOUT, WORDS, read

ANYTHING = replace(DESKS, families=tuple(FAMILIES.values()))

# The drafts of the case library: one of every kind in each family that has its own, and in stock

WITH_DRAFTS = [code for code, family in FAMILIES.items() if "draft" in family]
WITHOUT = [
    code for code, family in FAMILIES.items() if "draft" not in family and fits(family, REGION)
]
FLAWS = ("none", "no_date", "no_finding", "leak", "blame", "empty")
of_every_kind = pytest.mark.parametrize("flaw", FLAWS)


def drafts_of(code):
    """Return the drafts of a family's case by their flaws, and what they are about."""
    case = cases_of(ANYTHING, code)[0]
    about = About(
        identity=tuple(case.facts["identity"]),
        point_words=tuple(case.key["answer"]["words"]),
        offices=tuple(OFFICES.values()),
        evidence_chosen=True,
    )
    flaws_ = [each["flaw"] for each in case.key["draft"]]
    return {flaw: draft(case.key, flaw) for flaw in flaws_}, about, case


def reads_as_meant(text, about, flaw):
    reading = read_answer(text, about, WORDS)
    if flaw == "none":
        return (flaws(reading), reading.elements) == ((), set(Element))
    return flaws(reading)[:1] == (Flaw(flaw),)


@pytest.mark.parametrize("code", WITH_DRAFTS)
@of_every_kind
def test_the_drafts_of_a_family_are_read_as_its_author_meant(code, flaw):
    drafts, about, case = drafts_of(code)
    piece = next((each for each in case.facts["identity"] if each in drafts["leak"]), "")
    assert flaw != "leak" or piece, "else this telling leaks nothing"
    assert reads_as_meant(drafts[flaw], about, flaw)


@of_every_kind
def test_the_drafts_in_stock_are_read_as_meant_whatever_the_report_is_called(flaw):
    assert len(WITHOUT) > 100
    for code in WITHOUT:
        drafts, about, _case = drafts_of(code)
        assert reads_as_meant(drafts[flaw], about, flaw), (code, drafts[flaw])


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
