"""Tell the operator, and let the site run."""

from collections.abc import Sequence
from ctypes.util import find_library
from typing import Any

from django.apps import AppConfig
from django.core import checks

from .pdf import LIBRARY_MISSING

LIBRARIES = ["pango-1.0", "pangoft2-1.0"]  # looked up, not loaded: that would take a second


@checks.register
def pdf_library(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    if all(find_library(name) for name in LIBRARIES):
        return []
    return [checks.Warning(LIBRARY_MISSING, id="certificates.W001")]
