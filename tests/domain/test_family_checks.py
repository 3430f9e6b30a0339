"""Case families: everything wrong is found at once, with its place; what ships is in order."""

import json
import tomllib
from copy import deepcopy
from datetime import date
from random import Random
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.domain.library.families import compare, ordered, read_families, written
from sandbox.domain.library.family_checks import Known, breaks, check_family, is_thin
from sandbox.domain.library.regions import Region
from sandbox.domain.library.wording import LONGEST_VALUE, Draws, Scene
from sandbox.domain.rules import NotAPack
from sandbox.selectors.files import SANDBOX, parsed, region_in, routing, shipped_families, style

RULES = parsed(SANDBOX / "rule_packs/1.toml")
REGIONS = {
    folder.name: region_in(folder)
    for folder in sorted((SANDBOX / "region_library").iterdir())
    if folder.is_dir()
}
KNOWN = Known(
    rows=routing().rows.keys(),
    duties=routing().duties.keys(),
    categories=RULES["categories"]["main"],
    reasons={reason["code"] for reason in RULES["archive_reason"]},
    regions=REGIONS.keys(),
    assets={asset["kind"] for region in REGIONS.values() for asset in region["assets"]},
)
BY_CODE = {family["code"]: family for family in shipped_families()}


def a_family(code="air-pdam-berhari-hari", **changes):
    return deepcopy(BY_CODE[code]) | changes


def found(family):
    return [(problem.place, problem.code) for problem in check_family(family, KNOWN)]


@pytest.fixture
def family():
    return a_family()


def held():
    return a_family("jalan-rusak-tanpa-tempat")


@pytest.mark.parametrize("code", BY_CODE)
def test_a_family_that_ships_is_in_order(code):
    assert found(BY_CODE[code]) == []


def test_everything_wrong_is_listed_at_once(family):
    family["row"] = 999
    family["key"]["category"] = "Cuaca"
    family["key"]["trap"] = [{"duty": "ISTANA", "why_id": "x", "why_en": "x"}]
    family["telling"][1]["text"] = "Air mati di {entah} [sejak [dulu|lama]."
    family["telling"][2]["text"] = family["telling"][3]["text"]
    family["short"][0] = "Hubungi 0812 3456 789 atau budi@surat.co.id"
    del family["key"]["debrief"]["en"]

    assert found(family) == [
        ("key.debrief.en", "missing"),
        ("row", "unknown_row"),
        ("key.trap[1].duty", "unknown_duty"),
        ("key.category", "unknown_category"),
        ("short[1]", "contact"),
        ("telling[2].text", "nested"),
        ("telling[2].text", "unknown_slot"),
        ("telling[4]", "repeats"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("satu ] dua", "brackets"),
        ("satu [dua|tiga", "brackets"),
        ("satu [dua] tiga", "one_choice"),
        ("satu {dua tiga", "braces"),
        ("NIK saya 3201 0123 4567 8901", "contact"),
        ("telepon (021) 5551234", "contact"),
        ("surel saya warga@contoh.com", "contact"),
    ],
)
def test_a_text_with_a_slip_is_named(family, text, code):
    family["extra"][2] = text
    assert ("extra[3]", code) in found(family)


@pytest.mark.parametrize(
    "text",
    [
        "Buka 08.00-16.00, antre dari jam 05.30.",
        "Tagihan Rp 1.500.000 sejak 08-12-2025.",
        "Surel kantor info@contoh.test.",
        "Sejak [2019|2020] sudah {n} kali.",
    ],
)
def test_hours_money_and_dates_are_nobodys_number(family, text):
    family["extra"][2] = text
    assert found(family) == []


def test_a_family_to_pass_on_needs_somebody_competent(family):
    del family["row"]
    assert found(family) == [("row", "no_route")]
    decision = family.pop("decision")
    assert ("row", "no_route") in found(family)
    family["decision"] = decision

    duty = {"duty": "PERUMDA", "share": 1.0, "why_id": "x", "why_en": "x"}
    family["key"]["route"] = [duty]
    assert found(family) == []
    family["key"]["route"] = [duty | {"share": 0.5}]
    assert found(family) == [("key.route[1].share", "first_share")]


def test_a_family_to_be_held_never_says_what_is_missing():
    family = held()
    family["telling"][0]["text"] += " Tepatnya di {where}."
    family["slots"]["pojok"] = ["depan {landmark}", "dekat {market}"]
    family["telling"][1]["text"] += " Itu {pojok}."

    assert found(family) == [
        ("telling[1].text", "gives_away"),
        ("telling[2].text", "gives_away"),
    ]
    del family["key"]["hold"]
    assert ("key.hold", "needed_for") in found(family)


def test_too_few_tellings_are_named_and_thin_ones_told_apart(family):
    assert not is_thin(family)
    del family["telling"][5:]
    assert is_thin(family)
    assert found(family) == [("telling", "few_tellings")]


def test_a_shape_that_cannot_be_read_stops_everything_else():
    family = a_family(telling="satu", short=["x", 3], titel="x")
    problems = check_family(family, KNOWN)

    assert {(problem.place, problem.code) for problem in problems} >= {
        ("telling", "list"),
        ("short[2]", "no_text"),
        ("titel", "unknown"),
    }
    assert any(map(breaks, problems))


@pytest.mark.parametrize(
    "hostile",
    [
        {},
        {"key": []},
        {"code": 3, "row": "satu", "telling": [1, {}], "key": {"route": 5, "hold": "x"}},
        {"code": "x", "key": {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": {}}}}}}}}}},
        {"code": "x", "row": True, "copies": 10**30, "weight": float("nan")},
        {"slots": {"A B": [], "": ["x"]}, "telling": [{"text": "a\x00b"}]},
    ],
    ids=range(6),
)
def test_whatever_comes_is_refused_and_breaks_nothing(hostile):
    assert check_family(hostile, KNOWN)


def test_a_file_holds_what_was_written_into_it():
    families = [BY_CODE["air-pdam-berhari-hari"], held()]
    again = read_families(written(families).encode())

    assert again["family"] == families
    assert list(again["family"][0]) == list(ordered(families[0]))
    one = tomllib.loads(written(families[:1]))["family"][0]
    assert read_families(written([one]).encode())["family"] == families[:1]


def test_the_file_of_a_single_family_can_be_read_too():
    file = SANDBOX / "case_library/families/air-pdam-berhari-hari.toml"
    assert read_families(file.read_bytes())["family"] == [BY_CODE["air-pdam-berhari-hari"]]


@pytest.mark.parametrize("raw", [b"x" * 50_000_000, b"\xff\xfe", b"a = [[[", b"a." * 9 + b"a = 1"])
def test_what_is_no_file_of_families_is_refused(raw):
    with pytest.raises(NotAPack):
        read_families(raw)


def test_two_families_are_compared_field_by_field(family):
    other = deepcopy(family)
    other["difficulty"] = 3
    other["short"] = [*family["short"], "Air mati lagi."]
    other["telling"][0]["text"] = "Lain."
    del other["key"]["debrief"]

    assert [change.place for change in compare(family, other)] == [
        "difficulty",
        "short",
        "telling[1].text",
        "key.debrief.id",
        "key.debrief.en",
    ]
    assert compare(family, ordered(family)) == []


# Hostile values

SECONDS = 2  # of the processor; what was found took from half a minute to for ever
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
names = st.text(max_size=8)
anything = st.recursive(
    leaves,
    lambda each: st.lists(each, max_size=4) | st.dictionaries(names, each, max_size=4),
    max_leaves=8,
)
FULL = [BY_CODE["air-pdam-berhari-hari"], BY_CODE["jalan-rusak-tanpa-tempat"]]


def places_of(value, path=()):
    """Yield the path to everything that stands in a family."""
    if path:
        yield path
    inside = value.items() if isinstance(value, dict) else ()
    inside = enumerate(value) if isinstance(value, list) else inside
    for step, each in inside:
        yield from places_of(each, (*path, step))


def placed(family, path, value):
    """Return a family with another value at one place."""
    other = deepcopy(family)
    part = other
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return other


PLACES = [(number, path) for number, each in enumerate(FULL) for path in places_of(each)]
PLACES += [(0, ("key", name)) for name in ("support", "route", "trap", "archive", "block")]
PLACES += [(0, (name,)) for name in ("regions", "copies", "weight", "attachment", "slots")]
WRONG = (None, True, 3, 1.5, float("nan"), "", "x", [], [[]], [{}], ["DISPAR"], {}, {"a": []})


@given(place=st.sampled_from(PLACES), value=anything)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_value_at_any_place_breaks_the_check(place, value):
    number, path = place
    check_family(placed(FULL[number], path, value), KNOWN)


@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_a_wrong_kind_at_any_place_breaks_nothing(value):
    for number, path in PLACES:
        check_family(placed(FULL[number], path, value), KNOWN)


def test_a_list_instead_of_a_duty_is_a_problem(family):
    trap = {"why_id": "x", "why_en": "x"}
    for part in ("trap", "route"):
        key = family["key"] | {part: [trap | {"duty": ["DISPAR"], "share": 1}]}
        problems = check_family(family | {"key": key}, KNOWN)
        assert (f"key.{part}[1].duty", "no_text") in [(each.place, each.code) for each in problems]
        assert any(map(breaks, problems))


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("slots",), {"kata": ["x" * 60_000]}, ("slots.kata[1]", "too_long")),
        (("slots",), {"kata": ["x" * 201]}, ("slots.kata[1]", "too_long")),
        (("slots",), {"kata": [f"k{n}" for n in range(61)]}, ("slots.kata", "long_list")),
        (("slots",), {f"s{n}": ["x"] for n in range(41)}, ("slots", "long_list")),
        (("telling", 0, "text"), "x" * 4001, ("telling[1].text", "too_long")),
        (("titles",), ["x" * 401], ("titles[1]", "too_long")),
        (("short",), [f"k{n}" for n in range(101)], ("short", "long_list")),
        (("extra",), ["x" * 250_000], ("", "large_family")),
        (("extra",), [[[1] * 1000] * 1000], ("", "large_family")),
        (("x" * 90_000,), [1] * 50_000, ("x" * 80, "unknown")),
        (("code",), "a-" * 90_000, ("code", "too_long")),
    ],
    ids=range(11),
)
def test_what_is_too_long_is_refused_at_once_and_even_as_a_draft(family, path, value, told):
    begun = process_time()
    problems = check_family(placed(family, path, value), KNOWN)
    assert process_time() - begun < SECONDS
    assert told in [(each.place, each.code) for each in problems]
    assert any(map(breaks, problems))


def test_texts_as_long_as_they_may_be_are_checked_fast(family):
    family["telling"] = [{"text": f"{number} ".ljust(4000, "a")} for number in range(45)]
    assert len(json.dumps(family)) > 180_000
    begun = process_time()
    check_family(family, KNOWN)
    assert process_time() - begun < SECONDS


def test_own_words_cannot_hold_own_words_but_those_of_the_region(family):
    family["telling"][0]["text"] += " {s0} {s1}"
    family["slots"] = family.get("slots", {}) | {"s0": ["x", "{s1}{s1}"], "s1": ["{s1}"]}
    assert [each for each in found(family) if each[1] == "own_slot"] == [
        ("slots.s0[2]", "own_slot"),
        ("slots.s1[1]", "own_slot"),
    ]
    family["slots"] |= {"s0": ["dekat {senior_school}"], "s1": ["{where}"]}
    assert found(family) == []


def draws_with(own):
    region = Region(REGIONS["tirta_asri"], date(2026, 11, 2))
    scene = Scene(region, region.sites[0], style(), date(2026, 11, 2))
    return Draws(Random(1), scene, own, {})


def test_words_that_name_one_another_end_somewhere():
    doubling = {f"s{number}": [f"{{s{number + 1}}}" * 2] for number in range(60)} | {"s60": ["x"]}
    for own in (doubling, {"s0": ["{s0}"]}, {"s0": ["a{s1}"], "s1": ["b{s0}"]}):
        assert len(draws_with(own).fill("{s0}")) <= LONGEST_VALUE
    assert len(draws_with({"s0": ["{where}" * 500]}).fill("{s0}")) <= LONGEST_VALUE
    assert draws_with({"s0": ["di {district}"]}).fill("{s0}").startswith("di ")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("".join(f"a{n} = 1\n" for n in range(200_000)), "many_lines"),
        ("a = {" + ", ".join(f"a{n} = 1" for n in range(100_000)) + "}", "many_lines"),
        ("a = [" + "1," * 1_000_000 + "]", "many_lines"),
        ("x" * (3 * 1024 * 1024 + 1), "too_large"),
    ],
    ids=range(4),
)
def test_a_file_of_very_many_keys_is_refused_before_it_is_read(raw, code):
    begun = process_time()
    with pytest.raises(NotAPack) as refused:
        read_families(raw.encode())
    assert process_time() - begun < 0.5
    assert refused.value.problem.code == code


def test_all_that_ships_fits_into_one_file():
    assert len(read_families(written([*BY_CODE.values()]).encode())["family"]) == len(BY_CODE)
