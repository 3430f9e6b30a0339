"""Gates: who may see which enrolment, attempt, cohort and run. A stranger's does not exist."""

from typing import TypeVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from sandbox.models import Run

from .models import Cohort, CourseIndexPage, CoursePage, Enrolment, LessonPage, QuizAttempt
from .selectors import Progress, progress, runs_of
from .selectors.grading import ExamPlace, ExamReport, exam_places, exam_reports, runs_to_mark

Person = AbstractBaseUser | AnonymousUser
AnyPage = TypeVar("AnyPage", CourseIndexPage, CoursePage, LessonPage)


def catalogue() -> CourseIndexPage:
    """Return the list of courses in the reader's language."""
    page: CourseIndexPage = in_readers_language(CourseIndexPage.objects.live())
    return page


def course_for(slug: str) -> CoursePage:
    """Return a live course in the reader's language, or in the first one; otherwise 404."""
    courses = CoursePage.objects.live().filter(slug=slug).select_related("quiz", "locale")
    page: CoursePage = in_readers_language(courses)
    return page


def lesson_for(path: str) -> LessonPage:
    """Return the live lesson at course/module/lesson or course/lesson, by one indexed look-up."""
    first, *_between, last = path.split("/")
    lessons = LessonPage.objects.live().filter(
        slug=last, course__slug=first, course__live=True, url_path__endswith=f"/{path}/"
    )
    lessons = lessons.select_related("course__quiz", "course__locale", "locale").defer(
        "course__objectives", "course__summary", "course__quiz__intro", "course__quiz__intro_en"
    )
    page: LessonPage = in_readers_language(lessons)
    return page


def in_readers_language(pages: "QuerySet[AnyPage]") -> "AnyPage":
    """Prefer the active language; fall back on the site's first one, so that nothing is missing."""
    found = pages.filter(locale__language_code=get_language()).first()
    return found or get_object_or_404(pages, locale__language_code=settings.LANGUAGE_CODE)


def progress_for(user: Person, course: CoursePage) -> Progress:
    """Return the user's own progress in a course that they are enrolled in, or answer 404."""
    found = progress(user, course)
    if found is None:
        raise Http404
    return found


def attempt_for(user: Person, attempt_id: int) -> QuizAttempt:
    """Return the user's own quiz attempt, or answer 404."""
    attempts = QuizAttempt.objects.filter(enrolment__user_id=user.pk or 0)
    return get_object_or_404(
        attempts.select_related("quiz", "enrolment__course__quiz"), pk=attempt_id
    )


def cohorts_of(trainer: Person) -> "list[Cohort]":
    """Return the cohorts that a trainer follows, counted. Answers 404 to everyone else."""
    if not trainer.has_perm("learning.view_progress"):  # type: ignore[union-attr]
        raise Http404
    return list(Cohort.objects.visible_to(trainer).counted())


def cohort_for(trainer: Person, cohort_id: int) -> Cohort:
    """Return one of the trainer's own cohorts, or answer 404."""
    if not trainer.has_perm("learning.view_progress"):  # type: ignore[union-attr]
        raise Http404
    cohorts = Cohort.objects.visible_to(trainer)
    return get_object_or_404(cohorts.select_related("course__quiz", "course__locale"), pk=cohort_id)


def participant_for(trainer: Person, cohort_id: int, enrolment_id: int) -> Enrolment:
    """Return a participant of the trainer's own cohort, or answer 404."""
    cohort = cohort_for(trainer, cohort_id)
    participants = cohort.enrolments.select_related(
        "user__learner", "course__quiz", "course__locale", "cohort"
    )
    return get_object_or_404(participants, pk=enrolment_id)


def run_in_cohort(trainer: Person, cohort_id: int, enrolment_id: int, run_id: int) -> Run:
    """Return a finished run of a participant, for their trainer, or answer 404."""
    enrolment = participant_for(trainer, cohort_id, enrolment_id)
    finished = runs_of(enrolment).exclude(score=None).select_related("rules", "learner")
    return get_object_or_404(finished, pk=run_id)


def may_mark(trainer: Person) -> bool:
    return trainer.has_perm("sandbox.mark_answers")  # type: ignore[union-attr]


def marked_cohort_for(trainer: Person, cohort_id: int) -> Cohort:
    """Return one of the trainer's own cohorts for marking, granting and releasing, or 404."""
    if not may_mark(trainer):
        raise Http404
    return cohort_for(trainer, cohort_id)


def run_to_mark(cohort: Cohort, run_id: int) -> Run:
    """Return a finished run of the cohort whose answers are marked by a trainer, or answer 404."""
    return get_object_or_404(runs_to_mark(cohort), pk=run_id)


def exam_to_release(trainer: Person, cohort: Cohort, code: str) -> ExamReport:
    """Return an exam that somebody of the cohort has finished, or answer 404."""
    reports = exam_reports(trainer, cohort)
    found = next((report for report in reports if report.scenario.code == code), None)
    if found is None:
        raise Http404
    return found


def place_in_exam(enrolment: Enrolment, code: str) -> ExamPlace:
    """Return a participant's place in an exam; what everyone may repeat answers 404."""
    places = exam_places(enrolment.user)
    found = next((place for place in places if place.scenario.code == code), None)
    if found is None:
        raise Http404
    return found


def require_programme_manager(user: Person) -> None:
    """Answer 404 to whoever may not see the programme's figures."""
    if not user.has_perm("learning.view_programme"):  # type: ignore[union-attr]
        raise Http404


def may_read_all(user: Person) -> bool:
    """Whether someone who is not enrolled may read lessons: whoever works on the content."""
    return user.has_perm("wagtailadmin.access_admin")  # type: ignore[union-attr]
