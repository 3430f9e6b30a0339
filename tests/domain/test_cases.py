"""Cases from a seed: what an exercise asks for, and what a case holds."""

import json
import re
from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from sandbox.domain.cases import Order, draw, group_sizes, identity_of, make_cases
from sandbox.labels import MISSING_LABELS
from tests.domain.conftest import COMPOSITION, LIBRARY, PACK, SCENARIO, read
from tests.domain.desks import (
    AT_A_UNIT_DESK,
    DESKS,
    FAMILIES,
    REGION,
    START,
    STOCK,
    case_where,
    cases_of,
    library,
)
from tests.domain.plays import EXERCISES
from tests.domain.regions import library_of, strings, told_in

NAMES = ["Wayan Contoh", "Siti Rekaan", "Yohana Misal"]
MANY = [f"Nama {number}" for number in range(60)]
SHARES = {"dispose": 5, "supervisory": 1, "hold": 2, "return": 2, "archive": 2}
ARCHIVE_REASONS = {reason["code"] for reason in PACK["archive_reason"]}
AT_DESKS = sorted(family["code"] for family in DESKS.families)
NO_WORDS = "air-pdam-mati"  # a family without drafts, evidence and findings of its own
FLAWS = ["none", "no_date", "no_finding", "leak", "blame", "empty"]


def made(number=12, seed=7, composition=COMPOSITION, seen=(), names=NAMES, whole=True):
    order = Order(composition, number, whole)
    return make_cases(LIBRARY, order, seed, names, START.date(), seen)


def made_for(code, seed, names=MANY):
    """Return the cases of an exercise that ships."""
    asked = read(f"scenario_library/{code}.toml")
    order = Order(asked["composition"], asked["number"], asked.get("whole", True))
    return make_cases(library(code), order, seed, names, START.date())


def to_bytes(cases) -> bytes:
    return json.dumps([[case.family, case.facts, case.key] for case in cases]).encode()


# From a seed


@pytest.mark.parametrize("number", [12, 120])
def test_the_same_seed_gives_the_same_cases_to_the_byte(number):
    assert to_bytes(made(number)) == to_bytes(made(number))


@pytest.mark.parametrize("code", EXERCISES)
def test_every_exercise_gives_the_same_cases_again(code):
    for seed in range(3):
        assert to_bytes(made_for(code, seed)) == to_bytes(made_for(code, seed))


def test_another_seed_gives_other_cases():
    assert len({to_bytes(made(seed=seed)) for seed in range(50)}) == 50


def test_another_day_changes_no_more_than_when_things_happened():
    order = Order(COMPOSITION, 12)
    other = make_cases(LIBRARY, order, 7, NAMES, START.date().replace(year=2027))
    assert [case.family for case in other] == [case.family for case in made()]
    assert [case.facts["places"] for case in other] == [case.facts["places"] for case in made()]


def test_the_order_in_which_a_database_returns_the_composition_changes_nothing():
    """PostgreSQL keeps the keys of a JSON object in an order of its own."""
    other_order = dict(sorted(COMPOSITION.items(), key=lambda pair: len(pair[0])))
    assert list(other_order) != list(COMPOSITION)
    assert to_bytes(made(composition=other_order)) == to_bytes(made())


def test_making_cases_changes_nothing_of_what_they_are_made_of():
    before = json.dumps(FAMILIES, default=str), json.dumps(STOCK)
    made(30)
    assert (json.dumps(FAMILIES, default=str), json.dumps(STOCK)) == before


# What an exercise asks for


@pytest.mark.parametrize(("number", "times"), [(12, 1), (120, 10)])
def test_a_run_is_composed_as_its_exercise_says(number, times):
    groups = Counter(case.key["group"] for case in made(number))
    assert groups == {group: size * times for group, size in SHARES.items()}
    assert SCENARIO["composition"] == SHARES
    assert sum(SHARES.values()) == SCENARIO["number"] == 12


@pytest.mark.parametrize("number", [1, 2, 7, 13, 119])
def test_sizes_that_do_not_divide_still_add_up(number):
    sizes = group_sizes(SHARES, number)
    assert sum(sizes.values()) == number
    assert all(abs(size - number * SHARES[group] / 12) < 1 for group, size in sizes.items())


def test_no_family_comes_twice_before_all_have_come_once():
    families = [{"code": str(number)} for number in range(5)]
    drawn = [family["code"] for family in draw(families, 12, (), Random(3))]
    assert len(set(drawn[:5])) == len(set(drawn[5:10])) == 5
    assert drawn[:5] != drawn[5:10]


@pytest.mark.parametrize("seed", range(20))
def test_families_that_were_met_come_after_all_others(seed):
    families = [{"code": str(number)} for number in range(6)]
    drawn = [family["code"] for family in draw(families, 8, {"0", "1"}, Random(seed))]
    assert set(drawn[:4]) == {"2", "3", "4", "5"}
    assert set(drawn[4:6]) == {"0", "1"}
    assert not {"0", "1"} & set(drawn[6:])


@pytest.mark.parametrize("seed", range(20))
def test_a_retry_shares_no_family_with_the_first_attempt(seed):
    first = {case.family for case in made(seed=seed)}
    second = made(seed=seed + 1, seen=first)
    assert {case.family for case in second} & first == set()
    assert Counter(case.key["group"] for case in second) == SHARES


def test_whoever_has_met_every_family_still_gets_a_full_run():
    assert len(made(seen=set(FAMILIES))) == 12


def test_every_report_has_a_reporter_of_its_own_while_names_last():
    names = MANY[:12]
    assert {case.facts["reporter"] for case in made(names=names)} == set(names)


@pytest.mark.parametrize("seed", range(0, 200, 20))
def test_a_case_to_be_held_never_comes_among_the_late_arrivals(seed):
    """Its reporter needs a day to answer."""
    for near in range(seed, seed + 20):
        decisions = [case.key["decision"] for case in made(seed=near)]
        assert "hold" not in decisions[-SCENARIO["arrive_later"] :]
        assert decisions.count("hold") == 2


def test_a_case_that_is_to_be_held_may_also_come_later_than_the_first():
    """Otherwise its place would give the answer away."""
    places = {
        place
        for seed in range(100)
        for place, case in enumerate(made(seed=seed))
        if case.key["decision"] == "hold"
    }
    assert len(places) > 4


def test_an_exercise_of_the_first_decision_asks_for_no_agency():
    assert all("agency" in case.key for case in made())
    assert not any("agency" in case.key for case in made(whole=False))
    assert SCENARIO["whole"] is False


# Groups


@pytest.mark.parametrize("code", EXERCISES)
def test_every_group_that_an_exercise_weighs_has_enough_families(code):
    asked = read(f"scenario_library/{code}.toml")
    drawn_from = library(code)
    for group, size in group_sizes(asked["composition"], asked["number"]).items():
        assert len(drawn_from.in_group(group)) >= size, group


def test_the_first_exercise_can_be_repeated_without_meeting_a_family_again():
    assert {group: len(LIBRARY.in_group(group)) >= 2 * size for group, size in SHARES.items()} == (
        dict.fromkeys(SHARES, True)
    )


def test_outside_a_unit_every_family_has_exactly_one_group():
    everything = library_of("tirta_asri")
    groups = {code: everything.groups(family) for code, family in FAMILIES.items()}
    assert {len(found) for found in groups.values()} == {1}
    names = set().union(*groups.values())
    assert names == {"dispose", "supervisory", "hold", "return", "archive", "block", "duplicate",
                     "urgent"}  # fmt: skip


def test_what_is_special_about_a_family_is_its_group():
    for family in library_of("tirta_asri").in_group("duplicate"):
        assert family["copies"] > 1
    for family in library_of("tirta_asri").in_group("urgent"):
        assert family["key"]["urgent"]
    for family in library_of("tirta_asri").in_group("supervisory"):
        assert family["key"]["class"] == "supervisory"


def test_at_a_unit_a_family_is_ours_or_comes_by_mistake_or_never():
    ours, astray = AT_A_UNIT_DESK.in_group("ours"), AT_A_UNIT_DESK.in_group("misrouted")
    for case in cases_of(replace(AT_A_UNIT_DESK, families=tuple(ours))):
        assert case.key["route"][0]["unit"] == AT_A_UNIT_DESK.office == "DLH"
    for case in cases_of(replace(AT_A_UNIT_DESK, families=tuple(astray))):
        assert "DLH" not in {route["unit"] for route in case.key["route"]}
        assert "DLH" in {trap["code"] for trap in case.key["trap"]}
    assert ours
    assert astray
    assert AT_A_UNIT_DESK.groups(FAMILIES["lubang-marka-kuning"]) == set()


@pytest.mark.parametrize("code", ["jalan-berlubang-kabupaten", "iuran-sma"])
def test_a_family_changes_its_group_with_the_region(code):
    """What one government disposes to its own unit, another returns."""
    groups = {
        pack: library_of(pack).groups(FAMILIES[code]) for pack in ("tirta_asri", "nusa_lestari")
    }
    assert sorted(map(sorted, groups.values())) == [["dispose"], ["return"]]


# Several people, one incident


@pytest.mark.parametrize("seed", range(8))
def test_people_who_report_the_same_share_its_place_and_nothing_else(seed):
    cases = made_for("meja-instansi", seed)
    twins = [case for case in cases if case.key["duplicate_of"]]
    asked = read("scenario_library/meja-instansi.toml")
    assert len(cases) == asked["number"] + len(twins)
    assert len(twins) == 2
    parent = cases[twins[0].key["duplicate_of"] - 1]
    assert parent.key["duplicate_of"] is None
    trio = [parent, *twins]
    assert len({case.family for case in trio}) == 1
    for shared in ("places", "district"):
        assert len({str(case.facts[shared]) for case in trio}) == 1
    for own in ("text", "reporter", "identity"):
        assert len({str(case.facts[own]) for case in trio}) == 3


def test_reports_are_counted_before_they_are_made():
    for code in EXERCISES:
        asked = read(f"scenario_library/{code}.toml")
        counted = library(code).reports(asked["composition"], asked["number"])
        assert len(made_for(code, 1)) <= counted


# What a case holds


def test_what_is_to_be_masked_or_kept_stands_in_the_report_to_the_letter():
    for seed in range(10):
        for case in [*cases_of(DESKS, seed=seed), *cases_of(LIBRARY, seed=seed)]:
            for detail in case.key["details"]:
                assert detail["text"] in case.facts["text"], (case.family, detail)


def test_the_facts_name_each_detail_without_saying_whether_it_is_personal():
    for seed in range(6):
        for case in cases_of(DESKS, seed=seed):
            shown = [detail["text"] for detail in case.facts["details"]]
            assert shown == [detail["text"] for detail in case.key["details"]]
            assert all(set(detail) == {"text", "kind"} for detail in case.facts["details"])
            assert len(shown) == len(set(shown))


def test_a_name_or_number_that_a_report_says_is_personal():
    case = case_where(lambda each: each.facts["reporter"] in each.facts["text"])
    assert {"text": case.facts["reporter"], "kind": "name", "personal": True} in case.key["details"]


def test_the_identity_is_name_and_numbers_and_what_a_family_calls_personal():
    for case in cases_of(DESKS, seed=3):
        name, phone, nik, *more = case.facts["identity"]
        assert name == case.facts["reporter"]
        assert re.fullmatch(r"0810-0000-0000-\d{3}", phone)
        assert re.fullmatch(r"99\d{14}", nik)
        personal = {detail["text"] for detail in case.key["details"] if detail["personal"]}
        assert personal <= {name, phone, nik, *more}
        assert not {*more} & {*case.facts["places"]}, "places are public"


def test_an_invented_identity_is_its_owners_alone():
    people = [identity_of("Wayan Contoh", Random(seed)) for seed in range(500)]
    assert len({person["nik"] for person in people}) > 490


# Answers: a family's own, or what is in stock


def test_a_family_without_words_of_its_own_gets_those_in_stock():
    (case,) = told_in("tirta_asri", NO_WORDS)
    assert "answer" not in FAMILIES[NO_WORDS]
    assert [draft["flaw"] for draft in case.key["draft"]] == FLAWS
    assert len(case.facts["evidence"]) == 3
    assert [item["good"] for item in case.key["answer"]["evidence"]].count(True) == 1
    assert len(case.facts["findings"]["id"]) == len(case.facts["findings"]["en"]) > 0
    assert case.facts["situation"]["id"].startswith("Anda mengalami sendiri")


def test_a_family_keeps_what_it_says_in_its_own_words():
    for case in cases_of(DESKS, "tps-meluap", "pohon-miring"):
        own = FAMILIES[case.family]
        assert [draft["flaw"] for draft in case.key["draft"]] == FLAWS
        assert [item["code"] for item in case.facts["evidence"]] == [
            item["code"] for item in own["answer"]["evidence"]
        ]
        assert case.key["answer"]["words"] == own["answer"]["words"]


@pytest.mark.parametrize("code", AT_DESKS)
def test_a_draft_that_leaks_names_something_that_this_report_holds(code):
    for seed in range(20):
        for case in cases_of(DESKS, code, seed=seed):
            leak = next(each["text"] for each in case.key["draft"] if each["flaw"] == "leak")
            assert any(piece in leak for piece in case.facts["identity"]), seed


def test_the_facts_do_not_tell_which_evidence_is_good():
    for case in cases_of(DESKS):
        kept = {"code", "label_id", "label_en"}
        assert all(set(item) == kept for item in case.facts["evidence"])
        evidence = case.key["answer"].get("evidence", [])
        assert [item["code"] for item in evidence] == [
            item["code"] for item in case.facts["evidence"]
        ]
        assert [item["good"] for item in evidence].count(True) == (1 if evidence else 0)


def test_the_officer_who_leaves_is_the_first_and_cases_are_shared_in_turn():
    leaving = REGION.officers[0]["code"]
    cases = made_for("meja-pengawas", 2)
    assert {case.facts["officer"] for case in cases} == {each["code"] for each in REGION.officers}
    assert [case.key["leaver"] is not None for case in cases] == [
        case.facts["officer"] == leaving for case in cases
    ]


def test_the_places_of_a_case_lie_in_one_district():
    for case in cases_of(DESKS, seed=5):
        village, street, landmark, district = case.facts["places"]
        site = next(site for site in REGION.sites if site.names["district"] == district)
        assert district == case.facts["district"]
        assert village in site.villages
        assert street in {road["name"] for road in site.assets["street"]}
        assert landmark in {place["name"] for place in site.assets["landmark"]}


def test_facts_do_not_give_the_answer_away():
    """Neither by a word of the key's machinery, nor by the sentences that explain it."""
    offices = set(REGION.by_code)
    for case in [*made(60), *cases_of(DESKS)]:
        told = "\n".join(strings({**case.facts, "notes": []}))
        key = {name: case.key[name] for name in ("route", "trap", "return", "hold", "archive",
               "agency", "debrief") if name in case.key}  # fmt: skip
        hold = case.key.get("hold", {}).get("completion_id")
        sentences = {text for text in strings(key) if len(text.split()) > 4} - {hold}
        assert [text for text in sentences if text in told] == []
        codes = offices | set(MISSING_LABELS) | ARCHIVE_REASONS
        assert [code for code in codes if "_" in code and code in told] == []
        assert '"decision"' not in json.dumps(case.facts)
