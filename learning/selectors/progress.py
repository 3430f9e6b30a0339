"""Where people stand in their courses."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import F
from django.utils.translation import get_language

from ..domain.completion import Status, first_undone, statuses
from ..models import CoursePage, Enrolment
from .outlines import Outline, OutlineItem, outline, outline_from, outline_rows

Person = AbstractBaseUser | AnonymousUser


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


def participant_progress(enrolment: Enrolment) -> Progress:
    """Return the progress behind an enrolment that a trainer may see."""
    [course] = in_language_of_reader([enrolment.course])
    done = set(enrolment.completions.values_list("item", flat=True))
    return Progress(course, outline(course, enrolment.course), done, enrolment)
