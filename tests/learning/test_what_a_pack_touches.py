"""The preview of a rule pack names exactly the lessons and questions that use what changes."""

import json

import pytest
import tomli_w
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Page, Revision

from content.models import ArticlePage
from learning.models import LessonPage, ModulePage, Question
from learning.selectors.uses import STATES, pages_using, pages_with_boxes, questions_using
from sandbox.domain.deadlines import LimitedStep
from sandbox.domain.rules import Change
from sandbox.models import RulePack
from sandbox.selectors.impact import FINDERS, register_use, uses_of
from sandbox.selectors.rules import mapping_of
from tests.factories import UserFactory
from tests.learning.conftest import browser_of, in_english, lessons_of


def change_of(*steps):
    return [Change("time_limit", step, "amount", 1, 2) for step in steps]


def box(*steps):
    return ("time_limits", [str(step) for step in steps])


@pytest.fixture
def texts(course):
    """Lessons with boxes that are published, drafted over, translated, hidden, and none."""
    first, second, third, fourth = lessons_of(course)
    first.body = [box("verify", "reply_window"), ("paragraph", "<p>Isi.</p>")]
    first.save_revision().publish()
    first = LessonPage.objects.get(pk=first.pk)
    in_english(first)
    second.body = [("paragraph", "<p>verify time_limits</p>"), box("first_response")]
    second.save_revision().publish()
    second = LessonPage.objects.get(pk=second.pk)
    second.body = [box("verify"), box("completion_window")]
    second.save_revision()
    third.body = [box("verify")]
    third.save_revision().publish()
    LessonPage.objects.get(pk=third.pk).unpublish()
    fourth.body = [box("verify")]
    fourth.save_revision()
    fourth.body = [("paragraph", "<p>Lain.</p>")]
    fourth.save_revision()
    return course


def by_brute_force(step):
    """Search the stored text of every page and of its newest draft, block by block."""
    found = set()
    for row in LessonPage.objects.values(
        "pk", "live", "body", "latest_revision", "has_unpublished_changes"
    ):
        if row["live"] and is_in(step, LessonPage.objects.get(pk=row["pk"]).body.get_prep_value()):
            found.add((row["pk"], "live"))
        if row["has_unpublished_changes"] or not row["live"]:
            revision = Revision.objects.get(pk=row["latest_revision"])
            if is_in(step, json.loads(revision.content["body"])):
                found.add((row["pk"], "draft"))
    return found


def is_in(step, blocks):
    return any(
        block["type"] == "time_limits" and f'"{step}"' in json.dumps(block["value"])
        for block in blocks
    )


def state_of(use):
    return next(state for state, name in STATES.items() if name == use.state)


def named(uses):
    return {(int(use.url.rstrip("/").split("/")[-2]), state_of(use)) for use in uses}


@pytest.mark.parametrize("step", list(LimitedStep))
def test_the_pages_are_those_of_a_search_through_everything(texts, step):
    uses = list(pages_using(change_of(step)))

    assert named(uses) == by_brute_force(step)
    assert len(uses) == len(named(uses))


def test_drafts_translations_and_hidden_pages_are_among_them(texts):
    uses = list(pages_using(change_of("verify")))

    assert sorted((use.language, state_of(use)) for use in uses) == [
        ("en", "live"),
        ("id", "draft"),
        ("id", "draft"),
        ("id", "live"),
    ]


def test_several_steps_are_named_together(texts):
    uses = list(pages_using(change_of("verify", "reply_window", "settle_aspiration")))
    both = [use for use in uses if len(use.items) > 1]
    assert {use.language for use in both} == {"id", "en"}


def test_no_changed_limit_touches_no_page(texts):
    other = [Change("categories", "Agama", "", {"name": "Agama"}, None)]
    assert [*pages_using(other), *questions_using(other)] == []


def test_only_pages_that_can_hold_a_box_are_searched():
    assert pages_with_boxes() == [LessonPage]
    assert ArticlePage not in pages_with_boxes()


def test_questions_are_those_on_a_module_that_teaches_the_step(texts):
    [first, second] = ModulePage.objects.child_of(texts).order_by("path")
    questions = list(Question.objects.filter(quiz=texts.quiz))
    for number, question in enumerate(questions):
        question.objective = (first, second)[number % 2].code
        question.save()
    Question.objects.filter(pk=questions[0].pk).update(retired=True)

    def asked(step):
        return {use.name for use in questions_using(change_of(step))}

    assert asked("reply_window") == {str(each) for each in questions[::2]}
    assert asked("verify") == {str(each) for each in questions}
    assert asked("settle_aspiration") == set()


def test_the_preview_shows_them_all(texts):
    administrator = browser_of(UserFactory(is_superuser=True))
    pack = mapping_of(RulePack.objects.get()) | {"version": 2}
    pack["time_limit"][0]["amount"] = 4
    file = SimpleUploadedFile("paket.toml", tomli_w.dumps(pack).encode())

    response = administrator.post(reverse("rule_packs:add"), {"file": file})

    seen = response.context["preview"].uses
    assert seen == uses_of(change_of("verify"))
    for pk, _state in by_brute_force("verify"):
        assert reverse("wagtailadmin_pages:edit", args=[pk]) in response.text
    elsewhere = Page.objects.exclude(pk__in=[pk for pk, _state in by_brute_force("verify")])
    shown = response.text.partition("<main")[2]
    assert [
        p.pk for p in elsewhere if reverse("wagtailadmin_pages:edit", args=[p.pk]) in shown
    ] == []


def test_registering_twice_is_registering_once():
    before = list(FINDERS)
    register_use(pages_using)
    assert before == FINDERS
