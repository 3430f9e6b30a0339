"""The notes of a case: who owns what its report names, and no word more."""

from sandbox.domain.cases import offices_in
from sandbox.domain.library.telling import fits
from tests.domain.desks import FAMILIES, REGION
from tests.domain.regions import strings, told_in


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
