"""Where case families are used, and that what somebody needs stays."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.side_panels import SnippetStatusSidePanel
from wagtail.snippets.views import snippets

from ..models import CaseFamily
from ..selectors.families import attempts_with, uses_of
from ..views import families


def uses_context(family: CaseFamily) -> dict[str, Any]:
    return {"uses": uses_of(family), "attempts": attempts_with(family)}


class FamilyUsageView(snippets.UsageView):
    """The exercises that draw from a family; Wagtail's index knows no lists of codes."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = families.frame(_("Where it is used"), self.object)
        context = {**context, **uses_context(self.object)}
        return render(request, "sandbox/families/uses.html", context)


class DeleteFamilyView(snippets.DeleteView):
    def get_usage_url(self) -> None:
        """Wagtail would count what it knows of: nothing. Our own list stands instead."""
        return

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | uses_context(self.object)


class WithUses:
    """The panel beside the form leads to our list, without Wagtail's count."""

    def get_side_panels(self) -> Any:
        panels = super().get_side_panels()  # type: ignore[misc]
        for panel in panels:
            if isinstance(panel, SnippetStatusSidePanel):
                panel.__class__ = StatusPanel
        return panels


class StatusPanel(SnippetStatusSidePanel):
    def get_usage_context(self) -> dict[str, Any]:
        return {
            "usage_count": 0,
            "usage_url": self.usage_url,
            "usage_url_text": _("Where it is used"),
        }


@hooks.register("before_delete_snippet")  # type: ignore[untyped-decorator]
def keep_what_is_used(request: HttpRequest, found: Sequence[Any]) -> HttpResponse | None:
    """Refuse with a sentence to delete families that exercises need or attempts have met."""
    kept = [why for family in found if isinstance(family, CaseFamily) and (why := reason(family))]
    if not kept:
        return None
    words = _("Nothing was deleted, because this is used: %(names)s. Unpublish it instead.")
    messages.error(request, words % {"names": "; ".join(kept)})
    return redirect("case_families:list")


def reason(family: CaseFamily) -> str:
    """Return a family's name with who needs it, or nothing if it can go."""
    uses, attempts = uses_of(family), attempts_with(family)
    if not attempts and not any(use.needs_it for use in uses):
        return ""
    who = [str(use.scenario) for use in uses] + ([_("attempts")] if attempts else [])
    return f"{family.code} ({', '.join(who)})"


@hooks.register("before_unpublish")  # type: ignore[untyped-decorator]
def keep_what_is_needed(request: HttpRequest, family: Any) -> HttpResponse | None:
    """Refuse to unpublish a family without which an exercise could not start."""
    if not isinstance(family, CaseFamily):
        return None
    needing = [use.scenario for use in uses_of(family) if use.needs_it]
    if not needing:
        return None
    words = _("These exercises need this family, so it stays published: %(names)s.")
    messages.error(request, words % {"names": ", ".join(map(str, needing))})
    return redirect("case_families:inspect", family.pk)
