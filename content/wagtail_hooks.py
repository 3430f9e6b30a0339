"""What editors find in the admin, and who may read which page."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.timezone import localdate  # noqa: TID251 – the home panels are a view
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import OfficialChannel, Regulation
from .selectors import pages_without_english, stale_references

PUBLIC_MAX_AGE = 300  # seconds
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
HIDDEN_MENU_ITEMS = {"help"}  # leads to guides on another host, in English


def strangers_read_what_is_declared_public(
    page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any
) -> HttpResponse | None:
    """Refuse by default: a page type that says nothing about strangers is not for them."""
    if getattr(type(page), "is_public", False) is True or request.user.is_authenticated:
        return None
    return redirect_to_login(request.get_full_path())


def strangers_may_keep_public_pages(
    serve: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let browsers keep what everyone sees alike, but no trace of pages with a quick exit."""

    def answer(
        page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any
    ) -> HttpResponse:
        response = serve(page, request, serve_args, serve_kwargs)
        if getattr(page, "quick_exit", False):
            patch_cache_control(response, private=True, no_store=True)
        elif _is_personal(page, request):
            patch_cache_control(response, private=True, no_cache=True)
        elif response.status_code == HTTPStatus.OK:
            patch_cache_control(response, public=True, max_age=PUBLIC_MAX_AGE)
        return response

    return answer


def _is_personal(page: Page, request: HttpRequest) -> bool:
    is_public = getattr(type(page), "is_public", False) is True
    return not is_public or any(name in request.COOKIES for name in PERSONAL_COOKIES)


CHECK_HELP = _(
    "<p>Compare each entry with its source at least every 90 days and then enter the day under "
    "“checked on”. Readers see that day.</p>"
)


class RegulationViewSet(SnippetViewSet):
    model = Regulation
    icon = "clipboard-list"
    menu_label = _("Regulations")
    list_display = ["number", "title", "status", "checked_on"]
    list_filter = ["status", "checked_on"]
    search_fields = ["number", "title", "title_en"]
    inspect_view_enabled = True
    panels = [
        HelpPanel(CHECK_HELP),
        FieldPanel("key"),
        FieldPanel("number"),
        MultiFieldPanel([FieldPanel("title"), FieldPanel("title_en")], heading=_("Title")),
        MultiFieldPanel([FieldPanel("status"), FieldPanel("replaced_by")], heading=_("Status")),
        MultiFieldPanel([FieldPanel("role"), FieldPanel("role_en")], heading=_("What it governs")),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("checked_on")], heading=_("Source")),
    ]


class OfficialChannelViewSet(SnippetViewSet):
    model = OfficialChannel
    icon = "mail"
    menu_label = _("Official channels")
    list_display = ["name", "kind", "address", "is_referral", "checked_on"]
    list_filter = ["kind", "is_referral", "checked_on"]
    search_fields = ["name", "name_en", "address"]
    inspect_view_enabled = True
    panels = [
        HelpPanel(CHECK_HELP),
        FieldPanel("key"),
        MultiFieldPanel([FieldPanel("name"), FieldPanel("name_en")], heading=_("Name")),
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("address"), FieldPanel("is_referral")],
            heading=_("Where it leads"),
        ),
        MultiFieldPanel([FieldPanel("note"), FieldPanel("note_en")], heading=_("Note")),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("checked_on")], heading=_("Source")),
    ]


@register_snippet
class ReferenceGroup(SnippetViewSetGroup):
    items = (RegulationViewSet, OfficialChannelViewSet)
    menu_label = _("Reference")
    menu_icon = "list-ul"
    menu_order = 150


class ToDoPanel(Component):
    """A list of what wants attention on the admin's home; nothing to do, nothing to see."""

    template_name = "content/admin/to_do.html"
    order = 60

    def __init__(self, heading: Any, advice: Any, items: list[Any], kind: str) -> None:
        self.heading, self.advice, self.items, self.kind = heading, advice, items, kind

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {
            "heading": self.heading,
            "advice": self.advice,
            "items": self.items,
            "kind": self.kind,
        }


def what_wants_attention(request: HttpRequest, panels: list[Component]) -> None:
    if stale := stale_references(localdate()):
        advice = _("Compare them with their source and enter the day under “checked on”.")
        heading = _("Reference data not checked for 90 days")
        panels.append(ToDoPanel(heading, advice, stale, "references"))
    if untranslated := list(pages_without_english()[:20]):
        advice = _("Open one and choose “Translate this page” from its menu.")
        heading = _("Pages without an English version")
        panels.append(ToDoPanel(heading, advice, untranslated, "pages"))


def hide_what_we_do_not_use(request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_MENU_ITEMS]


def publishing_comes_first(menu_items: list[Any], request: HttpRequest, context: Any) -> None:
    """Offer what people mean by “save” first: those who may publish see “Publish” on the button."""
    menu_items.sort(key=lambda item: item.name != "action-publish")


hooks.register("before_serve_page", strangers_read_what_is_declared_public)
hooks.register("on_serve_page", strangers_may_keep_public_pages)
hooks.register("construct_homepage_panels", what_wants_attention)
hooks.register("construct_main_menu", hide_what_we_do_not_use)
hooks.register("construct_page_action_menu", publishing_comes_first)
