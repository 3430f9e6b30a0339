"""Gates: how a view gets a run or a case. A stranger's does not exist."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import F
from django.shortcuts import get_object_or_404

from .models import Case, Run

Person = AbstractBaseUser | AnonymousUser


def run_for(user: Person, run_id: int) -> Run:
    """Return the user's own run, or answer 404."""
    return get_object_or_404(Run.objects.visible_to(user).select_related("rules"), pk=run_id)


def case_for(user: Person, run_id: int, number: int) -> Case:
    """Return a case of the user's own run that has come in by its clock, or answer 404."""
    cases = Case.objects.visible_to(user).select_related("run__rules")
    arrived = cases.filter(received_at__lte=F("run__clock"))
    return get_object_or_404(arrived, run__pk=run_id, number=number)
