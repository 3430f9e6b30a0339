"""Rule packs in the CMS: checked, previewed, stored as a new version, written back to a file."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ..domain.rules import Problem
from ..forms import PackFileForm, PackTextForm, PackUseForm
from ..models import RulePack
from ..selectors.pack_words import problem_words
from ..selectors.packs import as_toml, preview, problems_with
from ..services import PackRefused, import_pack, use_pack
from .publishing import tell_of_waiting


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("sandbox.add_rulepack", raise_exception=True)
def import_file(request: HttpRequest) -> HttpResponse:
    """Ask for a file, say everything that is wrong with it, or show what it would change."""
    form = PackFileForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return with_form(request, form)
    today = timezone.localdate()
    if problems := problems_with(form.pack, today):
        return with_form(request, PackFileForm(), problems)
    seen = preview(form.pack, today)
    chosen = [scenario.pk for scenario, _changes in seen.exercises]
    initial = {"text": form.cleaned_data["file"], "scenarios": chosen}
    context = {
        **frame(_("What this pack would change")),
        "form": PackTextForm(initial=initial),
        "pack": form.pack,
        "preview": seen,
        "is_early": form.pack["valid_from"] > today,
    }
    return render(request, "sandbox/packs/preview.html", context)


@require_POST
@permission_required("sandbox.add_rulepack", raise_exception=True)
def store(request: HttpRequest) -> HttpResponse:
    """Store the pack that was previewed; it is checked again, for others work here too."""
    form = PackTextForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The pack was not stored. Choose its file again."))
        return redirect("rule_packs:add")
    may_choose = request.user.has_perm("sandbox.change_scenario")
    scenarios = form.cleaned_data["scenarios"] if may_choose else []
    try:
        pack = import_pack(pack=form.pack, scenarios=scenarios, today=timezone.localdate())
    except PackRefused as refused:
        return with_form(request, PackFileForm(), refused.problems)
    messages.success(request, _("Pack %(version)s is stored.") % {"version": pack.version})
    tell_of_waiting(request)
    return redirect("rule_packs:inspect", pack.pk)


@require_safe
@permission_required("sandbox.view_rulepack", raise_exception=True)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a pack as the file from which it could be imported again."""
    pack = get_object_or_404(RulePack, pk=pk)
    response = HttpResponse(as_toml(pack), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="aturan-{pack.version}.toml"'
    return response


@require_POST
@permission_required("sandbox.change_scenario", raise_exception=True)
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """Let exercises start by this pack from now on, be it a newer or an older one."""
    pack = get_object_or_404(RulePack, pk=pk)
    form = PackUseForm(request.POST)
    if form.is_valid():
        use_pack(pack=pack, scenarios=form.cleaned_data["scenarios"])
        messages.success(request, _("The exercises start by this pack from now on."))
        tell_of_waiting(request)
    else:
        messages.error(request, form.errors["scenarios"][0])
    return redirect("rule_packs:inspect", pk)


def with_form(
    request: HttpRequest, form: PackFileForm, problems: Sequence[Problem] = ()
) -> HttpResponse:
    """Show the form for a file, above it what is wrong with the one that came."""
    context = {
        **frame(_("Import a rule pack")),
        "form": form,
        "problems": [(problem.place, problem_words(problem)) for problem in problems],
    }
    status = 422 if problems or form.errors else 200
    return render(request, "sandbox/packs/import.html", context, status=status)


def frame(title: str) -> Mapping[str, Any]:
    """Return what Wagtail's header wants to know."""
    plural = capfirst(RulePack._meta.verbose_name_plural)
    crumbs = [{"url": reverse("rule_packs:index"), "label": plural}, {"url": "", "label": title}]
    return {"breadcrumbs_items": crumbs, "header_title": title, "header_icon": "time"}
