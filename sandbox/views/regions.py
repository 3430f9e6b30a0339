"""Region packs in the CMS: read, corrected, checked, previewed, stored as the next edition."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ..domain.library.region_files import Problem, Reading, write_region
from ..forms.regions import OfficeForm, RegionFileForm, RegionStoreForm, packed
from ..models import RegionPack
from ..selectors import region_packs
from ..selectors.region_words import REGION_KIND_LABELS, problem_lines
from ..services.regions import (
    CORRECTED,
    RegionChanged,
    RegionRefused,
    correct_office,
    import_region,
    row_of,
)

PER_PAGE = 100
PARTS = ("offices", "places", "assets", "exercises")


@require_safe
@permission_required("sandbox.view_regionpack", raise_exception=True)
def index(request: HttpRequest) -> HttpResponse:
    """List the newest edition of each region."""
    packs = region_packs.newest_editions()
    context = {**frame(), "packs": packs, "kinds": REGION_KIND_LABELS}
    return render(request, "sandbox/regions/index.html", context)


@require_safe
@permission_required("sandbox.view_regionpack", raise_exception=True)
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one edition in tables that can be searched, and what plays in it."""
    found = get_object_or_404(RegionPack.objects.select_related("made_by"), pk=pk)
    part, wanted = request.GET.get("part", ""), request.GET.get("q", "").strip()
    part = part if part in PARTS else PARTS[0]
    newest = region_packs.newest_of(found.code)
    context = {
        **frame(found.name),
        "pack": found,
        "newest": newest,
        "is_newest": found == newest,
        "part": part,
        "wanted": wanted,
        **part_of(found, part, wanted, request.GET.get("page", "")),
    }
    return render(request, "sandbox/regions/pack.html", context)


def part_of(found: RegionPack, part: str, wanted: str, page: str) -> dict[str, Any]:
    """Return the tables of one part of the page."""
    if part == "exercises":
        return {
            "exercises": region_packs.exercises_in(found.code),
            "attempts": found.runs.count(),
        }
    if part == "offices":
        return {"tables": region_packs.offices(found, wanted, timezone.localdate())}
    return {"page": Paginator(region_packs.PAGED[part](found, wanted), PER_PAGE).get_page(page)}


@require_safe
@permission_required("sandbox.view_regionpack", raise_exception=True)
def editions(request: HttpRequest, code: str) -> HttpResponse:
    """Show what each edition of a region changed, the newest first."""
    found = region_packs.editions_of(code)
    if not found:
        raise Http404
    newest = found[0].pack
    context = {
        **frame(_("Editions"), newest),
        "pack": newest,
        "editions": found,
    }
    return render(request, "sandbox/regions/editions.html", context)


@require_safe
@permission_required("sandbox.view_regionpack", raise_exception=True)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an edition as the file from which it could be imported again."""
    found = get_object_or_404(RegionPack, pk=pk)
    response = HttpResponse(
        write_region(found.content, found.edition), content_type="application/zip"
    )
    name = f"wilayah-{found.code}-{found.edition}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("sandbox.add_regionpack", raise_exception=True)
def correct(request: HttpRequest, code: str, office: str) -> HttpResponse:
    """Correct one office: the next edition of its region."""
    newest = region_packs.newest_of(code)
    row = row_of(newest, office) if newest else None
    if newest is None or row is None:
        raise Http404
    initial = {column: row.get(column, "") for column in CORRECTED}
    form = OfficeForm(request.POST or None, initial={**initial, "seen": newest.edition})
    if form.is_valid() and (stored := corrected(request, form, newest, office)):
        tell(request, stored, newest.edition)
        return redirect("region_packs:inspect", stored.pk)
    context = {**frame(_("Correct an office"), newest), "form": form, "pack": newest, "row": row}
    status = 422 if form.errors else 200
    return render(request, "sandbox/regions/office.html", context, status=status)


def corrected(
    request: HttpRequest, form: OfficeForm, newest: RegionPack, office: str
) -> RegionPack | None:
    """Return the edition that a correction made; or nothing, and the form says why."""
    try:
        return correct_office(
            code=newest.code,
            office=office,
            values=form.values,
            seen=form.cleaned_data["seen"],
            today=timezone.localdate(),
            by=request.user if request.user.is_authenticated else None,
        )
    except RegionRefused as refused:
        form.blame(refused.problems)
    except RegionChanged:
        form.look_again(newest.edition)
        form.add_error(
            None,
            _(
                "Somebody else has corrected this office in the meantime. What is stored now "
                "stands below. Compare it, and save again if yours is right."
            ),
        )
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("sandbox.add_regionpack", raise_exception=True)
def import_file(request: HttpRequest) -> HttpResponse:
    """Ask for a file, say everything that is wrong with it, or show what it would change."""
    form = RegionFileForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return with_form(request, form)
    if problems := problems_of(form):
        return with_form(request, RegionFileForm(), problems)
    content = form.reading.content
    initial = {
        "pack": packed(form.cleaned_data["file"]),
        "seen": region_packs.preview(content).edition,
    }
    return with_preview(request, RegionStoreForm(initial=initial), form.reading)


def problems_of(form: RegionFileForm | RegionStoreForm) -> list[Problem]:
    """Return everything that is wrong with the pack in a form: with its files, then with them."""
    reading = form.reading
    found = region_packs.problems_with(reading.content, timezone.localdate())
    return [*reading.problems, *(found if reading.content else ())]


@require_POST
@permission_required("sandbox.add_regionpack", raise_exception=True)
def store(request: HttpRequest) -> HttpResponse:
    """Store the pack that was previewed; it is checked again, for others work here too."""
    form = RegionStoreForm(request.POST)
    valid = form.is_valid()
    if form.errors.keys() & {"pack", "seen"}:
        messages.error(request, _("The region was not stored. Choose its file again."))
        return redirect("region_packs:add")
    if problems := problems_of(form):
        return with_form(request, RegionFileForm(), problems)
    stored = imported(request, form) if valid else None
    if stored is None:
        return with_preview(request, form, form.reading, status=422)
    tell(request, stored, form.cleaned_data["seen"])
    return redirect("region_packs:inspect", stored.pk)


def tell(request: HttpRequest, stored: RegionPack, seen: int) -> None:
    """Say what was stored, or that there was nothing to store."""
    said = _("%(region)s is stored.") if stored.edition != seen else _("Nothing was changed.")
    messages.success(request, said % {"region": stored})


def imported(request: HttpRequest, form: RegionStoreForm) -> RegionPack | None:
    """Return the edition that an import made; or nothing, and the form says why."""
    content = form.reading.content
    try:
        return import_region(
            content=content,
            seen=form.cleaned_data["seen"],
            today=timezone.localdate(),
            note=form.cleaned_data["note"],
            by=request.user if request.user.is_authenticated else None,
        )
    except RegionChanged:
        form.look_again(region_packs.preview(content).edition)
        form.add_error(
            None,
            _(
                "Somebody else has made an edition in the meantime. Below is what your file would "
                "change in that one."
            ),
        )
    return None


def with_form(
    request: HttpRequest, form: RegionFileForm, problems: Sequence[Problem] = ()
) -> HttpResponse:
    """Show the form for a file, above it what is wrong with the one that came."""
    context = {
        **frame(_("Import a region pack")),
        "form": form,
        "problems": problem_lines(problems),
    }
    status = 422 if problems or form.errors else 200
    return render(request, "sandbox/regions/import.html", context, status=status)


def with_preview(
    request: HttpRequest, form: RegionStoreForm, reading: Reading, status: int = 200
) -> HttpResponse:
    """Show what a pack would change and who plays by it, with the button that stores it."""
    content = reading.content
    seen = region_packs.preview(content, reading.edition)
    context = {
        **frame(_("What this pack would change")),
        "form": form,
        "preview": seen,
        "name": content["region"]["id"]["name"],
        "next": seen.edition + 1,
        "counts": {table: len(content[table]) for table in ("offices", "places", "assets")},
    }
    return render(request, "sandbox/regions/preview.html", context, status=status)


def frame(title: str = "", below: RegionPack | None = None) -> Mapping[str, Any]:
    """Return what Wagtail's header wants to know."""
    plural = capfirst(RegionPack._meta.verbose_name_plural)
    crumbs = [{"url": reverse("region_packs:index"), "label": plural}]
    if below:
        crumbs.append(
            {"url": reverse("region_packs:inspect", args=[below.pk]), "label": below.name}
        )
    if title:
        crumbs.append({"url": "", "label": title})
    return {
        "breadcrumbs_items": crumbs,
        "header_title": title or plural,
        "header_icon": "site",
    }
