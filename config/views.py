"""Pages of the site itself, which belong to no app."""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, connection
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseServerError,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sandbox.views.frame import typed_in

from .simulation import is_practice

FORBIDDEN = 403
INSTEAD_OF_THE_PAGE = {"HX-Retarget": "body", "HX-Reswap": "innerHTML show:window:top"}


@login_not_required
@never_cache
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Answer a monitor: ok while the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def signed_out(request: HttpRequest, typed: str, sign_in: str) -> HttpResponse:
    """Give back what somebody wrote until their session ended; nothing of it is kept here."""
    back = redirect_to_login(request.path, sign_in).url
    return given_back(request, "signed_out.html", {"typed": typed, "sign_in": back})


@login_not_required
@never_cache
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form without its token; what came from our own page is given back."""
    sent_from = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    typed = typed_in(request) if sent_from.netloc == request.get_host() else ""
    return given_back(request, "403_csrf.html", {"typed": typed, "form_url": request.path})


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return given_back(request, "403.html", {"typed": typed_in(request)})


def given_back(request: HttpRequest, template: str, context: dict[str, str]) -> HttpResponse:
    """Show a page instead of the one that was written on, also where htmx asked for a part."""
    response = render(request, template, context, status=FORBIDDEN)
    for name, value in INSTEAD_OF_THE_PAGE.items() if "HX-Request" in request.headers else ():
        response[name] = value
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponseBadRequest(lonely_page("400.html", request))


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponseServerError(lonely_page("500.html", request))


def lonely_page(template: str, request: HttpRequest) -> str:
    """Return a page that depends on nothing that may be broken."""
    return render_to_string(template, {"practice": is_practice(request)})
