"""Who is competent: one table for all regions, read at one place and for one government."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sandbox.domain.library.regions import Region, is_valid
from sandbox.domain.library.routing import DISPOSE, RETURN, Reading, rows_of
from sandbox.labels import LEVEL_LABELS
from tests.domain.conftest import CATEGORIES
from tests.domain.desks import FAMILIES, ROUTING, START
from tests.domain.regions import PACKS, PROVINCES, REGENCIES, there

every_region = pytest.mark.parametrize("pack", PACKS)
ROWS = ROUTING.rows.values()
REGENCY_ROAD, SENIOR_SCHOOL, NATIONAL_ROAD = 3, 61, 1
WHOLE, HALF = 1.0, 0.5


def reading(row, pack="tirta_asri", site=0, region=None, **key):
    """Read a row for a plain family about it, at one of a region's sites."""
    region = region or there(pack)
    family = {"code": f"row-{row}", "row": row, "decision": "route", "key": key}
    return Reading(family, ROUTING, region, region.sites[site])


def changed(pack, office, **columns) -> Region:
    """Return a region in which one office is otherwise."""
    offices = [
        {**row, **columns} if row["code"] == office else row for row in there(pack).pack["offices"]
    ]
    return Region({**there(pack).pack, "offices": offices}, START.date())


# The table


def test_there_are_118_rows_numbered_in_order():
    assert list(ROUTING.rows) == list(range(1, 119))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["number"]))
def test_a_row_says_in_both_languages_who_is_competent_and_why(row):
    for field in ("topic", "why"):
        assert row[f"{field}_id"].strip()
        assert row[f"{field}_en"].strip()
    assert bool(row["when_id"]) == bool(row["when_en"]), "not every row turns on a declared fact"
    for each in (*row["accept"], *row["traps"]):
        assert each["why_id"].strip()
        assert each["why_en"].strip()
    assert row["confidence"] in {"A", "B", "C"}
    assert row["source"].strip()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["number"]))
def test_a_row_names_known_duties_and_each_of_them_once(row):
    named = [row["competent"], *(each["duty"] for each in (*row["accept"], *row["traps"]))]
    assert set(named) | set(row["support"]) <= set(ROUTING.duties)
    assert len(named) == len(set(named))


@pytest.mark.parametrize(("duty", "office"), [("PROV_PU", "BMCKTR"), ("PROV_SDA", "SDABK")])
def test_where_roads_and_water_have_an_office_each_a_report_goes_to_its_own(duty, office):
    region = there("sumatera_barat")
    assert {region.responsible(duty, site)["code"] for site in region.sites} == {office}


def test_an_office_for_water_is_near_a_canal_and_the_office_for_roads_is_not():
    canal = reading(13, "sumatera_barat")
    assert [office["code"] for office, _route in canal.offices(canal.routes)][1:] == ["SDABK"]


def test_an_accepted_route_is_worth_something_but_never_all():
    shares = [each["share"] for row in ROWS for each in row["accept"]]
    assert all(0 < share < WHOLE for share in shares)


def test_every_duty_has_names_a_level_and_a_kind_of_office():
    for duty in ROUTING.duties.values():
        assert duty["name_id"]
        assert duty["name_en"]
        assert duty["level"] in {*LEVEL_LABELS, "state_owned"}
        assert ROUTING.function(duty["code"]) == duty["function"]


def test_the_categories_of_the_rows_are_those_of_the_rule_pack():
    extra = {row["category"] for row in ROWS} - set(CATEGORIES)
    assert extra == set()


def test_every_family_is_about_rows_that_exist_and_many_rows_have_a_family():
    used = {row for family in FAMILIES.values() for row in rows_of(family)}
    assert used <= set(ROUTING.rows)
    assert len(used) > 100


# Offices


@every_region
def test_somebody_carries_every_duty_at_every_place_of_every_region(pack):
    region = there(pack)
    for site in region.sites:
        missing = [duty for duty in ROUTING.duties if region.responsible(duty, site) is None]
        assert missing == [], site


@every_region
def test_offices_carry_known_duties_only(pack):
    carried = {duty for row in there(pack).offices for duty in row["duties"].split()}
    assert carried <= set(ROUTING.duties)


@every_region
def test_every_row_can_be_read_at_every_region_and_at_most_one_office_is_right(pack):
    for row in ROUTING.rows:
        key = reading(row, pack).key()
        right = {route["unit"] for route in key.get("route", ())}
        right |= {key["return"]["destination"], *key["return"]["near"]} if "return" in key else {""}
        assert ("route" in key) != ("return" in key)
        assert {trap["code"] for trap in key["trap"]}.isdisjoint(right)
        assert len({trap["code"] for trap in key["trap"]}) == len(key["trap"])


def test_the_office_of_the_smaller_area_is_responsible_there_alone():
    region = there("nusa_lestari")
    towns = {site.code: region.responsible("BINAMARGA", site) for site in region.sites}
    for site, office in towns.items():
        assert office["area"]
        assert site.startswith(f"{office['area']}.")
    assert len({office["code"] for office in towns.values()}) > 3


# One row, two governments


@pytest.mark.parametrize("pack", REGENCIES)
def test_a_regency_road_is_disposed_to_a_unit_of_the_regency(pack):
    for site in range(len(there(pack).sites)):
        found = reading(REGENCY_ROAD, pack, site)
        assert found.decision == DISPOSE
        assert there(pack).is_home(found.competent)
        assert found.key()["route"][0] == {
            "unit": found.competent["code"],
            "share": WHOLE,
            "why_id": ROUTING.rows[REGENCY_ROAD]["why_id"],
            "why_en": ROUTING.rows[REGENCY_ROAD]["why_en"],
        }
        assert found.key()["agency"]["code"] == there(pack).code


@pytest.mark.parametrize("pack", PROVINCES)
def test_at_a_province_a_regency_road_is_returned_to_the_regency_of_its_place(pack):
    region = there(pack)
    regencies = {row["code"]: row for row in region.pack["places"] if row["kind"] == "regency"}
    for number, site in enumerate(region.sites):
        found = reading(REGENCY_ROAD, pack, number)
        assert found.decision == RETURN
        right = found.key()["return"]
        assert right["level"] == "regency"
        office = region.by_code[right["destination"]]
        assert site.serves(office["area"])
        assert regencies[office["area"]]["name"] == site.names["regency"]
        assert "route" not in found.key()


@pytest.mark.parametrize("pack", PROVINCES)
def test_a_senior_school_is_the_provinces_own(pack):
    found = reading(SENIOR_SCHOOL, pack)
    assert found.decision == DISPOSE
    assert found.competent["kind"] == "unit"


@pytest.mark.parametrize("pack", REGENCIES)
def test_a_regency_returns_a_senior_school_to_its_province(pack):
    found = reading(SENIOR_SCHOOL, pack)
    assert found.decision == RETURN
    assert found.key()["return"]["level"] == "province"
    assert found.key()["agency"]["code"] == found.key()["return"]["destination"]


@every_region
def test_a_national_road_is_returned_by_everybody(pack):
    found = reading(NATIONAL_ROAD, pack)
    assert found.decision == RETURN
    assert found.key()["return"]["level"] == "central"


def test_what_a_family_declares_itself_comes_before_its_row():
    own = [{"duty": "DISHUB", "share": WHOLE, "why_id": "Sendiri.", "why_en": "Own."}]
    found = reading(REGENCY_ROAD, route=own)
    assert found.competent["code"] == "DISHUB"
    assert found.key()["route"][0]["why_en"] == "Own."


def test_a_family_without_any_row_has_neither_route_nor_trap():
    family = {"code": "spam", "decision": "archive", "key": {}}
    key = Reading(family, ROUTING, there("bali"), there("bali").sites[0]).key()
    assert key == {"trap": [], "agency": {"code": "BALI", "near": [], "why_id": "", "why_en": ""}}


# Traps


def both_at_one_office(pack="tirta_asri"):
    """Return a row whose competent duty and trap one office carries once they are merged."""
    row = ROUTING.rows[REGENCY_ROAD]
    trap = next(t["duty"] for t in row["traps"] if there(pack).by_code.get(t["duty"]))
    return row["competent"], trap


def test_where_one_office_carries_both_the_competent_wins_over_the_trap():
    competent, trap = both_at_one_office()
    before = {each["code"] for each in reading(REGENCY_ROAD).key()["trap"]}
    assert trap in before
    office = reading(REGENCY_ROAD).competent["code"]
    merged = changed("tirta_asri", office, duties=f"{competent} {trap}")
    offices = [row for row in merged.pack["offices"] if row["code"] != trap]
    one = Region({**merged.pack, "offices": offices}, START.date())
    key = reading(REGENCY_ROAD, region=one).key()
    assert key["route"][0]["unit"] == office
    assert {each["code"] for each in key["trap"]} == before - {trap}


def test_a_trap_that_leads_to_two_duties_of_one_office_is_named_once():
    for pack in PACKS:
        for row in ROUTING.rows:
            codes = [trap["code"] for trap in reading(row, pack).key()["trap"]]
            assert len(codes) == len(set(codes))


def test_an_accepted_route_counts_its_share_at_home_and_half_elsewhere():
    """At another government it is near: the national admin's half credit."""
    row = next(
        row
        for row in ROWS
        if row["accept"]
        and ROUTING.duties[row["competent"]]["level"] == "regency"
        and ROUTING.duties[row["accept"][0]["duty"]]["level"] == "regency"
        and reading(row["number"]).office(row["accept"][0]["duty"])
        != reading(row["number"]).competent
    )
    at_home = reading(row["number"]).key()["route"]
    assert at_home[0]["share"] == WHOLE
    assert at_home[1]["share"] == row["accept"][0]["share"] < WHOLE


def test_an_accepted_route_to_another_government_is_near():
    row = next(
        row
        for row in ROWS
        if ROUTING.duties[row["competent"]]["level"] == "central"
        and any(ROUTING.duties[each["duty"]]["level"] == "province" for each in row["accept"])
    )
    key = reading(row["number"]).key()
    assert key["return"]["near"]
    assert key["agency"]["near"][: len(key["return"]["near"])] == key["return"]["near"]
    assert key["agency"]["code"] not in key["agency"]["near"]


# Time


def test_an_office_whose_time_is_over_or_has_not_come_does_not_exist():
    home = there("tirta_asri")
    day = START.date()
    assert "DLH" in home.by_code
    for first, last, exists in (
        ("", "", True),
        (str(day), str(day), True),
        ("", str(day - timedelta(days=1)), False),
        (str(day + timedelta(days=1)), "", False),
    ):
        region = changed("tirta_asri", "DLH", valid_from=first, valid_to=last)
        assert ("DLH" in region.by_code) is exists
        assert (region.responsible("DLH", region.sites[0]) is not None) is exists
        assert is_valid({"valid_from": first, "valid_to": last}, day) is exists


def test_nobody_is_competent_where_the_only_office_has_gone():
    region = changed("tirta_asri", "DLH", valid_to="2020-01-01")
    row = next(number for number, row in ROUTING.rows.items() if row["competent"] == "DLH")
    with pytest.raises(LookupError, match="nobody carries DLH"):
        reading(row, region=region).decision  # noqa: B018


def test_the_same_pack_has_other_offices_on_another_day():
    pack = there("badung").pack
    before, now = (
        {row["code"] for row in Region(pack, day).offices}
        for day in (date(2024, 1, 1), START.date())
    )
    assert "KEMENDIKBUDRISTEK" in before - now
    assert {"KEMENDIKTI", "KEMENDIKDASMEN"} <= now - before


# What a region has of its own


def test_level_traps_are_about_rows_and_regions_that_exist():
    official = {there(pack).about["official_code"] for pack in PACKS}
    assert ROUTING.level_traps
    for trap in ROUTING.level_traps:
        assert trap["row"] in ROUTING.rows
        assert trap["region"] in official
        assert trap["story_id"]
        assert trap["story_en"]


def test_a_name_that_several_places_bear_has_all_its_meanings():
    assert ROUTING.same_names
    for name in ROUTING.same_names:
        assert len(set(name["meanings"])) == len(name["meanings"]) > 1
        assert name["why_id"]
        assert name["why_en"]
    words = [name["word"] for name in ROUTING.same_names]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("trap", ROUTING.level_traps, ids=lambda trap: str(trap["row"]))
def test_at_a_level_trap_the_level_of_the_competent_office_decides(trap):
    pack = next(name for name in PACKS if there(name).about["official_code"] == trap["region"])
    found = reading(trap["row"], pack)
    is_own = there(pack).is_home(found.competent)
    assert found.decision == (DISPOSE if is_own else RETURN)


def test_support_is_our_own_units_but_never_the_lead():
    family = next(each for each in FAMILIES.values() if each["key"].get("support"))
    region = there("tirta_asri")
    found = Reading(family, ROUTING, region, region.sites[0])
    duties = family["key"]["support"]["duties"]
    units = found.key()["support"]["units"]
    assert set(units) <= {unit["code"] for unit in region.units}
    assert found.competent["code"] not in units
    lead = found.routes[0]["duty"]
    key = {**family["key"], "support": {"duties": [*duties, lead, "PROV_PU"]}}
    assert replace(found, family={**family, "key": key}).support() == units
