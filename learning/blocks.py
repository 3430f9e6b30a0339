"""Blocks of a lesson: those of every page, and the rule data of the practice room."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks import ReadingBody
from sandbox.labels import STEP_LABELS


class TimeLimitsBlock(blocks.ListBlock):
    """Time limits of the rule pack in force, read when the page is shown, never typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(blocks.ChoiceBlock(choices=list(STEP_LABELS.items())), **kwargs)

    class Meta:
        label = _("Time limits (rule data)")
        icon = "time"
        template = "learning/blocks/time_limits.html"


class LessonBody(ReadingBody):
    time_limits = TimeLimitsBlock()
