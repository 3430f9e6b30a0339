"""What Django itself costs here: three views to divide by, and the product beside them."""

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from config.urls import urlpatterns as product

ROWS = 20
TEMPLATE = Engine().from_string(
    "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>"
    "<ul>{% for row in rows %}<li>{{ row.first_name }} {{ row.last_name }}</li>{% endfor %}</ul>"
)


def hello(request: HttpRequest) -> HttpResponse:
    """Answer without the database."""
    return HttpResponse("hello")


def one(request: HttpRequest) -> HttpResponse:
    """Answer after one ORM SELECT, through a template."""
    return page("one")


def me(request: HttpRequest) -> HttpResponse:
    """Answer a signed-in person: session, user, one SELECT and a template."""
    return page(f"me {request.user.get_username()}")


def page(title: str) -> HttpResponse:
    rows = User.objects.order_by("pk")[:ROWS]
    return HttpResponse(TEMPLATE.render(Context({"title": title, "rows": rows})))


urlpatterns = [
    path("floor/hello/", hello),
    path("floor/one/", one),
    path("floor/me/", me),
    *product,
]
