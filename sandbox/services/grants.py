"""What a trainer decides about an exam: more attempts or time for one person, its release."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from ..domain.modes import time_allowed
from ..models import Grant, Run, Scenario
from ..signals import run_finished
from .marks import OwnWork, sign


@transaction.atomic
def grant_attempt(  # noqa: PLR0913 – what of which exam to whom, by whom, when and why
    *,
    scenario: Scenario,
    learner: AbstractBaseUser,
    attempts: int,
    extra_percent: int,
    reason: str,
    granted_by: AbstractBaseUser,
    now: datetime,
) -> Grant:
    """Let one person take an exam `attempts` times more in all, with more time.

    An attempt that runs ends later by what is more than it had, and never earlier. A later grant
    replaces the earlier one, which the history keeps. Raises OwnWork.
    """
    if learner.pk == granted_by.pk:
        raise OwnWork
    scenario = Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
    grant = Grant.objects.filter(scenario=scenario, learner_id=learner.pk).first()
    grant = grant or Grant(scenario=scenario, learner_id=learner.pk)
    grant.attempts, grant.extra_percent, grant.reason = attempts, extra_percent, reason
    grant.granted_by_id = granted_by.pk
    sign(grant, by=granted_by, at=now)
    grant.save()
    lengthen(grant, scenario, now)
    return grant


def lengthen(grant: Grant, scenario: Scenario, now: datetime) -> None:
    """Let the attempt that runs at wall time `now` have the time that was granted."""
    running = Run.objects.open().filter(
        scenario=scenario,
        learner_id=grant.learner_id,
        ends_at__gt=now,
        extra_percent__lt=grant.extra_percent,
    )
    run = running.select_for_update(of=("self",)).first()
    if run is None or run.ends_at is None:
        return
    had = time_allowed(scenario.minutes, run.extra_percent)
    run.ends_at += time_allowed(scenario.minutes, grant.extra_percent) - had
    run.extra_percent = grant.extra_percent
    run.save(update_fields=["ends_at", "extra_percent"])


@transaction.atomic
def release_results(
    *, scenario: Scenario, learners: Collection[int], released_by: AbstractBaseUser, now: datetime
) -> int:
    """Let those of `learners` whose attempt is marked see its result; return how many there are.

    Passing counts from now on, and whoever listens is told of each. What still waits for marks,
    or is handed in later, waits for the next release.
    """
    handed_in = Run.objects.filter(
        scenario=scenario, learner__in=learners, finished_at__isnull=False, released_at=None
    )
    # All of them are locked: one that is being marked just now is read afterwards.
    locked = handed_in.select_for_update(of=("self",)).select_related("rules")
    runs = [run for run in locked if run.is_final]
    for run in runs:
        run.released_at, run.released_by_id = now, released_by.pk
        run.save(update_fields=["released_at", "released_by"])
        run_finished.send(sender=Run, run=run, now=now)
    return len(runs)
