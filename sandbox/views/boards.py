"""Pages about the whole of a run: what happened to everybody, and the board of what waits."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import selectors
from ..access import run_for
from .frame import in_time, practice


@never_cache
@require_safe
@in_time
def notices(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show every announcement that has come so far, newest first."""
    run = run_for(request.user, run_id)
    context = practice(run) | {"announced": selectors.notices(run)}
    return render(request, "sandbox/notices.html", context)


@never_cache
@require_safe
@in_time
def board(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show what is open, late and old at the desks that this one watches."""
    run = run_for(request.user, run_id)
    if not selectors.has_board(run):
        raise Http404
    return render(request, "sandbox/board.html", practice(run) | {"board": selectors.board(run)})
