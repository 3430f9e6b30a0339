"""Pages about the whole of a run: what happened to everybody, and the board of what waits."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import selectors
from ..access import run_for
from ..domain.room import DeskClosed
from ..forms import BoardFilterForm, RemindTogetherForm
from ..forms.base import named
from ..models import Run
from ..services import RunOver, remind_together
from .frame import CONFLICT, UNPROCESSABLE, in_time, out_of_order, practice, run_over

SHOWN = 25  # reports at first
ALL, TICKED = "semua", "centang"  # in the address: show all, and tick what is shown


@never_cache
@require_safe
@in_time
def notices(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show every announcement that has come so far, newest first."""
    run = run_for(request.user, run_id)
    context = practice(run) | {"announced": selectors.notices(run)}
    return render(request, "sandbox/notices.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_time
def board(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show what is open, late and old at the desks that this one watches, and remind them."""
    run = run_for(request.user, run_id)
    if not selectors.has_board(run):
        raise Http404
    form = RemindTogetherForm(request.POST or None)
    if request.method != "POST":
        return board_page(request, run, form)
    if not run.is_open:
        return run_over(request, run, form)
    if not form.is_valid():
        return board_page(request, run, form, status=UNPROCESSABLE)
    return reminded(request, run, form)


def reminded(request: HttpRequest, run: Run, form: RemindTogetherForm) -> HttpResponse:
    """Remind, and say so; what has moved on meanwhile is named, with the text still there."""
    try:
        done, left = remind_together(
            run=run,
            seen=form.cleaned_data["kasus"],
            text=form.cleaned_data["text"],
            actor=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except DeskClosed:
        return out_of_order(request, run, form)
    except RunOver:
        return run_over(request, run, form)
    if done:
        words = ngettext("%(n)d report reminded.", "%(n)d reports reminded.", len(done))
        messages.success(request, words % {"n": len(done)} + how_to_undo(run))
    if left:
        return board_page(request, run, form, left=left, status=CONFLICT)
    kept = request.GET.copy()
    kept.pop(TICKED, None)
    return redirect(f"{request.path}?{kept.urlencode()}#laporan")


def how_to_undo(run: Run) -> str:
    if not run.allows.undo:
        return ""
    return " " + _("On the page of each you can take your reminder back.")


def board_page(
    request: HttpRequest,
    run: Run,
    form: RemindTogetherForm,
    *,
    left: Sequence[int] = (),
    status: int = 200,
) -> HttpResponse:
    frame, found = practice(run), selectors.board(run)
    narrowed = BoardFilterForm(request.GET, units=units(run, found))
    chosen = found.of(**narrowed.wanted)
    shown = chosen if ALL in request.GET else chosen[:SHOWN]
    ticked = set(map(str, left)) or form.ticked
    if TICKED in request.GET and not form.is_bound:
        ticked = {str(aged.case.number) for aged in shown if aged.may_remind}
    context = frame | {
        "board": found,
        "narrowed": narrowed,
        "chips": chips(narrowed),
        "query": urlencode(narrowed.wanted),
        "chosen": chosen,
        "shown": shown,
        "shows_all": ALL in request.GET,
        "ticked": ticked,
        "form": form,
        "left": left,
        "can_hand_over": selectors.can_hand_over(run),
        "reminds": run.is_open and not frame["outage"] and any(each.may_remind for each in shown),
    }
    return render(request, "sandbox/board.html", context, status=status)


def units(run: Run, found: selectors.Board) -> list[tuple[str, Any]]:
    """Return the units that have something, by name."""
    held = {holding.unit for holding in found.units}
    offices = [office for office in selectors.region_of(run).offices if office["code"] in held]
    without = [(selectors.NO_UNIT, _("Not yet with a unit"))] if "" in held else []
    return [*named(offices), *without]


def chips(narrowed: BoardFilterForm) -> list[tuple[str, str]]:
    """Return the chosen filters by their words, each with the query that leaves it out."""
    wanted = narrowed.wanted
    return [
        (urlencode({n: v for n, v in wanted.items() if n != name}), words)
        for name, words in narrowed.chips
    ]
