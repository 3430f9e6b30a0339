"""What trainers find in the admin, and how courses and lessons are served."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.models import Page

from .models import Cohort, CoursePage, LessonPage, Question, Quiz
from .views.courses import course_page
from .views.lessons import lesson_page


def course_pages_know_the_reader(
    page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any
) -> HttpResponse | None:
    """Serve courses and lessons by the views that know who is enrolled, wherever the tree has them."""
    if isinstance(page, LessonPage):
        return lesson_page(request, page)
    if isinstance(page, CoursePage):
        return course_page(request, page)
    return None


hooks.register("before_serve_page", course_pages_know_the_reader, order=10)


class QuizViewSet(ModelViewSet):  # type: ignore[misc]
    model = Quiz
    icon = "list-ol"
    menu_label = _("Quizzes")
    list_display = ["code", "title", "draw", "pass_percent"]
    copy_view_enabled = False
    panels = [
        FieldPanel("code"),
        MultiFieldPanel([FieldPanel("title"), FieldPanel("title_en")], heading=_("Title")),
        MultiFieldPanel([FieldPanel("intro"), FieldPanel("intro_en")], heading=_("Introduction")),
        MultiFieldPanel(
            [FieldPanel("draw"), FieldPanel("pass_percent"), FieldPanel("minutes")],
            heading=_("Rules"),
        ),
    ]


class QuestionViewSet(ModelViewSet):  # type: ignore[misc]
    model = Question
    icon = "help"
    menu_label = _("Questions")
    list_display = ["code", "text", "objective", "retired"]
    list_filter = ["quiz", "objective", "retired"]
    search_fields = ["code", "text"]
    copy_view_enabled = False
    panels = [
        HelpPanel(
            content=_(
                "A scene, then a question. Three or four answers, one of them right, each with "
                "the reason why. What was answered once is not deleted: retire it instead."
            )
        ),
        MultiFieldPanel(
            [FieldPanel("quiz"), FieldPanel("code"), FieldPanel("objective"), FieldPanel("source")],
            heading=_("Place in the bank"),
        ),
        MultiFieldPanel([FieldPanel("text"), FieldPanel("text_en")], heading=_("Question")),
        InlinePanel(
            "choices",
            heading=_("Answers"),
            label=_("Answer"),
            min_num=3,
            max_num=4,
            panels=[
                FieldPanel("text"),
                FieldPanel("text_en"),
                FieldPanel("is_correct"),
                FieldPanel("why"),
                FieldPanel("why_en"),
            ],
        ),
        FieldPanel("retired"),
    ]


class CohortViewSet(ModelViewSet):  # type: ignore[misc]
    model = Cohort
    icon = "group"
    menu_label = _("Cohorts")
    list_display = ["name", "course", "closes_on"]
    copy_view_enabled = False
    panels = [
        FieldPanel("name"),
        FieldPanel("course"),
        FieldPanel("trainers"),
        FieldPanel("closes_on"),
    ]


class LearningViewSetGroup(ModelViewSetGroup):  # type: ignore[misc]
    menu_label = _("Learning")
    menu_icon = "openquote"
    menu_order = 250
    items = (CohortViewSet("cohorts"), QuizViewSet("quizzes"), QuestionViewSet("questions"))


@hooks.register("register_admin_viewset")
def learning_viewsets() -> LearningViewSetGroup:
    return LearningViewSetGroup()
