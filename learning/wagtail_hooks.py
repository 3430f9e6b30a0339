"""What trainers find in the admin, and how courses and lessons are served."""

from typing import Any

from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.models import Page

from .forms import CohortForm, QuestionForm
from .models import Cohort, CoursePage, LessonPage, Question, Quiz
from .services import settle_lessons
from .views.courses import course_page
from .views.lessons import lesson_page


def course_pages_know_the_reader(
    page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any
) -> HttpResponse | None:
    """Serve courses and lessons by the views that know who is enrolled, wherever they are."""
    if isinstance(page, LessonPage):
        return lesson_page(request, page)
    if isinstance(page, CoursePage):
        return course_page(request, page)
    return None


def moved_lessons_follow(request: HttpRequest, page: Page) -> None:
    settle_lessons(page=page)


hooks.register("before_serve_page", course_pages_know_the_reader, order=10)
hooks.register("after_move_page", moved_lessons_follow)


class CarefulDeleteView(DeleteView):
    """Refuse with a sentence to delete what learners' records need."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            words = _("“%(name)s” belongs to what learners have done, so it stays.")
            messages.error(self.request, words % {"name": self.object})
            return redirect(self.get_success_url())
        return response


class QuizViewSet(ModelViewSet):
    model = Quiz
    icon = "list-ol"
    menu_label = _("Quizzes")
    list_display = ["code", "title", "draw", "pass_percent"]
    copy_view_enabled = False
    delete_view_class = CarefulDeleteView
    panels = [
        FieldPanel("code"),
        MultiFieldPanel([FieldPanel("title"), FieldPanel("title_en")], heading=_("Title")),
        MultiFieldPanel([FieldPanel("intro"), FieldPanel("intro_en")], heading=_("Introduction")),
        MultiFieldPanel(
            [FieldPanel("draw"), FieldPanel("pass_percent"), FieldPanel("minutes")],
            heading=_("Rules"),
        ),
    ]


class QuestionViewSet(ModelViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    list_display = ["code", "text", "objective", "retired"]
    list_filter = ["quiz", "objective", "retired"]
    search_fields = ["code", "text"]
    copy_view_enabled = False
    delete_view_class = CarefulDeleteView
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
    edit_handler = ObjectList(panels, base_form_class=QuestionForm)


class OpenCohortView(CreateView):
    def save_instance(self) -> Cohort:
        """Let whoever opens a cohort see it."""
        cohort: Cohort = super().save_instance()
        cohort.trainers.add(self.request.user)
        return cohort


class OwnCohortView(EditView):
    def get_object(self, queryset: Any = None) -> Cohort:
        """Find a cohort that the person leads; somebody else's does not exist."""
        cohort: Cohort = super().get_object(queryset)
        user = self.request.user
        if not user.is_superuser and user not in cohort.trainers.all():
            raise Http404
        return cohort


class CohortViewSet(ModelViewSet):
    model = Cohort
    edit_view_class = OwnCohortView
    add_view_class = OpenCohortView
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
    edit_handler = ObjectList(panels, base_form_class=CohortForm)


class LearningViewSetGroup(ModelViewSetGroup):
    menu_label = _("Learning")
    menu_icon = "openquote"
    menu_order = 250
    items = (CohortViewSet("cohorts"), QuizViewSet("quizzes"), QuestionViewSet("questions"))


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def learning_viewsets() -> LearningViewSetGroup:
    return LearningViewSetGroup()
