"""A practice room, a course that uses it, people of each kind, and the words of the interface."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Locale, Page, Site

from config.groups import load_groups
from config.management.commands.load_demo import play
from content.models import HomePage
from content.selectors import reference_library, site_library
from content.services import load_references, load_site
from learning.models import (
    Choice,
    CoursePage,
    Enrolment,
    LessonPage,
    ModulePage,
    QuizAttempt,
)
from learning.selectors import answers_of, course_library
from learning.services import complete_lesson, enrol, load_course, save_answer
from sandbox.models import Run, Scenario
from sandbox.selectors import office_time
from sandbox.services import advance_clock, finish_run, start_run
from tests.factories import NOW, UserFactory, a_course, a_quiz
from tests.practice_room import furnish

K0 = site_settings.BASE_DIR / "learning" / "course_library" / "k0"


@pytest.fixture
def practice_room(db: None) -> Scenario:
    """Holidays, rule pack, regions, case families and exercises as they ship; returns L1."""
    furnish()
    return Scenario.objects.get(code="l1")


@pytest.fixture
def home(db: None) -> HomePage:
    """The site's front page, above the courses as on a real site."""
    texts = (
        "lead",
        "not_channel",
        "officer_title",
        "officer_text",
        "citizen_title",
        "citizen_text",
    )
    page = HomePage(title="Beranda", slug="beranda", **dict.fromkeys(texts, "Teks."))
    Page.objects.get(depth=1).add_child(instance=page)
    Site.objects.update(root_page=page)
    Site.clear_site_root_paths_cache()
    return page


@pytest.fixture
def course(home: HomePage, practice_room: Scenario) -> CoursePage:
    """Two modules of two lessons, then a quiz and the exercise."""
    return a_course(quiz=a_quiz(), scenario=practice_room)


@pytest.fixture
def learner(db: None) -> User:
    return UserFactory()


@pytest.fixture
def enrolment(learner: User, course: CoursePage) -> Enrolment:
    return enrol(user=learner, course=course, now=NOW)


@pytest.fixture
def rini(client: Client, learner: User) -> Client:
    """The browser of the learner."""
    client.force_login(learner)
    return client


@pytest.fixture
def in_group(course: CoursePage) -> Callable[..., User]:
    """Make a person of one of the groups, which know the course."""
    load_groups()

    def make(name: str, **fields: Any) -> User:
        user = UserFactory(**fields)
        user.groups.add(Group.objects.get(name=name))
        return user

    return make


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker: Any) -> Iterator[CoursePage]:
    """The site as it ships: public pages, practice room, course K0; loaded once for a file."""
    with django_db_blocker.unblock(), translation.override("id"), transaction.atomic():
        load_references(library=reference_library())
        load_site(library=site_library())
        furnish()
        yield load_course(library=course_library(K0))
        transaction.set_rollback(True)


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(msgid: str, language: str = "id", **gaps: Any) -> str:
    """Return what the interface says for an English string of the code."""
    with translation.override(language):
        return gettext(msgid) % gaps if gaps else gettext(msgid)


def text_of(response: HttpResponse) -> str:
    """Return what a page says: no tags, no line breaks."""
    main = response.text.partition('class="page">')[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def lessons_of(course: CoursePage) -> list[LessonPage]:
    return list(LessonPage.objects.filter(course=course, scenario=None).order_by("path"))


def read_lessons(enrolment: Enrolment, number: int | None = None) -> None:
    for lesson in lessons_of(enrolment.course)[:number]:
        complete_lesson(enrolment=enrolment, lesson=lesson, now=NOW)


def answer_all(attempt: QuizAttempt, *, right: bool = True) -> None:
    for answer in answers_of(attempt):
        choice = next(c for c in answer.question.choices.all() if c.is_correct is right)
        save_answer(answer=answer, choice=choice)


def wrong_choice(attempt: QuizAttempt, position: int) -> Choice:
    question = attempt.answers.get(position=position).question
    return question.choices.filter(is_correct=False).first()


def a_passed_run(learner: User, scenario: Scenario) -> Run:
    """Let the robot that reads the key play an exercise to its end."""
    run = start_run(learner=learner, scenario=scenario, now=NOW)
    play(run, NOW)
    opening = office_time(run).next_opening(run.clock)
    run = advance_clock(run=run, seen=run.clock, to=opening, now=NOW)
    play(run, NOW)
    return finish_run(run=run, now=NOW)


def a_failed_run(learner: User, scenario: Scenario) -> Run:
    return finish_run(run=start_run(learner=learner, scenario=scenario, now=NOW), now=NOW)


def in_english(page: Page) -> Any:
    """Translate a page of the course, after those above it."""
    english = Locale.objects.get(language_code="en")
    parent = page.get_parent()
    if page.depth > 1 and not parent.has_translation(english) and parent.depth > 1:
        in_english(parent.specific)
    if found := page.get_translation_or_none(english):
        return found.specific
    copy = page.specific.copy_for_translation(english)
    copy.title = f"{page.title} (English)"
    copy.save_revision().publish()
    return type(page.specific).objects.get(pk=copy.pk)


def address(lesson: LessonPage, end: str = "") -> str:
    """Return where learners find a lesson."""
    names = [page.slug for page in lesson.get_ancestors(inclusive=True).type(PAGES)]
    return f"/kursus/{'/'.join(names)}/{end}"


PAGES = (CoursePage, ModulePage, LessonPage)
