"""Let Wagtail's admin run under our content policy.

Its few inline scripts get the request's nonce: here, and in the templates of the same names under
config/templates. Its rich-text editor makes <style> elements, which the admin alone allows.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput, BaseChooser

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


def nonce() -> str:
    """Return the nonce of the request being answered, or nothing outside one."""
    request = _request.get()
    return "" if request is None else str(request.csp_nonce)  # type: ignore[attr-defined]


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    def answer(request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            response = get_response(request)
        finally:
            _request.reset(token)
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_update = {"style-src-elem": [SELF, UNSAFE_INLINE]}  # type: ignore[attr-defined]
        return response

    return answer


def install() -> None:
    """Wrap the widgets; called once, when the apps are ready."""
    for widget in (AdminDateInput, AdminDateTimeInput, AdminTimeInput):
        widget.get_context = _with_nonce(widget.get_context)
    render = BaseChooser.render

    def render_with_nonce(self: Any, *args: Any, **kwargs: Any) -> str:
        html = str(render(self, *args, **kwargs))
        return mark_safe(html.replace("<script>", f'<script nonce="{nonce()}">'))  # noqa: S308

    BaseChooser.render = render_with_nonce


def _with_nonce(get_context: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def get_context_with_nonce(self: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = get_context(self, *args, **kwargs)
        context["widget"]["nonce"] = nonce()
        return context

    return get_context_with_nonce
