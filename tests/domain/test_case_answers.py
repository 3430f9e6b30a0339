"""Answers of families without words of their own fit what is reported, and do not read alike."""

from dataclasses import replace
from random import Random

import pytest

from sandbox.domain.answers import About, Element, Flaw, flaws, read_answer
from sandbox.domain.cases import Order, make_cases
from sandbox.domain.library.stock import kind_of, stock_for
from sandbox.domain.privacy import personal_data_in
from tests.domain.desks import CAST, DESKS, FAMILIES, KINDS, OFFICES, START, STOCK
from tests.domain.regions import strings, told_in

FLAWS = ["none", "no_date", "no_finding", "leak", "blame", "empty"]
SAMPLE = {"key": {"class": "", "category": ""}, "archetype": ""}  # a family of any kind
NAME = "Wayan Contoh"
ABOUT = About((NAME,), (), tuple(OFFICES.values()), evidence_chosen=True)
GENERAL = ""
of_every_kind = pytest.mark.parametrize("kind", [*KINDS, GENERAL])


def made(kind, seed):
    rules = [{"kind": kind}] if kind else []
    return stock_for(SAMPLE, "", {**STOCK, "rule": rules}, Random(seed))


def dated(text):
    days = {"{soon}": "Jumat, 20 Maret 2026", "{found_on}": "Senin, 2 Maret 2026", "{name}": NAME}
    for slot, words in days.items():
        text = text.replace(slot, words)
    return text


def name_of(code):
    routes = DESKS.reading(FAMILIES[code]).routes
    found = kind_of(FAMILIES[code], routes[0]["duty"] if routes else "", STOCK)
    return next((name for name, kind in STOCK["kind"].items() if kind is found), GENERAL)


# Kinds


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("jalan-berlubang-kabupaten", "roads"),
        ("saluran-mampet", "drains"),
        ("sampah-tidak-diangkut", "waste"),
        ("air-pdam-mati", "water"),
        ("lampu-jalan-kabupaten", "lamps"),
        ("ktp-cetak-lama", "population"),
        ("pkh-sembako-berhenti", "aid"),
        ("jkn-pbi-nonaktif", "aid"),
        ("antrean-puskesmas", "health"),
        ("upah-pabrik", "labour"),
        ("guru-memukul-murid", "protection"),
        ("pungli-ktp", "conduct"),
        ("syarat-akta-lahir", "information"),
        ("minta-lampu-jalan-baru", "proposal"),
        ("judi-daring", GENERAL),
    ],
)
def test_the_kind_of_a_matter_follows_from_what_the_family_declares(code, kind):
    assert name_of(code) == kind


def test_every_kind_has_families_and_most_families_have_a_kind():
    plain = [code for code, family in FAMILIES.items() if "draft" not in family]
    named = [name_of(code) for code in plain]
    assert {*named} == {*KINDS, GENERAL}
    assert named.count(GENERAL) < len(plain) / 5


def test_whoever_has_words_of_their_own_gets_the_general_ones_for_the_rest():
    roads = {**SAMPLE, "draft": [{"flaw": "none", "text": "Sendiri."}]}
    rules = {**STOCK, "rule": [{"kind": "roads"}]}
    for seed in range(5):
        assert stock_for(roads, "", rules, Random(seed))["answer"] == {
            **STOCK["answer"],
            "finding": STOCK["set"][0]["finding"],
        }


def test_a_library_without_stock_leaves_a_family_without_answers():
    assert stock_for(SAMPLE, "", {}, Random(1)) == {}


# What each kind holds


@of_every_kind
def test_a_kind_has_three_sets_of_findings_and_one_good_piece_of_evidence(kind):
    table = STOCK["kind"][kind] if kind else STOCK
    assert len({each["found"] for each in table["set"]}) == 3
    assert all(len(each["finding"]) == 2 for each in table["set"])
    good, *bad = table["answer"]["evidence"]
    assert good["good"]
    assert [each["good"] for each in bad] == [False, False]
    assert all(strings(table))
    assert personal_data_in("\n".join(strings(table))) == set()


def test_no_two_kinds_share_a_piece_of_evidence():
    tables = [STOCK, *STOCK["kind"].values()]
    codes = [item["code"] for table in tables for item in table["answer"]["evidence"]]
    assert len({*codes}) == len(codes)


@of_every_kind
def test_every_draft_of_a_kind_has_its_flaw_and_no_other(kind):
    for seed in range(40):
        drafts = {each["flaw"]: dated(each["text"]) for each in made(kind, seed)["draft"]}
        assert list(drafts) == FLAWS
        for flaw, text in drafts.items():
            reading = read_answer(text, ABOUT, CAST.words)
            found = flaws(reading)
            assert "{" not in text
            assert "[" not in text
            if flaw == "none":
                assert (found, reading.elements) == ((), set(Element)), text
                assert reading.long_sentences == (), text
            elif flaw == "empty":  # what says nothing has no finding either
                assert found[0] is Flaw.EMPTY, text
                assert {*found} <= {Flaw.EMPTY, Flaw.NO_FINDING, Flaw.NO_DATE}, text
            else:
                assert found == (Flaw(flaw),), text


# Cases


def test_the_drafts_of_a_case_speak_of_what_its_findings_say():
    for seed in range(10):
        (case,) = told_in("tirta_asri", "jalan-berlubang-kabupaten", seed)
        told = case.facts["findings"]["id"]
        kept = next(
            each
            for each in STOCK["kind"]["roads"]["set"]
            if [finding["id"] for finding in each["finding"]] == told
        )
        drafts = {each["flaw"]: each["text"] for each in case.key["draft"]}
        assert all(kept["found"] in drafts[flaw] for flaw in ("none", "no_date", "leak", "blame"))
        assert kept["found"] not in drafts["no_finding"] + drafts["empty"]


@pytest.mark.parametrize("code", ["jalan-berlubang-kabupaten", "ktp-cetak-lama", "pungli-ktp"])
def test_answers_to_reports_of_one_kind_do_not_read_alike(code):
    answers = [told_in("tirta_asri", code, seed)[0].key["draft"][0]["text"] for seed in range(12)]
    assert len({*answers}) > 8


def test_the_words_in_stock_do_not_move_the_dice_of_the_reports():
    order, day = Order({"dispose": 1, "return": 1}, 8), START.date()
    with_stock, without = (
        make_cases(replace(DESKS, stock=stock), order, 3, ["Wayan Contoh", "Sari Rekaan"], day)
        for stock in (STOCK, STOCK | {"rule": [], "set": STOCK["set"][:1]})
    )
    assert [case.facts["text"] for case in with_stock] == [case.facts["text"] for case in without]


def test_a_matter_of_no_kind_is_named_by_its_title():
    (case,) = told_in("tirta_asri", "sinyal-internet-desa")
    assert f"«{case.facts['title']}»" in case.key["answer"]["point_id"]
