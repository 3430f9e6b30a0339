"""A course from first to last step, in the reader's words."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse
from wagtail.models import Page

from ..domain.completion import CourseStep, Kind
from ..models import CoursePage, Quiz

PATH_STEP = 4  # characters that Wagtail's tree path grows by at each level


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


def source_of(course: CoursePage) -> CoursePage:
    """Return the course in the site's first language, which enrolments refer to."""
    if course.locale.language_code == settings.LANGUAGE_CODE:
        return course
    source = CoursePage.objects.filter(
        translation_key=course.translation_key, locale__language_code=settings.LANGUAGE_CODE
    )
    return source.first() or course
