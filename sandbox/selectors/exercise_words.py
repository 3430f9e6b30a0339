"""Exercises in words: what those that ship expect of their own, and what is wrong with a file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..domain.library.families import Difference
from ..domain.rules import Problem
from ..labels import VALUE_LABELS
from ..models import Scenario
from .families import region_names
from .family_words import FAMILY_PROBLEMS
from .pack_words import PACK_PROBLEMS, in_words

OWN_EXPECTATIONS = {
    "says_destination": _("Return names the office"),
    "says_basis": _("Return gives the basis"),
    "sends_away": _("Reporter sent away"),
    "interim_given": _("Interim word while a test is awaited"),
    "interim_dated": _("Interim word with a date"),
    "premature": _("Final answer before the test"),
    "warning_heeded": _("Warning heeded"),
    "other_form": _("Another form of the service offered"),
    "no_pity": _("Respectful words"),
    "asked_to_phone": _("Asked for what the reporter cannot use"),
    "stalled_reminded": _("Stuck report reminded"),
    "needless_reminder": _("Reminded without need"),
    "plan_cause": _("Plan names the cause"),
    "plan_who": _("Plan says who does what"),
    "plan_date": _("Plan has a date"),
    "recorded": _("Incident recorded"),
    "informed": _("Reporter told of the leak"),
    "informed_in_time": _("Reporter told in time"),
    "told_safely": _("Told without leaking again"),
}
EXERCISE_PROBLEMS = {
    **{**PACK_PROBLEMS, **FAMILY_PROBLEMS},
    "too_large": _("The file is larger than %(most)s KB. No set of exercises is as large as that."),
    "too_deep": _("Tables lie in one another more deeply than in any exercise."),
    "unknown": _("An exercise has nothing of this name. Is it misspelt?"),
    "format": _("This is no file of exercises of format %(known)s."),
    "nothing_there": _("The file holds no exercise: [[exercise]]."),
    "too_many": _("The file holds more than %(most)s exercises."),
    "moment": _(
        "Write a day and an hour with its time zone, without quotation marks, such as "
        "2026-03-04T09:00:00+08:00."
    ),
    "unusable": _("This cannot be used."),
    "unknown_rules": _(
        "There is no rule pack of version %(version)s. Import it first, or leave this out: then "
        "the pack in force is used."
    ),
    "lost": _(
        "This would not be stored as it stands here. Does it belong to another kind, or are there "
        "empty lines or spaces at its ends?"
    ),
}
CHOSEN = ("role", "mode", "series", "zone")


def exercise_problem(problem: Problem) -> str:
    """Say what is wrong at one place of an exercise."""
    return in_words(EXERCISE_PROBLEMS, problem)


def change_in_words(change: Difference) -> Difference:
    """Return a difference with values as a reader sees them."""
    old, new = (value_in_words(change.place, value) for value in (change.old, change.new))
    return Difference(change.place, old, new)


def value_in_words(column: str, value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(VALUE_LABELS[str(value)])
    if isinstance(value, datetime):
        return date_format(value.astimezone(timezone.get_current_timezone()), "DATETIME_FORMAT")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [str(each) for each in value]
    return str(names_of(column).get(value, value))


def names_of(column: str) -> dict[Any, Any]:
    """Return what the values of a column are called, where they are codes."""
    if column in CHOSEN:
        field: Any = Scenario._meta.get_field(column)
        return dict(field.flatchoices)
    return dict(region_names()) if column == "region" else {}
