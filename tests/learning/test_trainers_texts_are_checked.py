"""What trainers write refuses real people's data as what trainees write; nothing typed is lost."""

from base64 import b85encode
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django import forms
from django.urls import reverse

from learning.forms import GrantForm, MarkingForm
from sandbox import forms as practice_forms
from sandbox.domain.library.region_files import write_region
from sandbox.domain.privacy import PersonalData
from sandbox.forms.phrases import PersonaForm
from sandbox.forms.regions import OfficeForm
from sandbox.forms.safe import SafeTexts
from sandbox.labels import PERSONAL_DATA_LABELS
from sandbox.models import CaseFamily, Grant, Scenario
from sandbox.selectors.families import latest
from tests.factories import a_cohort
from tests.learning.conftest import browser_of
from tests.learning.exams import (
    a_participant,
    a_taken_exam,
    all_marks,
    an_exam_course,
    first_case,
    send,
    stored,
)
from tests.regions import a_region, office
from tests.sandbox.exercise_pages import edit, form_of
from tests.sandbox.families import CODE, data_of, url
from tests.sandbox.pages import words
from tests.sandbox.phrase_pages import NEW, everything
from tests.sandbox.phrase_pages import url as lines_url
from tests.sandbox.region_pages import everything as all_regions

TYPED = "Sudah saya telepon di 0812–3456–7890, mohon maklum."
CHECKED_BY_THE_RULES = {OfficeForm, PersonaForm}  # cell by cell, with the place of the slip


@pytest.fixture
def trainer(practice_room, in_group):
    return in_group("trainer", first_name="Dewi")


@pytest.fixture
def browser(trainer):
    return browser_of(trainer)


@pytest.fixture
def cohort(practice_room, trainer):
    return a_cohort(an_exam_course(), trainer)


@pytest.fixture
def run(cohort):
    return a_taken_exam(a_participant(cohort).user)


def assert_given_back(response, status=200):
    assert response.status_code == status
    assert TYPED in words(response)
    assert str(PERSONAL_DATA_LABELS[PersonalData.PHONE]) in words(response)


def test_every_form_with_free_text_checks_it():
    modules = [
        import_module(f"{practice_forms.__name__}.{module.name}")
        for module in iter_modules(practice_forms.__path__)
    ]
    found = {each for module in modules for each in vars(module).values() if is_form(each)}
    unsafe = {each for each in found if has_text(each) and not issubclass(each, SafeTexts)}
    assert unsafe == CHECKED_BY_THE_RULES
    assert issubclass(MarkingForm, SafeTexts)
    assert issubclass(GrantForm, SafeTexts)


def is_form(value):
    return isinstance(value, type) and issubclass(value, forms.BaseForm)


def has_text(form):
    fields = getattr(form, "base_fields", {}).values()
    return any(type(field) is forms.CharField and not field.widget.is_hidden for field in fields)


def test_a_comment_on_an_answer_is_checked(browser, cohort, run):
    number, before = first_case(run), stored(run)
    response = send(browser, cohort, run, all_marks(run), **{f"comment-{number}": TYPED})
    assert_given_back(response, 422)
    assert stored(run) == before


def test_the_reason_for_changing_a_mark_is_checked(browser, cohort, run):
    send(browser, cohort, run, all_marks(run))
    before = stored(run)
    response = send(browser, cohort, run, all_marks(run, 1), reason=TYPED)
    assert_given_back(response, 422)
    assert stored(run) == before


def test_the_reason_for_a_grant_is_checked(browser, cohort):
    person = a_participant(cohort)
    address = f"/pelatih/{cohort.pk}/{person.pk}/kelonggaran/ujian-penghubung/"
    response = browser.post(address, {"attempts": 1, "extra_percent": 0, "reason": TYPED})
    assert_given_back(response, 422)
    assert not Grant.objects.exists()


def test_the_note_on_an_edition_of_a_region_is_checked(browser, practice_room):
    before, content = all_regions(), a_region()
    office(content, "DISHUB")["name"] = "Dishub"
    data = {"pack": b85encode(write_region(content)).decode(), "seen": 1, "note": TYPED}
    assert_given_back(browser.post(reverse("region_packs:store"), data), 422)
    assert all_regions() == before


def test_the_note_on_an_edition_of_the_phrase_book_is_checked(browser, practice_room):
    before = everything()
    data = {"seen": 1, "text": "\n".join(NEW), "note": TYPED}
    assert_given_back(browser.post(lines_url(), data), 422)
    assert everything() == before


@pytest.mark.parametrize("name", ["title", "goal_en"])
def test_the_texts_of_an_exercise_are_checked(browser, practice_room, name):
    scenario = Scenario.objects.get(code="meja-instansi")
    before = Scenario.objects.values().get(pk=scenario.pk)
    response = browser.post(edit(scenario), form_of(browser, edit(scenario), **{name: TYPED}))
    assert_given_back(response)
    assert Scenario.objects.values().get(pk=scenario.pk) == before


def test_not_even_a_draft_of_a_family_may_hold_somebodys_number(browser, practice_room):
    family = CaseFamily.objects.get(code=CODE)
    before = latest(family)
    for name in ("source", "short"):
        response = browser.post(url("edit", family), data_of(family.content) | {name: TYPED})
        assert response.status_code == 200
        assert TYPED in words(response)
        assert latest(CaseFamily.objects.get(code=CODE)) == before
