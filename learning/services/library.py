"""Bring a course that ships as files into the site, without touching what editors made of it."""

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from django.db import transaction
from wagtail.models import Site

from content.selectors import LibraryPage
from content.services import load_page, stream_value
from sandbox.models import Scenario

from ..models import Choice, CourseIndexPage, CoursePage, LessonPage, ModulePage, Question, Quiz
from ..selectors import CourseLibrary

Table = Mapping[str, Any]


@transaction.atomic
def load_course(*, library: CourseLibrary) -> CoursePage:
    """Create what is missing of a course, in both languages, and return its Indonesian page."""
    home = Site.objects.get(is_default_site=True).root_page
    catalogue = load_page(home, library.catalogue, CourseIndexPage, _texts)
    quiz = load_quiz(table=library.quiz)
    course = load_page(catalogue, library.course, CoursePage, _course_fields(quiz))
    for module, lessons in library.modules:
        page = load_page(course, module, ModulePage, _module_fields)
        for lesson in lessons:
            load_page(page, lesson, LessonPage, _lesson_fields)
    for lesson in library.exercises:
        load_page(course, lesson, LessonPage, _lesson_fields)
    stored: CoursePage = CoursePage.objects.get(pk=course.pk)
    return stored


@transaction.atomic
def load_quiz(*, table: Table) -> Quiz:
    """Create a quiz and its bank, unless a quiz of that code is there already."""
    if stored := Quiz.objects.filter(code=table["code"].lower()).first():
        return stored
    quiz = Quiz.objects.create(
        code=table["code"].lower(),
        title=table["id"]["title"],
        title_en=table["en"]["title"],
        intro=table["id"]["intro"],
        intro_en=table["en"]["intro"],
        draw=table["draw"],
        pass_percent=table["pass_percent"],
        minutes=table["minutes"],
        key=uuid5(NAMESPACE_URL, f"ruang-latih:quiz/{table['code']}"),
    )
    for entry in table["question"]:
        _create_question(quiz, entry)
    return quiz


def _create_question(quiz: Quiz, entry: Table) -> None:
    question = Question.objects.create(
        quiz=quiz,
        code=entry["code"],
        objective=entry["objective"],
        text=entry["id"]["text"],
        text_en=entry["en"]["text"],
        source=entry["source"],
    )
    for order, choice in enumerate(entry["choice"], start=1):
        Choice.objects.create(
            question=question,
            order=order,
            text=choice["id"]["text"],
            text_en=choice["en"]["text"],
            why=choice["id"]["why"],
            why_en=choice["en"]["why"],
            is_correct=choice["correct"],
        )


def _texts(entry: LibraryPage, texts: Table) -> dict[str, Any]:
    return dict(texts)


def _course_fields(quiz: Quiz) -> Any:
    def fields(entry: LibraryPage, texts: Table) -> dict[str, Any]:
        objectives = [
            {"type": "item", "id": str(uuid4()), "value": line} for line in texts["objectives"]
        ]
        return {
            "title": texts["title"],
            "summary": texts["summary"],
            "audience": texts["audience"],
            "objectives": objectives,
            "code": entry.shared["code"],
            "minutes": entry.shared["minutes"],
            "quiz": quiz,
        }

    return fields


def _module_fields(entry: LibraryPage, texts: Table) -> dict[str, Any]:
    return {**texts, "code": entry.shared["code"], "minutes": entry.shared["minutes"]}


def _lesson_fields(entry: LibraryPage, texts: Table) -> dict[str, Any]:
    sources = [
        {"type": "source", "id": str(uuid4()), "value": row | {"read_on": str(row["read_on"])}}
        for row in entry.shared.get("source", [])
    ]
    scenario = entry.shared.get("scenario")
    return {
        "title": texts["title"],
        "objective": texts["objective"],
        "body": stream_value(texts["body"], where=entry.file),
        "sources": sources,
        "minutes": entry.shared["minutes"],
        "reviewed_on": entry.shared["reviewed_on"],
        "scenario": Scenario.objects.get(code=scenario) if scenario else None,
    }
