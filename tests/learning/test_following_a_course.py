"""Enrolling, reading, practising: what is written down, and when a course is complete."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from learning.domain.completion import Kind
from learning.models import Completion, CoursePage, Enrolment, LessonPage
from learning.selectors import progress
from learning.services import (
    complete_lesson,
    describe_learner,
    enrol,
    open_account,
    open_cohort,
    start_quiz,
    submit_quiz,
)
from learning.signals import course_completed
from tests.factories import NOW, PASSPHRASE, UserFactory, a_course, a_quiz
from tests.learning.conftest import (
    a_failed_run,
    a_passed_run,
    answer_all,
    in_english,
    lessons_of,
    read_lessons,
)

LATER = NOW + timedelta(days=1)


@pytest.fixture
def news() -> Iterator[list[tuple[Enrolment, Any, bool]]]:
    """What was told about completed courses, and whether a transaction was open then."""
    told = []

    def note(sender: Any, *, enrolment: Enrolment, now: Any, **kwargs: Any) -> None:
        told.append((enrolment, now, connection.in_atomic_block))

    course_completed.connect(note)
    yield told
    course_completed.disconnect(note)


def test_whoever_enrols_twice_is_enrolled_once(learner, course):
    first = enrol(user=learner, course=course, now=NOW)
    second = enrol(user=learner, course=course, now=LATER)

    assert second == first
    assert Enrolment.objects.get().enrolled_at == NOW


def test_enrolling_twice_keeps_the_cohort(learner, course):
    cohort = open_cohort(name="Angkatan 1", course=course, trainers=[])
    enrol(user=learner, course=course, now=NOW, cohort=cohort)
    enrol(user=learner, course=course, now=LATER)

    assert Enrolment.objects.get().cohort == cohort


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_enrol_once(at_once):
    learner, course = UserFactory(), a_course()

    found = at_once([lambda: enrol(user=learner, course=course, now=NOW)] * 2)

    assert found[0] == found[1]


def test_a_lesson_read_twice_is_completed_once(enrolment, course):
    lesson = lessons_of(course)[0]
    complete_lesson(enrolment=enrolment, lesson=lesson, now=NOW)
    complete_lesson(enrolment=enrolment, lesson=lesson, now=LATER)

    completion = Completion.objects.get()
    assert (completion.item, completion.kind) == (lesson.translation_key, Kind.LESSON)
    assert completion.completed_at == NOW


def test_an_exercise_is_not_completed_by_reading_its_briefing(enrolment, course, practice_room):
    briefing = LessonPage.objects.get(scenario=practice_room)

    complete_lesson(enrolment=enrolment, lesson=briefing, now=NOW)

    assert not Completion.objects.exists()


def test_a_failed_run_completes_nothing(enrolment, practice_room):
    run = a_failed_run(enrolment.user, practice_room)

    assert not run.is_passed
    assert not Completion.objects.exists()


def test_a_passed_run_completes_its_step_in_every_course_of_the_learner(
    enrolment, learner, practice_room
):
    other = enrol(user=learner, course=a_course(scenario=practice_room), now=NOW)
    stranger = enrol(user=UserFactory(), course=other.course, now=NOW)

    run = a_passed_run(learner, practice_room)

    for mine in (enrolment, other):
        done = mine.completions.get()
        briefing = LessonPage.objects.get(course=mine.course, scenario=practice_room)
        assert (done.item, done.kind) == (briefing.translation_key, Kind.EXERCISE)
        assert done.percent == run.score["percent"]
        assert done.completed_at == NOW
    assert not stranger.completions.exists()


def test_a_second_passed_run_changes_nothing(enrolment, practice_room):
    a_passed_run(enrolment.user, practice_room)
    before = Completion.objects.values().get()
    a_passed_run(enrolment.user, practice_room)

    assert Completion.objects.values().get() == before


def test_a_run_of_an_exercise_outside_the_course_completes_nothing(learner, practice_room):
    enrolment = enrol(user=learner, course=a_course(), now=NOW)
    a_passed_run(learner, practice_room)

    assert not enrolment.completions.exists()


def test_the_last_step_completes_the_course_and_tells_it_once(news, enrolment, practice_room):
    read_lessons(enrolment)
    attempt = start_quiz(enrolment=enrolment, quiz=enrolment.course.quiz, now=NOW)
    answer_all(attempt)
    submit_quiz(attempt=attempt, now=NOW)
    assert news == []

    a_passed_run(enrolment.user, practice_room)
    enrolment.refresh_from_db()

    assert enrolment.completed_at == NOW
    assert news == [(enrolment, NOW, True)]

    for lesson in lessons_of(enrolment.course):
        complete_lesson(enrolment=enrolment, lesson=lesson, now=LATER)
    a_passed_run(enrolment.user, practice_room)
    enrolment.refresh_from_db()

    assert enrolment.completed_at == NOW
    assert len(news) == 1


def test_a_passed_quiz_as_the_last_step_completes_the_course(news, learner, db):
    enrolment = enrol(user=learner, course=a_course(quiz=a_quiz()), now=NOW)
    read_lessons(enrolment)
    attempt = start_quiz(enrolment=enrolment, quiz=enrolment.course.quiz, now=NOW)
    answer_all(attempt)

    submit_quiz(attempt=attempt, now=LATER)
    submit_quiz(attempt=attempt, now=LATER)

    assert [(told.pk, now) for told, now, _atomic in news] == [(enrolment.pk, LATER)]


@pytest.mark.django_db(transaction=True)
def test_a_completion_that_cannot_be_told_did_not_happen():
    def refuse(sender: Any, **kwargs: Any) -> None:
        raise LookupError("no certificate could be made")

    enrolment = enrol(user=UserFactory(), course=a_course(modules=1, lessons=1), now=NOW)
    course_completed.connect(refuse)
    try:
        with pytest.raises(LookupError):
            read_lessons(enrolment)
    finally:
        course_completed.disconnect(refuse)

    enrolment.refresh_from_db()
    assert enrolment.completed_at is None
    assert not Completion.objects.exists()


def test_progress_is_the_same_in_both_languages(enrolment, learner, course, practice_room):
    lesson, *_others = lessons_of(course)
    for page in (*lessons_of(course), LessonPage.objects.get(scenario=practice_room)):
        in_english(page)
    english = in_english(course)
    translated = LessonPage.objects.get(
        translation_key=lesson.translation_key, locale__language_code="en"
    )

    complete_lesson(enrolment=enrolment, lesson=translated, now=NOW)

    with translation.override("en"):
        read_in_english = progress(learner, english)
    read_in_indonesian = progress(learner, CoursePage.objects.get(pk=course.pk))
    assert read_in_english.enrolment == read_in_indonesian.enrolment == enrolment
    assert read_in_english.statuses == read_in_indonesian.statuses
    assert read_in_english.done == {lesson.translation_key}
    assert read_in_english.next_item.title == f"{lessons_of(course)[1].title} (English)"
    assert read_in_indonesian.next_item.title == lessons_of(course)[1].title


def test_a_course_read_in_english_throughout_is_completed(news, learner, db):
    course = a_course(modules=1, lessons=2)
    enrolment = enrol(user=learner, course=course, now=NOW)
    with translation.override("en"):
        for lesson in lessons_of(course):
            complete_lesson(enrolment=enrolment, lesson=in_english(lesson), now=NOW)

    enrolment.refresh_from_db()
    assert enrolment.completed_at == NOW
    assert len(news) == 1


def test_unpublished_lessons_are_neither_asked_for_nor_missed(enrolment, course, learner):
    first, second, *_others = lessons_of(course)
    first.unpublish()

    found = progress(learner, course)

    assert found.total == 5
    assert found.next_item.title == second.title


def test_modules_come_in_the_order_of_the_tree(learner, enrolment, course):
    last = course.get_children().last()
    first = course.get_children().first()
    last.move(first, pos="left")

    titles = [module.title for module in progress(learner, course).outline.modules]

    assert titles == ["Modul 1", "Modul 2", ""]


def test_an_account_that_exists_keeps_its_name_and_passphrase(db):
    known = UserFactory(email="ada@contoh.test", first_name="Ada")

    found = open_account(
        email="ADA@contoh.test", full_name="Orang Lain", passphrase="lain sekali", group=None
    )

    assert found == known
    found.refresh_from_db()
    assert found.first_name == "Ada"
    assert found.check_password(PASSPHRASE)


def test_what_is_known_about_a_person_is_one_row(learner):
    facts = {"agency": "Dinas Kominfo", "position": "Staf", "time_zone": "Asia/Jayapura"}
    describe_learner(user=learner, agency="", position="", time_zone="Asia/Jakarta")
    describe_learner(user=learner, **facts)

    learner.refresh_from_db()
    kept = {name: getattr(learner.learner, name) for name in facts}
    assert kept == facts
