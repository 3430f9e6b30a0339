"""Exercises in the CMS: written to a file, imported with a preview."""

from collections.abc import Sequence

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ..forms.exchange import packed
from ..forms.exercise_files import (
    ExerciseChoiceForm,
    ExerciseFileForm,
    ExerciseStoreForm,
    places_in_words,
    read_file,
)
from ..models import Scenario
from ..selectors.exercise_files import as_file, compared
from ..selectors.exercise_words import change_in_words
from ..services.exercises import import_exercises
from .frame import UNPROCESSABLE
from .publishing import frame, tell_of_waiting

CHANGE = permission_required("sandbox.change_scenario", raise_exception=True)
IMPORT = permission_required(
    ["sandbox.add_scenario", "sandbox.change_scenario"], raise_exception=True
)
MOST_SHOWN = 300  # problems on one page


@require_safe
@CHANGE
def choose(request: HttpRequest) -> HttpResponse:
    """Ask which exercises to download."""
    everything = list(Scenario.objects.values_list("pk", flat=True))
    form = ExerciseChoiceForm(initial={"id": everything})
    context = {**frame(None, _("Download exercises")), "form": form}
    return render(request, "sandbox/exercise_files/choose.html", context)


@require_safe
@CHANGE
def export(request: HttpRequest) -> HttpResponse:
    """Send the exercises that were chosen, or all, as one file."""
    exercises = Scenario.objects.select_related("rules")
    if chosen := [each for each in request.GET.getlist("id") if each.isdecimal()]:
        exercises = exercises.filter(pk__in=chosen)
    response = HttpResponse(as_file(exercises), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="latihan.toml"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@IMPORT
def import_file(request: HttpRequest) -> HttpResponse:
    """Ask for a file, say everything that is wrong with it, or show what it would change."""
    form = ExerciseFileForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return with_form(request, form)
    read = read_file(form.content, timezone.localdate())
    if read.problems:
        return with_form(request, ExerciseFileForm(), read.problems)
    found = compared(read.exercises)
    context = {
        **frame(None, _("What this file would change")),
        "form": ExerciseStoreForm(initial={"packed": packed(form.cleaned_data["file"])}),
        "found": found,
        "changed": [
            (
                exercise,
                zip(
                    places_in_words([change.place for change in changes]),
                    map(change_in_words, changes),
                    strict=True,
                ),
            )
            for exercise, changes in found.changed
        ],
    }
    return render(request, "sandbox/exercise_files/differences.html", context)


@require_POST
@IMPORT
def store(request: HttpRequest) -> HttpResponse:
    """Store what was previewed, all of it or nothing; it is checked again."""
    form = ExerciseStoreForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was stored. Choose the file again."))
        return redirect("exercises:import")
    read = read_file(form.content, timezone.localdate())
    if read.problems:
        return with_form(request, ExerciseFileForm(), read.problems)
    found = import_exercises(exercises=read.exercises)
    words = _("%(new)d exercises are new and drafts, %(changed)d have changed.")
    messages.success(request, words % {"new": len(found.new), "changed": len(found.changed)})
    tell_of_waiting(request)
    return redirect("exercises:index")


def with_form(
    request: HttpRequest, form: ExerciseFileForm, problems: Sequence[tuple[str, str, str]] = ()
) -> HttpResponse:
    """Show the form for a file, above it what is wrong with the one that came."""
    shown = problems[:MOST_SHOWN]
    places = places_in_words([path for _code, path, _words in shown])
    context = {
        **frame(None, _("Import exercises")),
        "form": form,
        "problems": [
            (code, place, path, words)
            for (code, path, words), place in zip(shown, places, strict=True)
        ],
        "number": len(problems),
    }
    status = UNPROCESSABLE if problems or form.errors else 200
    return render(request, "sandbox/exercise_files/import.html", context, status=status)
