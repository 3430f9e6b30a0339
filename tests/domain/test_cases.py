"""Cases from a seed, and the library that ships: nothing real, missing or given away."""

import json
from collections import Counter
from random import Random

import pytest

from sandbox.domain.cases import SLOT, draw, fill_slots, group_sizes, identity_of, make_cases, tell
from sandbox.domain.privacy import personal_data_in
from sandbox.labels import CHANNEL_LABELS, CLASS_LABELS, LEVEL_LABELS, MISSING_LABELS
from tests.domain.conftest import (
    CATEGORIES,
    COMPOSITION,
    LIBRARY,
    PACK,
    SCENARIO,
    read,
    shipped_library,
)

NAMES = ["Wayan Contoh", "Siti Rekaan", "Yohana Misal"]
FAMILIES = {family["code"]: family for family in LIBRARY.families}
PARTS = ("hold", "return", "archive")
UNITS = {unit["code"] for unit in LIBRARY.region["unit"]}
DESTINATIONS = {office["code"]: office for office in LIBRARY.region["destination"]}
ARCHIVE_REASONS = {reason["code"] for reason in PACK["archive_reason"]}
DESKS = shipped_library(families="meja")
SHARES = {"dispose": 5, "supervisory": 1, "hold": 2, "return": 2, "archive": 2}


def made(number: int = 12, seed: int = 7, composition=COMPOSITION, seen=()):
    return make_cases(LIBRARY, composition, number, seed, NAMES, seen)


def to_bytes(cases) -> bytes:
    return json.dumps([[case.family, case.facts, case.key] for case in cases]).encode()


@pytest.fixture(params=sorted(FAMILIES))
def family(request):
    return FAMILIES[request.param]


@pytest.fixture
def tellings(family):
    """Every telling of the family, several times over with other places and details."""
    return told(family, LIBRARY)


def told(family, library):
    random = Random(1)
    people = [{"name": NAMES[0], **identity_of(NAMES[0], random)} for _ in range(20)]
    return [
        tell(family, telling, library, values_of(family, library, random, person), officer)
        for telling in family["telling"]
        for person in people
        for officer in ("", "wening")
    ]


def values_of(family, library, random, person):
    return fill_slots(family, library.region, random, NAMES[0]) | person


# Making cases


@pytest.mark.parametrize("number", [12, 120])
def test_the_same_seed_gives_the_same_cases_to_the_byte(number):
    assert to_bytes(made(number)) == to_bytes(made(number))


def test_another_seed_gives_other_cases():
    assert len({to_bytes(made(seed=seed)) for seed in range(50)}) == 50


def test_the_order_in_which_a_database_returns_the_composition_changes_nothing():
    """PostgreSQL keeps the keys of a JSON object in an order of its own."""
    other_order = dict(sorted(COMPOSITION.items(), key=lambda pair: len(pair[0])))
    assert list(other_order) != list(COMPOSITION)
    assert to_bytes(made(composition=other_order)) == to_bytes(made())


@pytest.mark.parametrize(("number", "times"), [(12, 1), (120, 10)])
def test_a_run_is_composed_as_its_exercise_says(number, times):
    groups = Counter(FAMILIES[case.family]["group"] for case in made(number))
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
    groups = Counter(FAMILIES[case.family]["group"] for case in second)
    assert groups == SHARES


def test_every_report_has_a_reporter_of_its_own_while_names_last():
    names = [f"Nama {number}" for number in range(12)]
    cases = make_cases(LIBRARY, COMPOSITION, 12, 7, names)
    assert {case.facts["reporter"] for case in cases} == set(names)


def test_whoever_has_met_every_family_still_gets_a_full_run():
    assert len(made(seen=set(FAMILIES))) == 12


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


# The library that ships


def test_every_group_that_the_exercise_weighs_has_enough_families():
    groups = Counter(family["group"] for family in LIBRARY.families)
    assert set(groups) == set(SHARES)
    assert [group for group, size in SHARES.items() if groups[group] < 2 * size] == []


def test_a_family_is_named_like_its_file(library):
    assert len(FAMILIES) == len(library.families)


def test_no_slot_is_left_unfilled(tellings):
    for case in tellings:
        words = [*strings(case.facts), *strings({**case.key, "draft": []})]
        assert [text for text in words if SLOT.search(text) or "{" in text or "}" in text] == []


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def test_no_telling_holds_personal_data_but_the_synthetic_identity(tellings):
    for case in tellings:
        assert personal_data_in(but_for_the_identity(case)) == set()


def but_for_the_identity(case):
    text = "\n".join([*strings(case.facts), *strings(case.key)])
    for detail in case.facts["identity"][1:]:
        text = text.replace(detail, "")
    return text


def test_the_region_holds_no_personal_data():
    assert personal_data_in("\n".join(strings(LIBRARY.region))) == set()


def test_facts_are_those_that_the_pages_show(tellings):
    for case in tellings:
        assert set(case.facts) == {
            "title", "text", "channel", "anonymous", "secret", "reporter", "district", "notes",
            "identity", "places", "officer", "details", "situation", "findings", "evidence",
        }  # fmt: skip
        assert case.facts["title"].strip()
        assert case.facts["text"].strip()
        assert case.facts["channel"] in CHANNEL_LABELS
        assert isinstance(case.facts["anonymous"], bool)
        assert isinstance(case.facts["secret"], bool)
        assert len(case.facts["notes"]["id"]) == len(case.facts["notes"]["en"]) > 0


def test_facts_do_not_give_the_answer_away(tellings):
    """Neither by a word of the key's machinery, nor by the sentences that explain it."""
    for case in tellings:
        told = "\n".join(strings(case.facts))
        explanations = {
            text
            for text in strings(case.key)
            if len(text.split()) > 4 and text != case.key["source"]
        } - {case.key.get("hold", {}).get("completion_id")}
        assert explanations
        assert [text for text in explanations if text in told] == []
        codes = UNITS | set(DESTINATIONS) | set(MISSING_LABELS) | ARCHIVE_REASONS
        assert [code for code in codes if "_" in code and code in told] == []
        assert "key" not in case.facts
        assert "decision" not in json.dumps(case.facts)


def test_a_reporter_is_only_who_the_run_names(tellings):
    assert {case.facts["reporter"] for case in tellings} == {NAMES[0]}


def test_every_answer_exists_among_the_choices(family):
    key = family["key"]
    assert family["decision"] in {"dispose", "hold", "return", "archive"}
    assert family["source"]
    assert key["class"] in CLASS_LABELS
    assert {key["category"], *key.get("also_categories", [])} <= set(CATEGORIES)
    assert {route["unit"] for route in key.get("route", [])} <= UNITS
    assert {trap["code"] for trap in key.get("trap", [])} <= UNITS | set(DESTINATIONS)


def test_a_key_has_the_part_that_its_decision_needs(family):
    key = family["key"]
    match family["decision"]:
        case "dispose":
            assert key["route"]
        case "hold":
            assert key["route"], "what follows the completion is judged too"
            assert key["hold"]["missing"] in MISSING_LABELS
            assert key["hold"]["completion_id"]
        case "return":
            right = key["return"]
            assert right["level"] in LEVEL_LABELS
            assert DESTINATIONS[right["destination"]]["level"] == right["level"]
            assert set(right.get("near", [])) <= set(DESTINATIONS) - {right["destination"]}
        case "archive":
            assert key["archive"]["reason"] in ARCHIVE_REASONS


def test_the_best_unit_earns_everything_and_no_trap_is_right(family):
    routes = family["key"].get("route", [])
    assert [route["share"] for route in routes[:1]] in ([], [1.0])
    assert all(0 < route["share"] <= 1 for route in routes)
    right = {route["unit"] for route in routes if route["share"] == 1.0}
    right.add(family["key"].get("return", {}).get("destination"))
    assert {trap["code"] for trap in family["key"].get("trap", [])} & right == set()


def test_every_reason_is_given_in_both_languages(family):
    key = family["key"]
    parts = [
        *key.get("route", []),
        *key.get("trap", []),
        *[key[part] for part in PARTS if part in key],
    ]
    assert parts
    assert [part for part in parts if not (part["why_id"] and part["why_en"])] == []


# The families of the five desks

AT_DESKS = {family["code"]: family for family in DESKS.families}
LATER = {"{soon}", "{found_on}"}  # days that are only known when a simulated unit answers
at_desks = pytest.mark.parametrize("code", sorted(AT_DESKS))
FLAWS = {"none", "no_date", "no_finding", "leak", "blame", "empty"}
EXERCISES = ("pelapor", "nasional", "instansi", "penghubung", "pengawas")


@at_desks
def test_at_a_desk_only_the_days_of_a_draft_wait_to_be_filled(code):
    for case in told(AT_DESKS[code], DESKS):
        words = [*strings(case.facts), *strings({**case.key, "draft": []})]
        assert [text for text in words if "{" in text or "}" in text] == []
        left = {slot[0] for text in strings(case.key["draft"]) for slot in SLOT.finditer(text)}
        assert left <= LATER


@at_desks
def test_at_a_desk_no_personal_data_but_the_synthetic_identity(code):
    for case in told(AT_DESKS[code], DESKS):
        assert personal_data_in(but_for_the_identity(case)) == set()


@at_desks
def test_what_is_to_be_masked_or_kept_stands_in_the_report_to_the_letter(code):
    for case in told(AT_DESKS[code], DESKS):
        for detail in case.key["details"]:
            assert detail["text"] in case.facts["text"], detail
        shown = [detail["text"] for detail in case.facts["details"]]
        assert shown == [detail["text"] for detail in case.key["details"]]
        assert all(set(detail) == {"text", "kind"} for detail in case.facts["details"])


@at_desks
def test_at_a_desk_the_facts_do_not_tell_which_evidence_is_good(code):
    for case in told(AT_DESKS[code], DESKS):
        kept = {"code", "label_id", "label_en"}
        assert all(set(item) == kept for item in case.facts["evidence"])
        evidence = case.key["answer"].get("evidence", [])
        assert [item["code"] for item in evidence] == [
            item["code"] for item in case.facts["evidence"]
        ]
        assert [item["good"] for item in evidence].count(True) == (1 if evidence else 0)


@at_desks
def test_at_a_desk_every_choice_of_the_key_exists(code):
    family = AT_DESKS[code]
    key = family["key"]
    assert family["decision"] in {"dispose", "hold", "return", "archive", "block"}
    assert key["class"] in CLASS_LABELS
    assert {key["category"], *key.get("also_categories", [])} <= set(CATEGORIES)
    agencies = {*DESTINATIONS, DESKS.home}
    assert {key["agency"]["code"], *key["agency"]["near"]} <= agencies
    units = {route["unit"] for route in key.get("route", [])}
    units |= set(key.get("support", {}).get("units", []))
    assert units <= UNITS
    assert {trap["code"] for trap in key.get("trap", [])} <= UNITS | agencies
    drafts = [draft["flaw"] for draft in family.get("draft", [])]
    assert len(drafts) == len(set(drafts))
    assert set(drafts) <= FLAWS
    assert not drafts or "none" in drafts
    assert family["copies"] == (3 if family["group"] == "duplicate" else 1)


@pytest.mark.parametrize("desk", EXERCISES)
@pytest.mark.parametrize("seed", range(5))
def test_every_desk_gets_the_cases_that_its_exercise_weighs(desk, seed):
    exercise = read(f"scenario_library/meja-{desk}.toml")
    names = [f"Nama {number}" for number in range(40)]
    cases = make_cases(DESKS, exercise["composition"], exercise["number"], seed, names)
    again = make_cases(DESKS, exercise["composition"], exercise["number"], seed, names)
    assert to_bytes(cases) == to_bytes(again)
    twins = [case for case in cases if case.key["duplicate_of"]]
    assert len(cases) == exercise["number"] + len(twins)
    for case in twins:
        parent = cases[case.key["duplicate_of"] - 1]
        assert (parent.family, parent.key["duplicate_of"]) == (case.family, None)
        assert parent.facts["text"] != case.facts["text"]
        assert parent.facts["reporter"] != case.facts["reporter"]
    leaving = DESKS.officers[0]["code"]
    assert [case.key["leaver"] is not None for case in cases] == [
        case.facts["officer"] == leaving for case in cases
    ]
