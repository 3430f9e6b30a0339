"""Words for what is looked back on: receipts, events, trust, ways that were taken."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from ..domain.events import Event
from ..domain.replay import Take, TakeBack, code_of
from ..domain.reporters import Cue
from ..domain.scoring import Receipt
from ..domain.scoring.looks import NOTHING
from ..domain.workflow import Action
from ..labels import ACTION_LABELS, CRITERION_LABELS, CUE_LABELS, EXPECTATION_LABELS
from ..models import in_language
from ..selectors import Names
from ..selectors.casefiles import SAID_TO_REPORTERS
from ..selectors.exercise_words import OWN_EXPECTATIONS

register = template.Library()
READ_BY_REPORTERS = (Action.DRAFT, *SAID_TO_REPORTERS)
Line = Receipt | Mapping[str, Any]


def of(line: Line, name: str) -> Any:
    return line[name] if isinstance(line, Mapping) else getattr(line, name)


def in_mine(texts: Mapping[str, str]) -> str:
    return in_language(texts["id"], texts["en"])


@register.filter
def expectation_name(code: str) -> Any:
    own = OWN_EXPECTATIONS.get(code, code.replace("_", " "))
    return EXPECTATION_LABELS.get(code, own)


@register.filter
def criterion_name(code: str) -> Any:
    return CRITERION_LABELS.get(code, code)


@register.filter
def cue_name(code: str) -> Any:
    return CUE_LABELS[Cue(code)]


@register.filter
def office(code: str, names: Names) -> str:
    return names(code) if code else _("Not sent anywhere")


@register.filter
def called(code: str, names: Names) -> str:
    return names(code)


@register.simple_tag
def done(line: Line, names: Names) -> str:
    """Say what was chosen, or that nothing was done."""
    code = str(of(line, "chosen"))
    if of(line, "kind") == "rubric":
        return _("Level %(level)s of %(highest)s") % {
            "level": code or "–",
            "highest": of(line, "expected"),
        }
    step = line.get("step") if isinstance(line, Mapping) else None
    own = ACTION_LABELS[step.action] if step and step.is_own else None
    if of(line, "kind") == "must_not" and code == NOTHING:
        return _("%(action)s, without this mistake") % {"action": own} if own else _("No mistake")
    if not code and own:
        return _("%(action)s, without this") % {"action": own}
    return names.of(of(line, "expectation"), code) if code else _("Nothing was done")


@register.simple_tag
def better(line: Line, names: Names) -> str:
    """Say what would have been better, with the name of what was expected."""
    expected = names.of(of(line, "expectation"), str(of(line, "expected")))
    return in_mine(of(line, "better")).replace("{expected}", expected)


@register.simple_tag
def why_so(line: Line) -> str:
    return in_mine(of(line, "why"))


@register.simple_tag
def rule_of(line: Line) -> str:
    return in_mine(of(line, "rule"))


@register.simple_tag
def chosen_in(event: Event, names: Names) -> str:
    """Say the choices of an event in one line."""
    return " · ".join(names.chosen(event.choices))


@register.filter
def example_of(event: Event) -> str:
    """Say whom the words of the expert are for; an approved text is the unit's own."""
    if event.action is Action.APPROVE:
        return _("The text that was approved:")
    if event.action in READ_BY_REPORTERS:
        return _("An example of what to write to the reporter:")
    return _("An example of what to write:")


@register.filter
def said_in(choices: Mapping[str, Any], names: Names) -> str:
    return " · ".join(names.chosen(choices))


@register.filter
def kind_of(event: Event) -> str:
    if event.is_own:
        return "you"
    return "system" if event.role == "system" else "other"


@register.simple_tag
def command_words(command: object, names: Names) -> str:
    """Say what a trainee did: a step on a case, taking one back, or moving the clock."""
    if isinstance(command, Take):
        return f"{code_of(command.case)} · {ACTION_LABELS[command.action]}"
    if isinstance(command, TakeBack):
        return f"{code_of(command.case)} · {ACTION_LABELS[Action.UNDO]}"
    return names("clock")


@register.filter
def signed(number: int) -> str:
    """Say a change with its sign; a real minus is read out."""
    return f"+{number}" if number > 0 else f"−{-number}" if number else "0"


@register.filter
def at_step(address: str, asked: Any) -> str:
    """Lead back to the moment, and the case, that a question is about."""
    case = f"&kasus={asked.case.number}" if asked.case else ""
    return f"{address}?langkah={asked.number}{case}#langkah"
