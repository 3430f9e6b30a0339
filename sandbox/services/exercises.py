"""Exercises that come as files."""

from collections.abc import Sequence

from django.db import transaction

from ..models import Scenario
from ..selectors.exercise_files import Imported, compared
from .publishing import settle_change


@transaction.atomic
def import_exercises(*, exercises: Sequence[Scenario]) -> Imported:
    """Store what was read from a file, all of it or nothing; return what was new or changed.

    New exercises are drafts. What trainees saw is held back until it passes its test; attempts go
    on with what they began with.
    """
    found = compared(exercises)
    for exercise in found.new:
        exercise.save()
    for exercise, _changes in found.changed:
        before = Scenario.objects.get(pk=exercise.pk)
        exercise.save()
        settle_change(scenario=exercise, before=before)
    return found
