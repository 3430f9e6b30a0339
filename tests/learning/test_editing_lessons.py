"""An editor changes a lesson in the CMS; doors to answers and rules stay shut."""

import re
from datetime import date

import pytest
from django.urls import NoReverseMatch, reverse
from wagtail.models import Locale, Page
from wagtail.search.index import get_indexed_models
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from certificates.services import issue_certificate
from learning.models import Choice, LessonPage, ModulePage, Question
from learning.services import enrol
from sandbox.domain.deadlines import LimitedStep
from sandbox.models import AnswerKey, TimeLimit
from tests.factories import NOW, UserFactory, a_cohort, a_course
from tests.learning.conftest import (
    address,
    browser_of,
    in_english,
    lessons_of,
    read_lessons,
    text_of,
)

CLOSED_TO_EDITORS = (
    "questions",
    "quizzes",
    "cohorts",
    "exercises",
    "rule_packs",
    "holidays",
    "certificate",
)
VIEWS = ("index", "index_results", "add", "edit", "delete", "history", "history_results", "usage")
MORE_VIEWS = ("copy", "inspect", "revoke")


@pytest.fixture
def desk(in_group):
    """The browser of an editor."""
    return browser_of(in_group("editor", first_name="Citra"))


@pytest.fixture
def lesson(course):
    return lessons_of(course)[0]


def lesson_form(lesson, *blocks, **changes):
    """Return what the editor's browser sends for a lesson."""
    form = {
        "title": lesson.title,
        "slug": lesson.slug,
        "body": streamfield(blocks),
        "scenario": "",
        "objective": lesson.objective,
        "minutes": lesson.minutes,
        "sources": streamfield([("source", {"title": "Buku", "read_on": "2026-11-20"})]),
        "reviewed_on": "2026-11-21",
        "seo_title": "",
        "search_description": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": "",
    }
    return nested_form_data(form | changes)


def edit(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


PARAGRAPH = ("paragraph", rich_text("<p>Kalimat baru dari <b>Citra</b>.</p>"))


def test_what_an_editor_publishes_learners_read_at_once(desk, rini, enrolment, lesson):
    assert "Isi pelajaran." in rini.get(address(lesson)).text

    response = desk.post(edit(lesson), lesson_form(lesson, PARAGRAPH) | {"action-publish": "1"})

    assert response.status_code == 302, response.context["form"].errors
    page = rini.get(address(lesson)).text
    assert "Kalimat baru dari <b>Citra</b>." in page
    assert "Isi pelajaran." not in page
    lesson.refresh_from_db()
    assert lesson.reviewed_on == date(2026, 11, 21)


def test_a_draft_is_not_read_yet(desk, rini, enrolment, lesson):
    desk.post(edit(lesson), lesson_form(lesson, PARAGRAPH))

    assert "Kalimat baru" not in rini.get(address(lesson)).text
    lesson.refresh_from_db()
    assert "Kalimat baru" in str(lesson.get_latest_revision_as_object().body)


def test_editing_keeps_what_learners_have_done(desk, rini, enrolment, lesson):
    read_lessons(enrolment, 1)

    desk.post(
        edit(lesson),
        lesson_form(lesson, PARAGRAPH, title="Judul baru", slug="alamat-baru")
        | {"action-publish": "1"},
    )

    lesson.refresh_from_db()
    assert text_of(rini.get(address(lesson))).count("Judul baru") == 1
    assert "1/6" in re.sub(r" \w+ ", "/", text_of(rini.get("/en/beranda-saya/")))


def test_a_rule_box_is_chosen_never_typed(desk, rini, enrolment, lesson):
    TimeLimit.objects.filter(step=LimitedStep.VERIFY).update(amount=83)
    form = lesson_form(lesson, ("time_limits", _listed(["verify"])))

    assert desk.post(edit(lesson), form | {"action-publish": "1"}).status_code == 302
    assert "<dd>83 " in rini.get(address(lesson)).text

    nonsense = lesson_form(lesson, ("time_limits", _listed(["83 hari"])))
    response = desk.post(edit(lesson), nonsense | {"action-publish": "1"})
    assert response.context["form"].has_error("body")
    assert "<dd>83 " in rini.get(address(lesson)).text


def _listed(values):
    fields = {"count": len(values)}
    for number, value in enumerate(values):
        fields |= {
            f"{number}-deleted": "",
            f"{number}-order": number,
            f"{number}-type": "item",
            f"{number}-value": value,
        }
    return fields


@pytest.mark.parametrize("field", ["title", "objective", "minutes", "reviewed_on"])
def test_a_lesson_without_what_it_needs_is_refused(desk, rini, enrolment, lesson, field):
    form = lesson_form(lesson, PARAGRAPH, **{field: ""})

    response = desk.post(edit(lesson), form | {"action-publish": "1"})

    assert response.context["form"].has_error(field)
    assert "Kalimat baru" not in rini.get(address(lesson)).text


def test_a_new_lesson_becomes_a_step_of_its_course(desk, rini, enrolment, course, lesson):
    module = ModulePage.objects.child_of(course).last()
    add = reverse("wagtailadmin_pages:add", args=["learning", "lessonpage", module.pk])
    form = lesson_form(lesson, PARAGRAPH, title="Tambahan", slug="tambahan")

    response = desk.post(add, form | {"action-publish": "1"})

    assert response.status_code == 302, response.context["form"].errors
    assert LessonPage.objects.get(slug="tambahan").course == course
    assert "0 of 7 steps done" in text_of(rini.get(f"/en/kursus/{course.slug}/"))
    read_lessons(enrolment, 4)
    assert rini.get(f"/kursus/{course.slug}/{module.slug}/tambahan/").status_code == 200


def test_a_lesson_that_an_editor_moves_belongs_to_its_new_course(
    desk, rini, learner, enrolment, lesson
):
    other = a_course(lessons=0)
    enrol(user=learner, course=other, now=NOW)
    module = ModulePage.objects.child_of(other).last()
    move = reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, module.pk])

    assert desk.post(move).status_code == 302

    moved = LessonPage.objects.get(pk=lesson.pk)
    assert moved.course == other
    assert rini.get(address(lesson)).status_code == 404
    assert rini.get(f"/kursus/{other.slug}/{module.slug}/{lesson.slug}/").status_code == 200


def test_drafts_of_lessons_and_courses_can_be_looked_at(desk, course, lesson):
    for page in (lesson, ModulePage.objects.child_of(course).first(), course):
        draft = page.specific
        draft.title = "Judul dalam pratinjau"
        draft.save_revision()
        response = desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert response.status_code == 200
        assert "Judul dalam pratinjau" in response.text


def test_a_changed_lesson_leaves_its_translation_alone(desk, rini, enrolment, lesson):
    in_english(lesson)

    desk.post(edit(lesson), lesson_form(lesson, PARAGRAPH) | {"action-publish": "1"})

    assert "Kalimat baru" not in rini.get(f"/en{address(lesson)}").text
    english = lesson.get_translation(Locale.objects.get(language_code="en"))
    assert "Isi pelajaran." in str(english.specific.body)


def rows_of(course, practice_room) -> dict[str, int]:
    """Return one row that each of the closed registers holds."""
    holder = enrol(user=UserFactory(), course=a_course(modules=1, lessons=1), now=NOW)
    read_lessons(holder)
    return {
        "questions": course.quiz.questions.first().pk,
        "quizzes": course.quiz.pk,
        "cohorts": a_cohort(course).pk,
        "exercises": practice_room.pk,
        "rule_packs": practice_room.rules_id,
        "holidays": 1,
        "certificate": issue_certificate(enrolment=holder, now=NOW).pk,
    }


def doors(names, rows):
    for name in names:
        for view in (*VIEWS, *MORE_VIEWS):
            for arguments in ([], [rows[name]]):
                try:
                    yield reverse(f"{name}:{view}", args=arguments)
                except NoReverseMatch:
                    continue


def is_refused(response) -> bool:
    """Wagtail sends whoever lacks a right back to its front page, with a message."""
    return response.status_code in (403, 404) or (
        response.status_code == 302 and response.url == reverse("wagtailadmin_home")
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_editors_reach_no_register_but_their_own(desk, course, practice_room, method):
    found = list(doors(CLOSED_TO_EDITORS, rows_of(course, practice_room)))

    assert len(found) > 55
    assert [url for url in found if not is_refused(getattr(desk, method)(url))] == []


def test_editors_find_no_way_there_in_the_menu(desk, course):
    page = desk.get("/kelola/").text

    assert "/kelola/pages/" in page
    assert "/kelola/snippets/content/regulation/" in page
    for name in CLOSED_TO_EDITORS:
        assert reverse(f"{name}:index") not in page


def test_searching_the_admin_cannot_find_a_question(desk, course):
    assert not {Question, Choice, AnswerKey} & set(get_indexed_models())
    for url in ("/kelola/questions/", "/kelola/questions/results/"):
        assert is_refused(desk.get(url, {"q": "Pertanyaan"}))


def test_the_report_of_all_changes_tells_editors_no_question(desk, in_group, course):
    question = course.quiz.questions.first()
    trainer = browser_of(in_group("trainer"))
    assert trainer.get(reverse("questions:edit", args=[question.pk])).status_code == 200

    response = desk.get("/kelola/reports/site-history/")

    assert is_refused(response) or question.text not in response.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_trainers_reach_neither_rules_nor_certificates(in_group, course, practice_room, method):
    browser = browser_of(in_group("trainer"))
    found = list(doors(("rule_packs", "holidays", "certificate"), rows_of(course, practice_room)))
    before = list(TimeLimit.objects.values())

    assert len(found) > 20
    opened = [url for url in found if not is_refused(getattr(browser, method)(url))]
    assert [url for url in opened if not url.startswith(TO_LOOK_AT)] == []
    assert [url for url in opened if re.search("/(new|add|edit|delete|copy)/", url)] == []
    assert list(TimeLimit.objects.values()) == before


TO_LOOK_AT = ("/kelola/rule_packs/", "/kelola/holidays/")


def test_for_a_trainee_nothing_of_the_admin_exists(in_group, course, practice_room, lesson):
    browser = browser_of(in_group("trainee"))
    rows = rows_of(course, practice_room)
    urls = [*doors(CLOSED_TO_EDITORS, rows), "/kelola/", edit(lesson), "/kelola/pages/search/"]

    assert [url for url in urls if browser.get(url).status_code != 404] == []
    assert browser.post(edit(lesson), {"action-publish": "1"}).status_code == 404


def test_trainers_edit_lessons_but_not_the_public_pages(in_group, home, lesson):
    browser = browser_of(in_group("trainer"))

    assert browser.get(edit(lesson)).status_code == 200
    assert is_refused(browser.get(edit(home)))
    assert is_refused(browser.get(edit(Page.objects.get(depth=1))))
