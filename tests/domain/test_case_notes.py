"""The notes of a case: who owns what its report names, who must be known, and no word more."""

import json
from dataclasses import replace

from sandbox.domain.cases import offices_in
from sandbox.domain.library.telling import fits
from sandbox.domain.workflow import Action, Role
from tests.domain.desks import FAMILIES, REGION, STOCK, days, room, setting
from tests.domain.regions import strings, told_in
from tests.domain.test_scoring_mistakes import line, score_of

ROAD_WITHOUT_PLACE = "tambal-jalan-tanpa-tempat"
BY_NAME = STOCK["by_name"]["id"][0]


def owner(asset):
    return {asset["owner"]}


def test_the_notes_say_who_owns_what_the_report_names():
    roads = {row["name"]: row for row in REGION.pack["assets"] if row["kind"] == "national_road"}
    named = [code for code, family in FAMILIES.items() if "{national_road}" in str(family)]
    seen = set()
    for code in named:
        for case in told_in("tirta_asri", code):
            text, notes = case.facts["text"], case.facts["notes"]
            assert len(notes["id"]) == len(notes["en"])
            offices = offices_in(case.key)
            for road in (road for road in roads if road in text and owner(roads[road]) & offices):
                assert roads[road]["note"] in notes["id"]
                assert roads[road]["note_en"] in notes["en"]
                seen.add(road)
    assert seen


def test_the_notes_name_no_owner_whom_nobody_would_take_for_competent():
    notes = {row["note"]: row["owner"] for row in REGION.pack["assets"] if row["note"]}
    streets = {row["note"] for row in REGION.pack["assets"] if row["kind"] == "street"}
    for code in ("pkh-sembako-berhenti", "banjir-sekarang", "upah-bawah-minimum"):
        for case in told_in("tirta_asri", code):
            told = set(case.facts["notes"]["id"]) & streets
            assert {notes[note] for note in told} <= offices_in(case.key)


def test_the_notes_say_nothing_of_what_the_report_does_not_name():
    named: dict[str, set[str]] = {}
    for row in REGION.pack["assets"]:
        named.setdefault(row["note"], set()).add(row["name"])
    families = [code for code, family in FAMILIES.items() if fits(family, REGION)]
    for case in (case for code in families for case in told_in("tirta_asri", code)):
        own = set(strings(FAMILIES[case.family].get("facts", {})))
        for note in set(case.facts["notes"]["id"]) & set(named) - own:
            assert any(name in case.facts["text"] for name in named[note]), (case.family, note)


# What the reporter adds later


def test_who_owns_a_place_is_told_with_the_completion_that_names_it_and_not_before():
    (case,) = told_in("tirta_asri", ROAD_WITHOUT_PLACE)
    notes = case.key["hold"]["notes"]
    assert notes["id"] == ["Jalan ini jalan kabupaten."]
    assert notes["en"] == ["This is a regency road."]
    assert notes["id"][0] not in json.dumps(case.facts)
    held = room([case], setting(Role.AGENCY_ADMIN))
    held.act(1, Action.HOLD, {"missing": "location"}, "Mohon tempatnya.")
    assert not any("notes" in event.choices for event in held.folders[1].log)
    days(held, 2)
    assert held.folders[1].last(Action.COMPLETE).choices == {"notes": notes}


def test_a_completion_that_names_nothing_owned_brings_no_notes():
    (case,) = told_in("tirta_asri", "kantor-kelurahan-kosong")
    held = room([case], setting(Role.AGENCY_ADMIN))
    held.act(1, Action.HOLD, {"missing": case.key["hold"]["missing"]}, "Mohon dilengkapi.")
    days(held, 2)
    assert held.folders[1].last(Action.COMPLETE).choices == {}


# Whom the unit has to know


def applicant():
    """Return an application whose report gives the applicant's name and number."""
    cases = (told_in("tirta_asri", "ktp-cetak-lama", seed)[0] for seed in range(200))
    case = next(case for case in cases if BY_NAME in case.facts["notes"]["id"])
    number = {"text": "0810-0000-0000-123", "kind": "phone", "personal": True}
    details = [*case.key["details"], number]
    facts = {**case.facts, "text": f"{case.facts['text']} {number['text']}"}
    return replace(case, facts=facts, key={**case.key, "details": details, "leaver": None})


def passed_on(case, *masked):
    opened = room([case], setting(Role.AGENCY_ADMIN))
    key = case.key
    opened.act(1, Action.VERIFY, {"class": key["class"], "category": key["category"]}, "")
    opened.act(1, Action.MASK, {"details": list(masked)}, "")
    opened.act(1, Action.DISPOSE, {"unit": key["route"][0]["unit"]}, "")
    return score_of(opened)


def test_the_name_of_an_applicant_may_stay_readable_or_go():
    case = applicant()
    named = {each["kind"]: each for each in case.key["details"]}["name"]
    personal = [each["text"] for each in case.key["details"] if each["personal"]]
    assert not named["personal"]
    assert named["text"] == case.facts["reporter"]
    for masked in (personal, [*personal, named["text"]]):
        score = passed_on(case, *masked)
        assert line(score, "masking").verdict == "right"
        assert score.slips == 0


def test_an_applicants_other_data_are_masked_all_the_same():
    case = applicant()
    named = next(each["text"] for each in case.key["details"] if each["kind"] == "name")
    score = passed_on(case, named)
    assert line(score, "masking").points == 0
    assert score.slips == 1


def test_the_note_on_names_comes_only_with_a_name_that_is_needed():
    for code in ("ktp-cetak-lama", "tps-meluap", "pungli-ktp"):
        for seed in range(30):
            (case,) = told_in("tirta_asri", code, seed)
            kept = [each for each in case.key["details"] if each["kind"] == "name"]
            is_needed = any(not each["personal"] for each in kept)
            assert (BY_NAME in case.facts["notes"]["id"]) is is_needed
            assert not is_needed or code == "ktp-cetak-lama"
