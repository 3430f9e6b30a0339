"""The frame around every page. Each part is made only when a template asks for it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.models import ArticlePage

from .simulation import is_practice

Link = dict[str, Any]
FOOTER_SECONDS = 300
# Each language is named in itself.
LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}


def site_shell(request: HttpRequest) -> dict[str, Any]:
    def lazily(make: Callable[[HttpRequest], Any]) -> Any:
        return SimpleLazyObject(lambda: make(request))

    return {
        "nav_links": lazily(nav_links),
        "account_links": lazily(account_links),
        "language_links": lazily(language_links),
        "site_footer_links": lazily(site_footer_links),
        "user_name": lazily(user_name),
        "login_url": lazily(login_url),
        "logout_url": lazily(lambda request: reverse("account_logout")),
        "practice": is_practice(request),
    }


def user_name(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return str(user.get_full_name() or user.get_username())


def login_url(request: HttpRequest) -> str:
    return reverse("account_login")


def nav_links(request: HttpRequest) -> list[Link]:
    links = _learner_links(request.user) if user_name(request) else _public_links()
    longest = max(
        (link["url"] for link in links if request.path.startswith(link["url"])), default=""
    )
    return [{**link, "current": link["url"] == longest} for link in links]


def _public_links() -> list[Link]:
    return [
        _link(_("Campaigns"), _page_url("kampanye/")),
        _link(_("Regions"), _page_url("wilayah/")),
        _link(_("Courses"), _page_url("kursus/")),
        _link(_("How to report"), _page_url("cara-melapor/")),
        _link(_("Check a certificate"), reverse("certificates:check")),
    ]


def _learner_links(user: Any) -> list[Link]:
    links = [
        _link(_("My home"), reverse("learning:dashboard")),
        _link(_("Courses"), _page_url("kursus/")),
        _link(_("Exercises"), reverse("sandbox:exercises")),
        _link(_("Certificates"), reverse("certificates:mine")),
    ]
    if user.has_perm("learning.view_progress"):
        links.append(_link(_("Cohorts"), reverse("learning:cohorts")))
    if user.has_perm("learning.view_programme"):
        links.append(_link(_("Programme"), reverse("learning:programme")))
    return links


def account_links(request: HttpRequest) -> list[Link]:
    if not request.user.is_authenticated:
        return []
    links = [
        _link(_("My account"), reverse("learning:account")),
        _link(_("Change passphrase"), reverse("account_change_password")),
        _link(_("Two-step sign-in"), reverse("mfa_index")),
    ]
    if request.user.has_perm("wagtailadmin.access_admin"):
        links.insert(0, _link(_("Manage content"), reverse("wagtailadmin_home")))
    return links


def language_links(request: HttpRequest) -> list[Link]:
    """Return this page in each language; where there is no translation, the page as it is."""
    route = getattr(request, "_wagtail_route_for_request", None)
    translations = _translations(route.page) if route else {}
    return [
        {
            "code": code,
            "label": LANGUAGE_NAMES[code],
            "url": _url_in(code, request, translations, is_page=bool(route)),
        }
        for code, __ in settings.LANGUAGES
    ]


def _translations(page: Page) -> dict[str, Page]:
    pages = page.get_translations(inclusive=True).live().select_related("locale")
    return {translation.locale.language_code: translation for translation in pages}


def _url_in(code: str, request: HttpRequest, translations: dict[str, Page], is_page: bool) -> str:
    if not is_page:
        return translate_url(request.path, code)
    if code not in translations:
        return request.path
    return translations[code].get_url(request) or request.path


def site_footer_links(request: HttpRequest) -> list[Link]:
    """Return the footer's links, kept for a few minutes: they hardly ever change."""
    key = f"footer:{get_language()}"
    links: list[Link] | None = caches["pages"].get(key)
    if links is None:
        links = _footer_articles(request)
        caches["pages"].set(key, links, FOOTER_SECONDS)
    return links


def _footer_articles(request: HttpRequest) -> list[Link]:
    articles = (
        ArticlePage.objects.live()
        .filter(show_in_footer=True, locale__language_code=get_language())
        .select_related("locale")
        .order_by("path")
        .only("title", "url_path", "locale", "translation_key", "path", "depth")
    )
    return [_link(article.title, article.get_url(request)) for article in articles]


def _page_url(path: str) -> str:
    return reverse("wagtail_serve", args=[path])


def _link(label: str, url: str) -> Link:
    return {"label": label, "url": url}
