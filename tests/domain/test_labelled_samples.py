"""A labelled set of synthetic reports: the same again from a seed, with labels that are true."""

import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from sandbox.domain.cases import identity_of
from sandbox.domain.library.routing import Reading
from sandbox.domain.library.samples import OTHER, Samples
from sandbox.domain.library.telling import fits
from sandbox.labels import CHANNEL_LABELS, CLASS_LABELS, MISSING_LABELS
from tests.domain.conftest import CATEGORIES
from tests.domain.desks import FAMILIES, ROUTING, START, STYLE
from tests.domain.regions import PACKS, PEOPLE, there

NUMBER = 2_000
FUNCTIONS = {duty["function"] for duty in ROUTING.duties.values()} | {OTHER}
BY_OFFICIAL_CODE = {there(pack).about["official_code"]: pack for pack in PACKS}
FIELDS = {
    "text", "title", "channel", "region", "class", "category", "agency", "agency_function",
    "family", "difficulty", "missing", "flags",
}  # fmt: skip
FLAGS = {
    "anonymous", "secret", "must_be_secret", "urgent", "photo", "personal_data", "resubmitted",
}  # fmt: skip
PHOTO = re.compile(r"fot|video|gambar|lampir|bukti|dokumen|sertakan", re.IGNORECASE)


def people():
    return [
        {**identity_of(name, Random(name)), "other": "Tono Umpama", "nickname": name.split()[0]}
        for name in PEOPLE
    ]


def samples(*packs, families=None):
    return Samples(
        tuple(FAMILIES.values()) if families is None else families,
        [there(pack) for pack in packs or PACKS],
        ROUTING,
        STYLE,
        people(),
        START.date(),
    )


@cache
def drawn(seed=1, number=NUMBER):
    return list(samples().draw(seed, number))


def to_bytes(rows) -> bytes:
    return json.dumps(rows, ensure_ascii=False).encode()


def flagged(flag):
    return [row for row in drawn() if flag in row["flags"]]


# The same again


def test_the_same_seed_gives_the_same_set_to_the_byte():
    assert to_bytes(drawn(number=400)) == to_bytes(list(samples().draw(1, 400)))


def test_another_seed_gives_another_set():
    assert to_bytes(drawn(number=100)) != to_bytes(list(samples().draw(2, 100)))


def test_a_report_does_not_depend_on_how_many_are_drawn():
    assert drawn(number=50) == drawn(number=400)[:50] == drawn()[:50]


def test_a_set_of_nothing_is_empty():
    assert list(samples().draw(1, 0)) == []


# Labels


def test_every_row_has_the_same_fields_with_known_values():
    for row in drawn():
        assert set(row) == FIELDS
        assert row["text"].strip()
        assert row["title"].strip()
        assert row["channel"] in CHANNEL_LABELS
        assert row["class"] in CLASS_LABELS
        assert row["category"] in CATEGORIES
        assert row["region"] in BY_OFFICIAL_CODE
        assert row["difficulty"] in {1, 2, 3}
        assert set(row["missing"]) <= set(MISSING_LABELS)
        assert set(row["flags"]) <= FLAGS


def test_all_24_functions_are_known_and_no_other_is_given():
    assert len(FUNCTIONS) == 24
    assert {row["agency_function"] for row in drawn()} <= FUNCTIONS


def test_a_large_set_knows_nearly_every_function_family_and_region():
    assert {row["agency_function"] for row in drawn()} == FUNCTIONS
    assert {row["region"] for row in drawn()} == set(BY_OFFICIAL_CODE)
    assert len({row["family"] for row in drawn()}) > 0.9 * len(FAMILIES)


def test_labels_are_those_of_the_family_and_of_its_place():
    for row in drawn():
        family, region = FAMILIES[row["family"]], there(BY_OFFICIAL_CODE[row["region"]])
        assert fits(family, region)
        assert row["class"] == family["key"]["class"]
        assert row["category"] == family["key"]["category"]
        readings = [Reading(family, ROUTING, region, site) for site in region.sites]
        if not readings[0].routes:
            assert (row["agency"], row["agency_function"]) == ("", OTHER)
            continue
        duty = readings[0].routes[0]["duty"]
        assert row["agency_function"] == ROUTING.function(duty)
        assert row["agency"] in {reading.competent["name"] for reading in readings}


def test_a_set_of_one_region_says_that_region_only():
    rows = list(samples("bali").draw(1, 100))
    assert {row["region"] for row in rows} == {"51"}
    assert all(fits(FAMILIES[row["family"]], there("bali")) for row in rows)


def test_what_is_missing_is_what_the_family_leaves_out_or_the_place():
    for row in drawn():
        family = FAMILIES[row["family"]]
        own = family["key"]["hold"]["missing"] if family["decision"] == "hold" else ""
        assert {own, "location"} >= set(row["missing"])
        assert not own or own in row["missing"]
        assert len(row["missing"]) == len(set(row["missing"]))
    without = sum("location" in row["missing"] for row in drawn())
    assert without / NUMBER > 0.1, "in life many leave the place out"


# Flags


def test_flags_about_what_is_right_are_the_familys():
    for row in drawn():
        key = FAMILIES[row["family"]]["key"]
        assert ("urgent" in row["flags"]) == bool(key.get("urgent"))
        assert ("must_be_secret" in row["flags"]) == bool(key.get("secret"))


def test_a_report_flagged_for_personal_data_holds_it_and_no_other_does():
    values = [person[name] for person in people() for name in ("name", "phone", "nik")]
    for row in drawn():
        holds = any(value in row["text"] for value in values)
        assert ("personal_data" in row["flags"]) == holds, row["text"]


def test_a_report_flagged_for_a_picture_speaks_of_one():
    assert flagged("photo")
    assert [row["text"] for row in flagged("photo") if not PHOTO.search(row["text"])] == []


def test_a_report_that_comes_again_came_before_with_the_same_labels():
    seen: list[dict] = []
    for row in drawn():
        first = {**row, "flags": [flag for flag in row["flags"] if flag != "resubmitted"]}
        assert ("resubmitted" in row["flags"]) == (first in seen)
        seen.append(first)
    assert 0.02 < len(flagged("resubmitted")) / NUMBER < 0.06


def test_most_reporters_hide():
    hidden = STYLE.tables["hidden"]
    anonymous = len(flagged("anonymous")) / NUMBER
    assert anonymous == pytest.approx(hidden["anonymous"] + hidden["both"], abs=0.05)


# How often


def test_main_categories_come_as_often_as_the_style_says():
    shares = STYLE.tables["categories"]
    found = Counter(row["category"] for row in drawn())
    total = sum(shares.values())
    for category, share in shares.items():
        assert 100 * found[category] / NUMBER == pytest.approx(100 * share / total, abs=3), category


def test_a_heavier_family_is_drawn_more_often():
    pair = [FAMILIES["jalan-berlubang-kabupaten"], FAMILIES["jalan-nasional"]]
    same = {**pair[1], "row": pair[0]["row"], "key": pair[0]["key"]}

    def share(weight):
        heavy = {**same, "weight": weight}
        rows = samples("tirta_asri", families=(pair[0], heavy)).draw(1, 400)
        return sum(row["family"] == heavy["code"] for row in rows) / 400

    assert share(1) == pytest.approx(0.5, abs=0.1)
    assert share(4) == pytest.approx(0.8, abs=0.1)


def test_what_does_not_fit_a_region_is_never_drawn_there():
    only = FAMILIES["usul-nagari-ulayat"]
    both = samples("sumatera_barat", "bali", families=(only, FAMILIES["air-pdam-mati"]))
    rows = list(both.draw(1, 200))
    assert {row["region"] for row in rows if row["family"] == only["code"]} == {"13"}
    assert replace(both, regions=[there("bali")]).weighed[0][0] == [FAMILIES["air-pdam-mati"]]


def test_who_leaves_out_the_place_is_given_none():
    held = [
        family
        for family in FAMILIES.values()
        if family["decision"] == "hold" and family["key"]["hold"]["missing"] == "location"
    ]
    streets = {row["name"] for row in there("sleman").pack["assets"] if row["kind"] == "street"}
    told = list(samples("sleman", families=held).draw(3, 300))
    assert len(held) > 5
    assert [row["text"] for row in told if any(street in row["text"] for street in streets)] == []
    assert all("location" in row["missing"] for row in told)
