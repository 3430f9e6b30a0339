"""What keeps a region from being stored: every problem at once, each by file, row and column."""

from datetime import date

import pytest

from sandbox.domain.library.region_cells import ASSET_KINDS
from sandbox.domain.library.region_checks import check_region
from tests.domain.desks import ROUTING, START
from tests.regions import (
    ASSETS,
    OFFICES,
    PLACES,
    SHIPPED,
    TODAY,
    a_region,
    files_of,
    office,
    problems_in,
    problems_of,
    row_of,
    told,
    zipped,
)

# Cells, each by itself


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("name", "", "empty"),
        ("does", "", "empty"),
        ("source", "", "no_source"),
        ("kind", "bagian", "one_of"),
        ("level", "kabupaten", "one_of"),
        ("function", "Dinas Apa Saja", "one_of"),
        ("confidence", "yakin", "one_of"),
        ("duties", "DISHUB TERBANG", "no_duty"),
        ("duties", "DISHUB DISHUB", "listed_twice"),
        ("parent", "TIDAK_ADA", "no_office"),
        ("parent", "", "empty"),
        ("parent", "POLRES", "parent_outside"),
        ("area", "99.99", "no_place"),
        ("valid_from", "1 Januari 2026", "day"),
        ("valid_from", "2026-02-30", "day"),
        ("valid_from", "20260101", "day"),
        ("name", "=HYPERLINK(1)", "formula"),
        ("name", "  =1+1", "formula"),
        ("name", "\uff1d1+1", "formula"),
        ("name", "+1", "formula"),
        ("does", "-1", "formula"),
        ("source", "@SUM(A1)", "formula"),
        ("name", "Dinas\u202ePerhubungan", "control"),
        ("name", "Dinas\nPerhubungan", "control"),
        ("name", "D" * 121, "too_long"),
        ("does", "D" * 301, "too_long"),
        ("does", "Hubungi 3271011203850001", "personal"),
        ("does", "Hubungi 0812 3456 7890", "personal"),
        ("source", "surat dari budi@gmail.com", "personal"),
    ],
)
def test_a_wrong_cell_of_an_office_is_named_by_row_and_column(column, cell, code):
    content = a_region()
    office(content, "DISHUB")[column] = cell

    found = problems_in(content)

    assert (OFFICES, row_of(content, "DISHUB"), column, code) in found
    through_a_file = problems_of(zipped(files_of(content)))
    assert set(found) <= set(through_a_file) or cell.startswith(" ")


@pytest.mark.parametrize("code", ["dishub", "DISHUB-1", "D" * 21, "1DINAS"])
def test_a_code_of_an_office_has_a_form(code):
    content = a_region()
    office(content, "SATPOLPP")["code"] = code
    assert (OFFICES, row_of(content, code), "code", "office_code") in problems_in(content)


def test_an_agency_is_called_what_it_is_called():
    content = a_region()
    office(content, "TIRTA_ASRI")["name"] = "Pemerintah Kabupaten Bandung"
    assert problems_in(content) == []


# Offices together


def test_codes_and_names_that_come_twice_are_named_with_the_row_of_the_first():
    content = a_region()
    content["offices"].append(dict(office(content, "DISHUB"), duties=""))
    last = len(content["offices"]) + 1
    found = check_region(content, routing=ROUTING, days=[TODAY])
    assert told(found) == [
        (OFFICES, last, "code", "code_twice"),
        (OFFICES, last, "name", "same_name"),
    ]
    assert {each.gaps["row"] for each in found} == {row_of(content, "DISHUB")}


def test_an_office_may_be_called_like_the_one_whose_place_it_took():
    content = a_region()
    old = office(content, "DISHUB")
    content["offices"].append({**old, "code": "DISHUB_BARU", "valid_from": "2026-01-01"})
    new = content["offices"][-1]
    assert (OFFICES, len(content["offices"]) + 1, "name", "same_name") in problems_in(content)

    old["valid_to"] = "2025-12-31"
    for asset in content["assets"]:
        asset["owner"] = new["code"] if asset["owner"] == "DISHUB" else asset["owner"]
    assert problems_in(content) == []


def test_an_office_does_not_end_before_it_begins():
    content = a_region()
    office(content, "KOMINFO").update(valid_from="2026-05-01", valid_to="2026-04-30")
    row = row_of(content, "KOMINFO")
    assert (OFFICES, row, "valid_to", "ends_early") in problems_in(content)


def test_every_row_of_a_circle_of_parents_is_named_and_no_other():
    content = a_region()
    office(content, "DINKES")["parent"] = "DISDIK"
    office(content, "DISDIK")["parent"] = "DLH"
    office(content, "DLH")["parent"] = "DINKES"
    rows = sorted(row_of(content, code) for code in ("DINKES", "DISDIK", "DLH"))
    assert problems_in(content) == [(OFFICES, row, "parent", "circle") for row in rows]


def test_an_office_is_not_part_of_itself():
    content = a_region()
    office(content, "DLH")["parent"] = "DLH"
    assert problems_in(content) == [(OFFICES, row_of(content, "DLH"), "parent", "circle")]


def test_two_offices_never_carry_a_duty_in_the_same_area():
    content = a_region()
    other = office(content, "DLH")
    other["duties"] += " DISHUB"
    rival = (OFFICES, row_of(content, "DLH"), "duties", "rivals")
    first, second = sorted([row_of(content, "DISHUB"), row_of(content, "DLH")])
    (found,) = check_region(content, routing=ROUTING, days=[TODAY, START.date()])
    assert told([found]) == [(OFFICES, second, "duties", "rivals")]
    assert found.gaps == {"name": "DISHUB", "row": first}

    other["area"] = content["places"][1]["code"]
    assert rival not in problems_in(content), "the place decides"
    other.update(area="", valid_to="2020-12-31")
    assert rival not in problems_in(content), "they never meet"


def test_there_is_one_home_government_on_each_day():
    content = a_region()
    office(content, "DLH").update(kind="agency", parent="")
    assert problems_in(content) == [(OFFICES, row_of(content, "DLH"), "kind", "agencies")]

    content = a_region()
    home = office(content, "TIRTA_ASRI")
    home["kind"] = "destination"
    assert (OFFICES, 0, "kind", "no_agency") in problems_in(content)

    home.update(kind="agency", valid_from="2026-06-01")
    assert problems_in(content) == [(OFFICES, 0, "kind", "no_agency_then")]
    assert problems_in(content, TODAY) == []


def test_a_duty_that_nobody_carries_on_some_day_is_refused():
    content = a_region()
    office(content, "INSPEKTORAT")["valid_from"] = "2026-06-01"
    found = check_region(content, routing=ROUTING, days=[START.date(), TODAY])
    assert told(found) == [(OFFICES, 0, "duties", "nobody")]
    assert found[0].gaps == {"name": "INSPEKTORAT", "day": START.date(), "place": ""}


def test_a_duty_that_is_carried_in_some_districts_only_is_refused():
    content = a_region()
    office(content, "INSPEKTORAT")["area"] = "99.01.01"
    found = check_region(content, routing=ROUTING, days=[TODAY])
    assert told(found) == [(OFFICES, 0, "duties", "nobody_there")]
    assert found[0].gaps["place"] == "Tanjung Melati"


# Places and assets


@pytest.mark.parametrize(
    ("code", "values", "problem"),
    [
        ("99.01.02", {"code": "99.1.2"}, ("code", "place_code")),
        ("99.01.02", {"kind": "kecamatan"}, ("kind", "one_of")),
        ("99.01.02", {"parent": ""}, ("parent", "empty")),
        ("99.01.02", {"parent": "99.09"}, ("parent", "no_place")),
        ("99.01.02", {"parent": "99.01.02"}, ("parent", "circle")),
        ("99.01.02.2001", {"parent": "99.01.03"}, ("parent", "not_above")),
        ("99.01.02.2001", {"name": "muara lembayung"}, None),
        ("99.01.02.2002", {"code": "99.01.02.2001"}, ("code", "code_twice")),
        ("99.01.02.2002", {"code": "98.01.02.2002"}, ("code", "outside")),
        ("99.01.02.2002", {"name": "pasir TEDUH"}, ("name", "same_name")),
    ],
)
def test_a_wrong_place_is_named_by_row_and_column(code, values, problem):
    content = a_region()
    row = row_of(content, code, "places")
    content["places"][row - 2].update(values)
    found = [each for each in problems_in(content) if each[0] == PLACES]
    if problem:
        assert (PLACES, row, *problem) in found
    else:  # the second of the two is named
        assert found == [(PLACES, row + 1, "name", "same_name")]


def test_a_region_needs_districts_streets_and_not_thousands_of_them():
    content = a_region()
    content["assets"] = [row for row in content["assets"] if row["kind"] != "street"]
    found = problems_in(content)
    assert (ASSETS, 0, "kind", "no_streets") in found
    assert ("region.toml", 0, "address[1]", "slot") in found

    content = a_region()
    content["places"] = content["places"][:1]
    assert (PLACES, 0, "kind", "no_districts") in problems_in(content)
    content["places"] += [
        {
            "code": f"99.01.{number}",
            "kind": "district",
            "parent": "99.01",
            "name": str(number),
            "source": "x",
        }
        for number in range(1001)
    ]
    assert (PLACES, 0, "kind", "districts") in problems_in(content)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"kind": "jembatan"}, ("kind", "one_of")),
        ({"owner": ""}, ("owner", "no_owner")),
        ({"owner": "TIDAK_ADA"}, ("owner", "no_office")),
        ({"owner": "KEMENPUPR"}, ("owner", "owner_gone")),
        ({"place": ""}, ("place", "empty")),
        ({"place": "99.77.01"}, ("place", "no_place")),
        ({"name": "Cempaka DUA", "place": "99.01.01"}, ("name", "same_name")),
        ({"note": "=1"}, ("note", "formula")),
    ],
)
def test_a_wrong_asset_is_named_by_row_and_column(values, problem):
    content = a_region()
    content["assets"][4].update(values)
    assert (ASSETS, 6, *problem) in problems_in(content)


def test_every_kind_of_asset_that_ships_is_known():
    assert {row["kind"] for code in SHIPPED for row in a_region(code)["assets"]} <= set(ASSET_KINDS)


# region.toml


@pytest.mark.parametrize(
    ("values", "column", "code"),
    [
        ({"warna": "biru"}, "warna", "unknown"),
        ({"code": "Tirta Asri"}, "code", "region_code"),
        ({"code": 7}, "code", "region_code"),
        ({"official_code": "9901"}, "official_code", "official_code"),
        ({"kind": "kota"}, "kind", "one_of"),
        ({"timezone": "Asia/Singapore"}, "timezone", "one_of"),
        ({"timezone": ["Asia/Jakarta"]}, "timezone", "one_of"),
        ({"fictional": "ya"}, "fictional", "yes_or_no"),
        ({"address": []}, "address", "names"),
        ({"address": ["Jl. {street}, {galaxy}"]}, "address[1]", "slot"),
        ({"address": ["di {where}"]}, "address[1]", "slot"),
        ({"address": ["di {street"]}, "address[1]", "brackets"),
        ({"address": ["dusun {hamlet}"], "hamlets": []}, "address[1]", "no_list"),
        ({"address": "Jl. {street}"}, "address", "names"),
        ({"greetings": ["=1+1"]}, "greetings[1]", "formula"),
        ({"thanks": ["hubungi 0812 3456 7890"]}, "thanks[1]", "personal"),
        ({"lanes": [["a"]]}, "lanes", "names"),
        ({"words": {"tidak": 1}}, "words", "words"),
        ({"words": "tidak"}, "words", "table"),
        ({"id": "Tirta Asri"}, "id", "table"),
        ({"id": {}}, "id.name", "missing"),
        ({"terms": {"district": ""}}, "terms.district", "text"),
        ({"officer": [{"code": "a", "name": "A"}]}, "officer", "officers"),
        ({"officer": "Ani"}, "officer", "tables"),
        ({"officer": [{"code": "a", "name": "A"}] * 2}, "officer[2].code", "twice"),
        ({"culture": date(2026, 1, 1)}, "culture", "text"),
    ],
)  # fmt: skip
def test_a_wrong_value_of_region_toml_is_named(values, column, code):
    content = a_region()
    content["region"].update(values)
    assert ("region.toml", 0, column, code) in problems_in(content)


def test_what_is_missing_of_region_toml_is_named():
    content = a_region()
    for key in ("timezone", "id", "thanks"):
        del content["region"][key]
    assert problems_in(content) == [
        ("region.toml", 0, "timezone", "missing"),
        ("region.toml", 0, "id", "missing"),
    ]


# All at once


def test_everything_is_listed_at_once_by_file_and_row():
    content = a_region()
    content["region"]["timezone"] = "Mars/Utara"
    office(content, "DISHUB").update(level="kabupaten", source="")
    content["places"][3]["parent"] = "99.88"
    content["assets"][9]["owner"] = "SIAPA"
    assert problems_of(zipped(files_of(content))) == [
        ("region.toml", 0, "timezone", "one_of"),
        (OFFICES, row_of(content, "DISHUB"), "level", "one_of"),
        (OFFICES, row_of(content, "DISHUB"), "source", "no_source"),
        (PLACES, 5, "parent", "no_place"),
        (ASSETS, 11, "owner", "no_office"),
    ]


def test_a_hostile_pack_of_the_largest_size_is_checked_within_seconds():
    content = a_region()
    chain = [f"99.01.{number % 100:02}.{number:04}" for number in range(20_000)]
    content["places"] = [
        {"code": code, "kind": "village", "parent": above, "name": "x", "source": "x"}
        for code, above in zip(chain, [*chain[1:], chain[0]], strict=True)
    ]
    found = problems_in(content)
    assert len(found) > 20_000
