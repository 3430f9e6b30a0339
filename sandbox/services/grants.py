"""What a trainer decides about an exam: more attempts or time for one person, its release."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from ..models import Grant, Run, Scenario
from ..signals import run_finished
from .marks import OwnWork, sign


class StillPending(Exception):
    """Answers of somebody whom the trainer follows wait for a mark."""


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

    It counts for attempts that start from now on; one that runs keeps its time. A later grant
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
    return grant


@transaction.atomic
def release_results(
    *, scenario: Scenario, learners: Collection[int], released_by: AbstractBaseUser, now: datetime
) -> Scenario:
    """Let everyone who took an exam see their result, and tell whoever listens of each.

    Passing counts from now on. Releasing twice releases once. Raises StillPending where answers
    of one of `learners` wait for a mark; runs of others are told when their last mark is given.
    """
    scenario = Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
    if scenario.results_released:
        return scenario
    # All of them are locked: one that is being finished or marked just now is read afterwards.
    runs = list(scenario.runs.select_for_update(of=("self",)).select_related("rules"))
    finished = [run for run in runs if run.score is not None]
    if any(run.learner_id in learners and not run.is_final for run in finished):
        raise StillPending
    scenario.results_released = True
    sign(scenario, by=released_by, at=now, reason="results released")
    scenario.save(update_fields=["results_released"])
    for run in finished:
        run.scenario = scenario
        if run.is_final:
            run_finished.send(sender=Run, run=run, now=now)
    return scenario
