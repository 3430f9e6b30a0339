"""Two sizes of the same site: what ships, more courses, and a crowd with a fixed seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation
from wagtail.models import Page

from config.groups import load_groups
from content.models import CampaignPage
from learning.domain.completion import CourseStep, Kind
from learning.models import Choice, CoursePage, Quiz
from learning.selectors import course_library, outline
from learning.services import load_course
from sandbox.models import Scenario
from tests.factories import a_course, a_quiz

from .crowd import (
    Person,
    add_attempts,
    add_certificates,
    add_people,
    enrol_people,
    read_lessons,
)
from .practice import add_runs

MODULES, LESSONS = 3, 7  # of each course beside the shipped one


@dataclass(frozen=True)
class Size:
    """How many of everything. People who are in no named group only fill the tables."""

    name: str
    people: int
    courses: int
    enrolments: int  # per person
    keepers: int  # who have a run
    cases: int  # per run
    veterans: int
    old_attempts: int  # of each veteran
    candidates: int
    newcomers: int
    other_attempts: int  # of each keeper, and of those in no group


SMALL = Size("small", 30, 2, 1, 6, 12, 4, 10, 4, 10, 0)
SIZE_S = Size("s", 1000, 10, 5, 84, 120, 20, 100, 160, 500, 25)


@dataclass(frozen=True)
class Cast:
    """Who plays in the workloads, and where."""

    keepers: Sequence[Person]  # halfway through the course, with a run
    veterans: Sequence[Person]  # all lessons read, many attempts
    candidates: Sequence[Person]  # all lessons read, no attempt
    newcomers: Sequence[Person]  # enrolled, nothing done
    course: CoursePage
    lessons: Sequence[str]  # addresses of the first module's lessons
    campaign: str
    right_answers: frozenset[int]
    pdf_bytes: int


def load_what_ships() -> None:
    unread = StringIO()
    with transaction.atomic():
        call_command("load_site", verbosity=0, stdout=unread)
        call_command("load_practice_room", verbosity=0, stdout=unread)
        load_course(library=course_library(settings.BASE_DIR / "learning/course_library/k0"))
        load_groups()


def grow(size: Size) -> Cast:
    """Add a crowd of `size`, and the courses still missing."""
    with transaction.atomic(), translation.override("id"):
        courses = add_courses(size.courses)
        people = add_people(size.name, size.people)
        enrol_people(people, courses, size.enrolments)
        cast = cast_of(people, courses[0], size)
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")
    return cast


def add_courses(number: int) -> list[CoursePage]:
    """Return the shipped course and, made where missing, others of equal shape."""
    made = CoursePage.objects.filter(locale__language_code="id").count()
    for place in range(made, number):
        quiz = a_quiz(f"b{place}")
        Quiz.objects.filter(pk=quiz.pk).update(key=uuid5(NAMESPACE_URL, quiz.code))
        a_course(modules=MODULES, lessons=LESSONS, quiz=quiz)
    courses = CoursePage.objects.filter(locale__language_code="id").select_related("quiz")
    return list(courses.order_by("pk")[:number])


def cast_of(people: Sequence[Person], course: CoursePage, size: Size) -> Cast:
    """Hand out the parts, and give everyone the past that goes with theirs."""
    scenario = Scenario.objects.select_related("rules").get(code="l1")
    quiz = Quiz.objects.get(pk=course.quiz_id)
    queue = iter(people)
    keepers, veterans, candidates, newcomers = (
        list(islice(queue, number))
        for number in (size.keepers, size.veterans, size.candidates, size.newcomers)
    )
    read_lessons(keepers, course, 1)
    read_lessons([*veterans, *candidates], course, len(outline(course).modules))
    add_runs(keepers, scenario, size.cases)
    add_attempts(veterans, quiz, size.old_attempts)
    add_attempts([*keepers, *queue], quiz, size.other_attempts)
    return Cast(
        keepers,
        veterans,
        candidates,
        newcomers,
        course,
        [item.url for item in outline(course).items if is_first_lesson(item.step)],
        Page.objects.type(CampaignPage).filter(locale__language_code="id")[0].get_url(),
        frozenset(Choice.objects.filter(is_correct=True).values_list("pk", flat=True)),
        add_certificates(people, course),
    )


def is_first_lesson(step: CourseStep) -> bool:
    return step.kind is Kind.LESSON and step.module == 1
