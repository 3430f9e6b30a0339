"""A trainer opens a cohort in the CMS and leads it; those of others do not exist for them."""

import pytest
from django.urls import reverse

from learning.models import Cohort
from tests.factories import UserFactory, a_cohort
from tests.learning.conftest import browser_of, text_of


@pytest.fixture
def trainer(in_group):
    return in_group("trainer", first_name="Dewi")


@pytest.fixture
def desk(trainer):
    return browser_of(trainer)


def form_for(course, **changes):
    return {"name": "Angkatan 2", "course": course.pk, "trainers": [], "closes_on": ""} | changes


def test_whoever_opens_a_cohort_leads_it(desk, course, trainer):
    response = desk.post(reverse("cohorts:add"), form_for(course))

    assert response.status_code == 302
    cohort = Cohort.objects.get()
    assert (cohort.name, cohort.course) == ("Angkatan 2", course)
    assert list(cohort.trainers.all()) == [trainer]
    assert "Angkatan 2" in text_of(desk.get("/pelatih/"))


def test_other_trainers_may_be_named_too(desk, in_group, course, trainer):
    other = in_group("trainer", first_name="Made")

    desk.post(reverse("cohorts:add"), form_for(course, trainers=[other.pk]))

    assert set(Cohort.objects.get().trainers.all()) == {trainer, other}


def test_the_form_lists_trainers_by_name_and_nobody_else(desk, in_group, course, trainer):
    other = in_group("trainer", first_name="Made", last_name="Suarta")
    outsiders = [in_group("trainee", first_name="Peserta"), UserFactory(first_name="Luar")]
    nameless = in_group("trainer", first_name="", last_name="")

    response = desk.get(reverse("cohorts:add"))

    choices = response.context["form"].fields["trainers"].choices
    assert {name for _pk, name in choices} == {"Dewi Contoh", "Made Suarta", nameless.email}
    form = response.text.partition("<form")[2]
    assert other.email not in form
    assert not any(person.email in form for person in outsiders)


def test_nobody_is_made_a_trainer_by_the_form(desk, in_group, course):
    trainee = in_group("trainee")

    response = desk.post(reverse("cohorts:add"), form_for(course, trainers=[trainee.pk]))

    assert response.status_code == 200
    assert response.context["form"].errors["trainers"]
    assert not Cohort.objects.exists()


def test_a_trainer_changes_an_own_cohort(desk, in_group, course, trainer):
    cohort, other = a_cohort(course, trainer), in_group("trainer")
    edit = reverse("cohorts:edit", args=[cohort.pk])
    assert desk.get(edit).status_code == 200

    response = desk.post(edit, form_for(course, trainers=[trainer.pk, other.pk]))

    assert response.status_code == 302
    cohort.refresh_from_db()
    assert (cohort.name, set(cohort.trainers.all())) == ("Angkatan 2", {trainer, other})


def test_somebody_elses_cohort_cannot_be_taken_over(desk, in_group, course, trainer):
    other = in_group("trainer")
    cohort = a_cohort(course, other)
    edit = reverse("cohorts:edit", args=[cohort.pk])

    assert desk.get(edit).status_code == 404
    assert desk.post(edit, form_for(course, trainers=[trainer.pk])).status_code == 404
    cohort.refresh_from_db()
    assert (cohort.name, set(cohort.trainers.all())) == ("Angkatan 1", {other})
    assert desk.get(f"/pelatih/{cohort.pk}/").status_code == 404


def test_an_administrator_changes_who_trains(course, trainer, in_group):
    administrator = browser_of(UserFactory(is_superuser=True))
    cohort, other = a_cohort(course, trainer), in_group("trainer")

    administrator.post(
        reverse("cohorts:edit", args=[cohort.pk]), form_for(course, trainers=[other.pk])
    )

    assert list(cohort.trainers.all()) == [other]
