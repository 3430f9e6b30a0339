"""Rule packs as values: every mistake is named by its place, every difference is told."""

from copy import deepcopy
from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.domain.deadlines import LimitedStep
from sandbox.domain.pack_checks import check_pack
from sandbox.domain.rules import LARGEST, NotAPack, changed_steps, compare, read_toml
from tests.domain.conftest import PACK
from tests.domain.desks import FAMILIES as SHIPPED

TODAY = date(2026, 11, 21)
DELETED = object()
FAMILIES = list(SHIPPED.values())
LAST = {"version": 1, "valid_from": date(2025, 5, 1)}


def changed(*path, to):
    """Return the shipped pack with the value at `path` replaced, added or deleted."""
    pack = deepcopy(PACK)
    table = pack
    for name in path[:-1]:
        table = table[name]
    if to is DELETED:
        del table[path[-1]]
    elif path[-1] == "+":
        table.append(to)
    else:
        table[path[-1]] = to
    return pack


def found(pack, **known):
    return [(problem.place, problem.code) for problem in check_pack(pack, today=TODAY, **known)]


def test_the_shipped_pack_has_no_problem_and_suits_all_shipped_cases():
    assert found(PACK, families=FAMILIES) == []


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("version",), 0, ("version", "whole")),
        (("version",), True, ("version", "whole")),
        (("version",), "2", ("version", "whole")),
        (("version",), DELETED, ("version", "missing")),
        (("valid_from",), "2026-01-01", ("valid_from", "date")),
        (("checked_on",), date(2026, 11, 22), ("checked_on", "future")),
        (("warn_percent",), 101, ("warn_percent", "whole")),
        (("rubric",), {}, ("rubric", "unknown")),
        (("id",), "Aturan", ("id", "table")),
        (("id", "title"), " ", ("id.title", "text")),
        (("id", "title"), "x" * 121, ("id.title", "too_long")),
        (("en", "note"), DELETED, ("en.note", "missing")),
        (("office_hours", "opens"), "8", ("office_hours.opens", "hour")),
        (("office_hours", "opens"), "16:00", ("office_hours.closes", "hours")),
        (("office_hours", "source"), DELETED, ("office_hours.source", "no_source")),
        (("warn_source",), DELETED, ("warn_source", "no_source")),
        (("warn_source",), "", ("warn_source", "no_source")),
        (("points_source",), DELETED, ("points_source", "no_source")),
        (("archive_reason", 0, "source"), DELETED, ("archive_reason[1].source", "no_source")),
        (("not_simulated", 0, "source"), "", ("not_simulated[1].source", "no_source")),
        (("distance", "near", "source"), DELETED, ("distance.near.source", "no_source")),
        (("distance", "near", "source"), 3, ("distance.near.source", "text")),
        (("time_limit",), {}, ("time_limit", "tables")),
        (("time_limit",), DELETED, ("time_limit", "missing")),
        (("time_limit", 2, "amount"), 0, ("time_limit[3].amount", "whole")),
        (("time_limit", 2, "amount"), 1.5, ("time_limit[3].amount", "whole")),
        (("time_limit", 2, "amount"), float("nan"), ("time_limit[3].amount", "number")),
        (("time_limit", 2, "unit"), "week", ("time_limit[3].unit", "one_of")),
        (("time_limit", 2, "clock"), "sundial", ("time_limit[3].clock", "one_of")),
        (("time_limit", 2, "pauses"), "yes", ("time_limit[3].pauses", "yes_or_no")),
        (("time_limit", 2, "step"), "lunch", ("time_limit[3].step", "one_of")),
        (("time_limit", 2, "step"), "lunch", ("time_limit", "nothing_for")),
        (("time_limit", 2, "step"), ["verify"], ("time_limit[3].step", "one_of")),
        (("time_limit", 2, "step"), "verify", ("time_limit", "twice")),
        (("time_limit", 2, "source"), "", ("time_limit[3].source", "no_source")),
        (("time_limit", 2, "source"), DELETED, ("time_limit[3].source", "no_source")),
        (("time_limit", 2, "confidence"), "sure", ("time_limit[3].confidence", "one_of")),
        (("time_limit", 2, "hours"), 3, ("time_limit[3].hours", "unknown")),
        (("archive_reason", 0, "code"), "Spam!", ("archive_reason[1].code", "code")),
        (("archive_reason", 0, "code"), "spam", ("archive_reason", "twice")),
        (("archive_reason", 0, "label_en"), DELETED, ("archive_reason[1].label_en", "missing")),
        (("class", 1, "code"), "gossip", ("class[2].code", "one_of")),
        (("class", 1, "source"), "", ("class[2].source", "no_source")),
        (("class", 1), DELETED, ("class", "nothing_for")),
        (("categories", "main"), [], ("categories.main", "names")),
        (("categories", "main"), ["Agama", 3], ("categories.main", "names")),
        (("categories", "main", "+"), "Agama", ("categories", "twice")),
        (("categories", "source"), DELETED, ("categories.source", "no_source")),
        (("expectation",), {"code": "x"}, ("expectation", "tables")),
        (("expectation", 0, "source"), DELETED, ("expectation decision", "scoring")),
        (("expectation", 0, "points"), 0, ("expectation decision", "scoring")),
        (("expectation", 0, "distance"), 3, ("expectation[1].distance", "names")),
        (("expectation", 0, "distance"), [{}], ("expectation[1].distance", "names")),
        (("expectation", 0, "limit"), {}, ("expectation[1].limit", "text")),
        (("expectation", 0, "when"), {"hail": True}, ("expectation decision", "scoring")),
        (("distance", "near", "share"), "half", ("distance.near.share", "number")),
        (("distance", "near", "share"), 2, ("distance.near", "scoring")),
        (("distance", "near"), [], ("distance.near", "table")),
        (("answer_rubric", "element"), [1], ("answer_rubric", "tables")),
        (("answer_rubric", "element", 0, "level"), 5, ("answer_rubric", "tables")),
        (("answer_rubric", "points"), 0, ("answer_rubric", "scoring")),
        (("id", "title"), "=HYPERLINK()", ("id.title", "formula")),
        (("class", 0, "source"), "@SUM(A1)", ("class[1].source", "formula")),
        (("id", "note"), "satu\x00dua", ("id.note", "control")),
        (("id", "note"), "satu\u202edua", ("id.note", "control")),
        (("categories", "since"), TODAY, ("categories.since", "kind")),
        (
            ("id", "a"),
            {"b": {"c": {"d": {"e": {"f": {"g": {"h": {}}}}}}}},
            ("id.a.b.c.d.e.f.g.h", "too_deep"),
        ),
    ],
)
def test_a_mistake_is_named_by_its_place(path, value, problem):
    assert problem in found(changed(*path, to=value))


def test_every_mistake_is_named_at_once():
    pack = changed("time_limit", 0, "amount", to=0)
    pack["office_hours"]["closes"] = "now"
    del pack["class"][2]["source"]

    assert found(pack) == [
        ("office_hours.closes", "hour"),
        ("time_limit[1].amount", "whole"),
        ("class[3].source", "no_source"),
    ]


def test_versions_rise_and_no_pack_begins_before_the_one_before_it():
    assert found({**PACK, "version": 2}, last=LAST) == []
    assert found(PACK, last=LAST) == [("version", "version")]
    earlier = {**PACK, "version": 2, "valid_from": date(2025, 4, 30)}
    assert found(earlier, last=LAST) == [("valid_from", "before")]


@pytest.mark.parametrize("part", ["archive_reason", "categories"])
def test_what_the_right_answer_of_a_case_names_cannot_be_dropped(part):
    pack = deepcopy(PACK)
    names = pack["categories"]["main"] if part == "categories" else pack[part]
    del names[:]
    names.append("Lain" if part == "categories" else PACK[part][0])

    problems = [each for each in check_pack(pack, families=FAMILIES) if each.code == "needed"]

    assert {problem.place for problem in problems} == {part}
    assert all(problem.gaps["families"] for problem in problems)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"version = 1\n" + b"#" * LARGEST, "too_large"),
        ("versi = 1".encode("utf-16"), "encoding"),
        (b"\xff\xfe\x00", "encoding"),
        (b"version = \n", "toml_at"),
        (b"version = 1\nversion = 2\n", "toml_at"),
        (b"<?xml version='1.0'?>", "toml_at"),
        (b"a = " + b"9" * 5000, "toml"),
        (b"a = " + b"[" * 90_000, "too_deep"),
        (b"a." * 90_000 + b"a = 1", "too_deep"),
        (b"[" + b'"a" . ' * 30_000 + b"a]", "too_deep"),
    ],
    ids=range(10),
)
def test_what_is_no_pack_is_refused_at_once(raw, code):
    began = process_time()
    with pytest.raises(NotAPack) as refused:
        read_toml(raw)
    assert refused.value.problem.code == code
    assert process_time() - began < 1


def test_a_file_from_a_notepad_begins_with_a_mark_that_does_no_harm():
    assert read_toml("version = 1\r\n".encode("utf-8-sig")) == {"version": 1}


def test_whatever_the_file_says_the_check_answers():
    for text in ("", "a = nan", "time_limit = [1]", "expectation = [[]]", "distance = 1"):
        assert check_pack(read_toml(text.encode()))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def paths(value, path=()):
    if path:
        yield path
    inside = (
        value
        if isinstance(value, dict)
        else dict(enumerate(value))
        if isinstance(value, list)
        else {}
    )
    for name, each in inside.items():
        yield from paths(each, (*path, name))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([*paths(PACK)]), ANYTHING)
def test_nonsense_anywhere_is_a_problem_and_never_an_error(path, value):
    check_pack(changed(*path, to=value), today=TODAY, last=LAST, families=FAMILIES)


def test_a_pack_changes_nothing_of_itself():
    assert compare(PACK, {**deepcopy(PACK), "version": 2}) == []


def test_what_differs_is_told_value_by_value():
    pack = changed("time_limit", 0, "amount", to=4)
    pack["class"][0]["why_en"] = "Because."
    pack["office_hours"]["closes"] = "15:00"
    pack["warn_percent"] = 70
    pack["expectation"][0]["points"] = 3
    pack["distance"]["near"]["share"] = 0.4
    pack["answer_rubric"]["points"] += 4

    told = [(each.part, each.item, each.field, each.new) for each in compare(PACK, pack)]

    roles = ", ".join(pack["expectation"][0]["roles"])
    assert told == [
        ("pack", "", "warn_percent", 70),
        ("office_hours", "", "closes", "15:00"),
        ("time_limit", "verify", "amount", 4),
        ("class", "non_supervisory", "why_en", "Because."),
        ("expectation", f"decision – {roles}", "points", 3),
        ("distance", "near", "share", 0.4),
        ("answer_rubric", "", "points", pack["answer_rubric"]["points"]),
    ]


def test_what_is_new_and_what_is_gone_is_told_as_a_whole():
    pack = deepcopy(PACK)
    gone = pack["archive_reason"].pop()
    pack["categories"]["main"].append("Kebencanaan")

    told = {(each.part, each.item): (each.old, each.new) for each in compare(PACK, pack)}

    assert told == {
        ("categories", "Kebencanaan"): (None, {"name": "Kebencanaan"}),
        ("archive_reason", gone["code"]): (
            {name: value for name, value in gone.items() if name != "code"},
            None,
        ),
    }


def test_another_order_is_a_change_too():
    pack = deepcopy(PACK)
    pack["categories"]["main"].reverse()
    [change] = compare(PACK, pack)
    assert (change.part, change.field) == ("categories", "order")


@pytest.mark.parametrize("step", list(LimitedStep))
@pytest.mark.parametrize("field", ["amount", "source", "pauses"])
def test_a_changed_limit_names_its_step(step, field):
    place = [limit["step"] for limit in PACK["time_limit"]].index(step)
    other = {"amount": 99, "source": "Lain", "pauses": not PACK["time_limit"][place]["pauses"]}
    pack = changed("time_limit", place, field, to=other[field])
    assert changed_steps(compare(PACK, pack)) == {step}
