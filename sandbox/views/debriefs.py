"""A finished run: explained, replayed, and put down as text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import selectors
from ..access import run_for
from ..models import Run
from .frame import practice


def not_yet(request: HttpRequest, run: Run) -> HttpResponse | None:
    """Return what is shown instead while a run is open or its result has not been released."""
    if run.score is None:
        return redirect("sandbox:inbox", run.pk)
    if not run.is_released:
        return render(request, "sandbox/not_released.html", practice(run))
    return None


def ways_back(run: Run) -> dict[str, str]:
    """Return the addresses from which a learner looks at a run once more."""
    names = ("replay", "what_if", "trace")
    return {f"{name}_url": reverse(f"sandbox:{name}", args=[run.pk]) for name in names}


@never_cache
@require_safe
def debrief(request: HttpRequest, run_id: int) -> HttpResponse:
    """Explain every point of a finished run."""
    run = run_for(request.user, run_id)
    if instead := not_yet(request, run):
        return instead
    found = selectors.debrief(run, request.GET)
    context = practice(run) | ways_back(run) | {"debrief": found, "names": found.names}
    return render(request, "sandbox/debrief.html", context)


@never_cache
@require_safe
def replay(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show the run as it stood after one entry of its log."""
    run = run_for(request.user, run_id)
    if instead := not_yet(request, run):
        return instead
    wanted = (request.GET.get("langkah", ""), request.GET.get("kasus", ""))
    context = practice(run) | ways_back(run) | selectors.looked_back(run, *wanted)
    return render(request, "sandbox/replay.html", context)


@never_cache
@require_safe
def trace(request: HttpRequest, run_id: int) -> HttpResponse:
    """Send everything that happened as plain text, marked as a simulation from first to last."""
    run = run_for(request.user, run_id)
    if instead := not_yet(request, run):
        return instead
    past = selectors.past_of(run)
    names = selectors.names_of(run, past.cases.values())
    warning = _("SIMULATION – not SP4N-LAPOR! All reports, people and events here are invented.")
    foot = _(
        "Practice room of Ruang Latih Pengaduan. Nothing entered here reaches any office or person."
    )
    title = f"{run.localized_title} – {_('Simulation')}"
    text = f"{warning}\n{title}\n\n{selectors.trace_of(past, names)}\n{foot}\n{warning}\n"
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="simulasi-jejak-{run.pk}.txt"'
    return response
