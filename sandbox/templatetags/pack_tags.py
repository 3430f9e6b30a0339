"""Changes of rule packs in words."""

from django import template

from ..domain.rules import Change
from ..selectors.pack_words import ChangeWords, change_words

register = template.Library()


@register.filter
def in_words(change: Change) -> ChangeWords:
    return change_words(change)
