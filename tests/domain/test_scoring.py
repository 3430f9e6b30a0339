"""Receipts explain every point, and no mistake or omission is worth more than the right step.

These are the rules of exercise L1, the admin's first decision; test_scoring_at_desks has the rest.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.domain.events import Event
from sandbox.domain.folders import Folder, begin
from sandbox.domain.scoring import judge, percent
from sandbox.domain.workflow import Action, Role, State
from tests.domain.desks import (
    HOME,
    L1,
    PACK,
    REGION,
    RULES,
    START,
    agency_steps,
    cases_of,
    play,
    setting,
)
from tests.domain.desks import room as room_with

CASES = {case.family: case for case in cases_of(L1, whole=False)}
KEYS = {family: case.key for family, case in CASES.items()}
UNITS = [unit["code"] for unit in REGION.units]
DESTINATIONS = [office["code"] for office in REGION.destinations]
CATEGORIES = RULES["categories"]["main"]
REASONS = [reason["code"] for reason in RULES["archive_reason"]]
DESK = setting(Role.AGENCY_ADMIN)
A = Action


def key_for(decision: str, **changes):
    key = next(key for key in KEYS.values() if key["decision"] == decision)
    return {**key, **changes}


def step(action: Action, number: int = 2, **choices: str) -> Event:
    chosen = {name.rstrip("_"): value for name, value in choices.items()}
    return own(number, action, chosen)


def own(number: int, action: Action, choices) -> Event:
    """Return a step of the trainee; states do not matter to the points of L1."""
    place = (State.UNVERIFIED, State.UNVERIFIED)
    return Event(number, 1, action, Role.AGENCY_ADMIN, HOME, *place, START, choices, is_own=True)


def lines_for(events, key, pack=PACK):
    facts = {**next(iter(CASES.values())).facts, "agency": HOME}
    folder = Folder(1, facts, key, START, begin(facts), list(events))
    return judge([folder], DESK, pack).lines


def points(events, key) -> int:
    return sum(line.points for line in lines_for(events, key))


def line_for(expectation, events, key):
    return next(line for line in lines_for(events, key) if line.expectation == expectation)


def played_perfectly(family: str) -> list[Event]:
    """Let a perfect officer play one case; the reporter answers what was asked."""
    played = play(room_with([CASES[family]], DESK), agency_steps, 5)
    return [event for event in played.folders[1].log if event.is_own]


@pytest.fixture(scope="module")
def plays():
    return {family: played_perfectly(family) for family in CASES}


@pytest.fixture(params=sorted(KEYS))
def family(request):
    return request.param


@pytest.fixture
def key(family):
    return KEYS[family]


@pytest.fixture
def events(family, plays):
    return plays[family]


# Every family


def test_a_perfect_officer_earns_every_point_and_every_case_is_worth_ten(events, key):
    lines = lines_for(events, key)
    assert sum(line.points for line in lines) == sum(line.out_of for line in lines) == 10
    assert {line.verdict for line in lines} == {"right"}


def test_nothing_done_earns_nothing_and_still_explains_everything(key):
    lines = lines_for([], key)
    assert [line.points for line in lines] == [0] * len(lines)
    assert {line.verdict for line in lines} == {"wrong"}
    assert {line.event for line in lines} == {None}
    assert {line.chosen for line in lines} == {""}
    assert [line.expectation for line in lines if not line.expected] == []


def test_leaving_out_any_step_lowers_the_score(events, key):
    full = points(events, key)
    for left_out in events:
        assert points([event for event in events if event is not left_out], key) < full, left_out


def test_each_receipt_names_event_expectation_rule_source_and_better_action(events, key):
    numbers = {event.number for event in events}
    for line in lines_for(events, key):
        assert line.event in numbers
        assert line.chosen
        assert line.criterion in {"routing", "reasons"}
        assert line.source == key["source"] != ""
        for words in (line.why, line.rule, line.better):
            assert set(words) == {"id", "en"}
            assert all(words.values())


def test_points_are_whole_numbers(events, key):
    for line in lines_for(events, key):
        assert type(line.points) is type(line.out_of) is int


def test_routing_counts_for_six_points_and_reasons_for_four(key):
    by_criterion = {"routing": 0, "reasons": 0}
    for line in lines_for([], key):
        by_criterion[line.criterion] += line.out_of
    assert by_criterion == {"routing": 6, "reasons": 4}


def test_the_first_decision_is_explained_first(events, key):
    assert lines_for(events, key)[0].expectation == "decision"


# Single expectations


def test_a_neighbouring_office_earns_half_the_points_of_the_destination():
    key = next(k for k in KEYS.values() if k.get("return", {}).get("near"))
    right, near = key["return"]["destination"], key["return"]["near"][0]
    level = key["return"]["level"]
    line = line_for("destination", [step(A.RETURN, level=level, destination=right)], key)
    assert line.points == 4
    line = line_for("destination", [step(A.RETURN, level=level, destination=near)], key)
    assert (line.points, line.verdict, line.expected) == (2, "partial", right)


@pytest.mark.parametrize(
    ("expected", "chosen", "earned", "verdict"),
    [
        ("central", "central", 4, "right"),
        ("central", "vertical", 2, "partial"),
        ("vertical", "central", 2, "partial"),
        ("central", "province", 0, "wrong"),
        ("state_owned", "vertical", 0, "wrong"),
        ("province", "central", 0, "wrong"),
    ],
)
def test_the_two_levels_of_the_centre_are_half_right_for_each_other(
    expected, chosen, earned, verdict
):
    key = key_for("return")
    key["return"] = {**key["return"], "level": expected}
    line = line_for("level", [step(A.RETURN, level=chosen, destination="PLN")], key)
    assert (line.points, line.out_of, line.verdict) == (earned, 4, verdict)
    assert (line.chosen, line.expected) == (chosen, expected)


def test_a_second_unit_earns_the_share_that_the_key_gives_it():
    key = key_for("dispose")
    other = next(unit for unit in UNITS if unit != key["route"][0]["unit"])
    shared = {**key["route"][0], "unit": other, "share": 0.5}
    key = {**key, "route": [*key["route"], shared]}
    line = line_for("unit", [step(A.DISPOSE, unit=other)], key)
    assert (line.points, line.out_of, line.verdict) == (2, 4, "partial")
    assert line.expected == key["route"][0]["unit"]


def test_a_wrong_unit_that_was_foreseen_is_explained_by_its_own_sentence():
    key = next(k for k in KEYS.values() if k["decision"] == "dispose" and k.get("trap"))
    trap = key["trap"][0]
    line = line_for("unit", [step(A.DISPOSE, unit=trap["code"])], key)
    assert (line.points, line.chosen) == (0, trap["code"])
    assert line.why == {"id": trap["why_id"], "en": trap["why_en"]}


def test_archiving_what_had_to_be_returned_earns_nothing():
    key = key_for("return")
    lines = lines_for([step(A.ARCHIVE, reason="not_public_service")], key)
    assert sum(line.points for line in lines) == 0
    assert (lines[0].chosen, lines[0].expected) == ("archive", "return")


@pytest.mark.parametrize("wrong", [A.HOLD, A.RETURN, A.ARCHIVE])
def test_a_wrong_first_decision_is_not_healed_by_a_later_right_one(wrong):
    key = key_for("dispose")
    choices = {"missing": "date", "level": "central", "destination": "PLN", "reason": "spam"}
    later = [replace(event, number=event.number + 2) for event in guess(key)]
    lines = {line.expectation: line for line in lines_for([own(2, wrong, choices), *later], key)}
    assert lines["decision"].points == 0
    assert lines["decision"].event == 2
    assert lines["unit"].points == 4, "the rest is still earned"


def guess(key) -> list[Event]:
    """Verify and dispose at once what lacked something, by luck all as the key has it."""
    chosen = {"class": key["class"], "category": key["category"]}
    return [own(2, A.VERIFY, chosen), own(3, A.DISPOSE, {"unit": key["route"][0]["unit"]})]


def test_a_guess_about_a_report_that_had_to_be_held_earns_nothing():
    key = key_for("hold")
    lines = lines_for(guess(key), key)
    assert {line.expectation for line in lines} >= {"unit", "class", "category"}
    assert {line.verdict for line in lines} == {"wrong"}
    why = {"id": key["hold"]["why_id"], "en": key["hold"]["why_en"]}
    assert [line.why for line in lines if line.why != why and line.expectation != "missing"] == []


def test_asking_late_still_makes_the_rest_an_honest_decision():
    """The first decision is lost, but what is decided after the answer is no guess."""
    key = key_for("hold")
    asked = own(3, A.HOLD, {"missing": key["hold"]["missing"]})
    verify, dispose = guess(key)
    events = [verify, asked, replace(verify, number=5), replace(dispose, number=6)]
    lines = {line.expectation: line for line in lines_for(events, key)}
    assert lines["decision"].verdict == "wrong"
    judged = [line for name, line in lines.items() if name in {"unit", "class", "category"}]
    assert judged
    assert {line.verdict for line in judged} == {"right"}


def test_asking_after_the_guess_does_not_make_it_knowledge():
    """Whoever verifies first and holds later had judged without knowing."""
    key = key_for("hold")
    held = own(3, A.HOLD, {"missing": key["hold"]["missing"]})
    verify, dispose = guess(key)
    guessed = lines_for([verify, held, replace(dispose, number=4)], key)
    earned = {line.expectation: line.points for line in guessed}
    assert (earned["class"], earned["category"]) == (0, 0)
    assert earned["unit"] > 0


def test_a_report_that_lacked_nothing_may_be_decided_without_asking():
    key = key_for("dispose")
    assert {line.verdict for line in lines_for(guess(key), key)} == {"right"}


def test_in_the_first_exercise_only_the_last_disposition_counts():
    key = key_for("dispose")
    right = key["route"][0]["unit"]
    wrong = next(unit for unit in UNITS if unit not in {r["unit"] for r in key["route"]})
    first, second = own(3, A.DISPOSE, {"unit": right}), own(5, A.DISPOSE, {"unit": wrong})
    line = line_for("unit", [first, second], key)
    assert (line.points, line.event) == (0, 5)
    mended = line_for("unit", [replace(second, number=3), replace(first, number=5)], key)
    assert (mended.points, mended.verdict) == (4, "right")


def test_a_category_that_is_accepted_too_earns_all_its_points():
    key = key_for("dispose", category="Perhubungan", also_categories=["Kesehatan"])

    def earned(category):
        return line_for("category", [step(A.VERIFY, class_=key["class"], category=category)], key)

    assert earned("Kesehatan").points == earned("Perhubungan").points == 2
    assert earned("Kependudukan").points == 0
    assert earned("Kependudukan").expected == "Perhubungan"


def test_what_was_undone_counts_for_nothing():
    key = key_for("dispose")
    right = guess(key)
    wrong = step(A.ARCHIVE, 4, reason="spam")
    undone = replace(step(A.UNDO, 5), undoes=4)
    moved = [replace(event, number=event.number + 4) for event in right]
    assert points([wrong, undone, *moved], key) == points(right, key) == 10


# Whole runs


def test_a_run_adds_up_its_cases_and_its_percentage_follows(plays):
    facts = {**next(iter(CASES.values())).facts, "agency": HOME}
    folders = [
        Folder(number, facts, KEYS[family], START, begin(facts), plays[family])
        for number, family in enumerate(list(KEYS)[:12], start=1)
    ]
    score = judge(folders, DESK, PACK)
    assert (score.points, score.out_of, score.percent) == (120, 120, 100)
    assert (score.slips, score.pending) == (0, 0)
    assert score.passes(100)
    half = judge([folders[0], replace(folders[1], events=[])], DESK, PACK)
    assert (half.points, half.out_of, half.percent) == (10, 20, 50)
    assert half.passes(50)
    assert not half.passes(51)


@pytest.mark.parametrize(
    ("earned", "most", "shown"),
    [(0, 120, 0), (119, 120, 99), (120, 120, 100), (89, 120, 74), (90, 120, 75), (0, 0, 0)],
)
def test_a_percentage_is_rounded_down(earned, most, shown):
    assert percent(earned, most) == shown


CHOICES = {
    A.VERIFY: {
        "class": ["non_supervisory", "supervisory", "information", "aspiration"],
        "category": CATEGORIES,
    },
    A.HOLD: {"missing": ["location", "date", "what_happened", "identity_of_service", "evidence"]},
    A.RETURN: {
        "level": ["province", "central", "vertical", "state_owned"],
        "destination": DESTINATIONS,
    },
    A.ARCHIVE: {"reason": REASONS},
    A.DISPOSE: {"unit": UNITS},
}
ANY_STEP = st.sampled_from(list(CHOICES)).flatmap(
    lambda action: st.tuples(
        st.just(action),
        st.fixed_dictionaries({n: st.sampled_from(v) for n, v in CHOICES[action].items()}),
    )
)
ANY_EVENTS = st.lists(ANY_STEP, max_size=8).map(
    lambda steps: [own(number, *step) for number, step in enumerate(steps, start=2)]
)


@given(key=st.sampled_from(list(KEYS.values())), events=ANY_EVENTS)
def test_whatever_is_done_the_points_stay_between_nothing_and_the_most(key, events):
    lines = lines_for(events, key)
    assert sum(line.out_of for line in lines) == 10
    for line in lines:
        assert 0 <= line.points <= line.out_of
        assert (line.verdict == "right") == (line.points == line.out_of)
        assert line.event is None or line.event in {event.number for event in events}


@given(key=st.sampled_from(list(KEYS.values())), events=ANY_EVENTS)
def test_judging_twice_gives_the_same_receipts(key, events):
    assert lines_for(events, key) == lines_for(events, key)
