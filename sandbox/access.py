"""Gates: how a view gets a run or a case. A stranger's does not exist."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404

from .models import Case, Run, Scenario
from .selectors.exercises import may_preview

Person = AbstractBaseUser | AnonymousUser


def run_for(user: Person, run_id: int) -> Run:
    """Return the user's own run, or answer 404."""
    return get_object_or_404(Run.objects.visible_to(user), pk=run_id)


def case_for(user: Person, run_id: int, number: int) -> Case:
    """Return a case of the user's own run that they have got to see, or answer 404."""
    cases = Case.objects.visible_to(user).reached().select_related("run__rules", "run__scenario")
    return get_object_or_404(cases, run__pk=run_id, number=number)


def exercise_for(user: Person, code: str) -> Scenario:
    """Return an exercise that the user may see, or answer 404.

    Trainees see what is published, and what they have attempted; editors see drafts too.
    """
    found = get_object_or_404(Scenario.objects.select_related("rules"), code=code)
    if not (found.is_published or may_preview(user) or has_attempted(user, found)):
        raise Http404
    return found


def startable_for(user: Person, code: str) -> Scenario:
    """Return an exercise that the user may start or go on with, or answer 404."""
    found = get_object_or_404(Scenario, code=code)
    goes_on = Run.objects.visible_to(user).open().filter(scenario=found)
    if not (found.is_published or may_preview(user) or goes_on.exists()):
        raise Http404
    return found


def has_attempted(user: Person, scenario: Scenario) -> bool:
    return Run.objects.visible_to(user).filter(scenario=scenario).exists()


def late_run(user: Person, run_id: int, now: datetime) -> Run | None:
    """Return the user's own exam if its time has passed at `now` and nobody has ended it yet."""
    runs = Run.objects.visible_to(user).open().filter(pk=run_id, ends_at__lte=now)
    return runs.select_related("rules", "scenario").first()
