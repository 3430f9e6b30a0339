"""How many SQL statements a page costs: exactly so many, however big the course or cohort.

Everything counts: the session, the person, for staff their permissions, the frame. The pages are
asked for as in a process that has been running for a while, so that the footer is known.
"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learning.services import enrol, start_quiz, submit_quiz
from sandbox.domain.deadlines import LimitedStep
from tests.factories import NOW, UserFactory, a_cohort, a_course, a_quiz
from tests.learning.conftest import (
    a_failed_run,
    address,
    answer_all,
    browser_of,
    in_english,
    lessons_of,
    read_lessons,
)

SIGNED_IN = 2  # the session; the person with their learner record


def statements(ask: Callable[[], HttpResponse]) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert ask().status_code in (200, 302)
    found = [query["sql"] for query in queries.captured_queries]
    return [sql for sql in found if "SAVEPOINT" not in sql]


def cost(browser: Client, url: str) -> int:
    """Count what a page costs in all, once the process is warm."""
    browser.get(url)
    return len(statements(lambda: browser.get(url)))


@pytest.fixture(params=[1, 10], ids=["small", "ten times as big"])
def size(request):
    return request.param


@pytest.fixture
def course(home, practice_room, size):
    quiz = a_quiz(questions=4 * size, draw=2 * size)
    return a_course(modules=2, lessons=2 * size, quiz=quiz, scenario=practice_room)


@pytest.fixture
def attempt(enrolment):
    read_lessons(enrolment)
    attempt = start_quiz(enrolment=enrolment, quiz=enrolment.course.quiz, now=NOW)
    answer_all(attempt)
    return attempt


@pytest.fixture
def cohort(course, size, in_group):
    cohort = a_cohort(course, in_group("trainer"))
    for _person in range(3 * size):
        read_lessons(enrol(user=UserFactory(), course=course, now=NOW, cohort=cohort), 2)
    return cohort


@pytest.fixture
def trainer(cohort):
    return browser_of(cohort.trainers.get())


def test_the_home_costs_five(rini, attempt):
    assert cost(rini, "/beranda-saya/") == 5


def test_further_courses_cost_the_home_nothing(rini, learner, attempt, size):
    for _course in range(size):
        enrol(user=learner, course=a_course(modules=1, lessons=1), now=NOW)

    assert cost(rini, "/beranda-saya/") == 5


def test_a_course_costs_five(rini, attempt, course):
    assert cost(rini, f"/kursus/{course.slug}/") == 5


def test_a_lesson_costs_five(rini, attempt, course):
    assert cost(rini, address(lessons_of(course)[0])) == 5


def test_a_lesson_does_not_walk_the_tree(rini, attempt, course):
    url = address(lessons_of(course)[-1])
    rini.get(url)

    found = statements(lambda: rini.get(url))

    from_pages = [sql for sql in found if ' FROM "wagtailcore_page"' in sql]
    assert len(from_pages) == 1
    assert sum("wagtailcore_page" in sql for sql in found) == 3  # lesson, enrolment, steps


def test_a_rule_box_costs_two_more(rini, attempt, course):
    lesson = lessons_of(course)[0]
    lesson.body = [("time_limits", [str(step) for step in LimitedStep])]
    lesson.save()

    assert cost(rini, address(lesson)) == 5 + 2


def test_marking_a_lesson_as_read(rini, enrolment, course):
    url = address(lessons_of(course)[0], "selesai/")

    assert len(statements(lambda: rini.post(url))) == SIGNED_IN + 10


def test_english_costs_one_look_for_the_translation(rini, attempt, course):
    for page in lessons_of(course)[:2]:
        in_english(page)
    home, front, lesson = (
        cost(rini, f"/en{url}")
        for url in (
            "/beranda-saya/",
            f"/kursus/{course.slug}/",
            address(lessons_of(course)[0]),
        )
    )

    assert (home, front, lesson) == (6, 5, 5)


def test_the_quiz_from_start_to_result(rini, attempt, course):
    pages = [
        f"/kursus/{course.slug}/kuis/",
        f"/kuis/{attempt.pk}/1/",
        f"/kuis/{attempt.pk}/2/",
        f"/kuis/{attempt.pk}/periksa/",
    ]
    assert [cost(rini, page) for page in pages] == [6, 5, 5, 5]
    choice = attempt.answers.get(position=1).question.choices.first()

    saved = statements(lambda: rini.post(f"/kuis/{attempt.pk}/1/", {"choice": choice.pk}))
    submitted = statements(lambda: rini.post(f"/kuis/{attempt.pk}/periksa/"))

    assert (len(saved), len(submitted)) == (SIGNED_IN + 4, SIGNED_IN + 16)
    assert cost(rini, f"/kuis/{attempt.pk}/hasil/") == 5


def test_a_strangers_course_page_costs_four(course):
    found = statements(lambda: Client().get(f"/kursus/{course.slug}/"))

    assert len(found) == 4  # age of the page cache, course, steps, footer


def test_the_list_of_cohorts_costs_four(trainer, cohort, course, size):
    for number in range(size):
        a_cohort(course, cohort.trainers.get(), name=f"Angkatan lain {number}")

    assert cost(trainer, "/pelatih/") == 4


def test_a_cohort_costs_eight(trainer, cohort):
    assert cost(trainer, f"/pelatih/{cohort.pk}/") == 8


def test_a_participants_pages(trainer, cohort, practice_room):
    enrolment = cohort.enrolments.last()
    run = a_failed_run(enrolment.user, practice_room)
    attempt = start_quiz(enrolment=enrolment, quiz=cohort.course.quiz, now=NOW)
    submit_quiz(attempt=attempt, now=NOW)
    page = f"/pelatih/{cohort.pk}/{enrolment.pk}/"

    assert cost(trainer, page) == 10 + 2  # exams with their attempts; what was granted
    assert cost(trainer, f"{page}latihan/{run.pk}/") == 8


def test_the_first_page_of_a_process_reads_the_footer_once_more(rini, attempt):
    first, second = (len(statements(lambda: rini.get("/beranda-saya/"))) for _time in range(2))

    assert (first, second) == (6, 5)


def test_the_programme_costs_four(cohort, in_group, course, size):
    for number in range(size):
        a_cohort(course, name=f"Angkatan lain {number}")

    assert cost(browser_of(in_group("programme_manager")), "/program/") == 4
