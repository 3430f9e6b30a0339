"""Words for a desk: who holds a case, how long is left, what was done and chosen."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template.defaultfilters import linebreaksbr, truncatechars
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain.actors import GIVING
from ..domain.deadlines import STEP_OF_STATE, LimitedStep, OfficeTime
from ..domain.library.regions import Region
from ..domain.position import MASK
from ..domain.workflow import Action, Role, State
from ..labels import (
    ACTION_LABELS,
    CLASS_LABELS,
    FLAW_LABELS,
    LEVEL_LABELS,
    MISSING_LABELS,
    RATING_LABELS,
    ROLE_LABELS,
    SECRECY_LABELS,
    STEP_LABELS,
    TOLD_TO_REPORTERS,
    URGENCY_LABELS,
)
from ..models import Case, LogEntry, in_language
from ..selectors import localized
from .practice_tags import moment, office_name

register = template.Library()

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
HEADING_LENGTH = 80
BETWEEN_OFFICERS = {  # steps whose text the reporter never reads
    Action.NOTE,
    Action.DISPOSE,
    Action.DECLINE,
    Action.DRAFT,
    Action.SEND_BACK,
    Action.INVITE,
    Action.CONTRIBUTE,
    Action.REMIND,
    Action.HAND_OVER,
    Action.MASK,
    Action.OPEN_IDENTITY,
    Action.MARK_URGENT,
    Action.CHANGE_SECRECY,
    Action.UNBLOCK,
    Action.LINK_DUPLICATE,
    Action.UNLINK_DUPLICATE,
}
FOR_REPORTERS = {"agency", "anonymous", "secret", "destination", "reason", "evidence", "rating",
                 "secrecy", "class", "missing"}  # fmt: skip


# Time


def reading(at: datetime, office: OfficeTime, clock: datetime) -> dict[str, Any]:
    """Say how long is left until `at`, or how long ago it was."""
    left = office.working_days_left(clock, at)
    until = moment(at, office)
    if clock > at:
        late = max(-left, 1)
        words = ngettext("%(days)d working day late", "%(days)d working days late", late)
        return {"kind": "late", "words": words % {"days": late}, "until": until}
    if left == 0:
        return {"kind": "soon", "words": _("Due today"), "until": until}
    words = ngettext("%(days)d working day left", "%(days)d working days left", left)
    kind = "soon" if left <= SOON else ""
    return {"kind": kind, "words": words % {"days": left}, "until": until}


@register.inclusion_tag("sandbox/_due.html")
def due(case: Case, office: OfficeTime, clock: datetime) -> dict[str, Any]:
    """Say how long is left for whoever has the next step; a duplicate follows its parent."""
    if case.due_at is None or case.parent is not None or not case.is_open:
        return {"words": ""}
    if case.state == State.FOLLOWED_UP:
        return in_days(case.due_at, office, clock)
    return reading(case.due_at, office, clock)


def in_days(at: datetime, office: OfficeTime, clock: datetime) -> dict[str, Any]:
    """Say how many days a reporter still has to answer: they have no office hours."""
    left = (at.astimezone(office.zone).date() - clock.astimezone(office.zone).date()).days
    words = ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}
    return {"kind": "", "words": words, "until": moment(at, office)}


@register.simple_tag
def clocks(case: Case, office: OfficeTime, clock: datetime) -> list[dict[str, Any]]:
    """Say both clocks of a case: the step that is due, and the promise to settle."""
    if not case.is_open or case.parent is not None:
        return []
    rows = []
    step = STEP_OF_STATE.get(State(case.state))
    promise = {"label": _("Promise to settle the case")}
    is_promise = case.responded and case.due_at == case.settle_at
    if case.due_at is not None and step is not None and not is_promise:
        say = in_days if step is LimitedStep.REPLY_WINDOW else reading
        rows.append({"label": STEP_LABELS[step], **say(case.due_at, office, clock)})
    if step is LimitedStep.COMPLETION_WINDOW and case.paused_days is not None:
        rows.append({"label": _("The officers' step"), **standing(case.paused_days)})
    if case.settle_at is not None:
        rows.append(promise | reading(case.settle_at, office, clock))
    elif case.settle_days is not None:
        rows.append(promise | standing(case.settle_days))
    return rows


def standing(days: int) -> dict[str, Any]:
    words = ngettext(
        "The clock stands still; %(days)d working day is left afterwards",
        "The clock stands still; %(days)d working days are left afterwards",
        days,
    )
    return {"kind": "", "words": words % {"days": days}, "until": ""}


# The case


@register.filter
def situation(case: Case) -> str:
    """Return what the trainee, as a reporter, has lived through."""
    told: Mapping[str, str] | str = case.facts.get("situation", "")
    return in_language(told["id"], told["en"]) if isinstance(told, Mapping) else case.title


@register.filter
def heading(case: Case) -> str:
    """Return the title, or how the situation begins that nobody has written about yet."""
    return case.title if case.entered_at else str(truncatechars(situation(case), HEADING_LENGTH))


@register.filter
def status(case: Case) -> Any:
    return case.get_state_display() if case.entered_at else _("Not written yet")


@register.filter
def findings(case: Case) -> list[str]:
    """Return what the unit found in the field, in the reader's language."""
    found: Mapping[str, list[str]] = case.facts["findings"]
    return found["en" if in_language("", "en") else "id"]


@register.simple_tag
def looked_on(events: Iterable[LogEntry], office: OfficeTime) -> str:
    """Say on which day a unit looked at a case: when it was last given one, as its drafts say."""
    given = next((event.at for event in events if event.action in GIVING), None)
    return date_format(given.astimezone(office.zone), "l, j F Y") if given else ""


@register.simple_tag
def holder(case: Case, region: Region) -> Any:
    """Name who has the next step."""
    if case.state in (State.AWAITING_COMPLETION, State.FOLLOWED_UP):
        return ROLE_LABELS[Role.REPORTER]
    role, office = case.position.desk
    if case.run.role == Role.REPORTER and role in (Role.LIAISON_OFFICER, Role.SUPERVISOR):
        return office_name(case.agency, region)
    name = office_name(office, region) if office else ""
    return " · ".join(str(part) for part in (ROLE_LABELS[role], name) if part)


@register.filter
def officer_name(code: str, region: Region) -> str:
    return next((one["name"] for one in region.officers if one["code"] == code), code)


@register.filter
def case_code(number: int) -> str:
    return Case(number=number).code


@register.filter
def with_marks(text: str) -> Any:
    """Return the paragraphs of a report; what was masked stands out."""
    mark = format_html('<mark class="masked">{}</mark>', MASK)
    paragraphs = (
        (format_html_join(mark, "{}", ((linebreaksbr(piece),) for piece in part.split(MASK))),)
        for part in re.split(r"\r?\n(?:\s*\r?\n)+", text.strip())
    )
    return format_html_join("", "<p>{}</p>", paragraphs)


@register.inclusion_tag("sandbox/_tracker.html")
def tracker(case: Case) -> dict[str, Any]:
    names = [_("Received"), _("Being checked"), _("Routed"), _("Followed up"), _("Done")]
    now = TRACK[State(case.state)]
    return {"steps": [(name, place < now, place == now) for place, name in enumerate(names)]}


# History


@register.simple_tag
def taken_back(events: Iterable[LogEntry]) -> set[int | None]:
    """Return the numbers of the events that were undone."""
    return {event.undoes for event in events}


@register.simple_tag
def told_title(event: LogEntry, case: Case) -> Any:
    if case.run.role == Role.REPORTER and (not event.is_own or event.action == Action.SUBMIT):
        return TOLD_TO_REPORTERS.get(Action(event.action), ACTION_LABELS[Action(event.action)])
    if event.action == Action.SUBMIT:
        return _("Report received")
    return ACTION_LABELS[Action(event.action)]


@register.simple_tag
def told_by(event: LogEntry, case: Case, region: Region) -> Any:
    """Name who acted: the role and its office. A reporter knows agencies, not units."""
    role = ROLE_LABELS[Role(event.role)]
    if event.is_own:
        return _("You, as %(role)s") % {"role": role}
    if case.run.role == Role.REPORTER and event.role in (Role.LIAISON_OFFICER, Role.SUPERVISOR):
        return office_name(case.agency, region)
    name = office_name(event.office, region) if event.office else ""
    return " · ".join(str(part) for part in (role, name) if part)


@register.filter
def told_kind(event: LogEntry) -> str:
    if event.is_own:
        return "you"
    if event.role == Role.SYSTEM:
        return "system"
    return "reporter" if event.role == Role.REPORTER else "other"


@register.filter
def is_internal(event: LogEntry) -> bool:
    return event.action in BETWEEN_OFFICERS


@register.simple_tag
def told_text(event: LogEntry, case: Case) -> str:
    """Return the words of an event as far as the reader may know them."""
    if event.action in (Action.SUBMIT, Action.COMPLETE):  # they stand in the report itself
        return ""
    if case.run.role == Role.REPORTER and event.action in BETWEEN_OFFICERS:
        return ""
    return event.text


@register.simple_tag
def told_choices(event: LogEntry, case: Case, region: Region) -> list[Any]:
    """Name the choices of an event; what only officers know is not told to a reporter."""
    chosen = {name: value for name, value in event.choices.items() if value}
    if case.run.role == Role.REPORTER:
        chosen = {name: value for name, value in chosen.items() if name in FOR_REPORTERS}
    if not event.is_own:  # what is wrong with an answer is for the trainee to find
        chosen.pop("flaw", None)
    if chosen.get("title") == case.facts["title"] or event.action == Action.SUBMIT:
        chosen.pop("title", None)
    found = (TELL[name](value, case, region) for name, value in chosen.items() if name in TELL)
    return [words for words in found if words]


Teller = Callable[[Any, Case, Region], Any]


def office_told(code: str, _case: Case, region: Region) -> str:
    return office_name(code, region)


def support_told(codes: list[str], _case: Case, region: Region) -> str:
    names = "; ".join(office_name(code, region) for code in codes)
    return _("supported by %(units)s") % {"units": names}


def reason_told(code: str, case: Case, _region: Region) -> str:
    reasons = case.run.rules.archive_reasons
    return next((localized(one, "label") for one in reasons if one["code"] == code), code)


def evidence_told(code: str, case: Case, _region: Region) -> str:
    offered = case.facts["evidence"]
    name = next((localized(one, "label") for one in offered if one["code"] == code), code)
    return _("Attached: %(evidence)s") % {"evidence": name}


def details_told(details: list[str], _case: Case, _region: Region) -> str:
    count = len(details)
    return ngettext("%(n)d detail masked", "%(n)d details masked", count) % {"n": count}


def officer_told(code: str, _case: Case, region: Region) -> str:
    return _("to %(officer)s") % {"officer": officer_name(code, region)}


def worded(labels: Mapping[Any, Any]) -> Teller:
    return lambda code, _case, _region: labels.get(code, code)


TELL: Mapping[str, Teller] = {
    "title": lambda title, _case, _region: _("Title: “%(title)s”") % {"title": title},
    "agency": office_told,
    "unit": office_told,
    "destination": office_told,
    "support": support_told,
    "to": officer_told,
    "class": worded(CLASS_LABELS),
    "category": worded({}),
    "missing": worded(MISSING_LABELS),
    "level": worded(LEVEL_LABELS),
    "flaw": worded(FLAW_LABELS),
    "rating": worded(RATING_LABELS),
    "secrecy": worded(SECRECY_LABELS),
    "urgency": worded(URGENCY_LABELS),
    "reason": reason_told,
    "evidence": evidence_told,
    "details": details_told,
    "parent": lambda number, _case, _region: case_code(int(number)),
    "anonymous": lambda _value, _case, _region: _("Anonymous"),
    "secret": lambda _value, _case, _region: _("Secret"),
}


@register.simple_tag
def chosen_words(field: BoundField) -> Any:
    """Say what a form's field holds: the words of a choice, or the text."""
    value = field.value()
    if isinstance(value, bool) or value in ("True", "False"):
        return _("Yes") if value in (True, "True") else _("No")
    choices = dict(getattr(field.field, "choices", ()))
    if isinstance(value, list):
        return format_html_join("; ", "{}", ((choices.get(one, one),) for one in value)) or "–"
    return choices.get(value, value) or "–"


@register.filter
def is_big(field: BoundField) -> bool:
    """Tell whether a field is a list of buttons or boxes, which get big rows."""
    return getattr(field.field.widget, "input_type", "") in ("radio", "checkbox")
