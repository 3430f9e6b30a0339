"""Moving a run's clock, and looking ahead without moving it."""

from datetime import datetime

from django.db import transaction

from ..models import Case, Run
from ..selectors.rooms import room_of
from .actions import run_in_time
from .log import store


class ClockMoved(Exception):
    """The run's clock is not where it was when the trainee decided to move it."""


class ClockBackwards(Exception):
    """Virtual time never moves back."""


@transaction.atomic
def advance_clock(*, run: Run, seen: datetime, to: datetime, now: datetime) -> Run:
    """Move the run's clock from `seen` to `to` and let everyone else act, in order.

    Moving it twice with one form moves it once. `now` is wall time. Raises RunOver, TimeIsUp,
    ClockMoved, ClockBackwards.
    """
    run = run_in_time(run.pk, now)
    if run.clock == to:
        return run
    if run.clock != seen:
        raise ClockMoved
    if to < seen:
        raise ClockBackwards
    cases = {case.number: case for case in Case.objects.of(run)}
    room = room_of(run, cases.values())
    entries = room.advance(to)
    store(run=run, room=room, entries=entries, cases=cases)
    return run
