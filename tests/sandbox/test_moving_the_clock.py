"""Virtual time goes forward by the learner's hand, and everyone else reacts."""

from datetime import timedelta

import pytest

from sandbox.domain.workflow import Action
from sandbox.models import Run, Scenario
from sandbox.selectors import news, outlook
from sandbox.services import ClockBackwards, ClockMoved, RunOver, advance_clock, finish_run
from tests.factories import NOW, a_run
from tests.sandbox.playing import VERIFY, let_a_day_pass, next_morning, take

AN_HOUR = timedelta(hours=1)


def stored(run):
    return Run.objects.get(pk=run.pk).clock


def held(run, *, rightly):
    """Ask the reporter of a case that misses something for that, or for something else."""
    cases = run.cases.select_related("answer_key", "run__learner").order_by("number")
    case = next(case for case in cases if case.answer_key.key["decision"] == "hold")
    missing = case.answer_key.key["hold"]["missing"]
    asked = missing if rightly else next(m for m in ("date", "location") if m != missing)
    return take(case, Action.HOLD, choices={"missing": asked})


def happened(case):
    """What others did to a case, the system's reminders left out."""
    events = case.events.filter(is_own=False).exclude(action__in=["warn", "breach"])
    return list(events.order_by("number").values_list("action", flat=True))


def test_an_hour_passes_and_nothing_else_happens(run):
    before = {case.number: case.version for case in run.cases.all()}
    moved = advance_clock(run=run, seen=run.clock, to=run.clock + AN_HOUR, now=NOW)
    assert stored(run) == moved.clock == run.started_at + AN_HOUR
    assert {case.number: case.version for case in run.cases.all()} == before


def test_the_next_morning_brings_the_late_reports(run):
    morning = next_morning(run)
    assert run.cases.reached().count() == 10
    let_a_day_pass(run)
    assert stored(run) == morning
    assert run.cases.reached().count() == 12
    late = run.cases.filter(number__gt=10)
    assert {case.events.get(action="submit").at for case in late} == {morning}


def test_the_same_form_sent_twice_moves_the_clock_once(run):
    to = run.clock + AN_HOUR
    first = advance_clock(run=run, seen=run.started_at, to=to, now=NOW)
    again = advance_clock(run=run, seen=run.started_at, to=to, now=NOW)
    assert first.clock == again.clock == stored(run) == to


def test_a_form_that_saw_another_hour_moves_nothing(run):
    advance_clock(run=run, seen=run.clock, to=run.clock + AN_HOUR, now=NOW)
    with pytest.raises(ClockMoved):
        advance_clock(run=run, seen=run.clock, to=run.clock + 2 * AN_HOUR, now=NOW)
    assert stored(run) == run.clock + AN_HOUR


def test_the_clock_never_moves_back(run):
    with pytest.raises(ClockBackwards):
        advance_clock(run=run, seen=run.clock, to=run.clock - AN_HOUR, now=NOW)
    assert stored(run) == run.clock


def test_the_clock_of_a_finished_run_stands_still(run):
    finish_run(run=run, now=NOW)
    with pytest.raises(RunOver):
        advance_clock(run=run, seen=run.clock, to=run.clock + AN_HOUR, now=NOW)
    assert stored(run) == run.clock


def test_the_clock_of_a_run_without_its_exercise_stands_still(run):
    Scenario.objects.all().delete()
    with pytest.raises(RunOver):
        advance_clock(run=run, seen=run.clock, to=run.clock + AN_HOUR, now=NOW)
    assert stored(run) == run.clock


def test_a_reporter_asked_for_the_right_thing_answers_next_working_morning(run):
    case = held(run, rightly=True)
    advance_clock(run=run, seen=run.clock, to=run.clock + AN_HOUR, now=NOW)
    case.refresh_from_db()
    assert case.state == "awaiting_completion"

    let_a_day_pass(run)

    case.refresh_from_db()
    event = case.events.latest("number")
    assert case.state == "unverified"
    assert (event.action, event.role, event.actor) == ("complete", "reporter", None)
    assert event.at == run.cases.get(number=12).received_at
    assert event.text == case.answer_key.key["hold"]["completion_id"]


def test_an_answer_is_dated_when_it_came_and_not_when_the_clock_stopped(run):
    case = held(run, rightly=True)
    morning = next_morning(run)
    advance_clock(run=run, seen=run.clock, to=morning + timedelta(days=6), now=NOW)
    event = case.events.filter(action="complete").get()
    assert event.at == morning
    case.refresh_from_db()
    assert case.entered_at == morning


def test_a_reporter_asked_for_the_wrong_thing_stays_silent_and_the_case_expires(run):
    case = held(run, rightly=False)
    window_ends = case.due_at
    advance_clock(run=run, seen=run.clock, to=window_ends, now=NOW)
    case.refresh_from_db()
    assert (case.state, happened(case)) == ("awaiting_completion", ["submit"])

    let_a_day_pass(run)

    case.refresh_from_db()
    event = case.events.get(action="expire")
    assert (case.state, event.role) == ("archived", "system")
    assert event.at >= window_ends


def test_a_reporter_who_wrote_everything_says_so_when_asked_again(run):
    cases = run.cases.select_related("answer_key", "run__learner")
    case = next(case for case in cases if case.answer_key.key["decision"] == "return")
    take(case, Action.HOLD)
    let_a_day_pass(run)
    case.refresh_from_db()
    assert (case.state, happened(case)) == ("unverified", ["submit", "complete"])


def test_every_reporter_reacts_once_however_often_the_clock_moves(run):
    case = held(run, rightly=True)
    for _ in range(5):
        let_a_day_pass(run)
    assert case.events.filter(action="complete").count() == 1


def test_what_others_do_with_a_report_passed_on_is_foretold(practice_room, learner):
    """A national admin goes on hearing of reports that are with their agencies now."""
    run = a_run(learner, "meja-nasional")
    for case in run.cases.filter(reached=True).select_related("run__learner", "run__rules"):
        take(case, Action.VERIFY, choices=VERIFY | {"agency": "TIRTA_ASRI"})
    run.refresh_from_db()
    coming = outlook(run).forecasts
    assert coming["event"].others > 0
    before = run.length
    moved = advance_clock(run=run, seen=run.clock, to=coming["event"].to, now=NOW)
    assert news(moved, before), "what was foretold is told"


def test_where_something_is_still_to_come_there_is_a_next_event(practice_room, learner):
    """Day by day until nothing more is foretold, and then nothing more happens."""
    run = a_run(learner, "meja-penghubung")
    while "event" in outlook(run).forecasts:
        run = let_a_day_pass(run)
    before = run.length
    for _day in range(10):
        run = let_a_day_pass(run)
    assert news(run, before) == {}
