"""What the case families cover, for whoever decides what to write next."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..selectors.coverage import Coverage, Topic, coverage

SHOWN = ("all", "unsure", "thin")
HEADINGS = {
    "archetypes": gettext_lazy("Archetypes"),
    "categories": gettext_lazy("Main categories"),
    "classes": gettext_lazy("Classes"),
    "difficulties": gettext_lazy("Difficulty"),
    "reasons": gettext_lazy("Archive reasons"),
    "desks": gettext_lazy("Desks with words of their own"),
    "channels": gettext_lazy("Channels that a telling asks for"),
    "regions": gettext_lazy("Regions in which they can happen"),
}


@require_safe
@permission_required("sandbox.view_casefamily", raise_exception=True)
def page(request: HttpRequest) -> HttpResponse:
    """Show every row of the routing knowledge and every kind of family, with what is thin."""
    found = coverage(timezone.localdate())
    wanted = request.GET.get("q", "").strip()
    only = request.GET.get("only", "")
    only = only if only in SHOWN else SHOWN[0]
    context = {
        "header_title": _("What the cases cover"),
        "header_icon": "table",
        "breadcrumbs_items": [{"url": "", "label": _("What the cases cover")}],
        "coverage": found,
        "tables": [(HEADINGS[name], name, counted) for name, _by, counted in found.tables],
        "thin_kinds": [(HEADINGS[name], thin) for name, thin in found.thin_kinds],
        "topics": [row for row in chosen(found, only) if row.matches(wanted)],
        "wanted": wanted,
        "only": only,
    }
    return render(request, "sandbox/coverage.html", context)


def chosen(found: Coverage, only: str) -> list[Topic]:
    if only == "unsure":
        return found.unsure
    return [row for row in found.topics if only == "all" or row.is_thin]
