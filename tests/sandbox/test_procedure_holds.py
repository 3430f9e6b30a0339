"""Long random stories at all five desks, after each step of which the room must still be sound."""

from dataclasses import fields
from random import Random
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from sandbox.domain.events import Event
from sandbox.domain.folders import begin
from sandbox.domain.position import Position, desk_of, replay
from sandbox.domain.room import UndoImpossible, knows, may_take
from sandbox.domain.workflow import (
    FIRST_STEP,
    STEPS,
    Action,
    ActionNotAllowed,
    Needs,
    Role,
    StepIncomplete,
    needs_of,
)
from sandbox.forms import FORMS, form_class
from sandbox.forms.intake import VerifyForm
from sandbox.models import Case, LogEntry, Run
from sandbox.models.runs import folder_of
from sandbox.selectors.rooms import log_of, room_of
from sandbox.services import (
    CaseChanged,
    ClockBackwards,
    ClockMoved,
    NotInThisMode,
    advance_clock,
    take_action,
    undo_action,
)
from tests.domain.randomly import HURRY, TEXTS, some_action, some_choices, some_text
from tests.domain.soundness import Witness
from tests.factories import NOW, UserFactory, a_run
from tests.sandbox.pages import act_url
from tests.sandbox.playing import next_morning, snapshot, take

DESKS = ("meja-pelapor", "meja-nasional", "meja-instansi", "meja-penghubung", "meja-pengawas")
COLUMNS = [field.name for field in fields(Position)]
A_YEAR = 300  # days
HAPPENINGS = (
    *3 * ["the_trainee_works"],
    *2 * ["time_passes"],
    "the_trainee_leaves_something_out",
    "the_trainee_takes_a_step_back",
    "the_trainee_acts_on_what_is_not_there",
)
DICE = st.integers(0, 2**32)


class PracticeRoom(RuleBasedStateMachine):
    """One run, played through the services that the pages use; everyone else is simulated."""

    code = ""
    total = 0  # entries of all logs

    @initialize(seed=DICE)
    def start(self, seed):
        self.attempt = transaction.atomic()
        self.attempt.__enter__()
        with patch("secrets.randbits", return_value=seed):
            self.run = a_run(UserFactory(), code=self.code)
        room = room_of(self.run)
        self.keys = {number: folder.key for number, folder in room.folders.items()}
        self.witness = Witness.of(room.folders, room.setting)
        self.stored = []  # every row of the log as it was first seen

    def teardown(self):
        if hasattr(self, "run"):
            self.tells_who_did_it()
        if hasattr(self, "attempt"):
            transaction.set_rollback(True)
            self.attempt.__exit__(None, None, None)

    def some_case(self, dice):
        """Any case that the trainee has got to see."""
        reached = self.run.cases.reached().select_related("run__learner", "run__scenario")
        return dice.choice(reached or self.run.cases.select_related("run__learner")[:1])

    def send(self, case, action, choices, text, version=None):
        return take_action(
            case=case,
            version=case.version if version is None else version,
            action=action,
            actor=self.run.learner,
            choices=choices,
            text=text,
            now=NOW,
        )

    @rule(happening=st.sampled_from(HAPPENINGS), seed=DICE)
    def something_happens(self, happening, seed):
        """One rule for all: of several, Hypothesis would leave some out of a whole story."""
        dice = Random(f"{seed}/{len(self.stored)}")
        getattr(self, happening)(dice)
        self.run.refresh_from_db()

    def the_trainee_works(self, dice):
        for _ in range(4):
            self.try_something(dice)

    def try_something(self, dice):
        case = self.some_case(dice)
        folder = folder_of(case, self.keys[case.number], [])
        action = some_action(folder, self.witness.setting, dice)
        choices = some_choices(action, folder, len(self.keys), dice)
        text = some_text(action, folder, dice)
        offered = may_take(folder, action, self.run.desk)
        before = snapshot(case)
        try:
            moved = self.send(case, action, choices, text)
        except ActionNotAllowed:
            assert not offered or action is Action.LINK_DUPLICATE
            assert snapshot(case) == before
            return
        assert offered
        again = self.send(case, action, choices, text)  # a double click
        assert again.version == moved.version
        assert case.events.count() == len(before["events"]) + 1

    def the_trainee_leaves_something_out(self, dice):
        """One choice empty, a choice of two, or no words: nothing of it is ever stored."""
        case = self.some_case(dice)
        folder = folder_of(case, self.keys[case.number], [])
        action = some_action(folder, self.witness.setting, dice)
        needs = needs_of(action, self.run.desk.role)
        choices = dict(some_choices(action, folder, len(self.keys), dice))
        before = snapshot(case)
        for name in needs.choices:
            for value in ("", None, {}, []):
                self.is_refused(case, action, choices | {name: value}, TEXTS[0])
        if needs != Needs():
            self.is_refused(case, action, {}, "")
        if needs.words:
            self.is_refused(case, action, choices, dice.choice(["", " ", "\n\t"]))
        assert snapshot(case) == before

    def is_refused(self, case, action, choices, text):
        with pytest.raises(ActionNotAllowed) as refused:
            self.send(case, action, choices, text)
        offered = may_take(folder_of(case, {}, []), action, self.run.desk)
        assert isinstance(refused.value, StepIncomplete) == offered

    def the_trainee_acts_on_what_is_not_there(self, dice):
        case = self.some_case(dice)
        off, hours = dice.choice([-3, -2, -1, 1, 2, 3]), dice.choice(HURRY)
        before = snapshot(case)
        with pytest.raises(CaseChanged):
            self.send(case, Action.NOTE, {}, "Catatan lain.", case.version + off)
        with pytest.raises((ClockBackwards, ClockMoved)):
            advance_clock(run=self.run, seen=self.run.clock, to=self.run.clock - hours, now=NOW)
        assert snapshot(case) == before

    def the_trainee_takes_a_step_back(self, dice):
        case = self.some_case(dice)
        before = snapshot(case)
        try:
            undo_action(case=case, version=case.version, actor=self.run.learner, now=NOW)
        except NotInThisMode:
            assert not self.run.allows.undo
            assert snapshot(case) == before
        except UndoImpossible:
            assert self.run.allows.undo
            assert snapshot(case) == before
        else:
            assert self.run.allows.undo
            assert case.events.count() == len(before["events"]) + 1

    def time_passes(self, dice):
        if (self.run.clock - self.run.started_at).days < A_YEAR:
            by = dice.choice([*HURRY, "morning", "morning", "morning"])
            to = next_morning(self.run) if by == "morning" else self.run.clock + by
            self.run = advance_clock(run=self.run, seen=self.run.clock, to=to, now=NOW)

    @invariant()
    def the_room_is_sound(self):
        if not hasattr(self, "run"):
            return
        if added := self.nothing_stored_has_changed():
            type(self).total += added
            log = log_of(self.run)
            touched = self.witness.see(log[len(self.witness.log) :])
            assert log == self.witness.log
            for case in self.run.cases.filter(number__in=touched):
                self.equals_its_log(case)
        stored = Run.objects.get(pk=self.run.pk)
        assert stored.length == len(self.witness.log)
        assert stored.clock == self.run.clock >= self.witness.log[-1].at

    def equals_its_log(self, case):
        events = [
            entry for entry in self.witness.log
            if isinstance(entry, Event) and entry.case == case.number
        ]  # fmt: skip
        rebuilt = replay(begin(case.facts), events, self.witness.setting.terms)
        assert rebuilt == self.witness.positions[case.number]
        for name in COLUMNS:
            assert getattr(case.position, name) == getattr(rebuilt, name), name
        assert (case.desk_role, case.desk_office) == desk_of(rebuilt)
        assert case.reached or not knows(rebuilt, self.run.desk)

    def nothing_stored_has_changed(self):
        """Check that rows were only added; return how many."""
        rows = list(
            LogEntry.objects.everyone().filter(run=self.run).order_by("number").values_list()
        )
        known = len(self.stored)
        assert rows[:known] == self.stored, "an entry of the log was written over"
        self.stored = rows
        return len(rows) - known

    def tells_who_did_it(self):
        own = dict(self.run.log.order_by().values_list("is_own", "actor").distinct())
        assert own.get(True, self.run.learner_id) == self.run.learner_id
        assert own.get(False) is None


@pytest.mark.django_db
@pytest.mark.parametrize("code", DESKS)
def test_whatever_happens_no_case_is_lost_and_every_row_follows_from_its_events(
    practice_room, code
):
    desk = type("At" + code.title().replace("-", ""), (PracticeRoom,), {"code": code})
    run_state_machine_as_test(
        desk,
        settings=settings(
            max_examples=3,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],  # shrinking a long story would take minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert desk.total > 150, "most of it came to nothing"
    assert not Case.objects.everyone().exists()
    assert not LogEntry.objects.everyone().exists()


@pytest.mark.parametrize(
    "sent", [{"text": ""}, {"text": "   "}, {"reason": ""}, {"reason": "bosan"}]
)
def test_nothing_is_archived_in_silence(desk, run, sent):
    case = run.cases.get(number=1)
    before = snapshot(case)
    form = {"version": case.version, "reason": "spam", "text": "Iklan, bukan laporan.", **sent}
    answer = desk.post(act_url(case, "archive"), form | {"confirmed": "yes"})
    assert answer.status_code == 422
    assert snapshot(case) == before


@pytest.mark.parametrize(
    ("choices", "text"),
    [({}, ""), ({"reason": "spam"}, ""), ({}, "Iklan."), ({"reason": ["spam", "other"]}, "Iklan.")],
)
def test_the_service_archives_nothing_in_silence_either(run, choices, text):
    case = run.cases.get(number=1)
    before = snapshot(case)
    with pytest.raises(StepIncomplete):
        take(case, Action.ARCHIVE, choices=choices, text=text)
    assert snapshot(case) == before


def test_a_form_asks_for_all_that_belongs_to_its_step_and_for_nothing_more(practice_room):
    """The forms may let something else be said; what has to be said stands in one table."""
    taken = {(step.action, role) for step in (*STEPS, FIRST_STEP) for role in step.by}
    for action, role in sorted(taken):
        if action not in FORMS or role is Role.SYSTEM:
            continue
        asked = asked_by(form_class(action, role), role)
        needs = needs_of(action, role)
        assert asked == {*needs.choices, *(["text"] if needs.words else [])}, (action, role)


def asked_by(form, role):
    """Return the names of the fields that must be filled in; two are added as the desk has them."""
    asked = {name for name, field in form.base_fields.items() if field.required}
    verifying = {"class", *(["agency"] if role is Role.NATIONAL_ADMIN else [])}
    return asked - {"version"} | (verifying if form is VerifyForm else set())
