"""Case families in the CMS: previewed, tried, written to a file, imported with a preview."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ..domain.library.families import Family
from ..domain.rules import Problem
from ..domain.working_days import CalendarTooShort
from ..forms.exchange import packed
from ..forms.family_files import (
    LIVE,
    FamilyFileForm,
    FamilyFilterSet,
    FamilyStoreForm,
    PreviewForm,
    TrialForm,
)
from ..models import CaseFamily
from ..selectors import family_previews as previews
from ..selectors.families import as_file, compared, latest, problems_in_file
from ..selectors.family_words import family_problem, place_words
from ..services.families import FamiliesRefused, import_families, start_trial
from .frame import UNPROCESSABLE
from .runs import person

VIEW = permission_required("sandbox.view_casefamily", raise_exception=True)
CHANGE = permission_required("sandbox.change_casefamily", raise_exception=True)
ADD = permission_required("sandbox.add_casefamily", raise_exception=True)
MOST_SHOWN = 300  # problems on one page
WIDTHS = {"phone": "375", "desk": "100%"}


@require_safe
@VIEW
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a region and a draw, and show ten texts at the width of a phone or a desk."""
    family = get_object_or_404(CaseFamily, pk=pk)
    asked = preview_form(request, family)
    region, seed = asked.cleaned_data["region"], asked.cleaned_data["seed"]
    content = latest(family)
    there = previews.region_now(region, timezone.localdate())
    shown = previews.preview(content, there, seed, timezone.localdate())
    context = {
        **frame(_("Preview"), family),
        "family": family,
        "form": asked,
        "preview": shown,
        "desks": [] if shown.refusal else previews.desks(content, there),
        "width": WIDTHS[asked.cleaned_data["width"]],
    }
    return render(request, "sandbox/families/preview.html", context)


@require_safe
@VIEW
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Show ten texts and the answer key, as a page of their own."""
    family = get_object_or_404(CaseFamily, pk=pk)
    asked = preview_form(request, family).cleaned_data
    return texts_of(request, latest(family), asked["region"], asked["seed"])


def texts_of(request: HttpRequest, family: Family, region: str, seed: int = 1) -> HttpResponse:
    today = timezone.localdate()
    there = previews.region_now(region, today)
    context = {"preview": previews.preview(family, there, seed, today)}
    return render(request, "sandbox/families/texts.html", context)


def preview_form(request: HttpRequest, family: CaseFamily) -> PreviewForm:
    """Return the form as asked for; what is missing or wrong is chosen for the reader."""
    regions = [code for code, _name in family.preview_modes]
    usual = {"region": regions[0] if regions else "", "seed": 1, "width": "desk"}
    form = PreviewForm({**usual, **request.GET.dict()})
    if not form.is_valid():
        form = PreviewForm(usual)
        form.is_valid()
    return form


@require_POST
@CHANGE
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a try at this family at one desk; it counts for nothing."""
    family = get_object_or_404(CaseFamily, pk=pk)
    form = TrialForm(request.POST)
    if not form.is_valid() or not may_play(latest(family), **form.cleaned_data):
        messages.error(request, _("At this desk nothing of this family would come in."))
        return redirect("case_families:preview", pk)
    asked = form.cleaned_data
    try:
        run = start_trial(
            learner=person(request.user), family=latest(family), now=timezone.now(), **asked
        )
    except CalendarTooShort:
        messages.error(request, _("No holidays are loaded for the days on which it would play."))
        return redirect("case_families:preview", pk)
    return redirect(run)


def may_play(family: Family, region: str, role: Any) -> bool:
    there = previews.region_now(region, timezone.localdate())
    shown = previews.preview(family, there, 1, timezone.localdate())
    return not shown.refusal and role in dict(previews.desks(family, there))


# Files


@require_safe
@VIEW
def export(request: HttpRequest) -> HttpResponse:
    """Send the families that were chosen, or that match the filter, as one file."""
    families = CaseFamily.objects.select_related("latest_revision")
    if chosen := [each for each in request.GET.getlist("id") if each.isdigit()]:
        families = families.filter(pk__in=chosen)
    families = FamilyFilterSet(request.GET, queryset=families, request=request).qs
    for words in request.GET.get("q", "").split():
        families = families.filter(code__icontains=words) | families.filter(
            content__icontains=words
        )
    response = HttpResponse(as_file(families), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="keluarga-kasus.toml"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@ADD
def import_file(request: HttpRequest) -> HttpResponse:
    """Ask for a file, say everything that is wrong with it, or show what it would change."""
    form = FamilyFileForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return with_form(request, form)
    if problems := problems_in_file(form.content):
        return with_form(request, FamilyFileForm(), problems)
    context = {
        **frame(_("What this file would change")),
        "form": FamilyStoreForm(initial={"packed": packed(form.cleaned_data["file"])}),
        "found": compared(form.content["family"]),
    }
    return render(request, "sandbox/families/differences.html", context)


@require_POST
@ADD
def store(request: HttpRequest) -> HttpResponse:
    """Store what was previewed, all of it or nothing; it is checked again."""
    form = FamilyStoreForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was stored. Choose the file again."))
        return redirect("case_families:import")
    publish = form.cleaned_data["state"] == LIVE
    if not request.user.has_perms(needed_for(publish)):
        raise PermissionDenied
    try:
        found = import_families(content=form.content, by=person(request.user), publish=publish)
    except FamiliesRefused as refused:
        return with_form(request, FamilyFileForm(), refused.problems)
    words = _("%(new)d families are new, %(changed)d have changed.")
    messages.success(request, words % {"new": len(found.new), "changed": len(found.changed)})
    return redirect("case_families:list")


def needed_for(publish: bool) -> list[str]:
    actions = ["add", "change", *(["publish"] if publish else [])]
    return [f"sandbox.{action}_casefamily" for action in actions]


def with_form(
    request: HttpRequest, form: FamilyFileForm, problems: Sequence[tuple[str, Problem]] = ()
) -> HttpResponse:
    """Show the form for a file, above it what is wrong with the one that came."""
    context = {
        **frame(_("Import case families")),
        "form": form,
        "problems": [
            (code, place_words(problem.place), problem.place, family_problem(problem))
            for code, problem in problems[:MOST_SHOWN]
        ],
        "number": len(problems),
    }
    status = UNPROCESSABLE if problems or form.errors else 200
    return render(request, "sandbox/families/import.html", context, status=status)


def frame(title: str, family: CaseFamily | None = None) -> Mapping[str, Any]:
    """Return what Wagtail's header wants to know."""
    plural = capfirst(CaseFamily._meta.verbose_name_plural)
    crumbs = [{"url": reverse("case_families:list"), "label": plural}]
    if family is not None:
        crumbs.append(
            {"url": reverse("case_families:inspect", args=[family.pk]), "label": family.code}
        )
    crumbs.append({"url": "", "label": title})
    return {"breadcrumbs_items": crumbs, "header_title": title, "header_icon": "doc-full"}
