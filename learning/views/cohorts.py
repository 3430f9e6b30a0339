"""What trainers see of their cohorts, and the programme of all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sandbox import selectors as practice

from .. import tasks
from ..access import (
    cohort_for,
    cohorts_of,
    may_mark,
    participant_for,
    require_programme_manager,
    run_in_cohort,
)
from ..forms import InvitationForm
from ..models import Cohort
from ..selectors import cohort_report, participant_progress, programme_rows, runs_of
from ..selectors.grading import exam_places, waiting_runs
from ..services import invite

UNPROCESSABLE = 422


@never_cache
@require_safe
def cohorts(request: HttpRequest) -> HttpResponse:
    return render(request, "learning/cohorts.html", {"cohorts": cohorts_of(request.user)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cohort(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """Show who has done which step, or invite one more person."""
    found = cohort_for(request.user, cohort_id)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return invited(request, found, form)
    context = {"report": cohort_report(found), "form": form}
    if may_mark(request.user):
        context["waiting"] = waiting_runs(found).count()
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "learning/cohort.html", context, status=status)


def invited(request: HttpRequest, found: Cohort, form: InvitationForm) -> HttpResponse:
    was_here = found.enrolments.filter(user__email__iexact=form.cleaned_data["email"]).exists()
    enrolment = invite(cohort=found, now=timezone.now(), **form.cleaned_data)
    if enrolment.cohort_id != found.pk:
        messages.warning(request, _("This person takes the course in another cohort."))
    elif was_here:
        messages.info(request, _("This person takes the course already and is in the cohort."))
    else:
        tasks.mail_invitation.enqueue(enrolment.pk)
        messages.success(request, _("Invited: %(email)s") % {"email": enrolment.user.email})
    return redirect(reverse("learning:cohort", args=[found.pk]) + "#isi")


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
        "exams": exam_places(enrolment.user) if may_mark(request.user) else [],
    }
    return render(request, "learning/participant.html", context)


@never_cache
@require_safe
def participant_run(
    request: HttpRequest, cohort_id: int, enrolment_id: int, run_id: int
) -> HttpResponse:
    """Show a participant's debrief as they saw it."""
    run = run_in_cohort(request.user, cohort_id, enrolment_id, run_id)
    found = practice.debrief(run, request.GET)
    where = [cohort_id, enrolment_id, run_id]
    context = {
        "run": run,
        "debrief": found,
        "names": found.names,
        "office": found.office,
        "replay_url": reverse("learning:participant_replay", args=where),
        "cohort_id": cohort_id,
        "enrolment_id": enrolment_id,
    }
    return render(request, "learning/participant_run.html", context)


@never_cache
@require_safe
def participant_replay(
    request: HttpRequest, cohort_id: int, enrolment_id: int, run_id: int
) -> HttpResponse:
    """Show a participant's run as it stood after one entry of its log."""
    run = run_in_cohort(request.user, cohort_id, enrolment_id, run_id)
    wanted = (request.GET.get("langkah", ""), request.GET.get("kasus", ""))
    context = practice.looked_back(run, *wanted) | {
        "run": run,
        "office": practice.office_time(run),
        "debrief_url": reverse("learning:participant_run", args=[cohort_id, enrolment_id, run_id]),
    }
    return render(request, "learning/participant_replay.html", context)


@never_cache
@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    """Show every cohort in figures, small groups left out."""
    require_programme_manager(request.user)
    return render(request, "learning/programme.html", {"rows": programme_rows()})
