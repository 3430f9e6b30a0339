"""Pages of the practice room. A view finds, checks, calls one service and renders."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import selectors
from .access import case_for, run_for
from .domain.workflow import Action, ActionNotAllowed
from .domain.working_days import CalendarTooShort
from .forms import CONFIRMED_FIRST, FORMS, ActionForm
from .labels import ACTION_LABELS
from .models import Case, Run, Scenario
from .services import (
    CaseChanged,
    ClockBackwards,
    ClockMoved,
    RunOver,
    advance_clock,
    finish_run,
    start_run,
    take_action,
)

PAGE_SIZE = 25
CONFLICT, GONE, UNPROCESSABLE = 409, 410, 422
ONE_HOUR = timedelta(hours=1)


@require_safe
def exercises(request: HttpRequest) -> HttpResponse:
    """List the exercises, each with the person's own attempts."""
    context = {"rows": selectors.exercises_of(request.user)}
    return render(request, "sandbox/exercises.html", context)


@require_safe
def briefing(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the exercise asks, by which rules, before it starts."""
    scenario = get_object_or_404(Scenario.objects.select_related("rules"), code=code)
    context = selectors.briefing(scenario, request.user)
    return render(request, "sandbox/briefing.html", context)


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Start a run, or go on with the one that is open."""
    scenario = get_object_or_404(Scenario, code=code)
    return redirect(start_run(learner=request.user, scenario=scenario))  # type: ignore[arg-type]


@never_cache
@require_safe
def inbox(request: HttpRequest, run_id: int) -> HttpResponse:
    run = run_for(request.user, run_id)
    wanted = request.GET.get("lihat", "")
    view = selectors.View(wanted) if wanted in list(selectors.View) else selectors.View.TO_DO
    desk = selectors.desk(run, view)
    paginator = Paginator(desk.cases, PAGE_SIZE)
    paginator.count = desk.counts[view]  # counted already
    page = paginator.get_page(request.GET.get("page"))
    context = practice(run) | {"desk": desk, "view": view, "page_obj": page}
    return render(request, "sandbox/inbox.html", context)


@never_cache
@require_safe
def case(request: HttpRequest, run_id: int, number: int) -> HttpResponse:
    found = case_for(request.user, run_id, number)
    return render(request, "sandbox/case.html", case_page(found))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, run_id: int, number: int, action: str) -> HttpResponse:
    """Show the form of one action, or take it."""
    found = case_for(request.user, run_id, number)
    if action not in FORMS:
        raise Http404
    chosen = Action(action)
    form = FORMS[chosen](request.POST or None, run=found.run, initial={"version": found.version})
    if not found.run.is_open:
        return run_over(request, found.run, form)
    if request.method != "POST":
        if chosen not in found.allowed_actions:  # such as after the browser's “back”
            messages.info(request, _("This step has been taken. The case is shown as it is now."))
            return redirect(found)
        return act_page(request, found, chosen, form)
    if not form.is_valid():
        return act_page(request, found, chosen, form, status=UNPROCESSABLE)
    if chosen in CONFIRMED_FIRST and "confirmed" not in request.POST:
        return act_page(request, found, chosen, form, asks="change" not in request.POST)
    return taken(request, found, chosen, form)


def taken(request: HttpRequest, found: Case, action: Action, form: ActionForm) -> HttpResponse:
    """Take the action, and say so; or say why not, with everything typed still there."""
    try:
        moved = take_action(
            case=found,
            version=form.cleaned_data["version"],
            action=action,
            actor=request.user,  # type: ignore[arg-type]
            choices=form.choices,
            text=form.words,
        )
    except (CaseChanged, ActionNotAllowed):
        return conflict(request, found, form)
    except RunOver:
        return run_over(request, found.run, form)
    except CalendarTooShort:
        return no_calendar(request, found.run, form)
    words = _("%(code)s · %(action)s: saved.")
    messages.success(request, words % {"code": moved.code, "action": ACTION_LABELS[action]})
    return redirect(next_url(moved, action))


def next_url(moved: Case, action: Action) -> str:
    """Return where the learner goes on: a verified case still waits for its unit."""
    if action is Action.VERIFY:
        form_url = reverse("sandbox:act", args=[moved.run_id, moved.number, Action.DISPOSE])
        return f"{form_url}#tindakan"
    return reverse("sandbox:inbox", args=[moved.run_id]) + "#isi"


def act_page(
    request: HttpRequest,
    found: Case,
    action: Action,
    form: ActionForm,
    *,
    asks: bool = False,
    status: int = 200,
) -> HttpResponse:
    is_htmx = "HX-Request" in request.headers and request.method == "GET"
    template = "sandbox/_act.html" if is_htmx else "sandbox/case.html"
    context = {"form": form, "action": action, "action_label": ACTION_LABELS[action], "asks": asks}
    return render(request, template, case_page(found) | context, status=status)


def conflict(request: HttpRequest, found: Case, form: ActionForm) -> HttpResponse:
    """Say that the case has moved on, and give back what was typed."""
    found.refresh_from_db()
    context = case_page(found) | {"typed": form.typed, "last": found.events.latest("number")}
    return render(request, "sandbox/conflict.html", context, status=CONFLICT)


def run_over(request: HttpRequest, run: Run, form: ActionForm | None = None) -> HttpResponse:
    """Say why the run can only be read, and give back what was typed."""
    run.refresh_from_db()  # another tab may have ended it just now
    context = practice(run) | {"typed": form.typed if form else ""}
    return render(request, "sandbox/run_over.html", context, status=GONE)


def no_calendar(request: HttpRequest, run: Run, form: ActionForm | None = None) -> HttpResponse:
    """Say that the step would need holidays not yet decreed, and give back what was typed."""
    context = practice(run) | {"typed": form.typed if form else ""}
    return render(request, "sandbox/no_calendar.html", context, status=UNPROCESSABLE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def advance(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show what moving the clock would do, or move it."""
    run = run_for(request.user, run_id)
    if not run.is_open:
        return run_over(request, run)
    try:
        targets = clock_targets(run)
        if request.method == "POST":
            return advanced(request, run, targets)
    except CalendarTooShort:
        return no_calendar(request, run)
    except RunOver:
        return run_over(request, run)
    forecasts = [(name, selectors.forecast(run, to)) for name, to in targets.items()]
    return render(request, "sandbox/advance.html", practice(run) | {"forecasts": forecasts})


def clock_targets(run: Run) -> dict[str, datetime]:
    office = selectors.office_time(run.region, run.families, run.rules)
    return {"morning": office.next_opening(run.clock), "hour": run.clock + ONE_HOUR}


def advanced(request: HttpRequest, run: Run, targets: Mapping[str, datetime]) -> HttpResponse:
    seen = moment_in(request.POST.get("seen", ""))
    to = targets.get(request.POST.get("to", ""))
    if seen is None or to is None:
        return redirect("sandbox:advance", run.pk)
    try:
        moved = advance_clock(run=run, seen=seen, to=to)
    except (ClockMoved, ClockBackwards):
        messages.warning(request, _("The clock had already moved. Nothing was changed."))
    else:
        messages.success(request, news_in_words(moved, seen))
    return redirect("sandbox:inbox", run.pk)


def news_in_words(run: Run, since: datetime) -> str:
    """Say what came in while the clock moved."""
    news = selectors.news(run, since)
    sentences = [
        ngettext("%(n)d new report came in.", "%(n)d new reports came in.", news.arrived)
        % {"n": news.arrived},
        ngettext("%(n)d reporter answered.", "%(n)d reporters answered.", news.answered)
        % {"n": news.answered},
    ]
    return " ".join(sentences)


def moment_in(text: str) -> datetime | None:
    """Return the moment that a form has seen, or None where someone changed it."""
    try:
        return parse_datetime(text)
    except ValueError:  # a thirteenth month
        return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
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


@require_safe
def debrief(request: HttpRequest, run_id: int) -> HttpResponse:
    """Explain every point of a finished run."""
    run = run_for(request.user, run_id)
    if run.score is None:
        return redirect("sandbox:inbox", run.pk)
    context = practice(run) | {"debrief": selectors.debrief(run)}
    return render(request, "sandbox/debrief.html", context)


def practice(run: Run) -> dict[str, Any]:
    """Return what every page of a run shows: the run, its clock and its office's time."""
    office = selectors.office_time(run.region, run.families, run.rules)
    return {
        "run": run,
        "office": office,
        "library": selectors.library(run.region, run.families),
        "day": office.calendar.between(
            run.started_at.astimezone(office.zone).date(), run.clock.astimezone(office.zone).date()
        )
        + 1,
    }


def case_page(found: Case) -> dict[str, Any]:
    offered = [action for action in FORMS if action in found.allowed_actions]
    return practice(found.run) | {
        "case": found,
        "events": selectors.timeline(found),
        "offered": offered,
    }
