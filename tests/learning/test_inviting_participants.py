"""A trainer invites people to a cohort: one account, one enrolment and one mail each."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from learning.models import Cohort, Enrolment
from learning.services import enrol, invite
from tests.factories import NOW, a_cohort
from tests.learning.conftest import browser_of, read_lessons, text_of, words

NEW = {"full_name": "Ni Ketut Lestari", "email": "ketut@contoh.test"}


@pytest.fixture
def trainer(in_group):
    return in_group("trainer", first_name="Dewi")


@pytest.fixture
def cohort(course, trainer):
    return a_cohort(course, trainer)


@pytest.fixture
def dewi(trainer):
    return browser_of(trainer)


def page_of(cohort: Cohort) -> str:
    return f"/pelatih/{cohort.pk}/"


def test_an_account_is_opened_whose_owner_sets_the_passphrase(dewi, cohort):
    response = dewi.post(page_of(cohort), NEW, follow=True)

    assert response.redirect_chain == [(f"{page_of(cohort)}#isi", 302)]
    user = User.objects.get(email=NEW["email"])
    assert user.get_full_name() == NEW["full_name"]
    assert not user.has_usable_password()
    assert [group.name for group in user.groups.all()] == ["trainee"]
    assert (user.is_active, user.is_staff, user.is_superuser) == (True, False, False)
    enrolment = Enrolment.objects.get()
    assert (enrolment.user, enrolment.cohort, enrolment.course) == (user, cohort, cohort.course)
    text = text_of(response)
    assert words("Invited: %(email)s", email=NEW["email"]) in response.text
    assert NEW["full_name"] in text


def test_one_mail_leads_to_this_site_as_its_settings_name_it(dewi, cohort, settings):
    settings.SITE_URL = "https://latih.contoh.test"

    dewi.post(page_of(cohort), NEW, headers={"Host": "127.0.0.1"})

    [message] = mail.outbox
    assert message.to == [NEW["email"]]
    assert message.subject == f"[Ruang Latih] {cohort.course.title}"
    lines = message.body.splitlines()
    assert "https://latih.contoh.test/lupa-sandi/" in lines
    assert "https://latih.contoh.test/beranda-saya/" in lines
    for told in ("Ni", cohort.course.title, cohort.name):
        assert told in message.body
    assert message.body.count("http") == 2


def test_the_invited_set_a_passphrase_by_the_page_that_the_mail_names(dewi, cohort):
    dewi.post(page_of(cohort), NEW)
    [invitation] = mail.outbox

    Client().post("/lupa-sandi/", {"email": NEW["email"]})

    assert "/lupa-sandi/" in invitation.body
    assert [message.to for message in mail.outbox] == [[NEW["email"]]] * 2


def test_who_takes_the_course_already_joins_and_keeps_everything(dewi, cohort, enrolment, learner):
    read_lessons(enrolment, 2)
    before = learner.password, learner.first_name, list(learner.groups.all())

    dewi.post(page_of(cohort), {"full_name": "Nama Lain", "email": learner.email.upper()})

    learner.refresh_from_db()
    assert (learner.password, learner.first_name, list(learner.groups.all())) == before
    joined = Enrolment.objects.get()
    assert (joined.pk, joined.cohort) == (enrolment.pk, cohort)
    assert joined.enrolled_at == enrolment.enrolled_at
    assert joined.completions.count() == 2
    assert [message.to for message in mail.outbox] == [[learner.email]]


def test_who_has_an_account_but_not_the_course_is_enrolled_and_told(dewi, cohort, learner):
    before = learner.password, learner.get_full_name()

    dewi.post(page_of(cohort), {"full_name": "Nama Lain", "email": learner.email})

    learner.refresh_from_db()
    assert (learner.password, learner.get_full_name()) == before
    assert Enrolment.objects.get().cohort == cohort
    assert [message.to for message in mail.outbox] == [[learner.email]]


def test_who_belongs_to_another_cohort_stays_there(dewi, cohort, course, learner):
    other = a_cohort(course, name="Angkatan lain")
    enrol(user=learner, course=course, now=NOW, cohort=other)

    response = dewi.post(
        page_of(cohort), {"full_name": "Rini Contoh", "email": learner.email}, follow=True
    )

    assert words("This person takes the course in another cohort.") in response.text
    assert learner.email not in response.text
    assert Enrolment.objects.get().cohort == other
    assert mail.outbox == []


@pytest.mark.parametrize("email", ["bukan surel", "", f"{'a' * 260}@contoh.test"])
def test_a_faulty_address_is_refused_with_everything_still_there(dewi, cohort, email):
    people = User.objects.count()

    response = dewi.post(page_of(cohort), NEW | {"email": email})

    assert response.status_code == 422
    assert words("There is a problem") in text_of(response)
    assert re.search(rf"<title>\s*{words('Error:')}", response.text)
    assert 'href="#id_email"' in response.text
    assert f'value="{NEW["full_name"]}"' in response.text
    assert f'value="{email}"' in response.text or not email
    assert User.objects.count() == people
    assert not Enrolment.objects.exists()
    assert mail.outbox == []


def test_a_name_is_needed_for_the_certificate(dewi, cohort):
    response = dewi.post(page_of(cohort), NEW | {"full_name": " "})

    assert response.status_code == 422
    assert 'href="#id_full_name"' in response.text
    assert f'value="{NEW["email"]}"' in response.text
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("group", ["trainer", "trainee", "editor", "programme_manager"])
def test_nobody_invites_to_a_cohort_that_is_not_theirs(in_group, cohort, group):
    browser = browser_of(in_group(group))
    people = User.objects.count()

    assert browser.post(page_of(cohort), NEW).status_code == 404
    assert User.objects.count() == people
    assert not Enrolment.objects.exists()
    assert mail.outbox == []


def test_inviting_twice_makes_one_account_one_enrolment_and_one_mail(dewi, cohort):
    said = words("This person takes the course already and is in the cohort.")
    told = [said in dewi.post(page_of(cohort), NEW, follow=True).text for _press in range(2)]

    assert told == [False, True]
    assert len(mail.outbox) == 1
    assert User.objects.filter(email=NEW["email"]).count() == 1
    assert Enrolment.objects.count() == 1


def test_the_moment_of_the_invitation_is_the_moment_of_the_enrolment(cohort):
    enrolment = invite(cohort=cohort, email="baru@contoh.test", full_name="Baru", now=NOW)

    assert enrolment.enrolled_at == NOW
    assert mail.outbox == []  # told by the view, once the rows are there


def test_looking_at_the_page_invites_nobody(dewi, cohort):
    response = dewi.get(page_of(cohort), NEW)

    assert words("Invite a participant") in text_of(response)
    assert "govuk-error-message" not in response.text
    assert dewi.head(page_of(cohort)).status_code == 200
    assert not Enrolment.objects.exists()


def test_the_form_and_the_page_read_in_english(dewi, cohort):
    response = dewi.post(f"/en{page_of(cohort)}", NEW, follow=True)

    assert response.redirect_chain == [(f"/en{page_of(cohort)}#isi", 302)]
    assert f"Invited: {NEW['email']}" in response.text
    assert "Invite a participant" in text_of(response)


def test_the_day_on_which_a_cohort_closes_is_said(dewi, cohort, learner):
    cohort.closes_on = date(2026, 12, 18)
    cohort.save()
    enrol(user=learner, course=cohort.course, now=NOW, cohort=cohort)

    assert "18 Des" in text_of(dewi.get(page_of(cohort)))
    home = text_of(browser_of(learner).get("/beranda-saya/"))
    assert words("until %(date)s", date="18 Desember 2026") in home
