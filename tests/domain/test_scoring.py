"""Receipts explain every point, and no mistake or omission is worth more than the right step."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.domain.cases import make_cases
from sandbox.domain.robots import expert_move
from sandbox.domain.scoring import Event, percent, receipts
from sandbox.domain.workflow import Action, Role, State, next_state
from tests.domain.conftest import CATEGORIES, COMPOSITION, LIBRARY, RUBRIC

CASES = make_cases(LIBRARY, COMPOSITION, 120, 11, ["Wayan Contoh"])
KEYS = {case.family: case.key for case in CASES}
UNITS = [unit["code"] for unit in LIBRARY.region["unit"]]
DESTINATIONS = [office["code"] for office in LIBRARY.region["destination"]]
A = Action


def key_for(decision: str, **changes):
    key = next(key for key in KEYS.values() if key["decision"] == decision)
    return {**key, **changes}


def played_by_the_robot(key) -> list[Event]:
    """Let the robot play one case to its end; the reporter answers what was asked."""
    state, was_held, events = State.UNVERIFIED, False, []
    while move := expert_move(state, key, was_held=was_held):
        events.append(Event(len(events) + 2, move.action, move.choices))
        state = next_state(state, move.action, Role.AGENCY_ADMIN)
        if state is State.AWAITING_COMPLETION:
            was_held = True
            state = next_state(state, A.COMPLETE, Role.REPORTER, held_from=State.UNVERIFIED)
    return events


def points(events, key, rubric=RUBRIC) -> int:
    return sum(line.points for line in receipts(events, key, rubric))


def line_for(expectation, events, key):
    return next(line for line in receipts(events, key, RUBRIC) if line.expectation == expectation)


def step(action: Action, **choices: str) -> Event:
    return Event(2, action, {name.rstrip("_"): value for name, value in choices.items()})


def out_of(key) -> int:
    return sum(line.out_of for line in receipts([], key, RUBRIC))


@pytest.fixture(params=sorted(KEYS))
def key(request):
    return KEYS[request.param]


# Every family


def test_the_robot_earns_every_point_of_a_case_and_every_case_is_worth_ten(key):
    lines = receipts(played_by_the_robot(key), key, RUBRIC)
    assert sum(line.points for line in lines) == sum(line.out_of for line in lines) == 10
    assert {line.verdict for line in lines} == {"right"}


def test_nothing_done_earns_nothing_and_still_explains_everything(key):
    lines = receipts([], key, RUBRIC)
    assert [line.points for line in lines] == [0] * len(lines)
    assert {line.verdict for line in lines} == {"wrong"}
    assert {line.event for line in lines} == {None}
    assert {line.chosen for line in lines} == {""}
    assert [line.expectation for line in lines if not line.expected] == []


def test_leaving_out_any_step_lowers_the_score(key):
    events = played_by_the_robot(key)
    full = points(events, key)
    for left_out in events:
        assert points([event for event in events if event is not left_out], key) < full, left_out


def test_each_receipt_names_event_expectation_source_and_why_in_both_languages(key):
    events = played_by_the_robot(key)
    numbers = {event.number for event in events}
    for line in receipts(events, key, RUBRIC):
        assert line.event in numbers
        assert line.chosen
        assert line.criterion in {"routing", "reasons"}
        assert line.source == key["source"] != ""
        assert set(line.why) == {"id", "en"}
        assert all(line.why.values())


def test_points_are_whole_numbers(key):
    for line in receipts(played_by_the_robot(key), key, RUBRIC):
        assert type(line.points) is type(line.out_of) is int


def test_routing_counts_for_six_points_and_reasons_for_four(key):
    by_criterion = {"routing": 0, "reasons": 0}
    for line in receipts([], key, RUBRIC):
        by_criterion[line.criterion] += line.out_of
    assert by_criterion == {"routing": 6, "reasons": 4}


def test_the_first_decision_is_explained_first_whatever_order_the_database_returns(key):
    """PostgreSQL keeps the keys of a JSON object in an order of its own."""
    events = played_by_the_robot(key)
    turned = {
        decision: dict(reversed(expectations.items())) for decision, expectations in RUBRIC.items()
    }
    assert receipts(events, key, turned) == receipts(events, key, RUBRIC)
    assert receipts(events, key, turned)[0].expectation == "decision"


# Single expectations


def test_a_neighbouring_office_earns_half_the_points_of_the_destination():
    key = next(k for k in KEYS.values() if k.get("return", {}).get("near"))
    right, near = key["return"]["destination"], key["return"]["near"][0]
    level = key["return"]["level"]
    assert (
        line_for("destination", [step(A.RETURN, level=level, destination=right)], key).points == 4
    )
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
    line = line_for(
        "unit", [step(A.DISPOSE, unit=other)], {**key, "route": [*key["route"], shared]}
    )
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
    lines = receipts([step(A.ARCHIVE, reason="not_public_service")], key, RUBRIC)
    assert sum(line.points for line in lines) == 0
    assert (lines[0].chosen, lines[0].expected) == ("archive", "return")


@pytest.mark.parametrize("wrong", [A.HOLD, A.RETURN, A.ARCHIVE])
def test_a_wrong_first_decision_is_not_healed_by_a_later_right_one(wrong):
    key = key_for("dispose")
    events = played_by_the_robot(key)
    choices = {"missing": "date", "level": "central", "destination": "PLN", "reason": "spam"}
    detour = [Event(2, wrong, choices), *[replace(e, number=e.number + 2) for e in events]]
    lines = {line.expectation: line for line in receipts(detour, key, RUBRIC)}
    assert lines["decision"].points == 0
    assert lines["decision"].event == 2
    assert lines["unit"].points == 4, "the rest is still earned"


def guess(key) -> list[Event]:
    """Verify and dispose at once what lacked something, by luck all as the key has it."""
    chosen = {"class": key["class"], "category": key["category"]}
    unit = {"unit": key["route"][0]["unit"]}
    return [Event(2, A.VERIFY, chosen), Event(3, A.DISPOSE, unit)]


def test_a_guess_about_a_report_that_had_to_be_held_earns_nothing():
    key = key_for("hold")
    lines = receipts(guess(key), key, RUBRIC)
    assert {line.expectation for line in lines} >= {"unit", "class", "category"}
    assert {line.verdict for line in lines} == {"wrong"}
    why = {"id": key["hold"]["why_id"], "en": key["hold"]["why_en"]}
    assert [line.why for line in lines if line.why != why and line.expectation != "missing"] == []


def test_asking_late_still_makes_the_rest_an_honest_decision():
    """The first decision is lost, but what is decided after the answer is no guess."""
    key = key_for("hold")
    asked = Event(3, A.HOLD, {"missing": key["hold"]["missing"]})
    verify, dispose = guess(key)
    events = [verify, asked, replace(verify, number=5), replace(dispose, number=6)]
    lines = {line.expectation: line for line in receipts(events, key, RUBRIC)}
    assert lines["decision"].verdict == "wrong"
    judged = [line for name, line in lines.items() if name in {"unit", "class", "category"}]
    assert judged
    assert {line.verdict for line in judged} == {"right"}


def test_a_report_that_lacked_nothing_may_be_decided_without_asking():
    key = key_for("dispose")
    assert {line.verdict for line in receipts(guess(key), key, RUBRIC)} == {"right"}


def test_only_the_last_disposition_counts():
    key = key_for("dispose")
    right = key["route"][0]["unit"]
    wrong = next(unit for unit in UNITS if unit not in {r["unit"] for r in key["route"]})
    first, second = Event(3, A.DISPOSE, {"unit": right}), Event(5, A.DISPOSE, {"unit": wrong})
    line = line_for("unit", [first, second], key)
    assert (line.points, line.event) == (0, 5)


def test_a_category_that_is_accepted_too_earns_all_its_points():
    key = key_for("dispose", category="Perhubungan", also_categories=["Kesehatan"])

    def earned(category):
        return line_for("category", [step(A.VERIFY, class_=key["class"], category=category)], key)

    assert earned("Kesehatan").points == earned("Perhubungan").points == 2
    assert earned("Kependudukan").points == 0
    assert earned("Kependudukan").expected == "Perhubungan"


def test_an_expectation_that_nobody_knows_how_to_judge_stops_the_scoring():
    rubric = {"dispose": {"politeness": {"points": 2, "criterion": "reasons"}}}
    with pytest.raises((KeyError, ValueError)):
        receipts([], key_for("dispose"), rubric)


# Whole runs


def test_a_perfect_run_of_twelve_cases_earns_one_hundred_and_twenty_points():
    cases = make_cases(LIBRARY, COMPOSITION, 12, 1, ["Wayan Contoh"])
    assert sum(points(played_by_the_robot(case.key), case.key) for case in cases) == 120
    assert sum(out_of(case.key) for case in cases) == 120


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
    A.ARCHIVE: {"reason": [reason["code"] for reason in LIBRARY.archive_reasons]},
    A.DISPOSE: {"unit": UNITS},
}
ANY_STEP = st.sampled_from(list(CHOICES)).flatmap(
    lambda action: st.tuples(
        st.just(action),
        st.fixed_dictionaries({n: st.sampled_from(v) for n, v in CHOICES[action].items()}),
    )
)
ANY_EVENTS = st.lists(ANY_STEP, max_size=8).map(
    lambda steps: [Event(number, *step) for number, step in enumerate(steps, start=2)]
)


@given(key=st.sampled_from(list(KEYS.values())), events=ANY_EVENTS)
def test_whatever_is_done_the_points_stay_between_nothing_and_the_most(key, events):
    lines = receipts(events, key, RUBRIC)
    assert sum(line.out_of for line in lines) == 10
    for line in lines:
        assert 0 <= line.points <= line.out_of
        assert (line.verdict == "right") == (line.points == line.out_of)
        assert line.event is None or line.event in {event.number for event in events}


@given(key=st.sampled_from(list(KEYS.values())), events=ANY_EVENTS)
def test_judging_twice_gives_the_same_receipts(key, events):
    assert receipts(events, key, RUBRIC) == receipts(events, key, RUBRIC)


def test_asking_after_the_guess_does_not_make_it_knowledge():
    """Whoever verifies first and holds later had judged without knowing."""
    key = next(case.key for case in CASES if case.key["decision"] == "hold")
    verify = {"class": key["class"], "category": key["category"]}
    held = Event(3, Action.HOLD, {"missing": key["hold"]["missing"]})
    unit = Event(4, Action.DISPOSE, {"unit": key["route"][0]["unit"]})
    guessed = receipts([Event(2, Action.VERIFY, verify), held, unit], key, RUBRIC)
    points = {line.expectation: line.points for line in guessed}
    assert (points["class"], points["category"]) == (0, 0)
    assert points["unit"] > 0
