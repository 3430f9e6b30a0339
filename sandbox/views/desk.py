"""The desk: inbox, case, and one form for each action."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import selectors
from ..access import case_for, run_for
from ..domain.room import DeskClosed
from ..domain.workflow import Action, ActionNotAllowed, Role
from ..domain.working_days import CalendarTooShort
from ..forms import CONFIRMED_FIRST, FORMS, ActionForm, FilterForm, form_class, name_of, offer
from ..forms.base import ANSWER_LENGTH
from ..models import Case
from ..services import CaseChanged, RunOver, take_action
from .drafts import as_typed
from .frame import (
    CONFLICT,
    UNPROCESSABLE,
    in_time,
    no_calendar,
    out_of_order,
    practice,
    run_over,
)

PAGE_SIZE = 25
STAYING = (  # steps after which the same case goes on
    Action.MASK,
    Action.CHANGE_SECRECY,
    Action.MARK_URGENT,
    Action.OPEN_IDENTITY,
    Action.INVITE,
    Action.CONTRIBUTE,
    Action.REMIND,
    Action.HAND_OVER,
    Action.INTERIM,
    Action.NOTE,
    Action.UNLINK_DUPLICATE,
    Action.WRITE,
    Action.ESCALATE,
)
FILTER_FROM = 10  # cases up to which a list needs no narrowing down


@never_cache
@require_safe
@in_time
def inbox(request: HttpRequest, run_id: int) -> HttpResponse:
    run = run_for(request.user, run_id)
    wanted = request.GET.get("lihat", "")
    view = selectors.View(wanted) if wanted in list(selectors.View) else selectors.View.TO_DO
    desk = selectors.desk(run, view)
    if not wanted and run.is_open and run.role == Role.SUPERVISOR and not desk.counts[view]:
        return redirect("sandbox:board", run.pk)  # where this desk looks for its work
    narrowed = FilterForm(request.GET)
    paginator = Paginator(selectors.matching(desk.cases, narrowed.wanted), PAGE_SIZE)
    if not narrowed.wanted:
        paginator.count = desk.counts[view]  # counted already
    page = paginator.get_page(request.GET.get("page"))
    context = practice(run) | {
        "desk": desk,
        "view": view,
        "page_obj": page,
        "narrowed": narrowed,
        "query": urlencode({"lihat": view, **narrowed.wanted}),
        "has_filter": bool(narrowed.wanted) or desk.counts[view] > FILTER_FROM,
        "chips": chips(view, narrowed),
        "can_hand_over": selectors.can_hand_over(run),
        "has_board": selectors.has_board(run),
    }
    return render(request, "sandbox/inbox.html", context)


def chips(view: str, narrowed: FilterForm) -> list[tuple[str, str]]:
    """Return the chosen filters by their words, each with the query that leaves it out."""
    wanted = narrowed.wanted
    return [
        (urlencode({"lihat": view} | {n: v for n, v in wanted.items() if n != name}), words)
        for name, words in narrowed.chips
    ]


@never_cache
@require_safe
@in_time
def case(request: HttpRequest, run_id: int, number: int) -> HttpResponse:
    found = case_for(request.user, run_id, number)
    return render(request, "sandbox/case.html", case_page(found))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_time
def act(request: HttpRequest, run_id: int, number: int, action: str) -> HttpResponse:
    """Show the form of one action, or take it."""
    found = case_for(request.user, run_id, number)
    if action not in FORMS:
        raise Http404
    chosen = Action(action)
    initial = selectors.taken_back(found, chosen) | {"version": found.version}
    form = form_class(chosen, found.run.role)(request.POST or None, case=found, initial=initial)
    if not found.run.is_open:
        return run_over(request, found.run, form)
    if selectors.outage_of(found.run):
        return out_of_order(request, found.run, form)
    if request.method == "POST":
        return posted(request, found, chosen, form)
    if chosen not in selectors.offered(found):  # such as after the browser's “back”
        messages.info(request, _("This step has been taken. The case is shown as it is now."))
        return redirect(found)
    return act_page(request, found, chosen, form)


def posted(request: HttpRequest, found: Case, action: Action, form: ActionForm) -> HttpResponse:
    """Check a draft, ask for what is missing, ask once more where it is final, or take the step."""
    if "check" in request.POST:
        return check(request, found, action, form)
    if not form.is_valid():
        if action not in selectors.offered(found):  # its choices are not for these eyes
            return conflict(request, found, form)
        return act_page(request, found, action, form, status=UNPROCESSABLE)
    if action in CONFIRMED_FIRST and "confirmed" not in request.POST:
        return act_page(request, found, action, form, asks="change" not in request.POST)
    return taken(request, found, action, form)


def check(request: HttpRequest, found: Case, action: Action, form: ActionForm) -> HttpResponse:
    """Give hints on a draft, and the form back with everything typed; nothing is stored."""
    text, evidence = (request.POST.get(name, "") for name in ("text", "evidence"))
    if action not in selectors.offered(found):
        return conflict(request, found, form)
    if len(text) > ANSWER_LENGTH:  # says so, and gives everything back
        form.full_clean()
        return act_page(request, found, action, form, status=UNPROCESSABLE)
    hints = selectors.hints_for(found, action, text, evidence)
    if hints is None:
        raise PermissionDenied("this mode or step has no hints")
    if "HX-Request" in request.headers:
        return render(request, "sandbox/_hints.html", {"hints": hints})
    return act_page(request, found, action, as_typed(form), hints=hints)


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
            now=timezone.now(),
        )
    except DeskClosed:  # another tab has moved the clock
        return out_of_order(request, found.run, form)
    except (CaseChanged, ActionNotAllowed):
        return conflict(request, found, form)
    except RunOver:
        return run_over(request, found.run, form)
    except CalendarTooShort:
        return no_calendar(request, found.run, form)
    words = _("%(code)s · %(action)s: saved.")
    messages.success(request, words % {"code": moved.code, "action": name_of(action, found)})
    return redirect(next_url(moved, action))


def next_url(moved: Case, action: Action) -> str:
    """Return where the learner goes on: a verified case still waits for its unit.

    What stays where it was is shown again; after the others the next case can be chosen.
    """
    run = moved.run
    if run.allows.explains_at_once:
        return f"{moved.get_absolute_url()}#penjelasan"
    if action is Action.VERIFY and run.role == Role.AGENCY_ADMIN:
        form_url = reverse("sandbox:act", args=[run.pk, moved.number, Action.DISPOSE])
        return f"{form_url}#tindakan"
    if action in STAYING:
        return moved.get_absolute_url()
    return reverse("sandbox:inbox", args=[run.pk]) + "#isi"


def act_page(
    request: HttpRequest,
    found: Case,
    action: Action,
    form: ActionForm,
    *,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    """Show a form; `shown` are hints on a draft, or that it asks to be confirmed."""
    is_htmx = "HX-Request" in request.headers and request.method == "GET"
    template = "sandbox/_act.html" if is_htmx else "sandbox/case.html"
    context = {
        "form": form,
        "action": action,
        "action_label": name_of(action, found),
        "confirms": action in CONFIRMED_FIRST,
        "gives_hints": selectors.gives_hints(found.run, action),
        **shown,
    }
    return render(request, template, case_page(found) | context, status=status)


def conflict(request: HttpRequest, found: Case, form: ActionForm) -> HttpResponse:
    """Say that the case has moved on, and give back what was typed."""
    found.refresh_from_db()
    if not found.events.exists():  # nobody has written this report yet
        return redirect("sandbox:inbox", found.run_id)
    context = case_page(found) | {"typed": form.typed, "last": found.events.latest("number")}
    return render(request, "sandbox/conflict.html", context, status=CONFLICT)


def case_page(found: Case) -> dict[str, Any]:
    """Return what a case page shows: the case, its history as the role knows it, and its steps."""
    run = found.run
    events = selectors.timeline(found)
    linked = [] if run.role == Role.REPORTER else selectors.duplicates(found)
    offered = set(selectors.offered(found))
    if linked:  # no chain of duplicates
        offered.discard(Action.LINK_DUPLICATE)
    return practice(run) | {
        "case": found,
        "explained": selectors.explained(found),
        "events": selectors.told_to(run, events),
        "offer": offer(found, offered),
        "is_mine": selectors.is_mine(found),
        "duplicates": linked,
        "wordings": selectors.wordings(found, events),
        "latest": selectors.latest_word(found, events),
        "proposal": selectors.proposal(found, events),
        "waiting_draft": selectors.waiting_draft(found, events),
    }
