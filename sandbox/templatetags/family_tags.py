"""Values of case families, and where they stand, in words."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join

from ..domain.library.families import Difference
from ..selectors.family_words import place_words, value_shown

register = template.Library()


@register.filter
def placed(changes: Iterable[Difference]) -> list[tuple[str, Difference]]:
    return [(place_words(change.place), change) for change in changes]


@register.simple_tag
def value(shown: Any) -> str:
    """Return one text, or a list of lines."""
    if isinstance(shown, list):
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((x,) for x in shown))
        )
    return str(shown)


@register.simple_tag
def shown(change: Difference, side: str) -> str:
    """Return one side of a difference; of lists of lines only those that the other has not."""
    mine, other = (change.old, change.new) if side == "old" else (change.new, change.old)
    if isinstance(mine, list) and isinstance(other, list):
        return value([line for line in mine if line not in other] or ["…"])
    return value(value_shown(mine))
