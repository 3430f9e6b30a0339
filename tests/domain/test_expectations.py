"""A pack is data: what cannot be judged by is refused at once, with every problem by its name."""

from copy import deepcopy

import pytest

from sandbox.domain.answers import Element
from sandbox.domain.scoring.expectations import Distance, Kind, Look
from sandbox.domain.scoring.findings import JUDGES
from sandbox.domain.scoring.looks import LOOKERS, VIOLATIONS
from sandbox.domain.scoring.packs import LOOKS_OF_KIND, YES_OR_NO, PackError, read_pack
from sandbox.domain.scoring.records import CONDITIONS
from sandbox.domain.workflow import Action, Role
from tests.domain.desks import RULES

GOOD = {
    "code": "class",
    "kind": "must",
    "roles": ["agency_admin"],
    "actions": ["verify"],
    "choice": "class",
    "path": "class",
    "points": {"dispose": 2},
    "criterion": "reasons",
    "rule_id": "Aturan.",
    "rule_en": "Rule.",
    "better_id": "Lebih baik: {expected}.",
    "better_en": "Better: {expected}.",
    "source": "{key}",
}


def pack_with(*tables, **parts):
    return {"expectation": list(tables), "time_limit": RULES["time_limit"], **parts}


def problems_in(content) -> str:
    with pytest.raises(PackError) as refused:
        read_pack(content)
    return str(refused.value)


def test_the_shipped_pack_can_be_judged_by_at_every_desk():
    pack = read_pack(RULES)
    desks = {role for each in pack.expectations for role in each.roles}
    assert desks == set(Role) - {Role.SYSTEM}
    assert {each.kind for each in pack.expectations} == set(Kind)
    assert set(pack.distances) == set(Distance)


def test_every_sentence_of_the_shipped_pack_is_there_once_in_each_language():
    pack = read_pack(RULES)
    for each in pack.expectations:
        assert each.rule["id"] != each.rule["en"], each.code
        assert each.better["id"] != each.better["en"], each.code
        assert each.source, each.code


def test_no_number_is_typed_into_a_sentence_of_the_shipped_pack():
    pack = read_pack(RULES)
    words = [*pack.rubric.elements, *pack.expectations]
    sentences = [text for each in words for text in (*each.rule.values(), *each.better.values())]
    sentences += [
        text for each in pack.rubric.elements for level in each.levels for text in level.values()
    ]
    sentences += [text for share in pack.distances.values() for text in share.why.values()]
    assert [text for text in sentences if any(sign.isdigit() for sign in text)] == []


def test_a_time_limit_brings_its_own_source():
    pack = read_pack(RULES)
    limited = [each for each in pack.expectations if each.kind is Kind.WITHIN]
    assert limited
    for each in limited:
        assert each.source == "{limit}"
        assert pack.limit_sources[each.limit]


def test_the_rubric_has_a_sentence_for_every_level_of_every_element():
    rubric = read_pack(RULES).rubric
    assert {element.code for element in rubric.elements} == set(Element)
    assert {len(element.levels) for element in rubric.elements} == {5}


def test_whatever_a_pack_may_name_can_be_judged():
    assert set(JUDGES) | {Kind.MUST_NOT} == set(Kind)
    assert set(LOOKERS) | set(VIOLATIONS) == set(Look)
    assert set().union(*LOOKS_OF_KIND.values()) == set(Look)
    assert set(CONDITIONS) == set(YES_OR_NO)


def test_a_table_becomes_an_expectation_with_the_values_of_the_workflow():
    (read,) = read_pack(pack_with(GOOD)).expectations
    assert (read.kind, read.roles, read.actions) == (
        Kind.MUST,
        (Role.AGENCY_ADMIN,),
        (Action.VERIFY,),
    )
    assert read.rule == {"id": "Aturan.", "en": "Rule."}
    assert (read.points_for("dispose"), read.points_for("archive")) == (2, 0)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kind": "should"}, "kind holds 'should'"),
        ({"kind": ["must"]}, "kind holds ['must']"),
        ({"roles": ["mayor"]}, "roles holds 'mayor'"),
        ({"roles": "agency_admin"}, "roles is no list"),
        ({"actions": ["sing"]}, "actions holds 'sing'"),
        ({"criterion": "luck"}, "criterion holds 'luck'"),
        ({"points": 0}, "points are whole numbers above zero"),
        ({"points": {"dispose": 1.5}}, "points are whole numbers above zero"),
        ({"points": {}}, "points are whole numbers above zero"),
        ({"when": {"raining": True}}, "when.raining is no condition"),
        ({"when": {"urgent": "yes"}}, "when.urgent is neither true nor false"),
        ({"when": {"class": "supervisory"}}, "when.class is no list of values"),
        ({"politeness": 2}, "politeness is no field of an expectation"),
        ({"rule_en": " "}, "rule_en holds ' '"),
        ({"look": "evidence"}, "must cannot look at evidence"),
        ({"fatal": True}, "only must_not can be fatal"),
        ({"kind": "any_of"}, "any_of needs one of routes"),
        ({"kind": "before"}, "before needs before"),
        ({"kind": "within"}, "within needs limit"),
        ({"kind": "if_then"}, "if_then needs trigger"),
        ({"kind": "within", "limit": "lunch"}, "limit holds 'lunch'"),
        ({"distance": ["near"]}, "distance near has no share in this pack"),
        ({"distance": ["far"]}, "distance holds 'far'"),
    ],
)
def test_what_cannot_be_judged_is_refused_by_the_code_of_its_expectation(change, problem):
    assert f"class: {problem}" in problems_in(pack_with({**GOOD, **change}))


@pytest.mark.parametrize("name", ["roles", "points", "criterion", "better_id", "source"])
def test_nothing_that_a_receipt_shows_may_be_missing(name):
    table = {field: value for field, value in GOOD.items() if field != name}
    assert f"class: {name} is missing" in problems_in(pack_with(table))


def test_a_choice_without_anything_to_compare_it_with_is_refused():
    table = {field: value for field, value in GOOD.items() if field != "path"}
    assert "class: choice needs a value or a path" in problems_in(pack_with(table))


def test_a_limit_that_the_pack_does_not_have_is_refused():
    table = {**GOOD, "kind": "within", "limit": "verify"}
    assert "no time limit for verify" in problems_in({"expectation": [table]})


def test_all_problems_are_told_at_once():
    first = {**GOOD, "points": 0, "actions": ["sing"]}
    second = {field: value for field, value in GOOD.items() if field != "code"}
    with pytest.raises(PackError) as refused:
        read_pack(pack_with(first, second))
    assert len(refused.value.problems) == 3
    assert refused.value.problems[-1].startswith("expectation 2: ")


def test_a_distance_needs_a_known_name_a_share_and_its_sentence():
    sentences = {"id": "Dekat.", "en": "Near."}
    assert "distance.far: not known" in problems_in(pack_with(distance={"far": sentences}))
    whole = {"near": {"share": 1, **sentences}}
    assert "distance.near: its share" in problems_in(pack_with(distance=whole))
    silent = {"near": {"share": 0.5, "id": "Dekat."}}
    assert "distance.near: its sentence" in problems_in(pack_with(distance=silent))


def test_a_rubric_needs_all_elements_and_all_levels():
    rubric = deepcopy(RULES["answer_rubric"])
    rubric["element"][0]["level"].pop()
    assert "answer_rubric.finding: it needs" in problems_in(pack_with(answer_rubric=rubric))
    rubric["element"].pop()
    rubric["points"] = "4"
    told = problems_in(pack_with(answer_rubric=rubric))
    assert "its elements are not" in told
    assert "points are no whole number" in told


def test_a_pack_without_a_rubric_can_still_be_judged_by():
    assert read_pack(pack_with(GOOD)).rubric is None
