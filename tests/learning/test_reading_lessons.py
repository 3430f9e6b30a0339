"""Lessons in the browser: for the enrolled, in order, in Indonesian where English is missing."""

import re

import pytest
from django.test import Client

from learning.models import Completion, Enrolment, LessonPage, ModulePage
from learning.services import enrol
from tests.factories import NOW, add_lesson
from tests.learning.conftest import (
    address,
    browser_of,
    in_english,
    lessons_of,
    read_lessons,
    text_of,
    words,
)

NOT_OPEN = "This step is not open yet. Go on with the one marked “next”."


@pytest.fixture
def lessons(course):
    return lessons_of(course)


def test_a_stranger_is_asked_to_sign_in_and_comes_back_to_the_lesson(lessons):
    response = Client().get(address(lessons[0]))

    assert response.status_code == 302
    assert response.url == f"/masuk/?next={address(lessons[0])}"


def test_whoever_is_not_enrolled_is_led_to_the_course_with_a_word(rini, course, lessons):
    response = rini.get(address(lessons[0]), follow=True)

    assert response.redirect_chain == [(f"/kursus/{course.slug}/", 302)]
    assert words("Enrol in the course to read its lessons.") in text_of(response)
    assert "Isi pelajaran." not in response.text


def test_a_locked_lesson_leads_to_the_course_with_a_word(rini, enrolment, course, lessons):
    response = rini.get(address(lessons[2]), follow=True)

    assert response.redirect_chain == [(f"/kursus/{course.slug}/", 302)]
    assert words(NOT_OPEN) in text_of(response)
    assert "Isi pelajaran." not in response.text


def test_a_locked_lesson_cannot_be_marked_as_read(rini, enrolment, course, lessons):
    response = rini.post(address(lessons[2], "selesai/"), follow=True)

    assert response.redirect_chain == [(f"/kursus/{course.slug}/", 302)]
    assert words(NOT_OPEN) in text_of(response)
    assert not Completion.objects.exists()


def test_whoever_is_not_enrolled_cannot_mark_a_lesson_as_read(rini, course, lessons):
    response = rini.post(address(lessons[0], "selesai/"), follow=True)

    assert words("Enrol in the course to read its lessons.") in text_of(response)
    assert not Completion.objects.exists()


def test_a_lesson_is_marked_by_its_own_button_and_leads_to_the_next(rini, enrolment, lessons):
    page = rini.get(address(lessons[0])).text
    assert "Isi pelajaran." in page
    button = re.search(r'<form class="no-print" method="post" action="([^"]+)"', page)[1]

    response = rini.post(button)

    assert response.url == address(lessons[1])
    assert Completion.objects.get().item == lessons[0].translation_key


def test_the_last_lesson_leads_to_the_quiz(rini, enrolment, course, lessons):
    read_lessons(enrolment, 3)

    response = rini.post(address(lessons[3], "selesai/"))

    assert response.url == f"/kursus/{course.slug}/kuis/"


def test_a_lesson_that_was_read_has_no_button_but_says_so(rini, enrolment, lessons):
    read_lessons(enrolment, 1)

    response = rini.get(address(lessons[0]))

    assert words("Done") in text_of(response)
    assert words("Mark as read and go on") not in text_of(response)


def test_the_neighbours_are_a_step_away(rini, enrolment, lessons):
    read_lessons(enrolment, 2)
    page = rini.get(address(lessons[1])).text

    assert f'<a rel="prev" href="{address(lessons[0])}">' in page
    assert f'<a rel="next" href="{address(lessons[2])}">' in page
    assert 'rel="prev"' not in rini.get(address(lessons[0])).text


def test_the_way_on_opens_when_the_lesson_is_done(rini, enrolment, lessons):
    assert 'rel="next"' not in rini.get(address(lessons[0])).text

    rini.post(address(lessons[0], "selesai/"))

    assert f'<a rel="next" href="{address(lessons[1])}">' in rini.get(address(lessons[0])).text


def test_a_lesson_says_which_step_it_is(rini, enrolment, course, lessons):
    read_lessons(enrolment)
    briefing = LessonPage.objects.get(course=course, scenario__isnull=False)

    for place, lesson in ((1, lessons[0]), (4, lessons[3]), (6, briefing)):
        said = words("Step %(n)s of %(total)s", n=place, total=6)
        assert said in text_of(rini.get(address(lesson)))


@pytest.mark.parametrize("group", ["trainer", "editor"])
def test_whoever_works_on_the_content_reads_lessons_without_enrolling(in_group, lessons, group):
    browser = browser_of(in_group(group))

    for lesson in (lessons[0], lessons[3]):
        response = browser.get(address(lesson))
        assert response.status_code == 200
        assert "Isi pelajaran." in response.text
        for absent in ('rel="next"', "selesai/", words("Mark as read and go on")):
            assert absent not in response.text
    assert not Enrolment.objects.exists()


def test_whoever_works_on_the_content_completes_nothing_by_reading(in_group, course, lessons):
    response = browser_of(in_group("trainer")).post(address(lessons[0], "selesai/"))

    assert response.url == f"/kursus/{course.slug}/"
    assert not Completion.objects.exists()


def test_staff_who_are_enrolled_are_learners_like_all(in_group, course, lessons):
    trainer = in_group("trainer")
    enrol(user=trainer, course=course, now=NOW)
    browser = browser_of(trainer)

    assert words("Mark as read and go on") in text_of(browser.get(address(lessons[0])))
    assert browser.get(address(lessons[2])).url == f"/kursus/{course.slug}/"


@pytest.mark.parametrize("group", ["trainee", "programme_manager"])
def test_others_who_are_not_enrolled_are_led_to_the_course(in_group, course, lessons, group):
    response = browser_of(in_group(group)).get(address(lessons[0]))

    assert response.url == f"/kursus/{course.slug}/"


def test_an_exercise_leads_to_the_practice_room_and_cannot_be_ticked_off(
    rini, enrolment, course, practice_room
):
    read_lessons(enrolment)
    briefing = LessonPage.objects.get(course=course, scenario=practice_room)

    response = rini.get(address(briefing))

    assert 'href="/latihan/l1/' in response.text
    assert words("This step is done when you pass the exercise.") in text_of(response)
    assert "selesai/" not in response.text
    rini.post(address(briefing, "selesai/"))
    assert not Completion.objects.filter(item=briefing.translation_key).exists()


def test_marking_wants_the_button(rini, enrolment, lessons):
    assert rini.get(address(lessons[0], "selesai/")).status_code == 405
    assert not Completion.objects.exists()


def test_lessons_of_two_modules_may_have_the_same_address_end(rini, enrolment, course):
    for module in ModulePage.objects.child_of(course):
        lesson = add_lesson(module, f"Ringkasan {module.title}")
        lesson.slug = "ringkasan"
        lesson.save_revision().publish()
    read_lessons(enrolment)

    for module in ModulePage.objects.child_of(course):
        response = rini.get(f"/kursus/{course.slug}/{module.slug}/ringkasan/")
        assert f"<h1>Ringkasan {module.title}</h1>" in response.text


@pytest.mark.parametrize(
    "path",
    ["tidak-ada/pelajaran-1-1", "modul-2/pelajaran-1-1", "modul-1/tidak-ada", "pelajaran-1-1"],
)
def test_an_address_that_leads_past_the_tree_leads_nowhere(rini, enrolment, course, path):
    assert rini.get(f"/kursus/{course.slug}/{path}/").status_code == 404
    assert rini.post(f"/kursus/{course.slug}/{path}/selesai/").status_code == 404
    assert not Completion.objects.exists()


def test_a_draft_is_not_served(rini, enrolment, lessons):
    lessons[0].unpublish()

    assert rini.get(address(lessons[0])).status_code == 404


def test_a_lesson_keeps_out_of_every_cache(rini, enrolment, lessons):
    assert "no-store" in rini.get(address(lessons[0])).headers["Cache-Control"]


def test_a_lesson_reads_in_english(rini, enrolment, course, lessons):
    in_english(lessons[0])

    response = rini.get(f"/en{address(lessons[0])}")

    assert f"<h1>{lessons[0].title} (English)</h1>" in response.text
    assert "Mark as read and go on" in text_of(response)
    assert '<article class="prose lesson">' in response.text
    assert "has not been translated" not in response.text
    button = re.search(r'<form class="no-print" method="post" action="([^"]+)"', response.text)[1]
    rini.post(button)
    assert Completion.objects.get().item == lessons[0].translation_key


def test_a_lesson_without_english_is_read_in_indonesian_with_a_word(rini, enrolment, lessons):
    in_english(lessons[0])

    response = rini.get(f"/en{address(lessons[1])}")

    assert '<article class="prose lesson" lang="id">' in response.text
    assert "<h1>Pelajaran 1.2</h1>" in response.text
    assert "This lesson has not been translated yet. You are reading it in Indonesian." in (
        text_of(response)
    )
    assert '<html lang="en">' in response.text


def test_a_course_that_is_half_translated_still_has_all_its_steps(rini, enrolment, course, lessons):
    in_english(lessons[0])
    read_lessons(enrolment, 1)

    response = rini.get("/en/beranda-saya/")

    assert "1 of 6 steps" in text_of(response)
    assert f'href="/en{address(lessons[1])}"' in response.text
    assert "Your certificate" not in text_of(response)


def test_the_page_as_the_tree_has_it_asks_the_same_questions(enrolment, course, lessons):
    """Wagtail would serve a lesson at any address that its tree has."""
    course.get_parent().specific.slug = "kursus"
    stranger = Client()
    assert stranger.get(lessons[0].get_url()).url == f"/masuk/?next={address(lessons[0])}"
    assert browser_of(enrolment.user).get(lessons[0].get_url()).status_code == 200
