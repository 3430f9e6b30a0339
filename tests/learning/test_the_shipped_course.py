"""Course K0 as it ships: complete in both languages, its numbers read from the rule pack."""

import re
from typing import Any

import pytest
from django.utils import translation
from wagtail.models import Page

from content.domain import LibraryError
from content.selectors import reference_library, site_library
from content.services import load_references, load_site
from learning.domain.completion import Kind
from learning.models import Choice, CoursePage, LessonPage, ModulePage, Question, Quiz
from learning.selectors import course_library, outline
from learning.services import enrol, load_course
from sandbox.domain.deadlines import LimitedStep
from sandbox.models import RulePack, TimeLimit
from sandbox.services import import_pack
from tests.factories import NOW
from tests.learning.conftest import K0, browser_of, lessons_of, read_lessons, text_of
from tests.sandbox.packs import TODAY, version

pytestmark = pytest.mark.django_db
COUNTED_DAYS = re.compile(r"\d\s*-?\s*(?:hari|days?|working)\b|\b(?:hari|days?)\s*(?:ke-)?\d", re.I)
LANGUAGES = ("id", "en")


def pages_in(language: str, model: type[Page] = LessonPage) -> list[Any]:
    return list(model.objects.filter(locale__language_code=language).order_by("path"))


def test_it_has_three_modules_ten_lessons_a_quiz_and_an_exercise_in_both_languages(shipped):
    for language in LANGUAGES:
        course = CoursePage.objects.get(locale__language_code=language)
        steps = outline(course).steps
        assert [step.kind for step in steps] == [Kind.LESSON] * 10 + [Kind.QUIZ, Kind.EXERCISE]
        assert len(pages_in(language, ModulePage)) == 3
        assert course.translation_key == shipped.translation_key
        assert len(course.objectives) == 6


def test_both_languages_have_the_same_steps_in_the_same_order(shipped):
    english = shipped.get_translations().get().specific

    assert outline(english).steps == outline(shipped).steps
    titles = {item.title for item in outline(shipped).items}
    with translation.override("en"):
        assert not titles & {item.title for item in outline(english).items}


def test_every_lesson_has_the_same_blocks_in_both_languages(shipped):
    for indonesian in pages_in("id"):
        english = indonesian.get_translations().get().specific
        assert [block.block_type for block in english.body] == [
            block.block_type for block in indonesian.body
        ], indonesian.title
        assert english.minutes == indonesian.minutes
        assert len(english.sources) == len(indonesian.sources) > 0
        assert english.scenario == indonesian.scenario


def test_loading_twice_changes_nothing(shipped):
    def everything() -> list[Any]:
        pages = Page.objects.order_by("pk").values_list("pk", "title", "latest_revision", "path")
        choices = Choice.objects.order_by("pk").values_list()
        return [*pages, *choices, *Question.objects.order_by("pk").values_list()]

    before = everything()
    load_references(library=reference_library())
    load_site(library=site_library())
    again = load_course(library=course_library(K0))

    assert again == shipped
    assert everything() == before


def test_what_editors_changed_survives_the_next_load(shipped):
    lesson = lessons_of(shipped)[0]
    lesson.title, lesson.slug = "Judul dari penyunting", "alamat-lain"
    lesson.body = [("paragraph", "<p>Kalimat dari penyunting.</p>")]
    lesson.save_revision().publish()
    Question.objects.filter(code="K0-Q01").update(text="Pertanyaan dari pelatih?")
    Quiz.objects.update(draw=5)
    count = Page.objects.count()

    load_course(library=course_library(K0))

    lesson.refresh_from_db()
    assert (lesson.title, lesson.slug) == ("Judul dari penyunting", "alamat-lain")
    assert "Kalimat dari penyunting." in str(lesson.body)
    assert Question.objects.get(code="K0-Q01").text == "Pertanyaan dari pelatih?"
    assert Quiz.objects.get().draw == 5
    assert Page.objects.count() == count


def test_a_lesson_that_went_missing_comes_back_alone(shipped):
    lesson = lessons_of(shipped)[3]
    kept = {page.pk for page in pages_in("id")} - {lesson.pk}
    key, title = lesson.translation_key, lesson.title
    lesson.delete()

    load_course(library=course_library(K0))

    back = LessonPage.objects.get(translation_key=key, locale__language_code="id")
    assert back.title == title
    assert {page.pk for page in pages_in("id")} - {back.pk} == kept


def test_the_bank_has_one_right_answer_each_and_a_reason_for_all_in_both_languages(shipped):
    questions = list(Question.objects.prefetch_related("choices"))

    assert len(questions) >= 25
    for question in questions:
        choices = list(question.choices.all())
        assert question.text
        assert question.text_en
        assert question.source
        assert len(choices) in (3, 4), question.code
        assert sum(choice.is_correct for choice in choices) == 1, question.code
        for choice in choices:
            assert all((choice.text, choice.text_en, choice.why, choice.why_en)), question.code
        for texts in ("text", "text_en", "why", "why_en"):
            assert len({getattr(choice, texts) for choice in choices}) == len(choices)


def test_the_right_answer_stands_in_every_place(shipped):
    places = list(Choice.objects.filter(is_correct=True).values_list("order", flat=True))

    assert all(places.count(place) * 2 < len(places) for place in set(places))
    assert len(set(places)) >= 3


def test_every_question_belongs_to_a_module_and_every_module_has_enough(shipped):
    codes = [module.code for module in pages_in("id", ModulePage)]
    objectives = list(Question.objects.values_list("objective", flat=True))

    assert set(objectives) == set(codes)
    fair_share = -(-Quiz.objects.get().draw // len(codes))
    assert min(objectives.count(code) for code in codes) >= 2 * fair_share


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_box_names_steps_that_have_a_limit(shipped, language):
    limited = set(TimeLimit.objects.values_list("step", flat=True))
    boxes = [
        list(block.value)
        for lesson in pages_in(language)
        for block in lesson.body
        if block.block_type == "time_limits"
    ]

    assert len(boxes) >= 3
    assert all(boxes)
    assert {step for box in boxes for step in box} <= limited
    assert limited == set(LimitedStep)


def test_every_rule_box_shows_what_the_rule_pack_says(shipped, learner):
    enrolment = enrol(user=learner, course=shipped, now=NOW)
    read_lessons(enrolment)
    browser = browser_of(learner)
    amounts = {}
    for number, limit in enumerate(TimeLimit.objects.order_by("pk"), start=71):
        amounts[limit.step] = number
        TimeLimit.objects.filter(pk=limit.pk).update(amount=number)

    shown = set()
    for item in (item for module in outline(shipped).modules for item in module.items):
        if item.step.kind is Kind.QUIZ:
            continue
        lesson = LessonPage.objects.get(translation_key=item.step.key, locale__language_code="id")
        for url in (item.url, f"/en{item.url}"):
            page = browser.get(url).text
            boxes = [block for block in lesson.body if block.block_type == "time_limits"]
            assert page.count('class="rules"') == len(boxes), url
            for step in (step for box in boxes for step in box.value):
                assert re.search(rf"<dd>{amounts[step]} \w", page), (url, step)
                shown.add(step)
    assert {"verify", "completion_window"} <= shown


def test_a_newer_rule_pack_takes_the_place_of_the_old_one(shipped, learner):
    read_lessons(enrol(user=learner, course=shipped, now=NOW))
    old = RulePack.objects.get()
    new = version(old, 2, amount=97)
    new["valid_from"] = old.valid_from.replace(year=old.valid_from.year + 1)
    new["id"]["title"] = "Aturan latihan, paket 2"
    import_pack(pack=new, scenarios=[], today=TODAY)
    exercise = outline(shipped).items[-1].url

    # The exercise waits for the quiz; its briefing is a lesson like the others.
    browser = browser_of(learner)
    text = text_of(browser.get(exercise))

    assert "97" in text
    assert "Aturan latihan, paket 2" in text
    assert "Aturan latihan, paket 1" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_counts_days(shipped, language):
    for lesson in pages_in(language):
        prose = [str(block.value) for block in lesson.body if block.block_type != "time_limits"]
        text = " ".join(re.sub(r"<[^>]+>", " ", part) for part in [lesson.objective, *prose])
        assert COUNTED_DAYS.findall(text) == [], lesson.title
    endings = {"id": ("text", "why"), "en": ("text_en", "why_en")}[language]
    for choice in Choice.objects.all():
        assert not any(COUNTED_DAYS.search(getattr(choice, name)) for name in endings)
    for question in Question.objects.all():
        assert not COUNTED_DAYS.search(getattr(question, endings[0]))


def test_a_file_with_an_unknown_block_loads_nothing(shipped, tmp_path):
    library = course_library(K0)
    _module, lessons = library.modules[0]
    lessons[0].indonesian["body"].append({"type": "video", "value": "x"})
    Page.objects.filter(pk__in=[page.pk for page in pages_in("id")]).first().delete()
    before = Page.objects.count()

    with pytest.raises(LibraryError, match="unknown block type “video”"):
        load_course(library=library)

    assert Page.objects.count() == before
