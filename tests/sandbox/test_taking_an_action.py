"""One step, one event; whatever cannot be done changes nothing."""

import pytest

from sandbox.domain.room import UndoImpossible, may_take
from sandbox.domain.workflow import Action, ActionNotAllowed, Role, State
from sandbox.models import Case, LogEntry, Run, Scenario
from sandbox.models.runs import folder_of
from sandbox.services import (
    CaseChanged,
    NotInThisMode,
    RunOver,
    TimeIsUp,
    finish_run,
    hand_over,
    undo_action,
)
from tests.factories import BY_THE_UNIT, HOME, NOW, UserFactory, a_run, case_in, led, let
from tests.sandbox.playing import CHOICES, TEXT, let_a_day_pass, let_days_pass, snapshot, take


@pytest.fixture
def case(run):
    return run.cases.get(number=1)


def test_an_action_moves_the_case_and_writes_one_event(case, learner, run):
    moved = take(case, Action.VERIFY)

    assert (moved.state, moved.version) == ("verified", run.length + 1)
    assert (moved.classification, moved.category) == ("non_supervisory", "Perhubungan")
    assert (moved.desk_role, moved.desk_office) == ("agency_admin", HOME)
    event = moved.events.get(number=moved.version)
    assert (event.action, event.source, event.target) == ("verify", "unverified", "verified")
    assert (event.role, event.actor, event.at) == ("agency_admin", learner, run.clock)
    assert (event.office, event.is_own) == (HOME, True)
    assert event.choices == CHOICES[Action.VERIFY]


def test_disposing_keeps_the_unit_and_starts_the_clock_of_the_first_response(case):
    disposed = take(take(case, Action.VERIFY), Action.DISPOSE)
    assert (disposed.state, disposed.unit) == ("disposed", "DISHUB")
    assert (disposed.desk_role, disposed.desk_office) == ("liaison_officer", "DISHUB")
    assert disposed.due_at > case.due_at
    assert disposed.settle_at > disposed.due_at
    assert disposed.events.latest("number").text == TEXT


def test_verifying_leaves_the_clock_running(case):
    assert take(case, Action.VERIFY).due_at == case.due_at


@pytest.mark.parametrize("action", [Action.RETURN, Action.ARCHIVE])
def test_a_case_that_leaves_the_desk_is_no_longer_due(case, action):
    assert take(case, action).due_at is None


INTAKE = (Action.VERIFY, Action.HOLD, Action.RETURN, Action.ARCHIVE)


@pytest.mark.parametrize("state", State)
def test_the_same_form_sent_twice_is_one_action(run, state):
    """Whatever an agency admin may do from a state, what is sent twice happens once."""
    for action in (action for action in CHOICES if action is not Action.LINK_DUPLICATE):
        case = case_in(state, a_run(UserFactory()), 1)
        if not may_take(folder_of(case, {}, []), action, case.run.desk):
            continue
        first = take(case, action)
        before = snapshot(case)
        again = take(case, action)
        assert (again.pk, again.state, again.version) == (first.pk, first.state, first.version)
        assert snapshot(case) == before


def test_the_same_form_is_one_action_even_after_the_case_went_on(case):
    verified = take(case, Action.VERIFY)
    take(verified, Action.DISPOSE)
    before = snapshot(case)
    assert take(case, Action.VERIFY).state == "disposed"
    assert snapshot(case) == before


@pytest.mark.parametrize(
    "changes",
    [{"text": "Tulisan lain."}, {"choices": {"missing": "date"}}],
    ids=["another text", "another choice"],
)
def test_another_decision_on_an_old_version_is_refused_and_changes_nothing(case, changes):
    take(case, Action.HOLD)
    before = snapshot(case)
    with pytest.raises(CaseChanged):
        take(case, Action.HOLD, **changes)
    assert snapshot(case) == before


@pytest.mark.parametrize("off", [-1, 1, 98, 2**63])
def test_a_version_that_was_never_shown_is_refused_and_changes_nothing(case, off):
    before = snapshot(case)
    with pytest.raises(CaseChanged):
        take(case, Action.ARCHIVE, version=case.version + off)
    assert snapshot(case) == before


@pytest.mark.parametrize("state", State)
def test_an_action_that_the_workflow_does_not_offer_is_refused_and_changes_nothing(run, state):
    case = case_in(state, run)
    before = snapshot(case)
    folder = folder_of(case, {}, [])
    refused = [each for each in CHOICES if not may_take(folder, each, run.desk)]
    assert len(refused) > 10
    for action in refused:
        with pytest.raises(ActionNotAllowed):
            take(case, action)
    assert snapshot(case) == before


def test_in_a_finished_run_nothing_can_be_done(case):
    finish_run(run=case.run, now=NOW)
    before = snapshot(case)
    with pytest.raises(RunOver):
        take(case, Action.VERIFY)
    assert snapshot(case) == before


def test_a_deleted_exercise_ends_its_runs_but_keeps_what_was_done(case, run):
    take(case, Action.VERIFY)
    Scenario.objects.all().delete()
    before = snapshot(case)
    with pytest.raises(RunOver):
        take(Case.objects.of(run).get(pk=case.pk), Action.DISPOSE)
    with pytest.raises(RunOver):
        finish_run(run=run, now=NOW)
    assert snapshot(case) == before
    assert before["row"]["state"] == "verified"
    assert [event["action"] for event in before["events"]] == ["submit", "verify"]
    run.refresh_from_db()
    assert (run.is_open, run.title, run.score) == (False, "Dua belas laporan pertama", None)


def test_two_runs_never_influence_each_other(run):
    other = a_run(UserFactory())
    before = [snapshot(case) for case in other.cases.all()]
    for case in run.cases.reached().select_related("run__learner"):
        take(case, Action.ARCHIVE)
    finish_run(run=run, now=NOW)
    assert [snapshot(case) for case in other.cases.all()] == before


def test_an_event_is_never_written_over(case):
    event = take(case, Action.HOLD).events.latest("number")
    event.text = "Yang sebenarnya dikatakan lain."
    with pytest.raises(TypeError):
        event.save()
    assert LogEntry.objects.everyone().get(pk=event.pk).text == TEXT


# A hold stops the clock


def complete(case, at):
    return let(case, Role.REPORTER, Action.COMPLETE, {}, "di depan pasar", at)


def test_a_held_case_waits_by_the_reporters_window_and_remembers_what_was_left(case):
    held = take(case, Action.HOLD)
    assert (held.state, held.held_from, held.paused_days) == (
        "awaiting_completion",
        "unverified",
        3,
    )
    assert held.due_at > case.due_at


@pytest.mark.parametrize("state", [State.UNVERIFIED, State.VERIFIED])
def test_a_completed_case_returns_to_its_desk_with_the_days_that_were_left(run, state):
    case = case_in(state, run)
    held = take(case, Action.HOLD)
    much_later = run.clock.replace(month=4, day=21, hour=1)  # 09.00 in Central Indonesia

    completed = complete(held, much_later)

    assert (completed.state, completed.held_from, completed.paused_days) == (state, "", None)
    assert completed.due_at.isoformat() == "2026-04-24T08:00:00+00:00"  # 16.00 on the third day


def test_a_case_that_a_unit_asked_about_goes_back_to_that_unit(run):
    held = led(BY_THE_UNIT, run)
    assert (held.held_from, held.settle_at) == ("disposed", None)
    completed = complete(held, run.clock)
    assert (completed.state, completed.unit) == ("disposed", "DISHUB")
    assert completed.settle_at


def test_an_expired_hold_archives_the_case_and_nothing_is_due(run):
    held = case_in(State.AWAITING_COMPLETION, run)
    expired = let(held, Role.SYSTEM, Action.EXPIRE, {}, "", held.due_at)
    assert (expired.state, expired.due_at, expired.paused_days) == ("archived", None, None)
    assert expired.held_from == ""


# Taking back


@pytest.fixture
def guided(practice_room, learner):
    return a_run(learner, mode="guided")


def undo(case, version=None):
    case.refresh_from_db()
    version = case.version if version is None else version
    return undo_action(case=case, version=version, actor=case.run.learner, now=NOW)


def test_a_step_that_is_taken_back_leaves_the_case_as_it_was_and_both_in_the_log(guided):
    case = guided.cases.get(number=1)
    before = snapshot(case)["row"]
    take(case, Action.ARCHIVE)
    undone = undo(case)
    after = snapshot(case)["row"]
    assert after.pop("version") == undone.version == guided.length + 2
    del before["version"]
    assert after == before
    assert [event.action for event in case.events.order_by("number")] == [
        "submit", "archive", "undo",
    ]  # fmt: skip


def test_all_steps_of_a_moment_can_be_taken_back_one_by_one(guided):
    case = guided.cases.get(number=1)
    for action in (Action.VERIFY, Action.DISPOSE, Action.NOTE):
        case = take(case, action)
    for state in (State.DISPOSED, State.VERIFIED, State.UNVERIFIED):
        case = undo(case)
        assert case.state == state
    with pytest.raises(UndoImpossible):
        undo(case)


def test_what_time_has_passed_over_stays_done(guided):
    case = take(guided.cases.get(number=1), Action.VERIFY)
    let_a_day_pass(guided)
    before = snapshot(case)
    with pytest.raises(UndoImpossible):
        undo(case)
    assert snapshot(case) == before


def test_nothing_is_taken_back_by_an_old_page_or_in_another_mode(guided, run):
    case = take(guided.cases.get(number=1), Action.VERIFY)
    Run.objects.filter(pk=guided.pk).update(mode="guided")
    before = snapshot(case)
    with pytest.raises(CaseChanged):
        undo(case, case.version - 1)
    Run.objects.filter(pk=guided.pk).update(mode="practice")
    with pytest.raises(NotInThisMode):
        undo(Case.objects.of(guided).get(pk=case.pk))
    assert snapshot(case)["row"] == before["row"]
    assert snapshot(case)["events"] == before["events"]


# Exams, and handing over


def test_when_an_exams_time_is_up_nothing_can_be_done(practice_room):
    run = a_run(code="ujian-penghubung")
    case = run.cases.first()
    before = snapshot(case)
    for now in (run.ends_at, run.ends_at.replace(year=2030)):
        with pytest.raises(TimeIsUp):
            take(case, Action.NOTE, now=now)
    assert snapshot(case) == before


def test_a_leaver_hands_over_what_is_open_and_within_reach_in_one_step(practice_room):
    run = let_days_pass(a_run(code="meja-pengawas"), 3)
    run.cases.exclude(unit="").update(officer="wening")
    mine = run.cases.filter(officer="wening")
    away = mine.first()
    let(away, Role.LIAISON_OFFICER, Action.RETURN, {"destination": "BALAI_JALAN"})
    expected = mine.exclude(pk=away.pk).exclude(state__in=["closed", "archived"]).count()
    assert expected
    moved = hand_over(
        run=run, leaver="wening", to="gede", text="Serah terima.", actor=run.learner, now=NOW
    )
    assert moved == expected
    events = LogEntry.objects.everyone().filter(run=run, action="hand_over")
    assert {event.text for event in events} == {"Serah terima."}
    assert [event.number for event in run.log.all()] == list(range(1, run.log.count() + 1))
    away.refresh_from_db()
    assert (away.officer, away.state) == ("wening", "transferring")


def test_a_unit_hands_nothing_over(practice_room):
    run = a_run(code="meja-penghubung")
    run.cases.update(officer="wening")
    with pytest.raises(ActionNotAllowed):
        hand_over(run=run, leaver="wening", to="gede", text="", actor=run.learner, now=NOW)
    assert not LogEntry.objects.everyone().filter(run=run, action="hand_over").exists()
