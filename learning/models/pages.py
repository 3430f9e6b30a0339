"""Courses as editors see them: a page for the list, each course, each module and each lesson."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page

from content.blocks import ListedText, SourceBlock
from content.models import WRITING_HELP
from sandbox.models import Scenario

from ..blocks import LessonBody
from .quizzes import Quiz


class CourseIndexPage(Page):
    """The public catalogue."""

    is_public = True
    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["content.HomePage"]
    subpage_types = ["learning.CoursePage"]
    max_count_per_parent = 1
    template = "learning/course_index.html"

    class Meta:
        verbose_name = _("course list")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"courses": CoursePage.objects.child_of(self).live()}


class CoursePage(Page):
    """A course: its front is public, its lessons are for the enrolled."""

    is_public = True
    code = models.CharField(_("code"), max_length=10)
    summary = models.TextField(_("summary"), max_length=300)
    audience = models.CharField(_("for whom"), max_length=200)
    objectives = StreamField(
        ListedText(),
        verbose_name=_("afterwards you can"),
        help_text=_("A verb that can be tested: “tell apart”, not “understand”."),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    valid_months = models.PositiveSmallIntegerField(_("certificate valid for (months)"), default=24)
    quiz = models.ForeignKey(
        Quiz, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("quiz")
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("code"),
        FieldPanel("summary"),
        FieldPanel("audience"),
        FieldPanel("objectives"),
        FieldPanel("minutes"),
        MultiFieldPanel(
            [FieldPanel("quiz"), FieldPanel("edition"), FieldPanel("valid_months")],
            heading=_("Quiz and certificate"),
        ),
    ]
    parent_page_types = ["learning.CourseIndexPage"]
    subpage_types = ["learning.ModulePage", "learning.LessonPage"]
    template = "learning/course.html"

    class Meta:
        verbose_name = _("course")


class ModulePage(Page):
    """A heading in a course; readers meet it as a part of the course page."""

    is_public = True
    code = models.CharField(_("code"), max_length=10)
    objective = models.TextField(_("objective"), max_length=300)
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("code"),
        FieldPanel("objective"),
        FieldPanel("minutes"),
    ]
    parent_page_types = ["learning.CoursePage"]
    subpage_types = ["learning.LessonPage"]
    template = "learning/module.html"

    class Meta:
        verbose_name = _("module")


class LessonPage(Page):
    """A lesson, or with a scenario the briefing of an exercise."""

    is_public = False
    course = models.ForeignKey(
        CoursePage,
        models.RESTRICT,
        editable=False,
        related_name="lessons",
        verbose_name=_("course"),
    )
    objective = models.TextField(_("objective"), max_length=300)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    body = StreamField(LessonBody(), verbose_name=_("body"))
    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)
    reviewed_on = models.DateField(_("reviewed on"))
    scenario = models.ForeignKey(
        Scenario,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("exercise"),
        help_text=_("Only for a lesson that ends in the practice room."),
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(WRITING_HELP),
                    *Page.content_panels,
                    FieldPanel("body"),
                    FieldPanel("scenario"),
                ],
                heading=_("Content"),
            ),
            ObjectList(
                [FieldPanel("objective"), FieldPanel("minutes")], heading=_("Objective and time")
            ),
            ObjectList([FieldPanel("sources"), FieldPanel("reviewed_on")], heading=_("Sources")),
            ObjectList(Page.promote_panels, heading=_("Publish")),
        ]
    )
    parent_page_types = ["learning.ModulePage", "learning.CoursePage"]
    subpage_types: list[str] = []
    template = "learning/lesson.html"

    class Meta:
        verbose_name = _("lesson")

    def clean(self) -> None:
        """Refuse an exercise that trainees cannot see; one that became a draft later may stay."""
        super().clean()
        scenario = self.scenario
        if scenario is None or scenario.is_published:
            return
        had_it = LessonPage.objects.filter(
            translation_key=self.translation_key, scenario=scenario
        ).exists()
        if not had_it:
            words = _("“%(title)s” is a draft. Test it and publish it first, then choose it here.")
            raise ValidationError({"scenario": words % {"title": scenario}})

    def save(self, *args: Any, **kwargs: Any) -> None:
        parent = self.get_parent().specific
        self.course = parent if isinstance(parent, CoursePage) else parent.get_parent().specific
        super().save(*args, **kwargs)
