"""Case families: everything wrong is found at once, with its place; what ships is in order."""

import tomllib
from copy import deepcopy

import pytest

from sandbox.domain.library.families import compare, ordered, read_families, written
from sandbox.domain.library.family_checks import Known, breaks, check_family, is_thin
from sandbox.domain.rules import NotAPack
from sandbox.selectors.files import SANDBOX, parsed, region_in, routing, shipped_families

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
    del family["telling"][4:]
    assert found(family) == []
    assert is_thin(family)
    del family["telling"][2:]
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
