"""What happens around every view: who comes in, in which time zone, what is not made twice."""

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.deprecation import MiddlewareMixin
from django_htmx.http import HttpResponseClientRedirect
from wagtail.documents.views.serve import serve as serve_document
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.views import serve as serve_page

from sandbox.views.frame import typed_in

from .accounts import client_address, is_staff_member
from .views import bad_request, signed_out

GetResponse = Callable[[HttpRequest], HttpResponse]

# A page says itself whether strangers may read it (`is_public`), a document by its collection.
DECIDE_THEMSELVES = {serve_page, serve_document}
ALLOWED_WITHOUT_SECOND_FACTOR = {
    "mfa_activate_totp",
    "account_reauthenticate",
    "account_set_password",
    "account_logout",
    "wagtailadmin_logout",
    "status",
}
PERSONAL_COOKIES = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
PUBLIC_CACHE_SECONDS = 300  # only for what changes by itself, such as a campaign that opens today


class LoginRequired(LoginRequiredMiddleware):
    """Strangers see only the views that are declared for them."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> Any:
        if view_func in DECIDE_THEMSELVES:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        """Send to the sign-in page, and afterwards back to a page that can be opened again.

        Whoever was signed out while they wrote first gets back what they wrote.
        """
        is_admin = request.path.startswith(reverse("wagtailadmin_home"))
        if not is_admin and (typed := typed_in(request)):
            return signed_out(request, typed, self.get_login_url(view_func))
        if request.method not in {"GET", "HEAD"}:
            answer = redirect(resolve_url(self.get_login_url(view_func)))
        else:
            answer = super().handle_no_permission(request, view_func)
        if "HX-Request" in request.headers:
            return HttpResponseClientRedirect(answer.url)
        return answer


class AdminForStaff(MiddlewareMixin):
    """For people without access to it, the admin does not exist."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> None:
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            raise Http404


class StaffSecondFactor(MiddlewareMixin):
    """Send staff who have no second factor to set one up, wherever they want to go."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if not settings.REQUIRE_SECOND_FACTOR or not request.user.is_authenticated:
            return None
        if match is not None and match.view_name in ALLOWED_WITHOUT_SECOND_FACTOR:
            return None
        if not is_staff_member(request.user) or is_mfa_enabled(request.user):
            return None
        return redirect("mfa_activate_totp")


def well_formed(get_response: GetResponse) -> GetResponse:
    """Refuse what no browser sends and what a database or decoder would choke on."""

    def answer(request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if charset.lower() != "utf-8" or not session.isprintable():
            return bad_request(request)
        return get_response(request)

    return answer


def personal_pages(get_response: GetResponse) -> GetResponse:
    """Let no cache keep what was made for someone who has signed in."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        if is_signed_in and "Cache-Control" not in response and request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return answer


def real_address(get_response: GetResponse) -> GetResponse:
    """Count people, not proxies: REMOTE_ADDR becomes the address that our own proxies vouch for."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = client_address(request) or request.META["REMOTE_ADDR"]
        return get_response(request)

    return answer


def personal_time_zone(get_response: GetResponse) -> GetResponse:
    """Show times in the learner's own zone."""

    def answer(request: HttpRequest) -> HttpResponse:
        zone = _zone_of(request.user)
        with timezone.override(zone):
            return get_response(request)

    return answer


def _zone_of(user: Any) -> ZoneInfo | None:
    if not user.is_authenticated:
        return None
    try:
        return ZoneInfo(user.learner.time_zone)
    except ObjectDoesNotExist:
        return None


def public_cache(get_response: GetResponse) -> GetResponse:
    """Keep whole public pages, until anything in the site is published or edited."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not _may_be_answered_from_cache(request):
            return get_response(request)
        key = _cache_key(request)
        response = caches["pages"].get(key)
        if response is None:
            response = get_response(request)
            if not _may_be_kept(request, response):
                return response
            response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
            caches["pages"].set(key, response, PUBLIC_CACHE_SECONDS)
        conditional = get_conditional_response(request, etag=response["ETag"], response=response)
        return conditional or response

    return answer


def content_version() -> str:
    """Return what changes with every publication and every edit of reference data."""
    newest = "SELECT MAX(id) FROM"
    tables = (PageLogEntry._meta.db_table, ModelLogEntry._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ({0} {1}), ({0} {2})".format(newest, *tables))
        return "{}-{}".format(*cursor.fetchone())


def _may_be_answered_from_cache(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and not PERSONAL_COOKIES & request.COOKIES.keys()
        and not request.META.get("QUERY_STRING")
        and "HX-Request" not in request.headers
        and request.path != reverse("status")  # which must answer without the database, too
    )


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """A page with a form's token or a nonce belongs to one reader only."""
    return (
        request.method == "GET"
        and response.status_code == HTTPStatus.OK
        and not response.streaming
        and not response.cookies
        and settings.CSRF_COOKIE_NAME not in request.COOKIES
        and "public" in response.get("Cache-Control", "")
        and "'nonce-" not in response.get("Content-Security-Policy", "")
    )


def _cache_key(request: HttpRequest) -> str:
    """The path holds the language; the cache sits outside compression."""
    coding = "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else "plain"
    host = request.get_host().partition(":")[0]  # a port is the visitor's to invent
    address = f"{request.scheme}://{host}{request.path}"
    name = hashlib.sha256(address.encode()).hexdigest()
    return f"public:{name}:{coding}:{content_version()}"
