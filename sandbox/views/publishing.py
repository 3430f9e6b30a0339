"""Testing an exercise in the CMS, step by step before one's eyes, and showing it to trainees."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from ..domain.selftest import Check
from ..models import Scenario
from ..selectors.selftest_words import ALL_CHECKS, families_in, row_of, rows_of, tested_at
from ..selectors.selftests import held_back, is_tested
from ..services import publishing
from .keyboard import keyboard

LOOKS = (keyboard,)
HERE, THEN = "<!-- the test goes on here -->", "<!-- the report comes here -->"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("sandbox.change_scenario", raise_exception=True)
def selftest(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show what the last test said, or test anew and say what is found as it is found."""
    scenario = get_object_or_404(Scenario.objects.select_related("rules"), pk=pk)
    if request.method != "POST":
        return render(request, "sandbox/publishing/report.html", page_of(scenario))
    page = render_to_string(
        "sandbox/publishing/report.html", page_of(scenario) | {"running": True}, request
    )
    return streamed(
        page,
        progress(scenario),
        lambda: render_to_string("sandbox/publishing/_report.html", page_of(scenario), request),
    )


def streamed(page: str, lines: Iterator[str], last: Callable[[], str]) -> StreamingHttpResponse:
    """Send a page in pieces: its head, a line for all that is done, what comes of it."""
    language = get_language() or ""

    def pieces() -> Iterator[str]:
        before, rest = page.split(HERE)
        between, after = rest.split(THEN)
        with override(language):
            yield before
            yield from lines
            yield between
            yield last()
            yield after

    response = StreamingHttpResponse(pieces())
    response["Content-Encoding"] = "identity"  # compressing would hold the progress back,
    response["X-Accel-Buffering"] = "no"  # as would a proxy that waits for the end
    response["Cache-Control"] = "no-store"
    return response


def page_of(scenario: Scenario) -> dict[str, Any]:
    """Return what the page says of the last test, if there was one."""
    report = scenario.report
    title = _("Test of the exercise")
    return {
        **frame(scenario, title),
        "scenario": scenario,
        "report": report,
        "rows": rows_of(report, families_in(report)) if report else [],
        "at": tested_at(report) if report else None,
        "is_current": is_tested(scenario),
        "running": False,
        "here": HERE,
        "then": THEN,
    }


def frame(scenario: Scenario | None, title: str) -> Mapping[str, Any]:
    """Return what Wagtail's header wants to know."""
    plural = capfirst(Scenario._meta.verbose_name_plural)
    crumbs = [{"url": reverse("exercises:index"), "label": plural}]
    if scenario:
        url = reverse("exercises:edit", args=[scenario.pk])
        crumbs.append({"url": url, "label": str(scenario)})
    crumbs.append({"url": "", "label": title})
    return {"breadcrumbs_items": crumbs, "header_title": title, "header_icon": "list-ul"}


def progress(scenario: Scenario) -> Iterator[str]:
    """Test an exercise, and yield a line for each check that is done."""
    steps = publishing.steps_of_test(scenario=scenario, now=timezone.now(), looks=LOOKS)
    for number, done in enumerate(steps, start=1):
        yield line_of(number, done)


def line_of(number: int, done: Check) -> str:
    row = row_of(asdict(done) | {"passed": done.passed})
    context = {"row": row, "number": number, "total": len(ALL_CHECKS)}
    return render_to_string("sandbox/publishing/_step.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("sandbox.change_scenario", raise_exception=True)
def waiting(request: HttpRequest) -> HttpResponseBase:
    """List the exercises that are held back, or test them one after another."""
    if request.method != "POST":
        return render(request, "sandbox/publishing/waiting.html", page_of_waiting())
    scenarios = list(held_back())
    page = render_to_string(
        "sandbox/publishing/waiting.html", page_of_waiting() | {"running": True}, request
    )
    return streamed(
        page,
        one_after_another(scenarios),
        lambda: render_to_string("sandbox/publishing/_waiting.html", page_of_waiting(), request),
    )


def page_of_waiting() -> dict[str, Any]:
    title = _("Exercises to be tested again")
    found = {"scenarios": list(held_back()), "running": False, "here": HERE, "then": THEN}
    return {**frame(None, title), **found}


def one_after_another(scenarios: Sequence[Scenario]) -> Iterator[str]:
    """Test exercises, and yield a line for each that is done."""
    for scenario in scenarios:
        report = publishing.test_scenario(scenario=scenario, now=timezone.now(), looks=LOOKS)
        context = {"scenario": scenario, "report": report}
        yield render_to_string("sandbox/publishing/_tested.html", context)


def tell_of_waiting(request: HttpRequest) -> None:
    """Say how many exercises trainees do not see until they are tested again."""
    if number := held_back().count():
        words = ngettext(
            "%(n)d exercise has to be tested again before trainees see it.",
            "%(n)d exercises have to be tested again before trainees see them.",
            number,
        )
        button = messages.button(reverse("exercises:waiting"), _("Test again"))
        messages.warning(request, words % {"n": number}, buttons=[button])


@require_POST
@permission_required("sandbox.change_scenario", raise_exception=True)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let trainees see an exercise that has passed its test, or say what is missing."""
    scenario = get_object_or_404(Scenario, pk=pk)
    try:
        publishing.publish(scenario=scenario)
    except publishing.NotProven:
        words = _("“%(title)s” was not published: test it as it is now, and mend what is found.")
        messages.error(request, words % {"title": scenario})
    else:
        messages.success(request, _("Trainees see “%(title)s” now.") % {"title": scenario})
    return redirect("exercises:test", pk)


@require_POST
@permission_required("sandbox.change_scenario", raise_exception=True)
def unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide an exercise from trainees."""
    scenario = get_object_or_404(Scenario, pk=pk)
    publishing.unpublish(scenario=scenario)
    words = _("“%(title)s” is a draft again. Attempts that run go on.")
    messages.success(request, words % {"title": scenario})
    return redirect("exercises:test", pk)
