"""The injects of an exercise as the CMS edits them: a block for each, of one kind."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from ..domain.injects import (
    HARDEST,
    LEAST_PATIENCE,
    LONGEST_LIMIT,
    MOST_HOURS,
    MOST_REPORTS,
    Kind,
)
from ..domain.library.families import LONGEST_LINE, LONGEST_TEXT
from ..labels import STEP_LABELS
from ..labels.exercises import GROUP_WORDS
from ..selectors.notices import KIND_LABELS
from .family_blocks import new_id, typed

MOST_INJECTS = 60
Choices = Iterable[tuple[Any, Any]]
Placed = tuple[int, str, str]  # the number of a block, its field, and what is wrong there


def whole(label: Any, least: int, most: int, help_text: Any = "", **kwargs: Any) -> Any:
    return blocks.IntegerBlock(
        label=label, help_text=help_text, min_value=least, max_value=most, **kwargs
    )


def ticks(label: Any, of: Choices, help_text: Any = "", **kwargs: Any) -> Any:
    return blocks.MultipleChoiceBlock(
        label=label,
        choices=list(of),
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
        **kwargs,
    )


def said() -> list[tuple[str, Any]]:
    """Return what every inject has: its hour, and how it is announced in both languages."""
    return [
        (
            "after",
            whole(
                _("After how many working hours"),
                -MOST_HOURS,
                MOST_HOURS,
                _("Counted from the start. Below zero: before the start, in whole working days."),
            ),
        ),
        ("title_id", blocks.CharBlock(label=_("Title"), max_length=LONGEST_LINE)),
        ("title_en", blocks.CharBlock(label=_("Title in English"), max_length=LONGEST_LINE)),
        ("text_id", blocks.TextBlock(label=_("Text"), max_length=LONGEST_TEXT, rows=3)),
        ("text_en", blocks.TextBlock(label=_("Text in English"), max_length=LONGEST_TEXT, rows=3)),
    ]


def flood() -> list[tuple[str, Any]]:
    return [
        ("group", blocks.ChoiceBlock(label=_("Group"), choices=list(GROUP_WORDS.items()))),
        (
            "number",
            whole(
                _("How many incidents"),
                1,
                MOST_REPORTS,
                _("In the group “Duplicate” each incident brings several reports."),
            ),
        ),
    ]


def mood(categories: Choices) -> list[tuple[str, Any]]:
    return [
        (
            "trust",
            whole(
                _("Trust"),
                HARDEST,
                0,
                _("How much reporters trust less, such as -8. 0: as before."),
            ),
        ),
        (
            "patience",
            whole(
                _("Patience"),
                LEAST_PATIENCE,
                0,
                _("How many days sooner they lose patience, such as -1. Empty: as before."),
                required=False,
            ),
        ),
        (
            "categories",
            ticks(
                _("Only reporters of these categories"),
                categories,
                _("None ticked: all."),
                required=False,
            ),
        ),
    ]


def rule_change() -> list[tuple[str, Any]]:
    return [
        ("step", blocks.ChoiceBlock(label=_("Step"), choices=list(STEP_LABELS.items()))),
        (
            "amount",
            whole(
                _("New limit"),
                1,
                LONGEST_LIMIT,
                _("In days as the rule pack counts them, for what enters the step from then on."),
            ),
        ),
    ]


def outage(units: Choices) -> list[tuple[str, Any]]:
    return [
        ("hours", whole(_("For how many working hours"), 1, MOST_HOURS)),
        (
            "office",
            blocks.ChoiceBlock(
                label=_("Only at this unit"),
                choices=[("", _("Everywhere: nobody can act")), *units],
                help_text=_("At one unit nobody acts unless they are reminded."),
                required=False,
            ),
        ),
    ]


def inject_stream(categories: Choices, units: Choices) -> blocks.StreamBlock:
    """Return the blocks of all kinds; units and categories are those that may be chosen."""
    categories = list(categories)
    own: Mapping[Kind, list[tuple[str, Any]]] = {
        Kind.FLOOD: flood(),
        Kind.NEWS: mood(categories),
        Kind.POST: mood(categories),
        Kind.RULE_CHANGE: rule_change(),
        Kind.OUTAGE: outage(units),
    }
    kinds = [
        (
            str(kind),
            blocks.StructBlock(
                [*said(), *fields], label=KIND_LABELS[kind], label_format="{title_id}"
            ),
        )
        for kind, fields in own.items()
    ]
    return blocks.StreamBlock(kinds, required=False, max_num=MOST_INJECTS)


def injects_to_form(tables: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return injects as their stream holds them."""
    return [
        {
            "type": table["kind"],
            "value": {name: value for name, value in table.items() if name != "kind"},
            "id": new_id(),
        }
        for table in tables
    ]


def injects_from_form(items: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the injects of a stream; what was left empty is left out."""
    return [
        {
            "kind": item.block_type,
            **{name: typed(value) for name, value in item.value.items() if is_said(value)},
        }
        for item in items
    ]


def is_said(value: Any) -> bool:
    return value not in ("", None, [])


def placed(problems: Iterable[Placed]) -> StreamBlockValidationError:
    """Return problems of a stream, each at its block and field there."""
    found: dict[int, dict[str, ValidationError]] = {}
    for index, name, words in problems:
        found.setdefault(index, {}).setdefault(name, ValidationError(words))
    return StreamBlockValidationError(
        {index: StructBlockValidationError(fields) for index, fields in found.items()}
    )
