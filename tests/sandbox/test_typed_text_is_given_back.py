"""Whoever was signed out while they wrote, or whose form expired, gets back what they wrote."""

from html import escape

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from sandbox.domain.modes import Mode
from sandbox.domain.workflow import Action, Role
from sandbox.models import Run
from tests.sandbox.desk_cases import case_for
from tests.sandbox.families import browser_of
from tests.sandbox.marks import assert_marked_for_its_kind
from tests.sandbox.pages import act_url, form_of, words
from tests.sandbox.playing import snapshot

TYPED = 'Mohon sebutkan <b>nama jalan</b> & "patokan".\nTerima kasih.'
ORIGIN = "http://testserver"


@pytest.fixture
def case(run):
    return run.cases.get(number=1)


@pytest.fixture
def form(case):
    return form_of(case, Action.HOLD, text=TYPED)


@pytest.fixture
def expired(learner):
    """A browser whose page is older than its token."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(learner)
    return browser


def assert_given_back(response, typed=TYPED):
    page = BeautifulSoup(response.content, "html.parser")
    box = page.select_one("textarea[readonly]")
    assert response.status_code == 403
    assert box.text.strip() == typed
    assert escape(typed).splitlines()[0] in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    return page


def test_after_the_session_has_ended_the_text_comes_back_with_a_way_to_the_form(client, case, form):
    before = snapshot(case)
    response = client.post(act_url(case, "hold"), form)

    page = assert_given_back(response)
    assert_marked_for_its_kind(response)
    assert page.select_one(f'a[href="/masuk/?next={act_url(case, "hold")}"][target="_blank"]')
    assert "sessionid" not in client.cookies
    assert snapshot(case) == before


def test_after_signing_in_the_form_is_there_again(client, learner, case, form):
    learner.set_password("kata-sandi-latihan")
    learner.save()
    page = assert_given_back(client.post(act_url(case, "hold"), form))
    sign_in = page.select_one("main a.govuk-button")["href"]
    data = {"login": learner.email, "password": "kata-sandi-latihan"}
    answer = client.post(sign_in, data | {"next": act_url(case, "hold")})
    assert answer.headers["Location"] == act_url(case, "hold")
    assert "<textarea" in words(client.get(act_url(case, "hold")))


def test_only_sentences_come_back_never_choices_tokens_or_passwords(client, case, form):
    secret = {"password": "sandi rahasia", "csrfmiddlewaretoken": "a b", "version": "7 7"}
    page = words(client.post(act_url(case, "hold"), form | secret | {"reason": "spam"}))
    for value in ("sandi rahasia", "7 7", "a b", "spam"):
        assert value not in BeautifulSoup(page, "html.parser").select_one("textarea").text


def test_with_nothing_written_the_way_is_the_sign_in_page(client, case):
    response = client.post(act_url(case, "hold"), {"missing": "location", "text": "  "})
    assert (response.status_code, response.headers["Location"]) == (302, "/masuk/")


def test_a_draft_that_is_checked_without_a_session_is_shown_instead_of_the_page(client, case, form):
    headers = {"HX-Request": "true"}
    response = client.post(act_url(case, "hold"), form | {"check": "yes"}, headers=headers)
    assert_given_back(response)
    assert response.headers["HX-Retarget"] == "body"
    assert '{"code":"[23]..|403","swap":true}' in words(response)


def test_an_expired_form_is_refused_with_the_text(expired, case, form):
    before = snapshot(case)
    response = expired.post(act_url(case, "hold"), form, headers={"Origin": ORIGIN})

    page = assert_given_back(response)
    assert_marked_for_its_kind(response)
    assert page.select_one(f'main a[href="{act_url(case, "hold")}"]')
    assert snapshot(case) == before


@pytest.mark.parametrize("origin", ["https://jahat.test", "null", ""])
def test_what_another_site_sends_is_not_shown(expired, case, form, origin):
    response = expired.post(act_url(case, "hold"), form, headers={"Origin": origin})
    assert response.status_code == 403
    assert "nama jalan" not in words(response)


def test_an_expired_sign_in_shows_no_passphrase(db):
    browser = Client(enforce_csrf_checks=True)
    data = {"login": "a@contoh.test", "password": "kata sandi saya"}
    response = browser.post("/masuk/", data, headers={"Origin": ORIGIN})
    assert response.status_code == 403
    assert "kata sandi saya" not in words(response)


@pytest.mark.parametrize(
    ("address", "field"),
    [("penilaian/1/", "comment-3"), ("1/kelonggaran/ujian/", "reason")],
)
def test_what_a_trainer_wrote_comes_back_too(client, db, address, field):
    response = client.post(f"/pelatih/1/{address}", {field: "Kalimat yang panjang sekali."})
    assert_given_back(response, "Kalimat yang panjang sekali.")


def test_the_admin_asks_to_sign_in_as_before(client, db):
    response = client.post(reverse("wagtailadmin_home"), {"title": "Judul yang panjang"})
    assert response.status_code == 302


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_a_browser_the_text_takes_the_place_of_the_whole_page(live_server, page, practice_room):
    case = case_for(Action.ANSWER, Role.LIAISON_OFFICER)
    Run.objects.filter(pk=case.run_id).update(mode=Mode.GUIDED)
    session = browser_of(case.run.learner).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(live_server.url + act_url(case, "answer"))
    page.locator("textarea").fill(TYPED)
    Session.objects.all().delete()
    page.locator("button[name=check]").click()
    expect(page.locator("textarea[readonly]")).to_have_value(TYPED)
    assert page.locator("h1").count() == page.locator("main").count() == 1
    assert page.evaluate("scrollY") == 0
