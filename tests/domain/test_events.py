"""The log only grows: what was taken back stays in it, and counts for nothing."""

from dataclasses import FrozenInstanceError
from datetime import datetime

import pytest

from sandbox.domain.events import Event, in_force
from sandbox.domain.workflow import Action, Role, State
from tests.domain.conftest import WITA

NOON = datetime(2026, 3, 4, 12, tzinfo=WITA)


def event(number, action=Action.NOTE, undoes=None):
    return Event(
        number, 1, action, Role.AGENCY_ADMIN, "A", State.VERIFIED, State.VERIFIED, NOON,
        undoes=undoes,
    )  # fmt: skip


def numbers(events):
    return [each.number for each in in_force(events)]


def test_without_undoing_everything_is_in_force():
    assert numbers([event(1), event(2), event(3)]) == [1, 2, 3]
    assert numbers([]) == []


def test_neither_the_undone_nor_the_undoing_is_in_force():
    assert numbers([event(1), event(2), event(3, Action.UNDO, undoes=2)]) == [1]


def test_steps_are_taken_back_one_by_one_whatever_lies_between():
    log = [event(1), event(4), event(7), event(8, Action.UNDO, 7), event(9, Action.UNDO, 4)]
    assert numbers(log) == [1]
    assert numbers([*log, event(10)]) == [1, 10]


def test_an_event_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        event(1).text = "Lain."
