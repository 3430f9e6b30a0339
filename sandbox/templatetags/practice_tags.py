"""Words for what the practice room shows: deadlines, offices, moments, choices."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ..domain.cases import CaseLibrary
from ..domain.deadlines import OfficeTime
from ..domain.workflow import HOLDER, Role, State
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
from ..models import Case, CaseEvent, in_language
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
SOON = 1  # working days left
TRACK = {
    State.UNVERIFIED: 1,
    State.AWAITING_COMPLETION: 1,
    State.VERIFIED: 2,
    State.TRANSFERRING: 2,
    State.BLOCKED: 2,
    State.DISPOSED: 3,
    State.FOLLOWED_UP: 3,
    State.REPLIED: 3,
    State.CLOSED: 5,
    State.ARCHIVED: 5,
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


@register.inclusion_tag("sandbox/_due.html")
def due(case: Case, office: OfficeTime, clock: datetime) -> dict[str, Any]:
    """Say how long is left for whoever holds the case."""
    if case.due_at is None or HOLDER[State(case.state)] is not Role.AGENCY_ADMIN:
        return {"words": ""}
    left = office.working_days_left(clock, case.due_at)
    if clock > case.due_at:
        late = max(-left, 1)
        words = ngettext("%(days)d working day late", "%(days)d working days late", late)
        return {"kind": "late", "words": words % {"days": late}}
    if left == 0:
        return {"kind": "soon", "words": _("Due today"), "until": moment(case.due_at, office)}
    words = ngettext("%(days)d working day left", "%(days)d working days left", left)
    kind = "soon" if left <= SOON else ""
    return {"kind": kind, "words": words % {"days": left}, "until": moment(case.due_at, office)}


@register.filter
def office_name(code: str, library: CaseLibrary) -> str:
    return localized(library.office(code))


@register.simple_tag
def choice_name(expectation: str, code: str, library: CaseLibrary) -> Any:
    """Name what was chosen or expected; nothing was done where `code` is empty."""
    if not code:
        return _("Nothing yet")
    if expectation in ("unit", "destination"):
        return office_name(code, library)
    if expectation == "archive_reason":
        entry = next(reason for reason in library.archive_reasons if reason["code"] == code)
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


@register.simple_tag
def told(event: CaseEvent, library: CaseLibrary) -> list[Any]:
    """Name the choices of an event, for its line in the timeline."""
    kinds = {"reason": "archive_reason"}
    return [
        choice_name(kinds.get(name, name), code, library) for name, code in event.choices.items()
    ]


@register.inclusion_tag("sandbox/_tracker.html")
def tracker(case: Case) -> dict[str, Any]:
    names = [_("Received"), _("Being checked"), _("Routed"), _("Followed up"), _("Done")]
    now = TRACK[State(case.state)]
    return {"steps": [(name, place < now, place == now) for place, name in enumerate(names)]}


@register.simple_tag
def chosen_words(field: BoundField) -> Any:
    """Say what a form's field holds: the words of a choice, or the text."""
    choices = dict(getattr(field.field, "choices", ()))
    return choices.get(field.value(), field.value())
