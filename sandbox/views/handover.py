"""Handing all open cases of one officer to another."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import selectors
from ..access import run_for
from ..domain.workflow import ActionNotAllowed
from ..forms import HandOverAllForm
from ..models import Run
from ..services import CaseChanged, RunOver
from ..services import hand_over as hand_over_cases
from .frame import CONFLICT, UNPROCESSABLE, in_time, out_of_order, practice, run_over


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_time
def hand_over(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show who can hand over to whom, ask once with the cases by name, and do it."""
    run = run_for(request.user, run_id)
    if not selectors.can_hand_over(run):
        raise Http404
    form = HandOverAllForm(request.POST or None, run=run)
    if not run.is_open:
        return run_over(request, run, form)
    if selectors.outage_of(run):
        return out_of_order(request, run, form)
    if request.method != "POST":
        return page(request, run, form)
    if not form.is_valid():
        return page(request, run, form, status=UNPROCESSABLE)
    if "confirmed" not in request.POST:
        return page(request, run, form, asks="change" not in request.POST)
    return handed_over(request, run, form)


def page(
    request: HttpRequest, run: Run, form: HandOverAllForm, *, asks: bool = False, status: int = 200
) -> HttpResponse:
    cases = selectors.held_by(run, form.cleaned_data["leaver"]) if asks else []
    context = practice(run) | {"form": form, "asks": asks, "cases": cases}
    return render(request, "sandbox/hand_over.html", context, status=status)


def handed_over(request: HttpRequest, run: Run, form: HandOverAllForm) -> HttpResponse:
    try:
        count = hand_over_cases(
            run=run,
            leaver=form.cleaned_data["leaver"],
            to=form.cleaned_data["to"],
            text=form.cleaned_data["text"],
            actor=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except (CaseChanged, ActionNotAllowed):
        messages.warning(request, _("A report has moved on meanwhile. Nothing was handed over."))
        return page(request, run, form, asks=True, status=CONFLICT)
    except RunOver:
        return run_over(request, run, form)
    words = ngettext("%(n)d report handed over.", "%(n)d reports handed over.", count)
    messages.success(request, words % {"n": count})
    return redirect("sandbox:inbox", run.pk)
