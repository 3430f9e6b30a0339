"""What every page of a run shows, and the pages that say why something could not be done."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .. import selectors
from ..access import late_run
from ..forms import SafeForm
from ..models import Run
from ..services import finish_run

CONFLICT, GONE, UNPROCESSABLE = 409, 410, 422
# The fields for sentences, of trainees and of those who mark and help them.
WRITTEN = re.compile(r"title|text|note|reason|comment-\d+")


def practice(run: Run) -> dict[str, Any]:
    """Return what every page of a run shows: the run, its clock and its office's time."""
    office = selectors.office_time(run)
    return {
        "run": run,
        "office": office,
        "region": selectors.region_of(run),
        "day": office.calendar.between(
            run.started_at.astimezone(office.zone).date(), run.clock.astimezone(office.zone).date()
        )
        + 1,
        "seconds_left": seconds_left(run, timezone.now()),
        "outage": selectors.outage_of(run),
        "notices": len(selectors.notices(run)),
    }


def seconds_left(run: Run, now: datetime) -> int | None:
    """Return how long an exam goes on by the server's clock; None where no time is counted."""
    if run.ends_at is None or not run.is_open:
        return None
    return max(int((run.ends_at - now).total_seconds()), 0)


def in_time(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Guard a page of a run: the first request after an exam's time ends it, and says so."""

    @wraps(view)
    def guarded(request: HttpRequest, run_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        late = late_run(request.user, run_id, timezone.now())
        if late is None:
            return view(request, run_id, *args, **kwargs)
        if "HX-Request" in request.headers:  # a part of a page cannot say it: load the whole
            return HttpResponse(headers={"HX-Redirect": request.get_full_path()})
        return run_over(request, late)

    return guarded


def typed_in(request: HttpRequest) -> str:
    """Return what was written in a form that nobody can read any more; single words are choices."""
    written = (str(text).strip() for name, text in request.POST.items() if WRITTEN.fullmatch(name))
    return "\n\n".join(text for text in written if re.search(r"\s", text))


def run_over(request: HttpRequest, run: Run, form: SafeForm | None = None) -> HttpResponse:
    """Say why the run can only be read, and give back what was typed.

    An exam whose time has passed is finished by the first request after it.
    """
    run.refresh_from_db()  # another tab may have ended it just now
    now = timezone.now()
    is_late = run.ends_at is not None and now >= run.ends_at
    if is_late and run.is_open:
        run = finish_run(run=run, now=now)
    typed = form.typed if form else typed_in(request)
    context = practice(run) | {"typed": typed, "is_late": is_late}
    return render(request, "sandbox/run_over.html", context, status=GONE)


def out_of_order(request: HttpRequest, run: Run, form: SafeForm | None = None) -> HttpResponse:
    """Say that nobody can act until an outage ends, and give back what was typed."""
    run.refresh_from_db()  # another tab may have moved the clock into it
    context = practice(run) | {"typed": form.typed if form else typed_in(request)}
    return render(request, "sandbox/outage.html", context, status=CONFLICT)


def no_calendar(request: HttpRequest, run: Run, form: SafeForm | None = None) -> HttpResponse:
    """Say that the step would need holidays not yet decreed, and give back what was typed."""
    context = practice(run) | {"typed": form.typed if form else ""}
    return render(request, "sandbox/no_calendar.html", context, status=UNPROCESSABLE)
