"""Starting a run, moving its clock, beginning again, finishing."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import selectors
from ..access import exercise_for, run_for, startable_for
from ..domain.working_days import CalendarTooShort
from ..models import Run
from ..services import (
    ClockBackwards,
    ClockMoved,
    NoAttemptLeft,
    NoReset,
    RunOver,
    advance_clock,
    finish_run,
    reset_run,
    start_run,
)
from .frame import CONFLICT, UNPROCESSABLE, in_time, no_calendar, practice, run_over
from .news import told


@require_safe
def exercises(request: HttpRequest) -> HttpResponse:
    """List the exercises, each with the person's own attempts."""
    context = {"rows": selectors.exercises_of(request.user)}
    return render(request, "sandbox/exercises.html", context)


@never_cache
@require_safe
def briefing(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the exercise asks, by which rules, before it starts."""
    scenario = exercise_for(request.user, code)
    context = selectors.briefing(scenario, request.user)
    return render(request, "sandbox/briefing.html", context)


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Start a run, or go on with the one that is open."""
    scenario = startable_for(request.user, code)
    try:
        run = start_run(learner=person(request.user), scenario=scenario, now=timezone.now())
    except NoAttemptLeft:
        messages.warning(request, _("You have taken this exam. A trainer can grant another try."))
        return redirect("sandbox:briefing", code)
    except CalendarTooShort:
        context = {"scenario": scenario}
        return render(request, "sandbox/no_calendar.html", context, status=UNPROCESSABLE)
    return redirect(run)


def person(user: AbstractBaseUser | AnonymousUser) -> AbstractBaseUser:
    """Return the signed-in person; strangers are sent away before they get here."""
    assert isinstance(user, AbstractBaseUser)
    return user


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_time
def advance(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show what moving the clock would do, or move it."""
    run = run_for(request.user, run_id)
    if not run.is_open:
        return run_over(request, run)
    try:
        outlook = selectors.outlook(run)
        if request.method == "POST":
            return advanced(request, run, outlook)
        return clock_page(request, run, outlook)
    except CalendarTooShort:
        return no_calendar(request, run)
    except RunOver:
        return run_over(request, run)


def advanced(request: HttpRequest, run: Run, outlook: selectors.Outlook) -> HttpResponse:
    seen = moment_in(request.POST.get("seen", ""))
    chosen = outlook.forecasts.get(request.POST.get("to", ""))
    if seen is None or chosen is None:
        refusal = _("The clock can be moved only to the moments named here. Nothing was changed.")
        return clock_page(request, run, outlook, refusal, UNPROCESSABLE)
    before = run.length
    try:
        moved = advance_clock(run=run, seen=seen, to=chosen.to, now=timezone.now())
    except (ClockMoved, ClockBackwards):
        refusal = _("The clock had already moved. Nothing was changed.")
        return clock_page(request, run, outlook, refusal, CONFLICT)
    came = selectors.notices(moved, seen)[::-1]
    words = told(moved, selectors.news(moved, before), came)
    messages.success(request, words, extra_tags="list")
    return redirect("sandbox:inbox", run.pk)


def clock_page(
    request: HttpRequest, run: Run, outlook: selectors.Outlook, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = practice(run) | {
        "targets": selectors.targets(run, outlook),
        "outlook": outlook,
        "refusal": refusal,
    }
    return render(request, "sandbox/advance.html", context, status=status)


def moment_in(text: str) -> datetime | None:
    """Return the moment that a form has seen, or None where someone changed it."""
    try:
        at = parse_datetime(text)
    except ValueError:  # a thirteenth month
        return None
    return at if at is not None and at.tzinfo is not None else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_time
def reset(request: HttpRequest, run_id: int) -> HttpResponse:
    """Ask once, then end this attempt as it is and start a fresh one."""
    run = run_for(request.user, run_id)
    if not run.is_open:
        return run_over(request, run)
    if request.method != "POST" and run.allows.reset:
        return render(request, "sandbox/reset.html", practice(run) | selectors.undecided(run))
    try:
        fresh = reset_run(run=run, now=timezone.now())
    except NoReset:
        messages.warning(request, _("In this mode you cannot begin again. Nothing was changed."))
        return redirect(run)
    messages.success(
        request,
        _("This is attempt %(new)d, with other reports. Attempt %(old)d stays readable.")
        % {"new": fresh.attempt, "old": run.attempt},
    )
    return redirect(fresh)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_time
def finish(request: HttpRequest, run_id: int) -> HttpResponse:
    """Ask once, then score the run."""
    run = run_for(request.user, run_id)
    if request.method == "POST":
        try:
            finish_run(run=run, now=timezone.now())
        except RunOver:
            return run_over(request, run)
        return redirect("sandbox:debrief", run.pk)
    if run.finished_at:
        return redirect("sandbox:debrief", run.pk)
    if not run.is_open:
        return run_over(request, run)
    left = selectors.undecided(run)
    return render(request, "sandbox/finish.html", practice(run) | left)
