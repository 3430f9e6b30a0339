"""Urgent is danger to life or safety now: the same danger is so in every family."""

import re

import pytest

from tests.domain.desks import FAMILIES

NEAR = r"[^.,;\n]{0,30}"
DANGER = re.compile(
    rf"""lubang\w*\ (?:terbuka|menganga)
    | galian{NEAR}(?:terbuka|menganga|tidak\ ditutup|tanpa\ pembatas)
    | (?:tutup|penutup)\ (?:manhole|got|selokan|bak|saluran){NEAR}hilang
    | kabel\w*{NEAR}(?:putus|n?juntai|terkelupas|terkupas|kendor|setinggi\ kepala)
    | tiang{NEAR}(?:miring|roboh|rubuh|ambruk|condong)
    | pohon{NEAR}(?:hampir|mau|akan|sudah)\ (?:tumbang|roboh|rubuh|ambruk)
    | \bbau\ gas\b | gas{NEAR}bocor | bocor\w*\ gas\b
    | kesetrum | nyetrum | tersengat
    | (?:hampir|mau|nyaris|tinggal\ tunggu)\ (?:roboh|rubuh|ambruk)
    | (?:belum|blm)\ (?:di|ter)evakuasi | terjebak\ banjir
    """,
    re.IGNORECASE | re.VERBOSE,
)
NOT_NOW = {
    "rumah-tidak-layak-huni": "a poor house that has stood so for years waits for its grant",
}
CALM = [code for code, family in FAMILIES.items() if not family["key"].get("urgent")]


def said(family):
    for part in ("titles", "short", "extra"):
        yield from family.get(part, ())
    yield from (telling["text"] for telling in family["telling"])
    for words in family.get("slots", {}).values():
        yield from words


def dangers(code):
    return [found[0] for text in said(FAMILIES[code]) for found in DANGER.finditer(text)]


@pytest.mark.parametrize("code", CALM)
def test_a_report_of_danger_that_stands_open_is_urgent(code):
    assert code in NOT_NOW or dangers(code) == []


@pytest.mark.parametrize("code", NOT_NOW)
def test_whoever_is_excepted_still_needs_to_be(code):
    assert dangers(code)
    assert code in CALM


def test_nobody_in_danger_asks_a_question_or_makes_a_proposal():
    urgent = [FAMILIES[code] for code in FAMILIES.keys() - set(CALM)]
    assert {family["key"]["class"] for family in urgent} <= {"non_supervisory", "supervisory"}
    assert {family["decision"] for family in urgent} <= {"route", "block"}
