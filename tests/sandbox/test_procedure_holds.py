"""Long random stories by all parties, after each step of which the room must still be sound."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sandbox.domain.workflow import HOLDER, Action, ActionNotAllowed, Role, State
from sandbox.forms import FORMS
from sandbox.models import Case, CaseEvent, Run
from sandbox.selectors import office_time
from sandbox.services import (
    CaseChanged,
    ClockBackwards,
    ClockMoved,
    advance_clock,
    record_step,
    take_action,
)
from tests.domain.procedure import EXPECTED, FINAL
from tests.factories import UserFactory, a_run
from tests.sandbox.playing import CHOICES, TEXT, snapshot

PEOPLES = tuple(FORMS)  # what the learner does by a form, never by a bare call
ANY_NUMBER = st.integers(1, 12)


class PracticeRoom(RuleBasedStateMachine):
    """One run, played by everyone at once through the services that the pages use."""

    @initialize()
    def start(self):
        self.attempt = transaction.atomic()
        self.attempt.__enter__()
        self.run = a_run(UserFactory())
        self.office = office_time(self.run.region, self.run.families, self.run.rules)
        self.log = {}  # every event as it was first seen
        self.clock = self.run.clock
        self.left = {}  # working days that were left when a case was held

    def teardown(self):
        if hasattr(self, "attempt"):
            transaction.set_rollback(True)
            self.attempt.__exit__(None, None, None)

    def case(self, number):
        """The case with this number, or the first while it has not come in."""
        arrived = self.run.cases.arrived(self.run.clock).select_related("run__learner")
        return arrived.filter(number=number).first() or arrived.get(number=1)

    @rule(number=ANY_NUMBER, role=st.sampled_from(Role), action=st.sampled_from(Action))
    def anyone_tries_anything(self, number, role, action):
        if role is Role.AGENCY_ADMIN and action in PEOPLES:
            return
        self.step(self.case(number), action, role)

    @rule(number=ANY_NUMBER, data=st.data())
    def someone_takes_a_legal_step(self, number, data):
        """Legal steps are rare among all; without this rule few cases would get far."""
        case = self.case(number)
        legal = [
            (Action(action), Role(role))
            for state, action, role in EXPECTED
            if state == case.state and not (role == "agency_admin" and action in PEOPLES)
        ]
        self.step(case, *data.draw(st.sampled_from(legal)))

    def step(self, case, action, role):
        self.note_what_is_left(case)
        target = EXPECTED.get((case.state, action, role))
        if action is Action.COMPLETE and case.held_from in ("verified", "disposed"):
            target = target and "verified"
        before = snapshot(case)
        try:
            moved = record_step(
                case=case,
                version=case.version,
                run=self.run,
                action=action,
                role=role,
                at=self.run.clock,
                choices=CHOICES.get(action, {}),
                text=TEXT,
            )
        except ActionNotAllowed:
            assert target is None
            assert snapshot(case) == before
        else:
            assert moved.state == target

    def note_what_is_left(self, case):
        if case.state != "awaiting_completion" and case.due_at:
            left = self.office.working_days_left(self.run.clock, case.due_at)
            self.left[case.number] = max(left, 0)

    @rule(
        number=ANY_NUMBER,
        action=st.sampled_from(PEOPLES),
        text=st.sampled_from([TEXT, "", "   ", "x" * 501]),
        leave_out=st.booleans(),
    )
    def the_learner_sends_a_form(self, number, action, text, leave_out):
        case = self.case(number)
        self.note_what_is_left(case)
        data = {**({} if leave_out else CHOICES[action]), "version": case.version, "text": text}
        form = FORMS[action](data, run=self.run)
        before = snapshot(case)
        must_explain = action in (Action.HOLD, Action.RETURN, Action.ARCHIVE)
        good_text = text == TEXT or (len(text) < 500 and not must_explain)
        good_text = good_text or action is Action.VERIFY
        assert form.is_valid() == (good_text and not leave_out)
        if not form.is_valid():
            return
        try:
            self.send(case, action, form)
            assert (before["row"]["state"], action, "agency_admin") in EXPECTED
            self.send(case, action, form)  # a double click
        except ActionNotAllowed:
            assert (before["row"]["state"], action, "agency_admin") not in EXPECTED
            assert snapshot(case) == before
        assert case.events.count() <= len(before["events"]) + 1

    def send(self, case, action, form):
        return take_action(
            case=case,
            version=form.cleaned_data["version"],
            action=action,
            actor=self.run.learner,
            choices=form.choices,
            text=form.words,
        )

    @rule(number=ANY_NUMBER, role=st.sampled_from(Role), back=st.integers(1, 3))
    def someone_acts_on_what_they_saw_before(self, number, role, back):
        case = self.case(number)
        before = snapshot(case)
        with pytest.raises(CaseChanged):
            record_step(
                case=case,
                version=case.version - back,
                run=self.run,
                action=Action.ARCHIVE,
                role=role,
                at=self.run.clock,
            )
        assert snapshot(case) == before

    @rule(hours=st.sampled_from([1, 5, 24]))
    def time_passes(self, hours):
        self.run = advance_clock(
            run=self.run, seen=self.run.clock, to=self.run.clock + timedelta(hours=hours)
        )

    @rule(weeks=st.integers(1, 3))
    @precondition(lambda self: self.clock < self.run.started_at + timedelta(days=300))
    def weeks_pass(self, weeks):
        morning = self.office.next_opening(self.run.clock + timedelta(weeks=weeks))
        self.run = advance_clock(run=self.run, seen=self.run.clock, to=morning)

    @rule(hours=st.integers(1, 30))
    def someone_tries_to_turn_the_clock_back(self, hours):
        with pytest.raises((ClockBackwards, ClockMoved)):
            advance_clock(
                run=self.run, seen=self.run.clock, to=self.run.clock - timedelta(hours=hours)
            )

    @invariant()
    def the_clock_only_goes_forward(self):
        if hasattr(self, "run"):
            stored = Run.objects.get(pk=self.run.pk).clock
            assert stored == self.run.clock >= self.clock >= self.run.started_at
            self.clock = stored

    @invariant()
    def every_case_is_sound(self):
        if not hasattr(self, "run"):
            return
        cases = list(self.run.cases.prefetch_related("events"))
        assert [case.number for case in cases] == list(range(1, 13))
        for case in cases:
            events = list(case.events.all())
            self.is_held_by_someone(case)
            self.equals_its_events(case, events)
            self.has_a_clock_that_stops_while_waiting(case, events)
            self.events_are_only_added(case, events)
            for event in events:
                self.is_complete(event, case)

    def is_held_by_someone(self, case):
        assert HOLDER[State(case.state)]
        assert case.state in FINAL or HOLDER[State(case.state)] is not Role.SYSTEM

    def equals_its_events(self, case, events):
        assert case.version == len(events)
        assert [event.number for event in events] == list(range(1, len(events) + 1))
        state, unit, category = "", "", ""
        for event in events:
            assert event.source == state
            state = event.target
            unit = event.choices.get("unit", unit)
            category = event.choices.get("category", category)
        assert (case.state, case.unit, case.category) == (state, unit, category)
        entered = next(event for event in reversed(events) if event.target == state)
        assert case.entered_at == events[-1].at >= entered.at

    def has_a_clock_that_stops_while_waiting(self, case, events):
        waiting = case.state == "awaiting_completion"
        assert bool(case.held_from) == waiting
        if not waiting:
            assert case.paused_days is None
        if case.state in (*FINAL, "transferring"):
            assert case.due_at is None
        last = events[-1]
        if last.action == "complete":
            left = self.office.working_days_left(last.at, case.due_at)
            assert left == self.left[case.number]

    def events_are_only_added(self, case, events):
        seen = [(e.pk, e.role, e.action, e.text, e.at, e.recorded_at) for e in events]
        before = self.log.get(case.number, [])
        assert seen[: len(before)] == before
        self.log[case.number] = seen
        assert [event.at for event in events] == sorted(event.at for event in events)

    def is_complete(self, event, case):
        assert event.role in list(Role)
        assert event.target in list(State)
        assert event.at is not None
        if event.number == 1:
            assert (event.action, event.source, event.role) == ("submit", "", "reporter")
            return
        assert (event.source, event.action, event.role) in EXPECTED
        if event.action == "archive" and event.actor_id == self.run.learner_id:
            assert event.choices["reason"]
            assert event.text.strip()


@pytest.mark.django_db
def test_whatever_happens_no_case_is_lost_and_every_row_follows_from_its_events(practice_room):
    run_state_machine_as_test(
        PracticeRoom,
        settings=settings(
            max_examples=12,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],  # shrinking a story of forty steps would take minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert not Case.objects.exists()
    assert not CaseEvent.objects.exists()
