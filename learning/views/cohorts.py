"""What trainers see of their cohorts, and the programme of all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sandbox import selectors as practice

from ..access import (
    cohort_for,
    cohorts_of,
    participant_for,
    require_programme_manager,
    run_in_cohort,
)
from ..selectors import cohort_report, participant_progress, programme_rows, runs_of


@never_cache
@require_safe
def cohorts(request: HttpRequest) -> HttpResponse:
    return render(request, "learning/cohorts.html", {"cohorts": cohorts_of(request.user)})


@never_cache
@require_safe
def cohort(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """Show who has done which step."""
    report = cohort_report(cohort_for(request.user, cohort_id))
    return render(request, "learning/cohort.html", {"report": report})


@never_cache
@require_safe
def participant(request: HttpRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    """Show one participant: steps, quiz attempts, exercise runs."""
    enrolment = participant_for(request.user, cohort_id, enrolment_id)
    context = {
        "enrolment": enrolment,
        "progress": participant_progress(enrolment),
        "attempts": enrolment.quiz_attempts.exclude(submitted_at=None).select_related("quiz"),
        "runs": runs_of(enrolment),
    }
    return render(request, "learning/participant.html", context)


@never_cache
@require_safe
def participant_run(
    request: HttpRequest, cohort_id: int, enrolment_id: int, run_id: int
) -> HttpResponse:
    """Show a participant's debrief as they saw it."""
    run = run_in_cohort(request.user, cohort_id, enrolment_id, run_id)
    context = {
        "run": run,
        "debrief": practice.debrief(run),
        "library": practice.library(run.region, run.families),
        "cohort_id": cohort_id,
        "enrolment_id": enrolment_id,
    }
    return render(request, "learning/participant_run.html", context)


@never_cache
@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    """Show every cohort in figures, small groups left out."""
    require_programme_manager(request.user)
    return render(request, "learning/programme.html", {"rows": programme_rows()})
