"""The learner's home, the course page and the account: one next step, and the right one."""

import re

import pytest
from django.test import Client

from learning.models import CourseIndexPage, Enrolment, Learner
from learning.services import enrol, start_quiz, submit_quiz
from tests.factories import NOW, UserFactory, a_cohort, a_course
from tests.learning.conftest import (
    a_passed_run,
    address,
    answer_all,
    browser_of,
    in_english,
    lessons_of,
    read_lessons,
    text_of,
    words,
)

HOME = "/beranda-saya/"


def next_steps(response) -> list[tuple[str, str]]:
    """Return the heading and the link of each “next step” on a page."""
    parts = re.findall(r'<section class="next-step".*?</section>', response.text, re.S)
    return [
        (re.search(r"<h2[^>]*>(.*?)</h2>", part)[1], re.search(r'href="([^"]+)"', part)[1])
        for part in parts
    ]


def pass_quiz(enrolment: Enrolment) -> None:
    attempt = start_quiz(enrolment=enrolment, quiz=enrolment.course.quiz, now=NOW)
    answer_all(attempt)
    submit_quiz(attempt=attempt, now=NOW)


def test_whoever_is_not_enrolled_is_shown_the_courses(rini, course):
    response = rini.get(HOME)

    assert next_steps(response) == []
    assert words("You are not enrolled in a course yet") in text_of(response)
    assert 'href="/kursus/"' in response.text.partition("<main")[2]


def test_the_first_step_is_the_first_lesson(rini, enrolment, course):
    lesson = lessons_of(course)[0]
    response = rini.get(HOME)

    assert next_steps(response) == [(lesson.title, address(lesson))]
    assert words("Start here") in text_of(response)
    assert words("%(done)s of %(total)s steps", done=0, total=6) in text_of(response)


@pytest.mark.parametrize("read", [1, 2, 3])
def test_in_the_middle_the_next_step_is_the_first_lesson_not_read(rini, enrolment, course, read):
    read_lessons(enrolment, read)
    lesson = lessons_of(course)[read]

    assert next_steps(rini.get(HOME)) == [(lesson.title, address(lesson))]


def test_after_the_lessons_comes_the_quiz_and_then_the_exercise(rini, enrolment, course):
    read_lessons(enrolment)
    assert next_steps(rini.get(HOME)) == [("Kuis", f"/kursus/{course.slug}/kuis/")]

    pass_quiz(enrolment)
    assert next_steps(rini.get(HOME)) == [("Latihan", f"/kursus/{course.slug}/latihan/")]


def test_when_all_is_done_the_next_step_is_the_certificate(rini, enrolment, practice_room):
    read_lessons(enrolment)
    pass_quiz(enrolment)
    a_passed_run(enrolment.user, practice_room)

    response = rini.get(HOME)

    assert next_steps(response) == [(words("Your certificate"), "/sertifikat/")]
    assert words("Completed") in text_of(response)


def test_a_course_that_is_not_finished_comes_before_one_that_is(rini, learner, db):
    done = enrol(user=learner, course=a_course(modules=1, lessons=1), now=NOW)
    read_lessons(done)
    open_course = a_course()
    enrol(user=learner, course=open_course, now=NOW)

    response = rini.get(HOME)

    lesson = lessons_of(open_course)[0]
    assert next_steps(response) == [(lesson.title, address(lesson))]
    assert response.text.count('class="row__link"') == 2


def test_the_cohort_is_named(rini, learner, course):
    enrol(user=learner, course=course, now=NOW, cohort=a_cohort(course, name="Angkatan Mawar"))

    assert "Angkatan Mawar" in text_of(rini.get(HOME))


def test_a_trainer_who_takes_no_course_finds_the_cohorts_and_no_advice(in_group):
    response = browser_of(in_group("trainer")).get(HOME)

    assert next_steps(response) == []
    assert words("You are not enrolled in a course yet") not in text_of(response)
    main = response.text.partition("<main")[2]
    assert 'href="/pelatih/"' in main
    assert 'href="/kelola/"' in main
    assert 'href="/program/"' not in main


def test_a_programme_manager_finds_the_figures(in_group):
    main = browser_of(in_group("programme_manager")).get(HOME).text.partition("<main")[2]

    assert 'href="/program/"' in main
    assert 'href="/pelatih/"' not in main
    assert 'href="/kelola/"' not in main


def test_other_peoples_progress_is_not_shown(rini, course):
    stranger = enrol(user=UserFactory(), course=course, now=NOW)
    read_lessons(stranger)

    assert course.title not in text_of(rini.get(HOME))
    assert not Enrolment.objects.filter(user__in=[rini.session["_auth_user_id"]]).exists()


def test_a_stranger_reads_what_a_course_holds_and_how_to_come_in(course):
    response = Client().get(f"/kursus/{course.slug}/")

    text = text_of(response)
    assert response.status_code == 200
    assert all(lesson.title in text for lesson in lessons_of(course))
    assert words("Take this course") in text
    assert f'href="/masuk/?next=/kursus/{course.slug}/"' in response.text
    for absent in ('aria-current="step"', "outline__lock", "outline__item--now", "<form"):
        assert absent not in response.text.partition("<main")[2]
    assert address(lessons_of(course)[0]) not in response.text


def test_a_stranger_finds_the_course_in_the_catalogue(course):
    response = Client().get("/kursus/")

    assert f'href="/kursus/{course.slug}/"' in response.text
    assert course.summary in text_of(response)


def test_the_enrolled_see_what_is_done_what_is_next_and_why_the_rest_is_locked(
    rini, enrolment, course
):
    read_lessons(enrolment, 1)
    first, second, third, *_others = lessons_of(course)

    response = rini.get(f"/kursus/{course.slug}/")

    items = re.findall(r'<li class="outline__item ([^"]*)">', response.text)
    assert items == ["outline__item--now", "outline__item--locked", "outline__item--locked"]
    current = re.search(r'<li aria-current="step">\s*<a href="([^"]+)"', response.text)
    assert current[1] == address(second)
    assert f'href="{address(first)}"' in response.text
    assert address(third) not in response.text
    text = text_of(response)
    for number in (1, 2):
        assert words("Not open yet – finish module %(n)s first", n=number) in text
    assert words("%(done)s of %(total)s steps done", done=1, total=6) in text
    assert words("Go on: %(title)s", title=second.title) in text
    assert words("Take this course") not in text


def test_a_finished_module_is_marked_and_the_next_one_opens(rini, enrolment, course):
    read_lessons(enrolment, 2)

    page = rini.get(f"/kursus/{course.slug}/").text

    items = re.findall(r'<li class="outline__item ([^"]*)">', page)
    assert items == ["outline__item--done", "outline__item--now", "outline__item--locked"]


def test_a_signed_in_reader_enrols_with_one_button(rini, learner, course):
    page = rini.get(f"/kursus/{course.slug}/").text
    assert f'action="/kursus/{course.slug}/daftar/"' in page

    response = rini.post(f"/kursus/{course.slug}/daftar/", follow=True)

    enrolment = Enrolment.objects.get()
    assert (enrolment.user, enrolment.course) == (learner, course)
    assert response.redirect_chain == [(f"/kursus/{course.slug}/", 302)]
    assert words("Start the course") in text_of(response)


def test_enrolling_in_english_enrols_in_the_same_course(rini, course):
    in_english(course)

    rini.post(f"/en/kursus/{course.slug}/daftar/")
    rini.post(f"/kursus/{course.slug}/daftar/")

    assert Enrolment.objects.get().course == course


def test_enrolling_wants_the_button_and_a_person(rini, course):
    assert rini.get(f"/kursus/{course.slug}/daftar/").status_code == 405
    assert Client().post(f"/kursus/{course.slug}/daftar/").url.startswith("/masuk/")
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("slug", ["tidak-ada", "konsep"])
def test_a_course_that_is_not_published_does_not_exist(rini, course, slug):
    draft = a_course()
    draft.slug = "konsep"
    draft.save()
    draft.unpublish()

    assert rini.get(f"/kursus/{slug}/").status_code == 404
    assert rini.post(f"/kursus/{slug}/daftar/").status_code == 404
    assert not Enrolment.objects.exists()


def test_an_empty_catalogue_says_so(rini, home):
    home.add_child(instance=CourseIndexPage(title="Kursus", slug="kursus"))

    assert words("No courses have been published yet.") in text_of(rini.get("/kursus/"))


def test_the_account_page_keeps_what_was_typed(rini, learner):
    data = {"agency": "Dinas Kominfo", "position": "Staf", "time_zone": "Asia/Makassar"}

    response = rini.post("/akun/", data, follow=True)

    kept = Learner.objects.values(*data).get(user=learner)
    assert kept == data
    assert words("Saved.") in text_of(response)
    assert re.search(r'value="Asia/Makassar"[^>]*checked', response.text)


def test_a_time_zone_that_is_not_on_the_list_is_refused(rini, learner):
    data = {"agency": "Dinas", "position": "Staf", "time_zone": "Europe/Paris"}

    response = rini.post("/akun/", data)

    assert response.status_code == 422
    assert response.context["form"].has_error("time_zone")
    assert 'value="Dinas"' in response.text
    assert "govuk-error-summary" in response.text
    assert not Learner.objects.exists()


def test_an_empty_account_form_is_refused(rini):
    assert rini.post("/akun/", {}).status_code == 422
    assert not Learner.objects.exists()


def test_times_are_shown_in_the_zone_of_the_learner(rini, enrolment, course):
    read_lessons(enrolment)
    pass_quiz(enrolment)
    shown = []
    for zone in ("Asia/Jakarta", "Asia/Jayapura"):
        rini.post("/akun/", {"time_zone": zone})
        page = text_of(rini.get(f"/kursus/{course.slug}/kuis/"))
        shown.append(re.search(r"\d{2}\.\d{2}", page)[0])

    assert shown == ["09.00", "11.00"]
