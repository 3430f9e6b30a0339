"""One process serves both: the product with all its middleware, the floor with Django's barest."""

from collections.abc import Iterable
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

FLOOR_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

django.setup()
product = WSGIHandler()
with override_settings(MIDDLEWARE=FLOOR_MIDDLEWARE):
    floor = WSGIHandler()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    is_floor = environ["PATH_INFO"].startswith("/floor/")
    return (floor if is_floor else product)(environ, start_response)
