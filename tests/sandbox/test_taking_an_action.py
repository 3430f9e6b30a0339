"""One step, one event; whatever cannot be done changes nothing."""

import pytest

from sandbox.domain.workflow import Action, ActionNotAllowed, Role, State
from sandbox.models import Case, CaseEvent, Scenario
from sandbox.services import CaseChanged, RunOver, finish_run, record_step
from tests.factories import NOW, UserFactory, a_run, case_in
from tests.sandbox.playing import CHOICES, TEXT, snapshot, take


@pytest.fixture
def case(run):
    return run.cases.get(number=1)


def test_an_action_moves_the_case_and_writes_one_event(case, learner, run):
    moved = take(case, Action.VERIFY)

    assert (moved.state, moved.version) == ("verified", 2)
    assert (moved.classification, moved.category) == ("non_supervisory", "Perhubungan")
    event = moved.events.get(number=2)
    assert (event.action, event.source, event.target) == ("verify", "unverified", "verified")
    assert (event.role, event.actor, event.at) == ("agency_admin", learner, run.clock)
    assert event.choices == CHOICES[Action.VERIFY]


def test_disposing_keeps_the_unit_and_starts_the_clock_of_the_first_response(case):
    disposed = take(take(case, Action.VERIFY), Action.DISPOSE)
    assert (disposed.state, disposed.unit, disposed.version) == ("disposed", "DISHUB", 3)
    assert disposed.due_at > case.due_at
    assert disposed.events.get(number=3).text == TEXT


def test_verifying_leaves_the_clock_running(case):
    assert take(case, Action.VERIFY).due_at == case.due_at


@pytest.mark.parametrize("action", [Action.RETURN, Action.ARCHIVE])
def test_a_case_that_leaves_the_desk_is_no_longer_due(case, action):
    assert take(case, action).due_at is None


@pytest.mark.parametrize("action", CHOICES)
def test_the_same_form_sent_twice_is_one_action(run, action):
    case = case_in(State.VERIFIED if action is Action.DISPOSE else State.UNVERIFIED, run)
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


@pytest.mark.parametrize("version", [0, 2, 99, -1, 2**63])
def test_a_version_that_was_never_shown_is_refused_and_changes_nothing(case, version):
    before = snapshot(case)
    with pytest.raises(CaseChanged):
        take(case, Action.ARCHIVE, version=version)
    assert snapshot(case) == before


@pytest.mark.parametrize("state", State)
def test_an_action_that_the_workflow_does_not_offer_is_refused_and_changes_nothing(run, state):
    case = case_in(state, run)
    before = snapshot(case)
    for action in (action for action in CHOICES if action not in case.allowed_actions):
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
        take(Case.objects.get(pk=case.pk), Action.DISPOSE)
    with pytest.raises(RunOver):
        finish_run(run=run, now=NOW)
    assert snapshot(case) == before
    assert before["row"]["state"] == "verified"
    assert len(before["events"]) == 2
    run.refresh_from_db()
    assert (run.is_open, run.title, run.score) == (False, "Dua belas laporan pertama", None)


def test_two_runs_never_influence_each_other(run):
    other = a_run(UserFactory())
    before = [snapshot(case) for case in other.cases.all()]
    for case in run.cases.arrived(run.clock):
        take(case, Action.ARCHIVE)
    finish_run(run=run, now=NOW)
    assert [snapshot(case) for case in other.cases.all()] == before


def test_an_event_is_never_written_over(case):
    event = take(case, Action.HOLD).events.get(number=2)
    event.text = "Yang sebenarnya dikatakan lain."
    with pytest.raises(TypeError):
        event.save()
    assert CaseEvent.objects.get(pk=event.pk).text == TEXT


# A hold stops the clock


def complete(case, run, at):
    return record_step(
        case=case,
        version=case.version,
        run=run,
        action=Action.COMPLETE,
        role=Role.REPORTER,
        at=at,
        text="di depan pasar",
    )


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

    completed = complete(held, run, much_later)

    assert (completed.state, completed.held_from, completed.paused_days) == (state, "", None)
    assert completed.due_at.isoformat() == "2026-04-24T08:00:00+00:00"  # 16.00 on the third day


def test_an_expired_hold_archives_the_case_and_nothing_is_due(run):
    held = case_in(State.AWAITING_COMPLETION, run)
    expired = record_step(
        case=held, version=2, run=run, action=Action.EXPIRE, role=Role.SYSTEM, at=held.due_at
    )
    assert (expired.state, expired.due_at, expired.paused_days) == ("archived", None, None)
    assert expired.held_from == ""
