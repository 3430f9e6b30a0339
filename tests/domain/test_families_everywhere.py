"""Every family that ships, told in every region that ships: nothing open, real or given away."""

from collections.abc import Iterator
from functools import cache
from itertools import product
from random import Random

import pytest

from sandbox.domain.cases import MISROUTED, OURS, SyntheticCase, identity_of
from sandbox.domain.library.speaking import DATE, PLACE, PLACES
from sandbox.domain.library.telling import EVIDENCE, Report, Teller, fits, slots_of
from sandbox.domain.library.wording import CHOICE, SLOT, Draws, Scene
from sandbox.domain.privacy import personal_data_in
from sandbox.labels import (
    ATTACHMENT_LABELS,
    CHANNEL_LABELS,
    CLASS_LABELS,
    LEVEL_LABELS,
    MISSING_LABELS,
)
from tests.domain.conftest import CATEGORIES, PACK
from tests.domain.desks import FAMILIES, REGION, START, STYLE
from tests.domain.regions import (
    PACKS,
    PEOPLE,
    Told,
    library_of,
    strings,
    telling_of,
    there,
    told_in,
)

every_family = pytest.mark.parametrize("code", sorted(FAMILIES))
every_region = pytest.mark.parametrize("pack", PACKS)
FEW = 2  # units
LATER = {"{soon}", "{found_on}"}  # days that are only known when somebody answers
ARCHIVE_REASONS = {reason["code"] for reason in PACK["archive_reason"]}
FACTS = {
    "title", "text", "channel", "anonymous", "secret", "reporter", "identity", "district",
    "places", "officer", "details", "situation", "findings", "evidence", "notes", "attachment",
    "manner",
}  # fmt: skip
PLACE_SLOTS = {*PLACES, "regency", "hamlet", "lane", "estate", "rt", "rw", "km", "block"}
DATE_SLOTS = {"date", "weekday", "day"}  # how long something has lasted names no day


@cache
def told(code: str) -> tuple[Told, ...]:
    return tuple(telling_of(code))


def whole_text(case: SyntheticCase) -> Iterator[str]:
    yield from strings(case.facts)
    yield from strings(case.key)


@every_family
def test_a_family_fits_at_least_one_region(code):
    assert told(code)


@every_family
def test_no_slot_and_no_alternative_is_left_open_in_any_region(code):
    for pack, _family, case in told(code):
        left = {slot[0] for text in strings(case.key["draft"]) for slot in SLOT.finditer(text)}
        assert left <= LATER
        rest = {**case.key, "draft": []}
        for text in [*strings(case.facts), *strings(rest)]:
            assert "{" not in text, (pack, text)
            assert "}" not in text, (pack, text)
            assert not [found for found in CHOICE.findall(text) if "|" in found], (pack, text)


@every_family
def test_no_text_holds_personal_data_but_the_synthetic_identity(code):
    for pack, _family, case in told(code):
        text = "\n".join(whole_text(case))
        for number in case.facts["identity"][1:3]:
            text = text.replace(number, "")
        assert personal_data_in(text) == set(), pack


@every_region
def test_a_region_holds_no_personal_data(pack):
    assert personal_data_in("\n".join(strings(there(pack).pack))) == set()


@every_family
def test_facts_are_those_that_the_pages_show(code):
    for _pack, family, case in told(code):
        facts = case.facts
        assert set(facts) == FACTS
        assert facts["title"].strip()
        assert facts["text"].strip()
        assert facts["channel"] in CHANNEL_LABELS
        assert {type(facts["anonymous"]), type(facts["secret"])} == {bool}
        assert len(facts["notes"]["id"]) == len(facts["notes"]["en"])
        assert facts["attachment"] in {"", family.get("attachment", "")}
        assert facts["attachment"] in {"", *ATTACHMENT_LABELS}


@every_family
def test_every_right_answer_exists_among_the_choices(code):
    family, key = FAMILIES[code], FAMILIES[code]["key"]
    assert family["code"] == code
    assert family["source"]
    assert family["decision"] in {"route", "hold", "archive", "block"}
    assert key["class"] in CLASS_LABELS
    assert {key["category"], *key.get("also_categories", ())} <= set(CATEGORIES)
    for pack, _family, case in told(code):
        offices, units = there(pack).by_code, {unit["code"] for unit in there(pack).units}
        assert {route["unit"] for route in case.key.get("route", ())} <= units
        assert set(case.key.get("support", {}).get("units", ())) <= units
        assert {trap["code"] for trap in case.key["trap"]} <= set(offices)
        agencies = {agency["code"] for agency in there(pack).agencies}
        assert {case.key["agency"]["code"], *case.key["agency"]["near"]} <= agencies


@every_family
def test_a_key_has_the_part_that_its_decision_needs(code):
    for pack, _family, case in told(code):
        key = case.key
        match key["decision"]:
            case "dispose":
                assert key["route"][0]["share"] == 1.0
                assert key["agency"]["code"] == there(pack).code
            case "hold":
                assert key["hold"]["missing"] in MISSING_LABELS
                assert key["hold"]["completion_id"]
                assert ("route" in key) != ("return" in key), "what follows is judged too"
            case "return":
                right = key["return"]
                assert right["level"] in LEVEL_LABELS
                assert there(pack).by_code[right["destination"]]["level"] == right["level"]
                assert right["destination"] == key["agency"]["code"]
            case "archive":
                assert key["archive"]["reason"] in ARCHIVE_REASONS
            case decision:
                assert decision == "block"


@every_family
def test_every_reason_is_given_in_both_languages(code):
    for pack, _family, case in told(code):
        key = case.key
        parts = [*key.get("route", ()), *key["trap"]]
        parts += [key[part] for part in ("hold", "return", "archive", "support") if part in key]
        empty = [part for part in parts if not (part["why_id"] and part["why_en"])]
        assert empty == [], pack
        assert all(key["debrief"].values())


@every_family
def test_no_trap_is_right(code):
    for _pack, _family, case in told(code):
        key = case.key
        right = {route["unit"] for route in key.get("route", ())}
        right.add(key.get("return", {}).get("destination"))
        assert {trap["code"] for trap in key["trap"]} & right == set()


@every_family
def test_details_stand_in_the_report_to_the_letter(code):
    for pack, _family, case in told(code):
        for detail in case.key["details"]:
            assert detail["text"] in case.facts["text"], (pack, detail)


# What is left out stays out

HELD = {code: each for code, each in FAMILIES.items() if each["decision"] == "hold"}
NO_PLACE = [code for code, each in HELD.items() if each["key"]["hold"]["missing"] == PLACE]
NO_DATE = [code for code, each in HELD.items() if each["key"]["hold"]["missing"] == DATE]
NO_EVIDENCE = [code for code, each in HELD.items() if each["key"]["hold"]["missing"] == EVIDENCE]


@pytest.mark.parametrize("code", NO_PLACE)
def test_a_report_that_lacks_its_place_never_says_one(code):
    assert slots_of(FAMILIES[code]) & PLACE_SLOTS == set()
    for drawn in drawn_for(code):
        assert set(drawn.values) & PLACE_SLOTS == set()
        assert not drawn.assets


@pytest.mark.parametrize("code", NO_DATE)
def test_a_report_that_lacks_its_date_never_says_one(code):
    assert slots_of(FAMILIES[code]) & DATE_SLOTS == set()
    for drawn in drawn_for(code):
        assert set(drawn.values) & DATE_SLOTS == set()


@pytest.mark.parametrize("code", NO_EVIDENCE)
def test_a_report_that_lacks_its_evidence_never_speaks_of_a_picture(code):
    assert not any(report.refers_to_photo for report, _drawn in tell(code))


def drawn_for(code: str) -> Iterator[Draws]:
    """Yield what was drawn for reports of a family, those of a labelled set too."""
    return (drawn for _report, drawn in tell(code))


def tell(code: str) -> Iterator[tuple[Report, Draws]]:
    for pack, seed in product(PACKS, range(60)):
        place, random = there(pack), Random(f"{code}/{pack}/{seed}")
        person = {**identity_of(PEOPLE[0], random), "other": PEOPLE[1], "nickname": "Wayan"}
        scene = Scene(place, random.choice(place.sites), STYLE, START.date())
        drawn = Draws(random, scene, FAMILIES[code].get("slots", {}), person)
        teller = Teller(FAMILIES[code], drawn, STYLE, random, complete=seed % 2 == 0)
        yield teller.tell(), drawn


@pytest.mark.parametrize("code", sorted(HELD))
def test_whoever_is_asked_for_what_is_missing_tells_it(code):
    for _pack, family, case in told(code):
        completion = case.key["hold"]["completion_id"]
        assert completion
        if family["key"]["hold"]["missing"] == PLACE:
            slots = set(SLOT.findall(family["key"]["hold"]["completion_id"]))
            assert slots & {*PLACE_SLOTS, *there("tirta_asri").sites[0].assets}


# Which family for which region


def test_a_family_for_one_region_is_told_nowhere_else():
    for code, family in FAMILIES.items():
        for pack in PACKS if "regions" in family else ():
            assert fits(family, there(pack)) == (pack in family["regions"]), code


def test_a_family_fits_where_everything_that_it_names_exists():
    needs_a_station = {**FAMILIES["air-pdam-mati"], "short": ["Air di {station} mati."]}
    has_one = [pack for pack in PACKS if there(pack).sites[0].assets.get("station")]
    assert [pack for pack in PACKS if fits(needs_a_station, there(pack))] == has_one
    assert set(has_one) != set(PACKS)


@every_region
def test_what_does_not_fit_is_in_no_group(pack):
    drawn_from = library_of(pack)
    drawn = {each["code"] for group in drawn_from.by_group.values() for each in group}
    assert drawn == {code for code, each in FAMILIES.items() if fits(each, there(pack))}


@every_region
def test_a_region_has_work_for_every_group(pack):
    groups = {group: len(found) for group, found in library_of(pack).by_group.items()}
    special = ("urgent", "duplicate", "supervisory")
    for group in ("dispose", "return", "hold", "archive", "block", *special):
        assert groups[group] > 0, group


@every_region
def test_several_units_have_work_of_their_own_and_work_that_comes_by_mistake(pack):
    units = [unit["code"] for unit in there(pack).units]
    both = [code for code in units if {OURS, MISROUTED} <= library_of(pack, code).by_group.keys()]
    assert len(both) > FEW


def test_the_places_of_a_report_are_those_of_its_region():
    districts = {site.names["district"] for site in REGION.sites}
    for seed in range(5):
        (case,) = told_in("tirta_asri", "air-pdam-mati", seed)
        assert case.facts["district"] in districts
        assert case.facts["places"][3] == case.facts["district"]
