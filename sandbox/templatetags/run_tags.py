"""Words about a run as a whole: its mode and time, and hints on what is being written."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import get_language

from ..labels import (
    ELEMENT_LABELS,
    MISSING_ELEMENT_WORDS,
    PERSONAL_DATA_LABELS,
    PLAINNESS_LABELS,
)
from .practice_tags import moment_in

register = template.Library()

WORDS: Mapping[str, Mapping[Any, Any]] = {
    "element": ELEMENT_LABELS,
    "missing_element": MISSING_ELEMENT_WORDS,
    "personal_data": PERSONAL_DATA_LABELS,
    "plainness": PLAINNESS_LABELS,
}
ONE_MINUTE = 60  # seconds


@register.filter
def word(code: str, kind: str) -> Any:
    return WORDS[kind][code]


@register.filter
def minutes(seconds: int) -> int:
    """Return begun minutes: whoever has ten seconds left has the last minute."""
    return -(-seconds // ONE_MINUTE)


@register.filter
def own_moment(at: datetime) -> str:
    """Say a moment in the zone that it comes with."""
    assert at.tzinfo is not None
    return moment_in(at, at.tzinfo, get_language())
