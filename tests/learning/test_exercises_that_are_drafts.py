"""A course leads only to exercises that trainees may see."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from learning.models import LessonPage
from sandbox.services.publishing import unpublish
from tests.factories import add_lesson


@pytest.fixture
def draft(practice_room):
    unpublish(scenario=practice_room)
    return practice_room


def test_a_lesson_refuses_an_exercise_that_is_a_draft(course, draft):
    other = type(draft).objects.get(code="meja-instansi")
    unpublish(scenario=other)
    with pytest.raises(ValidationError) as refused:
        add_lesson(course, "Latihan baru", scenario=other)
    words = _("“%(title)s” is a draft. Test it and publish it first, then choose it here.")
    assert refused.value.message_dict["scenario"] == [words % {"title": other}]
    assert not LessonPage.objects.filter(scenario=other).exists()


def test_a_lesson_keeps_an_exercise_that_became_a_draft(course, practice_room):
    lesson = LessonPage.objects.get(scenario=practice_room)
    unpublish(scenario=practice_room)
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.minutes = 30
    lesson.save()
    lesson.refresh_from_db()
    assert (lesson.minutes, lesson.scenario) == (30, practice_room)


@pytest.mark.parametrize("group", ["editor", "trainer"])
def test_a_lesson_says_that_its_exercise_is_being_revised(
    client, in_group, course, practice_room, group
):
    unpublish(scenario=practice_room)
    person = in_group(group)
    client.force_login(person)
    page = client.get(LessonPage.objects.get(scenario=practice_room).url).content.decode()
    assert _("This exercise is being revised") in page
    assert _("To the practice room") not in page
    told = _("For trainers: the exercise is a draft.") in page
    assert told == person.has_perm("sandbox.change_scenario")
