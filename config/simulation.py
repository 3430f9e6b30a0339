"""The marks that every answer of the practice room carries, so that nobody takes it for real."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]
HEADERS = {
    "X-Simulasi": "SIMULASI - bukan SP4N-LAPOR!",
    "X-Robots-Tag": "noindex, nofollow",
}
METHOD_NOT_ALLOWED = 405


def is_practice(request: HttpRequest) -> bool:
    """Tell whether an address lies in the practice room, whatever is or is not there."""
    return f"{request.path}/".startswith(rooms())


@cache
def rooms() -> tuple[str, ...]:
    """Return where the practice room begins, in each language."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(reverse("sandbox:exercises"))
    return tuple(found)


def marked(get_response: GetResponse) -> GetResponse:
    """Mark pages, parts of pages, files and redirects alike, also those that refuse."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_practice(request):
            for name, value in HEADERS.items():
                response[name] = value
        return response

    return answer


def refused_in_words(get_response: GetResponse) -> GetResponse:
    """Give a page to whoever sends an address what it does not take: Django sends nothing."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == METHOD_NOT_ALLOWED and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

    return answer
