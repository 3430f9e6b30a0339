"""Rule packs in words: what is wrong with one, and what it would change."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from ..domain.rules import Change, Problem
from ..labels import (
    CLASS_LABELS,
    CLOCK_LABELS,
    CONFIDENCE_LABELS,
    CRITERION_LABELS,
    DECISION_LABELS,
    ROLE_LABELS,
    STEP_LABELS,
    UNIT_LABELS,
)
from ..models import in_language

PACK_PROBLEMS = {
    "too_large": _("The file is larger than %(most)s KB. No rule pack is as large as that."),
    "encoding": _("The file is not text in UTF-8. Save it as UTF-8 and choose it again."),
    "toml": _("The file cannot be read as TOML."),
    "toml_at": _("The file cannot be read as TOML: see line %(line)s, column %(column)s."),
    "too_deep": _("Tables lie in one another more deeply than in any rule pack."),
    "unknown": _("A rule pack has nothing of this name. Is it misspelt?"),
    "missing": _("This is missing."),
    "no_source": _("The source is missing: where was this read?"),
    "text": _("Write a text here."),
    "too_long": _("This is longer than %(most)s characters."),
    "control": _("This holds a character that cannot be seen. Type the text anew."),
    "formula": _("A text does not begin with =, +, - or @."),
    "whole": _("Write a whole number from %(least)s to %(most)s."),
    "number": _("Write a number that can be counted with."),
    "yes_or_no": _("Write true or false."),
    "date": _("Write a date without quotation marks, such as 2026-11-21."),
    "hour": _("Write an hour in quotation marks, such as “08:00”."),
    "code": _("Write a code of small letters, digits and underscores."),
    "one_of": _("Write one of these: %(known)s."),
    "names": _("Write a list of texts."),
    "table": _("This has to be a table."),
    "tables": _("This has to be a list of tables: [[%(name)s]]."),
    "kind": _("Only texts, numbers, true and false can stand here."),
    "hours": _("The office closes before it opens."),
    "future": _("The date of checking lies in the future."),
    "version": _("The version must be above %(last)s, the highest so far."),
    "before": _("The pack before is valid from %(day)s; this one cannot begin earlier."),
    "nothing_for": _("There is nothing for “%(name)s”."),
    "twice": _("“%(name)s” stands here more than once."),
    "scoring": _("Runs cannot be scored by this: %(detail)s."),
    "needed": _("“%(name)s” is the right answer of these cases, so it must stay: %(families)s."),
}
# What domain.packs says in English about expectations, so that it can be said in both languages.
SCORING_PROBLEMS = (
    gettext_noop("%(name)s is missing"),
    gettext_noop("distance %(name)s has no share in this pack"),
    gettext_noop("the pack has no time limit for %(name)s"),
    gettext_noop("%(name)s is no field of an expectation"),
    gettext_noop("%(name)s is no list"),
    gettext_noop("%(name)s is no list of values"),
    gettext_noop("%(name)s is no condition"),
    gettext_noop("%(name)s is neither true nor false"),
    gettext_noop("%(name)s holds %(value)s"),
    gettext_noop("points are whole numbers above zero, or a table of them by decision"),
    gettext_noop("points are no whole number above zero"),
    gettext_noop("%(kind)s needs one of %(names)s, or something to look at"),
    gettext_noop("%(kind)s cannot look at %(name)s"),
    gettext_noop("only must_not can be fatal or need an occasion"),
    gettext_noop("choice needs a value or a path to compare it with"),
    gettext_noop("not known"),
    gettext_noop("its sentence is missing"),
    gettext_noop("its share does not lie between 0 and 1"),
    gettext_noop("source is missing"),
    gettext_noop("its elements are not %(names)s"),
    gettext_noop("a sentence is missing"),
    gettext_noop("it needs a sentence for each level from 0 to %(most)s"),
    gettext_noop("%(kind)s needs %(name)s"),
)
PACK_PART_LABELS = {
    "pack": _("Pack"),
    "office_hours": _("Office hours"),
    "time_limit": _("Time limit"),
    "not_simulated": _("Limit that is not played"),
    "archive_reason": _("Archive reason"),
    "class": _("Class"),
    "categories": _("Category"),
    "expectation": _("Expectation"),
    "distance": _("Part of the points"),
    "answer_rubric": _("Rubric of answers"),
}
PACK_FIELD_LABELS = {
    "valid_from": _("valid from"),
    "checked_on": _("checked on"),
    "warn_percent": _("reminds at percent of a limit"),
    "warn_source": _("source of the reminder"),
    "points_source": _("source of the points"),
    "title_id": _("title"),
    "title_en": _("title in English"),
    "note_id": _("note"),
    "note_en": _("note in English"),
    "opens": _("office opens at"),
    "closes": _("office closes at"),
    "amount": _("amount"),
    "unit": _("unit of time"),
    "clock": _("clock"),
    "pauses": _("stands still while the reporter is asked"),
    "source": _("source"),
    "confidence": _("confidence"),
    "label_id": _("name"),
    "label_en": _("name in English"),
    "help_id": _("explanation"),
    "help_en": _("explanation in English"),
    "limit_id": _("limit"),
    "limit_en": _("limit in English"),
    "why_id": _("reason"),
    "why_en": _("reason in English"),
    "rule_id": _("rule"),
    "rule_en": _("rule in English"),
    "better_id": _("what is better"),
    "better_en": _("what is better, in English"),
    "id": _("sentence"),
    "en": _("sentence in English"),
    "share": _("share of the points"),
    "points": _("points"),
    "roles": _("roles"),
    "kind": _("kind"),
    "criterion": _("criterion"),
    "when": _("asked where"),
    "actions": _("actions"),
    "level": _("levels"),
    "order": _("order"),
}


def problem_words(problem: Problem) -> str:
    return in_words(PACK_PROBLEMS, problem)


def in_words(sentences: Mapping[str, Any], problem: Problem) -> str:
    gaps = {
        name: date_format(value) if isinstance(value, date) else value
        for name, value in problem.gaps.items()
    }
    if problem.code == "scoring":
        gaps["detail"] = scoring_words(gaps["detail"])
    sentence = str(sentences[problem.code])
    return sentence % gaps if gaps else sentence


GAP = re.compile(r"%\\\((\w+)\\\)s")


@cache
def scoring_patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return what domain.packs may say, each as a pattern; whole sentences come first."""
    ordered = sorted(SCORING_PROBLEMS, key=lambda words: words.startswith("%"))
    return [
        (re.compile(GAP.sub(r"(?P<\1>.*)", re.escape(words)), re.DOTALL), words)
        for words in ordered
    ]


def scoring_words(detail: str) -> str:
    """Return the reader's words for what domain.packs says in English."""
    for pattern, words in scoring_patterns():
        if found := pattern.fullmatch(detail):
            return gettext(words) % found.groupdict()
    return detail


@dataclass(frozen=True)
class ChangeWords:
    """A change as a row of a table."""

    part: str
    item: str
    field: str
    old: str
    new: str


def change_words(change: Change) -> ChangeWords:
    return ChangeWords(
        part=str(PACK_PART_LABELS[change.part]),
        item=item_words(change.part, change.item),
        field=field_words(change),
        old=value_words(change.field, change.old),
        new=value_words(change.field, change.new),
    )


def field_words(change: Change) -> str:
    if not change.field:
        return gettext("all of it")
    return str(PACK_FIELD_LABELS.get(change.field, change.field))


def item_words(part: str, item: str) -> str:
    """Return the name of a step or class in words; codes of other parts are their own names."""
    if part == "expectation":
        code, dash, roles = item.partition(" – ")
        return (
            code
            + dash
            + ", ".join(str(ROLES.get(role, role)) for role in roles.split(", ") if role)
        )
    return str(NAMES.get(part, {}).get(item, item))


ROLES: Mapping[Any, Any] = ROLE_LABELS
NAMES: Mapping[str, Mapping[Any, Any]] = {"time_limit": STEP_LABELS, "class": CLASS_LABELS}
VALUES: Mapping[str, Mapping[Any, Any]] = {
    "unit": UNIT_LABELS,
    "clock": CLOCK_LABELS,
    "confidence": CONFIDENCE_LABELS,
    "criterion": CRITERION_LABELS,
}


def value_words(field: str, value: Any) -> str:
    """Return a value as a reader would write it; nothing is a dash."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, Mapping):
        return table_words(value) if not field else pairs(value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(value_words(field, each) for each in value)
    return str(VALUES.get(field, {}).get(value, value))


def table_words(table: Mapping[str, Any]) -> str:
    """Return what a whole table is about: a limit's days, or its name or sentence."""
    if "amount" in table:
        return f"{table['amount']} {UNIT_LABELS[table['unit']]}"
    for name in ("label", "rule"):
        if f"{name}_id" in table:
            return in_language(table[f"{name}_id"], table[f"{name}_en"])
    return str(table.get("name") or in_language(table.get("id", ""), table.get("en", "")))


def pairs(items: Iterable[tuple[str, Any]]) -> str:
    """Return names with their values; points stand by the decision that a case asks for."""
    return ", ".join(
        f"{DECISION_LABELS.get(name, name)} {value_words(name, value)}" for name, value in items
    )
