"""Words for what the practice room shows: deadlines, offices, moments, choices."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..domain.deadlines import OfficeTime
from ..domain.library.regions import Region
from ..labels import (
    ACTION_LABELS,
    ATTACHMENT_LABELS,
    CHANNEL_LABELS,
    CLASS_LABELS,
    CRITERION_LABELS,
    ROLE_LABELS,
)
from ..models import in_language
from ..selectors import called

register = template.Library()

LABELS: Mapping[str, Mapping[Any, Any]] = {
    "action": ACTION_LABELS,
    "attachment": ATTACHMENT_LABELS,
    "channel": CHANNEL_LABELS,
    "class": CLASS_LABELS,
    "criterion": CRITERION_LABELS,
    "role": ROLE_LABELS,
}


@register.filter
def label(code: str, kind: str) -> Any:
    return LABELS[kind][code]


@register.filter
def get(table: Mapping[str, Any], name: str) -> Any:
    return table.get(name)


@register.filter
def in_my_language(texts: Mapping[str, str]) -> str:
    return in_language(texts["id"], texts["en"])


@register.filter
def moment(at: datetime, office: OfficeTime) -> str:
    """Say a moment in the office's zone: Rabu, 4 Maret 2026 pukul 09.00 WITA."""
    return moment_in(at, office.zone, get_language())


@lru_cache(maxsize=1024)  # an inbox says the same few moments in every row
def moment_in(at: datetime, zone: tzinfo, _language: str | None) -> str:
    local = at.astimezone(zone)
    return _("%(date)s at %(time)s %(zone)s") % {
        "date": date_format(local, "l, j F Y"),
        "time": date_format(local, _("H:i")),
        "zone": local.tzname(),
    }


@register.filter
def office_name(code: str, region: Region) -> str:
    return called(region.by_code[code])
