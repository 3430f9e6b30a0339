"""Words for what the practice room shows: deadlines, offices, moments, choices."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..domain.cases import CaseLibrary
from ..domain.deadlines import OfficeTime
from ..labels import (
    ACTION_LABELS,
    CATEGORY_REASON,
    CHANNEL_LABELS,
    CLASS_LABELS,
    CLASS_REASONS,
    CRITERION_LABELS,
    DECISION_LABELS,
    EXPECTATION_LABELS,
    LEVEL_LABELS,
    LEVEL_REASONS,
    MISSING_LABELS,
    ROLE_LABELS,
)
from ..models import RulePack, in_language
from ..selectors import localized

register = template.Library()

LABELS: Mapping[str, Mapping[Any, Any]] = {
    "action": ACTION_LABELS,
    "channel": CHANNEL_LABELS,
    "class": CLASS_LABELS,
    "criterion": CRITERION_LABELS,
    "decision": DECISION_LABELS,
    "expectation": EXPECTATION_LABELS,
    "level": LEVEL_LABELS,
    "missing": MISSING_LABELS,
    "role": ROLE_LABELS,
}


@register.filter
def label(code: str, kind: str) -> Any:
    return LABELS[kind][code]


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
def office_name(code: str, library: CaseLibrary) -> str:
    return localized(library.office(code))


@register.simple_tag
def choice_name(expectation: str, code: str, library: CaseLibrary, rules: RulePack) -> Any:
    """Name what was chosen or expected; nothing was done where `code` is empty."""
    if not code:
        return _("Nothing yet")
    if expectation in ("unit", "destination"):
        return office_name(code, library)
    if expectation == "archive_reason":
        entry = next(reason for reason in rules.archive_reasons if reason["code"] == code)
        return localized(entry, "label")
    return code if expectation == "category" else LABELS[expectation][code]


@register.simple_tag
def why(line: Mapping[str, Any]) -> Any:
    """Say why what was expected is right: by what the case's key says, or what the choice means."""
    is_lucky_guess = line["chosen"] == line["expected"] and not line["points"]
    if is_lucky_guess:
        return in_my_language(line["why"])
    match line["expectation"]:
        case "class":
            return CLASS_REASONS[line["expected"]]
        case "category":
            return CATEGORY_REASON
        case "level":
            return LEVEL_REASONS[line["expected"]]
    return in_my_language(line["why"])
