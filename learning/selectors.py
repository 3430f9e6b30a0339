"""What learning reads: the outline of a course, a person's progress, a cohort's."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from content.selectors import LibraryPage
from sandbox.models import Run

from .domain.completion import CourseStep, Kind, Status, first_undone, statuses
from .models import (
    Cohort,
    CoursePage,
    Enrolment,
    Learner,
    LessonPage,
    Quiz,
    QuizAnswer,
    QuizAttempt,
)

PATH_STEP = 4  # characters that Wagtail's tree path grows by at each level
SMALLEST_GROUP = 5  # people; smaller counts could point at someone
Person = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class OutlineItem:
    """One step of a course as readers see it."""

    step: CourseStep
    title: str
    url: str
    minutes: int


@dataclass(frozen=True)
class OutlineModule:
    """A module's heading and its steps; `code` is empty for the steps of the course itself."""

    number: int
    code: str
    title: str
    objective: str
    minutes: int
    items: list[OutlineItem]


@dataclass(frozen=True)
class Outline:
    """A course from first to last step."""

    modules: list[OutlineModule]

    @property
    def items(self) -> list[OutlineItem]:
        return [item for module in self.modules for item in module.items]

    @property
    def steps(self) -> list[CourseStep]:
        return [item.step for item in self.items]

    def around(self, key: UUID) -> tuple[OutlineItem | None, OutlineItem | None]:
        """Return the items before and after the one with `key`."""
        items = self.items
        place = next(place for place, item in enumerate(items) if item.step.key == key)
        before = items[place - 1] if place else None
        after = items[place + 1] if place + 1 < len(items) else None
        return before, after


OUTLINE_FIELDS = {
    "code": F("modulepage__code"),
    "module_objective": F("modulepage__objective"),
    "module_minutes": F("modulepage__minutes"),
    "lesson_minutes": F("lessonpage__minutes"),
    "scenario": F("lessonpage__scenario"),
}
Row = Mapping[str, Any]


def outline(course: CoursePage, source: CoursePage | None = None) -> Outline:
    """Read the live modules and lessons of `source` in tree order, then the quiz.

    They speak the language of `course`; what is not translated keeps its own words, so that a
    course has the same steps in every language. One query whatever the size; the quiz comes with
    `course` where it was joined.
    """
    source = source or course
    return outline_from(outline_rows([course, source]), course, source)


def outline_from(rows: Collection[Row], course: CoursePage, source: CoursePage) -> Outline:
    """Arrange rows, among which may be those of other courses."""
    words = {row["translation_key"]: row for row in rows if row["path"].startswith(course.path)}
    modules: dict[str, OutlineModule] = {}
    last: list[OutlineItem] = []
    lessons = []
    for row in rows:
        if not row["path"].startswith(source.path):
            continue
        if row["code"] is None:
            lessons.append(row)
            continue
        modules[row["path"]] = outline_module(words.get(row["translation_key"], row), len(modules))
    course_number = len(modules) + 1
    for row in lessons:
        module = modules.get(row["path"][:-PATH_STEP])
        shown = words.get(row["translation_key"], row)
        top = course if shown["path"].startswith(course.path) else source
        items = module.items if module else last
        items.append(lesson_item(shown, top, module.number if module else course_number))
    if course.quiz is not None:
        last.insert(0, quiz_item(course, course.quiz, course_number))
    parts = list(modules.values())
    if last:
        parts.append(OutlineModule(course_number, "", "", "", 0, last))
    return Outline(parts)


def outline_rows(courses: Iterable[CoursePage]) -> list[Row]:
    """Read the live pages below all of `courses` in one query."""
    depths = {course.path: course.depth for course in courses}
    below = [Q(path__startswith=path, depth__gt=depth) for path, depth in depths.items()]
    if not below:
        return []
    pages = Page.objects.live().filter(reduce(or_, below)).order_by("path")
    return list(pages.values("path", "url_path", "title", "translation_key", **OUTLINE_FIELDS))


def outline_module(row: Row, before: int) -> OutlineModule:
    return OutlineModule(
        number=before + 1,
        code=row["code"],
        title=row["title"],
        objective=row["module_objective"],
        minutes=row["module_minutes"],
        items=[],
    )


def lesson_item(row: Row, course: CoursePage, module: int) -> OutlineItem:
    kind = Kind.EXERCISE if row["scenario"] else Kind.LESSON
    return OutlineItem(
        step=CourseStep(row["translation_key"], kind, module),
        title=row["title"],
        url=reverse("learning:lesson", args=[path_in(course, row["url_path"])]),
        minutes=row["lesson_minutes"],
    )


def path_in(course: CoursePage, url_path: str) -> str:
    """Return course/module/lesson, however deep the tree holds the course."""
    return f"{course.slug}/{url_path.removeprefix(course.url_path)}".strip("/")


def quiz_item(course: CoursePage, quiz: Quiz, number: int) -> OutlineItem:
    return OutlineItem(
        step=CourseStep(quiz.key, Kind.QUIZ, number),
        title=quiz.localized_title,
        url=reverse("learning:quiz", args=[course.slug]),
        minutes=quiz.minutes,
    )


@dataclass(frozen=True)
class Progress:
    """Where one person stands in one course."""

    course: CoursePage
    outline: Outline
    done: Collection[UUID]
    enrolment: Enrolment

    @property
    def statuses(self) -> Mapping[UUID, Status]:
        return statuses(self.outline.steps, self.done)

    @property
    def next_item(self) -> OutlineItem | None:
        following = first_undone(self.outline.steps, self.done)
        return next((item for item in self.outline.items if item.step == following), None)

    @property
    def done_count(self) -> int:
        return sum(step.key in self.done for step in self.outline.steps)

    @property
    def total(self) -> int:
        return len(self.outline.steps)


def progress(user: Person, course: CoursePage) -> Progress | None:
    """Return the user's own progress in `course`, whatever its language; None if not enrolled.

    Enrolment and completions come in one query.
    """
    rows = list(
        Enrolment.objects.visible_to(user)
        .filter(course__translation_key=course.translation_key)
        .select_related("course")
        .annotate(item=F("completions__item"))
        .order_by("pk")
    )
    if not rows:
        return None
    done = {row.item for row in rows if row.item}  # type: ignore[attr-defined]
    return Progress(course, outline(course, rows[0].course), done, rows[0])


def in_language_of_reader(courses: Collection[CoursePage]) -> list[CoursePage]:
    """Return the live translation of each course in the active language, or the course itself."""
    language = get_language()
    keys = [page.translation_key for page in courses if page.locale.language_code != language]
    if not keys:
        return list(courses)
    pages = CoursePage.objects.live().select_related("quiz", "locale")
    found = pages.filter(translation_key__in=keys, locale__language_code=language)
    translations = {page.translation_key: page for page in found}
    return [translations.get(course.translation_key, course) for course in courses]


def progress_of(user: Person) -> list[Progress]:
    """Return a person's progress in every course, the unfinished first."""
    enrolments = (
        Enrolment.objects.visible_to(user)
        .select_related("course__quiz", "course__locale", "cohort")
        .prefetch_related("completions")
        .order_by("pk")
    )
    sources = [enrolment.course for enrolment in enrolments]
    courses = in_language_of_reader(sources)
    pages = outline_rows([*sources, *courses])
    rows = []
    for enrolment, course in zip(enrolments, courses, strict=True):
        done = {completion.item for completion in enrolment.completions.all()}
        found = outline_from(pages, course, enrolment.course)
        rows.append(Progress(course, found, done, enrolment))
    return sorted(rows, key=lambda row: row.enrolment.completed_at is not None)


@dataclass(frozen=True)
class CohortRow:
    """One participant as a trainer sees them: each step's status and the last sign of life."""

    enrolment: Enrolment
    done: Collection[UUID]
    percents: Mapping[UUID, int | None]

    @property
    def done_count(self) -> int:
        return len(self.done)


@dataclass(frozen=True)
class CohortReport:
    """A cohort's progress: steps of the course across, participants down."""

    cohort: Cohort
    outline: Outline
    rows: list[CohortRow]

    @property
    def completed(self) -> int:
        return sum(row.enrolment.completed_at is not None for row in self.rows)


def cohort_report(cohort: Cohort) -> CohortReport:
    course = cohort.course
    enrolments = (
        cohort.enrolments.select_related("user__learner")
        .prefetch_related("completions")
        .order_by("user__first_name", "pk")
    )
    found = outline(in_language_of_reader([course])[0], course)
    keys = {step.key for step in found.steps}
    return CohortReport(cohort, found, [cohort_row(row, keys) for row in enrolments])


def cohort_row(enrolment: Enrolment, keys: Collection[UUID]) -> CohortRow:
    percents = {
        done.item: done.percent for done in enrolment.completions.all() if done.item in keys
    }
    return CohortRow(enrolment, list(percents), percents)


def runs_of(enrolment: Enrolment) -> QuerySet[Run]:
    """Return the enrolled person's runs of the exercises of the course."""
    scenarios = LessonPage.objects.filter(
        course__translation_key=enrolment.course.translation_key, scenario__isnull=False
    ).values("scenario")
    return Run.objects.filter(learner=enrolment.user_id, scenario__in=scenarios)


@dataclass(frozen=True)
class ProgrammeRow:
    """One cohort in figures; None where a group is so small that it could point at someone."""

    cohort: Cohort
    enrolled: int | None
    completed: int | None


def programme_rows() -> list[ProgrammeRow]:
    rows = []
    for cohort in Cohort.objects.counted():
        shown = cohort.enrolled >= SMALLEST_GROUP
        rows.append(
            ProgrammeRow(
                cohort,
                cohort.enrolled if shown else None,
                cohort.completed if shown else None,
            )
        )
    return rows


def participant_progress(enrolment: Enrolment) -> Progress:
    """Return the progress behind an enrolment that a trainer may see."""
    [course] = in_language_of_reader([enrolment.course])
    done = set(enrolment.completions.values_list("item", flat=True))
    return Progress(course, outline(course, enrolment.course), done, enrolment)


def attempts_of(enrolment: Enrolment, quiz: Quiz) -> list[QuizAttempt]:
    """Return a person's attempts at a quiz, newest first."""
    return list(enrolment.quiz_attempts.filter(quiz=quiz).order_by("-number"))


def answers_of(attempt: QuizAttempt) -> list[QuizAnswer]:
    """Return an attempt's answers with everything their page shows, in two queries."""
    answers = attempt.answers.select_related("question", "choice")
    return list(answers.prefetch_related("question__choices"))


def answer_at(attempt: QuizAttempt, position: int) -> QuizAnswer:
    """Return the answer at `position` from 1 on, or answer 404."""
    answers = attempt.answers.select_related("question").prefetch_related("question__choices")
    return get_object_or_404(answers, position=position)


def learner_of(user: Person) -> Learner:
    """Return what is known about a person, or an unsaved blank."""
    return Learner.objects.filter(user_id=user.pk or 0).first() or Learner()


def source_of(course: CoursePage) -> CoursePage:
    """Return the course in the site's first language, which enrolments refer to."""
    if course.locale.language_code == settings.LANGUAGE_CODE:
        return course
    source = CoursePage.objects.filter(
        translation_key=course.translation_key, locale__language_code=settings.LANGUAGE_CODE
    )
    return source.first() or course


@dataclass(frozen=True)
class CourseLibrary:
    """A course as its files hold it."""

    catalogue: LibraryPage
    course: LibraryPage
    modules: list[tuple[LibraryPage, list[LibraryPage]]]
    exercises: list[LibraryPage]
    quiz: Mapping[str, Any]


def course_library(folder: Path) -> CourseLibrary:
    """Read a course from its folder: course.toml, quiz.toml and one file per lesson."""
    catalogue = library_page(folder.parent / "catalogue.toml")
    table = tomllib.loads((folder / "course.toml").read_text())
    course = LibraryPage("course.toml", table["slug"], table, table["id"], table["en"])
    modules = [
        (
            LibraryPage("course.toml", module["slug"], module, module["id"], module["en"]),
            [library_page(folder / f"{name}.toml") for name in module["lessons"]],
        )
        for module in table["module"]
    ]
    exercises = [library_page(folder / f"{name}.toml") for name in table["exercises"]]
    quiz = tomllib.loads((folder / "quiz.toml").read_text())
    return CourseLibrary(catalogue, course, modules, exercises, quiz)


def library_page(file: Path) -> LibraryPage:
    table = tomllib.loads(file.read_text())
    return LibraryPage(file.name, table["slug"], table, table["id"], table["en"])
