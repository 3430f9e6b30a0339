"""What would have happened: another step at a past moment, played out in memory only."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import selectors
from ..access import run_for
from ..domain.replay import Take, Wait
from ..domain.room import Room
from ..domain.workflow import FINAL_STATES, Action, ActionNotAllowed
from ..domain.working_days import CalendarTooShort
from ..forms import FORMS, ActionForm, PlaceForm, WaitForm, form_class, name_of, offer
from ..models import Case
from .debriefs import not_yet
from .frame import UNPROCESSABLE, no_calendar, practice

CLOCK = "jam"


@dataclass(frozen=True)
class Question:
    """What is asked: at which moment, about which case, and which other step."""

    past: selectors.Past
    room: Room
    number: int
    case: Case | None
    action: Action | None
    is_clock: bool

    @property
    def form_name(self) -> Any:
        if self.is_clock:
            return _("Move the clock further")
        return name_of(self.action, self.case) if self.action and self.case else ""


def question(past: selectors.Past, asked: QueryDict) -> Question:
    """Read a question from an address; what makes no sense then is left out."""
    number = selectors.whole(asked.get("langkah", ""), past.first)
    number = min(max(number, past.first), past.last)
    room = past.room_at(number)
    wanted = selectors.whole(asked.get("kasus", ""), 0)
    folder = room.folders.get(wanted)
    is_known = folder is not None and bool(selectors.possible_then(past, room, wanted))
    case = past.row_in(room, wanted) if is_known else None
    name = asked.get("tindakan", "")
    possible = selectors.possible_then(past, room, wanted) if case else []
    action = next((each for each in possible if each == name and each in FORMS), None)
    return Question(past, room, number, case, action, name == CLOCK)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def what_if(request: HttpRequest, run_id: int) -> HttpResponse:
    """Ask for another step at a moment, and show both futures. Nothing is written."""
    run = run_for(request.user, run_id)
    if instead := not_yet(request, run):
        return instead
    asked = question(selectors.past_of(run), request.GET)
    data = request.POST if request.method == "POST" else None
    form, place = form_for(asked, data), PlaceForm(data)
    if form is None or data is None:
        return page(request, asked, form, place)
    if not (form.is_valid() and place.is_valid()):
        return page(request, asked, form, place, status=UNPROCESSABLE)
    try:
        compared = answer(asked, form, place)
    except ActionNotAllowed:
        return page(request, asked, form, place, is_refused=True, status=UNPROCESSABLE)
    except CalendarTooShort:
        return no_calendar(request, run)
    chosen = {} if isinstance(form, WaitForm) else form.choices
    context = around(asked) | {"compared": compared, "chosen": chosen, "form": form}
    return render(request, "sandbox/whatif_result.html", context)


def answer(asked: Question, form: Any, place: PlaceForm) -> selectors.Comparison:
    number = asked.case.number if asked.case else None
    alternative: Take | Wait = Wait(0, form.to) if asked.is_clock else taken(asked, form)
    return selectors.compare(
        asked.past, asked.number, alternative, takes_place=place.takes_place, case=number
    )


def taken(asked: Question, form: ActionForm) -> Take:
    if asked.case is None or asked.action is None:
        raise ActionNotAllowed
    return Take(0, asked.case.number, asked.action, form.choices, form.words)


def form_for(asked: Question, data: QueryDict | None) -> WaitForm | ActionForm | None:
    """Return the form of the other step, with what could be chosen at that moment."""
    if asked.is_clock:
        return WaitForm(data, mornings=selectors.waits_from(asked.past, asked.room))
    if asked.action is None or asked.case is None:
        return None
    initial = taken_then(asked, asked.case, asked.action) | {"version": asked.case.version}
    form = form_class(asked.action, asked.past.run.role)(data, case=asked.case, initial=initial)
    if asked.action is Action.LINK_DUPLICATE:
        form.offer("parent", [(str(one.number), str(one)) for one in linkable(asked)])
    if asked.action is Action.DRAFT and "text" not in initial:
        draft = asked.room.folders[asked.case.number].last(Action.DRAFT)
        form.fields["text"].initial = draft.text if draft else ""
    return form


def taken_then(asked: Question, case: Case, action: Action) -> dict[str, Any]:
    """Return what the trainee chose and wrote next of this kind, to change one thing of it."""
    step = selectors.next_own(asked.past, asked.number, case.number, action)
    return {**step.choices, "text": step.text} if step else {}


def linkable(asked: Question) -> list[Case]:
    """Return the reports that could be linked to at that moment."""
    rows = [asked.past.row_in(asked.room, number) for number in asked.room.folders]
    chosen = asked.case.number if asked.case else 0
    return [
        row
        for row in rows
        if row.entered_at and row.parent is None and row.state not in FINAL_STATES
        and row.number != chosen
    ]  # fmt: skip


def page(
    request: HttpRequest,
    asked: Question,
    form: WaitForm | ActionForm | None,
    place: PlaceForm,
    *,
    is_refused: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = around(asked) | {"form": form, "place": place, "is_refused": is_refused}
    return render(request, "sandbox/whatif.html", context, status=status)


def around(asked: Question) -> dict[str, Any]:
    """Return what both pages show: the moment, and what else could be asked."""
    past, run = asked.past, asked.past.run
    found = practice(run) | {
        "asked": asked,
        "clock_then": asked.room.clock,
        "names": selectors.names_of(run, past.cases.values()),
        "cases": [
            past.row_in(asked.room, number)
            for number in past.cases
            if selectors.possible_then(past, asked.room, number)
        ],
    }
    if asked.case is not None:
        allowed = selectors.possible_then(past, asked.room, asked.case.number)
        found["offer"] = offer(asked.case, allowed)
        found["case"] = asked.case
    return found
