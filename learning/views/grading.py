"""What trainers decide: marks for answers, more of an exam for one person, release of results."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sandbox import services as practice
from sandbox.models import Run
from sandbox.selectors import office_time, region_of
from sandbox.selectors.marking import MarkingSheet, marking_sheet, marks_saved

from ..access import (
    exam_to_release,
    marked_cohort_for,
    participant_for,
    place_in_exam,
    run_to_mark,
)
from ..forms import GrantForm, MarkingForm, after_conflict
from ..models import Cohort, Enrolment
from ..selectors.grading import ExamPlace, grading_of, next_waiting

FORBIDDEN, CONFLICT, UNPROCESSABLE = 403, 409, 422


@never_cache
@require_safe
def grading(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """List what waits for marks, the longest ago first, and exams to be released.

    An exam that was left when its time passed is handed in by the first who looks.
    """
    cohort = marked_cohort_for(request.user, cohort_id)
    practice.finish_overdue(now=timezone.now())
    return render(request, "learning/grading.html", {"grading": grading_of(cohort, request.user)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mark_run(request: HttpRequest, cohort_id: int, run_id: int) -> HttpResponse:
    """Show the answers of one run beside the rubric, or save the marks that were given."""
    cohort = marked_cohort_for(request.user, cohort_id)
    run = run_to_mark(cohort, run_id)
    if run.learner_id == request.user.pk:
        return own_work(request, cohort)
    sheet = marking_sheet(run)
    form = MarkingForm(request.POST if request.method == "POST" else None, sheet=sheet)
    if not form.is_bound:
        return marking_page(request, cohort, form)
    if sheet.is_fixed or form.is_stale:
        return conflict(request, cohort, sheet)
    if not form.is_valid():
        return marking_page(request, cohort, form, UNPROCESSABLE)
    return save_marks(request, cohort, form)


def save_marks(request: HttpRequest, cohort: Cohort, form: MarkingForm) -> HttpResponse:
    before = form.sheet.run
    try:
        run = practice.mark_answers(
            run=before,
            marks=form.marks,
            comments=form.comments,
            marker=request.user,  # type: ignore[arg-type]
            seen=form.cleaned_data["seen"],
            reason=form.cleaned_data.get("reason", ""),
            now=timezone.now(),
        )
    except (practice.MarksChanged, practice.MarksFixed, practice.ReasonMissing):
        return conflict(request, cohort, marking_sheet(run_to_mark(cohort, before.pk)))
    messages.success(request, saved_words(before.learner.get_full_name(), run))
    is_next = request.POST.get("then") == "next"
    following = next_waiting(cohort, request.user, before) if is_next else before
    if following is None:
        return redirect("learning:grading", cohort.pk)
    return redirect(reverse("learning:mark_run", args=[cohort.pk, following.pk]) + "#isi")


def saved_words(name: str, run: Run) -> str:
    pending = run.result["pending"]
    if not pending:
        words = _("All marks for %(name)s are saved: %(percent)s %%.")
        return words % {"name": name, "percent": run.result["percent"]}
    words = ngettext(
        "Saved for %(name)s. %(n)s mark is still missing.",
        "Saved for %(name)s. %(n)s marks are still missing.",
        pending,
    )
    return words % {"name": name, "n": pending}


def conflict(request: HttpRequest, cohort: Cohort, sheet: MarkingSheet) -> HttpResponse:
    """Say that somebody else was first; keep what was typed, at the marks as they are now."""
    typed = after_conflict(request.POST.dict(), sheet)
    return marking_page(request, cohort, MarkingForm(typed, sheet=sheet), CONFLICT)


def marking_page(
    request: HttpRequest, cohort: Cohort, form: MarkingForm, status: int = 200
) -> HttpResponse:
    run = form.sheet.run
    context = {
        "cohort": cohort,
        "run": run,
        "sheet": form.sheet,
        "form": form,
        "is_conflict": status == CONFLICT,
        "saved": marks_saved(run),
        "region": region_of(run),
        "office": office_time(run),
    }
    return render(request, "learning/grading_run.html", context, status=status)


def own_work(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """Explain why nobody decides about their own work."""
    context = {"cohort": cohort}
    return render(request, "learning/grading_own_work.html", context, status=FORBIDDEN)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest, cohort_id: int, enrolment_id: int, code: str) -> HttpResponse:
    """Let one participant take an exam again, or longer."""
    cohort = marked_cohort_for(request.user, cohort_id)
    practice.finish_overdue(now=timezone.now())
    enrolment = participant_for(request.user, cohort_id, enrolment_id)
    place = place_in_exam(enrolment, code)
    if enrolment.user_id == request.user.pk:
        return own_work(request, cohort)
    form = GrantForm(request.POST if request.method == "POST" else None, grant=place.grant)
    if form.is_valid():
        return save_grant(request, enrolment, place, form)
    context = {"enrolment": enrolment, "place": place, "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "learning/grading_grant.html", context, status=status)


def save_grant(
    request: HttpRequest, enrolment: Enrolment, place: ExamPlace, form: GrantForm
) -> HttpResponse:
    practice.grant_attempt(
        scenario=place.scenario,
        learner=enrolment.user,
        granted_by=request.user,  # type: ignore[arg-type]
        now=timezone.now(),
        **form.cleaned_data,
    )
    messages.success(request, granted_words(place, place_in_exam(enrolment, place.scenario.code)))
    return redirect("learning:participant", enrolment.cohort_id, enrolment.pk)


def granted_words(before: ExamPlace, after: ExamPlace) -> str:
    """Say what a grant counts for; whose time is running reads when it now ends."""
    had, has = (place.running.ends_at if place.running else None for place in (before, after))
    if has and has != had:
        ends_at = date_format(localtime(has), "H.i T")
        return _("Saved. The attempt in progress now ends at %(time)s.") % {"time": ends_at}
    return _("Saved. It counts for attempts that start from now on.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, cohort_id: int, code: str) -> HttpResponse:
    """Ask once whether the results that are marked go out, then let them."""
    cohort = marked_cohort_for(request.user, cohort_id)
    report = exam_to_release(request.user, cohort, code)
    context = {"cohort": cohort, "report": report}
    if request.method != "POST":
        return render(request, "learning/grading_release.html", context)
    released = practice.release_results(
        scenario=report.scenario,
        learners=report.learners,
        released_by=request.user,  # type: ignore[arg-type]
        now=timezone.now(),
    )
    if not released:
        return render(request, "learning/grading_release.html", context, status=CONFLICT)
    messages.success(request, released_words(released, len(report.pending)))
    return redirect("learning:grading", cohort_id)


def released_words(released: int, pending: int) -> str:
    done = ngettext(
        "%(n)s result is released.",
        "%(n)s results are released.",
        released,
    )
    left = ngettext(
        "%(n)s attempt still waits for marks and goes out with the next release.",
        "%(n)s attempts still wait for marks and go out with the next release.",
        pending,
    )
    words = [done % {"n": released}, left % {"n": pending} if pending else ""]
    return " ".join(filter(None, words))
