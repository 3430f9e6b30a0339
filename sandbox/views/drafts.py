"""Looking at a draft before it is sent, and taking a step back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..access import case_for
from ..domain.room import ANSWERS, DeskClosed, UndoImpossible
from ..domain.workflow import Action
from ..forms import ActionForm
from ..models import Case
from ..services import CaseChanged, NotInThisMode, RunOver, undo_action
from .frame import CONFLICT, in_time, out_of_order, practice, run_over


def as_typed(form: ActionForm) -> ActionForm:
    """Return the form with all that was filled in, and without judging it yet."""
    filled = {name: form[name].data for name in form.fields}
    return type(form)(case=form.case, initial=filled)


LONGEST_NUMBER = 10  # digits


@require_POST
@in_time
def undo(request: HttpRequest, run_id: int, number: int) -> HttpResponse:
    """Take back the last step on a case, or say why that cannot be."""
    found = case_for(request.user, run_id, number)
    version = request.POST.get("version", "")
    try:
        undo_action(
            case=found,
            version=int(version) if version.isdecimal() and len(version) < LONGEST_NUMBER else 0,
            actor=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except RunOver:
        return run_over(request, found.run)
    except DeskClosed:
        return out_of_order(request, found.run)
    except NotInThisMode:
        messages.warning(request, _("In this mode a step that you have taken stays."))
    except UndoImpossible:
        messages.warning(request, why_not(found))
    except CaseChanged:
        return changed_meanwhile(request, found)
    else:
        messages.success(request, _("Your last step on %s was taken back.") % found.code)
    return redirect(found)


def why_not(case: Case) -> str:
    last = case.events.order_by("number").last()
    if last is not None and last.action in ANSWERS and last.at == case.run.clock:
        return _("Your answer also went to linked duplicates; it stays. Nothing was changed.")
    if last is None or (last.is_own and last.at == case.run.clock):
        return _("There is no step to take back. Nothing was changed.")
    if last.is_own:
        return _("Time has passed since your step; it stays. Nothing was changed.")
    return _("Somebody else has acted since your step; it stays. Nothing was changed.")


def changed_meanwhile(request: HttpRequest, case: Case) -> HttpResponse:
    """Say that the case has moved on; a button pressed twice has taken one step back."""
    case.refresh_from_db()
    last = case.events.order_by("number").last()
    if last is None or last.action == Action.UNDO:
        return redirect(case)
    context = practice(case.run) | {"case": case, "typed": "", "last": last}
    return render(request, "sandbox/conflict.html", context, status=CONFLICT)
