"""JSON that somebody typed: refused with words wherever it could not be kept or read again."""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from ..domain.pack_checks import problems_of_leaves
from ..selectors.pack_words import PACK_PROBLEMS, problem_words

LARGEST = 1_000_000  # of a number
LONGEST = 100_000  # characters
PLACED = _("%(place)s: %(problem)s")


class JSONText(forms.JSONField):
    """Lists of tables as text. What is refused stays in the box as it was typed."""

    widget = AdminAutoHeightTextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = loaded(value)
        if wrong := list(problems_in(value)):
            raise forms.ValidationError(wrong)
        return value

    def bound_data(self, data: Any, initial: Any) -> Any:
        if self.disabled:
            return initial
        try:
            return self.to_python(data)
        except forms.ValidationError:
            return InvalidJSONInput(data)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, InvalidJSONInput):
            return str(value)
        return json.dumps(value, ensure_ascii=False, indent=2) if value else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool((initial or None) != (self.to_python(data) or None))
        except forms.ValidationError:
            return True


def loaded(text: str) -> Any:
    """Read JSON. Raises ValidationError for what is none, or is too deep or too large to read."""
    if len(text) > LONGEST:
        raise forms.ValidationError(_("At most %(most)d characters.") % {"most": LONGEST})
    try:
        value = json.loads(text) if text.strip() else None
        json.dumps(value, ensure_ascii=False).encode()
        return value
    except UnicodeEncodeError as error:  # half a character
        raise forms.ValidationError(PACK_PROBLEMS["control"]) from error
    except json.JSONDecodeError as error:
        message = _("This cannot be read as JSON: see line %(line)d, column %(column)d.")
        gaps = {"line": error.lineno, "column": error.colno}
        raise forms.ValidationError(message % gaps) from error
    except RecursionError as error:
        message = _("Lists and tables lie in one another too deeply.")
        raise forms.ValidationError(message) from error
    except ValueError as error:  # thousands of digits
        raise forms.ValidationError(too_large()) from error


def too_large() -> Any:
    return _("There is a number above %(most)d.") % {"most": LARGEST}


def problems_in(value: Any) -> Iterator[Any]:
    """Yield what the database could not keep, or what nobody could count with."""
    if not isinstance(value, dict | list):
        if value is not None:
            yield _("Write a list of tables in square brackets.")
        return
    for problem in problems_of_leaves({"": value}):
        if problem.code != "formula":
            place = problem.place or "1"
            yield PLACED % {"place": place, "problem": problem_words(problem)}
        if problem.code == "too_deep":
            return
    if any(abs(number) > LARGEST for number in numbers(value)):
        yield too_large()


def numbers(value: Any) -> Iterator[int | float]:
    if isinstance(value, dict | list):
        for below in value.values() if isinstance(value, dict) else value:
            yield from numbers(below)
    elif isinstance(value, int | float):
        yield value
