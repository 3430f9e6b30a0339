"""Injects and expectations are blocks of plain fields; their columns are the domain's own."""

import tomllib

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as some

from sandbox.domain.injects import EFFECTS, OF_ALL
from sandbox.domain.injects import Kind as InjectKind
from sandbox.domain.scoring.expectations import Criterion, Kind
from sandbox.domain.scoring.packs import LOOKS_OF_KIND, SHAPES, YES_OR_NO, problems_of
from sandbox.forms.expectation_blocks import (
    OF_KIND,
    SAYS,
    expectation_stream,
    expectations_from_form,
    expectations_to_form,
)
from sandbox.forms.expectation_texts import FROM_TEXT, TO_TEXT
from sandbox.forms.inject_blocks import inject_stream, injects_from_form, injects_to_form
from sandbox.labels import DECISION_LABELS
from sandbox.models import Scenario
from tests.architecture.source import ROOT
from tests.factories import UserFactory
from tests.learning.conftest import words
from tests.sandbox.exercise_pages import added, edit, form_of, shown, typed

FILES = [
    *sorted((ROOT / "sandbox/scenario_library").glob("*.toml")),
    *sorted((ROOT / "sandbox/rule_packs").glob("*.toml")),
]
DECLARED = [tomllib.loads(file.read_text(encoding="utf-8")) for file in FILES]
INJECTS = [table for each in DECLARED for table in each.get("injects", ())]
EXPECTED = [
    table for each in DECLARED for part in ("expectations", "expectation")
    for table in each.get(part, ())
]  # fmt: skip
WORD = some.text(some.characters(exclude_characters="\r\n|", codec="utf-8"), min_size=1).filter(
    str.strip
)
CODE = some.from_regex(r"[a-z][a-z_.]{0,9}", fullmatch=True)
SAID = {
    **{"after": "3", "title_id": "Judul", "title_en": "Title", "text_id": "Isi", "text_en": "Text"}
}
RULE = {
    **{"code": "dibalas", "roles": ["agency_admin"], "criterion": "time", "points": "4"},
    **{
        "rule_id": "Aturan.",
        "rule_en": "Rule.",
        "better_id": "Lebih baik.",
        "better_en": "Better.",
    },
    **{"source": "Alur kerja", "conditions": (), "actions": ("note",)},
}
STORED = {
    **{"code": "dibalas", "roles": ["agency_admin"], "criterion": "time", "points": 4},
    **{
        "rule_id": "Aturan.",
        "rule_en": "Rule.",
        "better_id": "Lebih baik.",
        "better_en": "Better.",
    },
    **{"source": "Alur kerja", "actions": ["note"]},
}


@pytest.fixture
def editor(client, practice_room):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.fixture
def scenario(practice_room):
    Scenario.objects.update(is_published=False)
    return Scenario.objects.get(code="meja-instansi")


# There and back again


def through(stream, to_form, from_form, tables):
    return from_form(stream.clean(stream.to_python(to_form(tables))))


def test_every_inject_that_ships_survives_its_block():
    categories = {name for table in INJECTS for name in table.get("categories", ())}
    units = {table["office"] for table in INJECTS if "office" in table}
    stream = inject_stream([(name, name) for name in sorted(categories)], [(u, u) for u in units])
    assert through(stream, injects_to_form, injects_from_form, INJECTS) == INJECTS


def test_every_expectation_that_ships_survives_its_block():
    assert len(EXPECTED) > 70
    stream = expectation_stream()
    assert through(stream, expectations_to_form, expectations_from_form, EXPECTED) == EXPECTED


@given(some.lists(WORD, min_size=1))
def test_any_list_of_words_survives_its_box(listed):
    assert FROM_TEXT["words"](TO_TEXT["words"](listed)) == listed


@given(some.lists(some.lists(CODE, min_size=2, max_size=2), min_size=1))
def test_any_pairs_survive_their_box(listed):
    assert FROM_TEXT["pairs"](TO_TEXT["pairs"](listed)) == listed


@settings(deadline=None)  # many blocks are cleaned
@given(
    some.one_of(
        some.integers(1, 100),
        some.dictionaries(
            some.sampled_from(list(DECISION_LABELS)), some.integers(1, 100), min_size=1
        ),
    ),
    some.dictionaries(some.sampled_from(YES_OR_NO), some.booleans(), min_size=1),
    some.sampled_from(Criterion),
    some.booleans(),
)
def test_any_points_and_conditions_survive_their_fields(points, when, criterion, sound):
    table = STORED | {"kind": "if_then", "trigger": ["reply"], "points": points, "when": when}
    table |= {"criterion": str(criterion), "sound": sound}
    assert list(problems_of(table, {})) == []
    stream = expectation_stream()
    assert through(stream, expectations_to_form, expectations_from_form, [table]) == [table]


def test_blocks_ask_for_all_that_the_domain_reads_and_for_nothing_else():
    asked = {name for names in OF_KIND.values() for part in names for name in part} | {*SAYS}
    assert asked | {"kind"} == {*SHAPES, "points"}
    injects = inject_stream([], [])
    for kind in InjectKind:
        needs, may = EFFECTS[kind]
        assert {*injects.child_blocks[kind].child_blocks, "kind"} == {*OF_ALL, *needs, *may}


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_offers_what_it_can_look_at(kind):
    fields = expectation_stream().child_blocks[kind].child_blocks
    offered = (
        [code for code, _label in fields["look"].field.choices if code] if "look" in fields else []
    )
    assert set(offered) == LOOKS_OF_KIND[kind]


# In the form


def test_an_inject_of_each_kind_is_made_without_any_json(editor, scenario):
    form = form_of(editor, edit(scenario))
    own = {
        "flood": {"group": "dispose", "number": "2"},
        "news": {"trust": "-8", "patience": "", "categories": []},
        "post": {"trust": "0", "patience": "-1"},
        "rule_change": {"step": "verify", "amount": "2"},
        "outage": {"hours": "4", "office": "DINSOS"},
    }
    for kind, fields in own.items():
        form = added(form, "injects", kind, **SAID, **fields)

    response = editor.post(edit(scenario), form)

    assert response.status_code == 302, response.context["form"].errors
    scenario.refresh_from_db()
    said = {**SAID, "after": 3}
    assert scenario.injects == [
        {"kind": "flood", **said, "group": "dispose", "number": 2},
        {"kind": "news", **said, "trust": -8},
        {"kind": "post", **said, "trust": 0, "patience": -1},
        {"kind": "rule_change", **said, "step": "verify", "amount": 2},
        {"kind": "outage", **said, "hours": 4, "office": "DINSOS"},
    ]


def test_an_expectation_is_made_without_any_json(editor, scenario):
    form = added(
        form_of(editor, edit(scenario)),
        "expectations",
        "must",
        **RULE
        | {"conditions": ("desk", "not duplicate"), "look": "says", "actions": ("note", "write")},
        words='dicatat\r\n"jam "\r\n',
        points_dispose="",
    )
    response = editor.post(edit(scenario), form)

    assert response.status_code == 302, response.context["form"].errors
    scenario.refresh_from_db()
    assert scenario.expectations == [
        STORED
        | {"kind": "must", "when": {"desk": True, "duplicate": False}, "look": "says"}
        | {"actions": ["note", "write"], "words": ["dicatat", "jam "]}
    ]


def errors_of(response, name):
    """Return the fields at fault of each block, with their words."""
    [found] = response.context["form"].errors[name].as_data()
    return {
        index: {field: each.messages for field, each in error.block_errors.items()}
        for index, error in found.block_errors.items()
    }


def refused(editor, scenario, form):
    before = Scenario.objects.values().get(pk=scenario.pk)
    response = editor.post(edit(scenario), form)
    assert response.status_code == 200
    assert Scenario.objects.values().get(pk=scenario.pk) == before
    return response


BAD_INJECTS = [
    (
        "flood",
        {"group": "ours", "number": "2"},
        "group",
        "No family that fits is in this group.",
    ),
    ("outage", {"hours": "4", "office": "SATPOLPP_BALI"}, "office", None),
    ("outage", {"hours": "0", "office": ""}, "hours", None),
    ("outage", {"hours": "9" * 5000, "office": ""}, "hours", None),
    ("news", {"trust": "1"}, "trust", None),
    ("news", {"trust": "banyak"}, "trust", None),
    ("post", {"trust": "-1", "categories": ["Antariksa"]}, "categories", None),
    ("rule_change", {"step": "terbang", "amount": "2"}, "step", None),
    ("rule_change", {"step": "verify", "amount": ""}, "amount", None),
    ("outage", {"hours": "4", "title_en": " "}, "title_en", None),
    ("outage", {"hours": "4", "text_id": "\x00"}, "text_id", None),
]


def test_what_is_wrong_with_an_inject_is_told_at_its_field_and_nothing_typed_is_lost(
    editor, scenario
):
    clean = form_of(editor, edit(scenario), group_archive="")
    clean = added(clean, "injects", "outage", **SAID, hours="4", office="")
    for kind, fields, place, sentence in BAD_INJECTS:
        form = added(clean, "injects", kind, **SAID | fields)
        response = refused(editor, scenario, form)
        found = errors_of(response, "injects")
        assert set(found) == {1}, kind
        assert set(found[1]) == {place}
        assert sentence is None or found[1][place] == [words(sentence)]
        again = shown(response)
        for name, value in (SAID | fields).items():
            assert again.get(f"injects-1-value-{name}", "") == value, name


BAD_EXPECTATIONS = [
    ("must", {"roles": []}, "roles"),
    ("must", {"actions": ()}, "actions"),
    ("must", {"points": ""}, "points"),
    ("must", {"points": "0"}, "points"),
    ("must", {"points_hold": "2"}, "points"),
    ("must", {"rule_en": ""}, "rule_en"),
    ("must", {"choice": "unit"}, "choice"),
    ("must", {"look": "leaked"}, "look"),
    ("must", {"decides": "verify"}, "decides"),
    ("must", {"reason_id": "Sebab."}, "reason_en"),
    ("must", {"conditions": ("urgent", "not urgent")}, "conditions"),
    ("any_of", {"choice": "unit"}, "look"),
    ("within", {"limit": ""}, "limit"),
    ("if_then", {"trigger": ()}, "trigger"),
    ("before", {"before": ()}, "before"),
]


def test_what_is_wrong_with_an_expectation_is_told_at_its_field(editor, scenario):
    needed = {"trigger": ("reply",), "before": ("answer",), "limit": "verify"}
    clean = form_of(editor, edit(scenario))
    for kind, fields, place in BAD_EXPECTATIONS:
        own = {name: value for name, value in needed.items() if name in OF_KIND[Kind(kind)][0]}
        form = added(clean, "expectations", kind, **RULE | own | fields)
        response = refused(editor, scenario, form)
        found = errors_of(response, "expectations")
        assert set(found) == {0}, (kind, fields)
        assert set(found[0]) == {place}, (kind, fields, found)
        assert shown(response)["expectations-0-value-source"] == "Alur kerja"


def test_shares_and_limits_are_those_of_the_rule_pack(editor, scenario):
    rules = scenario.rules
    rules.content["distance"].pop("near")
    rules.save()
    rules.time_limits.filter(step="verify").delete()
    form = added(form_of(editor, edit(scenario)), "expectations", "within", **RULE, limit="verify")
    choice = {
        "choice": "agency",
        "path": "agency.code",
        "distance": ["near"],
        "near": "agency.near",
    }
    form = added(form, "expectations", "any_of", **RULE, **choice)

    found = errors_of(refused(editor, scenario, form), "expectations")

    assert found == {
        0: {"limit": [words("The rule pack has no time limit for this step.")]},
        1: {"distance": [words("The rule pack does not say what one of these is worth.")]},
    }


def test_without_scripts_injects_and_expectations_stay_as_they_are(editor, scenario):
    played = Scenario.objects.get(code="rapat-senin")
    form = typed(editor.get(edit(played)).text)
    response = editor.post(edit(played), form | {"rank": "7"})

    assert response.status_code == 302, response.context["form"].errors
    played.refresh_from_db()
    assert played.rank == 7
    assert len(played.injects) == 1
    assert len(played.expectations) == 5


# Units and places


def test_units_stand_under_their_regions_the_chosen_one_first(editor, scenario):
    Scenario.objects.filter(pk=scenario.pk).update(region="bali")
    page = BeautifulSoup(editor.get(edit(scenario)).text, "html.parser")
    groups = page.select("select[name=office] optgroup")
    assert "Bali" in groups[0]["label"]
    assert len(groups) == len({group["label"] for group in groups}) > 5
    assert all(group.select("option") for group in groups)


def test_a_unit_of_another_region_is_refused_in_words(editor, scenario):
    desk = Scenario.objects.get(code="meja-penghubung")
    form = form_of(editor, edit(desk))
    page = BeautifulSoup(editor.get(edit(desk)).text, "html.parser")
    groups = page.select("select[name=office] optgroup")
    own = {option["value"] for option in groups[0].select("option")}
    other = next(o["value"] for g in groups for o in g.select("option") if o["value"] not in own)

    response = refused(editor, desk, form | {"office": other})

    assert response.context["form"].errors["office"] == [
        words("A liaison officer works at a unit of the chosen region. Choose one.")
    ]
    assert shown(response)["office"] == [other]


def test_places_are_those_with_holidays(editor, scenario):
    page = BeautifulSoup(editor.get(edit(scenario)).text, "html.parser")
    offered = [option["value"] for option in page.select("select[name=place] option")]
    assert offered == ["", "bali"]
    assert page.select_one('a[target=_blank][href*="case-families"]')
