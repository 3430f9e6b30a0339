"""Eight people press at the same moment: one step each time, and a clear answer to the others."""

from collections import Counter
from functools import partial

import pytest

from sandbox.domain.workflow import Action, ActionNotAllowed, State
from sandbox.models import Case, LogEntry, Run
from sandbox.services import CaseChanged, advance_clock, finish_run, take_action
from tests.factories import NOW, UserFactory, a_run
from tests.sandbox.playing import CHOICES, TEXT, next_morning

PEOPLE = 8
A_NUMBER_OF_STEPS = [Action.VERIFY, Action.HOLD, Action.RETURN, Action.ARCHIVE]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(practice_room):
    return a_run(UserFactory(), arrive_later=0)


def press(case, action, learner, text):
    """Take an action, or say why not in a word; any other exception is a failure."""
    choices = CHOICES[action]
    text = "" if action is Action.VERIFY else text
    try:
        take_action(
            case=case,
            version=case.version,
            action=action,
            actor=learner,
            choices=choices,
            text=text,
            now=NOW,
        )
    except CaseChanged:
        return "changed"
    except ActionNotAllowed:
        return "not allowed"
    return "done"


def press_everywhere(run_pk, person):
    """Press on all twelve cases as they were at the start, each person in an order of their own."""
    run = Run.objects.select_related("learner").get(pk=run_pk)
    cases = list(run.cases.order_by("number"))
    answers = {}
    for place in range(len(cases)):
        case = cases[(place + person) % len(cases)]
        action = A_NUMBER_OF_STEPS[(person + case.number) % len(A_NUMBER_OF_STEPS)]
        case.version = case.number  # the reports were logged in order, and are as they came in
        answers[case.number] = press(case, action, run.learner, f"{TEXT} ({person})")
    return answers


def events_by_case(run_pk):
    return {
        case: list(LogEntry.objects.everyone().filter(run=run_pk, case__number=case).values())
        for case in range(1, 13)
    }


def numbers(run_pk):
    return list(LogEntry.objects.everyone().filter(run=run_pk).values_list("number", flat=True))


def rows_by_case(run_pk):
    return {case["number"]: case for case in Case.objects.everyone().filter(run=run_pk).values()}


def test_eight_people_on_twelve_cases_take_one_step_each_time(run, at_once):
    answers = at_once([partial(press_everywhere, run.pk, person) for person in range(PEOPLE)])

    [events], [rows] = (
        at_once([partial(events_by_case, run.pk)]),
        at_once([partial(rows_by_case, run.pk)]),
    )
    for number in range(1, 13):
        said = Counter(answer[number] for answer in answers)
        assert set(said) <= {"done", "changed"}
        assert len(events[number]) == 2
        assert rows[number]["version"] == events[number][-1]["number"]
        assert rows[number]["state"] == events[number][-1]["target"]
        # The same form of two people is one action: verifying carries no text of their own.
        winners = 2 if events[number][-1]["action"] == "verify" else 1
        assert said["done"] == winners


def chase(run_pk, person):
    """Go on at whatever version a case is now, as someone with an always fresh page would."""
    run = Run.objects.select_related("learner").get(pk=run_pk)
    said = Counter()
    for number in range(1, 13):
        for action in (Action.VERIFY, Action.DISPOSE, Action.ARCHIVE):
            case = run.cases.get(number=number)
            said[press(case, action, run.learner, f"{TEXT} ({person})")] += 1
    return said


def test_eight_people_with_fresh_pages_never_break_the_chain_of_events(run, at_once):
    said = sum(at_once([partial(chase, run.pk, person) for person in range(PEOPLE)]), Counter())

    [events], [rows] = (
        at_once([partial(events_by_case, run.pk)]),
        at_once([partial(rows_by_case, run.pk)]),
    )
    steps = 0
    for number, row in rows.items():
        chain = events[number]
        assert row["version"] == chain[-1]["number"]
        assert [event["source"] for event in chain[1:]] == [event["target"] for event in chain[:-1]]
        assert row["state"] == chain[-1]["target"]
        assert row["state"] in (State.DISPOSED, State.ARCHIVED)
        steps += len(chain) - 1
    assert said["done"] >= steps >= 12
    [log] = at_once([partial(numbers, run.pk)])
    assert log == list(range(1, len(log) + 1)), "the run's log has a gap"
    assert set(said) <= {"done", "changed", "not allowed"}


def test_the_clock_moves_once_when_eight_tabs_move_it(run, at_once):
    to = next_morning(run)
    moved = at_once([partial(advance_clock, run=run, seen=run.clock, to=to, now=NOW)] * PEOPLE)
    assert {each.clock for each in moved} == {to}
    assert at_once([lambda: Run.objects.get(pk=run.pk).clock]) == [to]


def test_finishing_in_eight_tabs_makes_one_score(run, at_once):
    finished = at_once([partial(finish_run, run=run, now=NOW)] * PEOPLE)
    assert all(each.score == finished[0].score for each in finished)
    assert {each.finished_at for each in finished} == {run.clock}
