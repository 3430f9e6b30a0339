"""What trainees saw and somebody changed is hidden until it has passed a test of what it is now."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from sandbox.domain.selftest import Check, Report
from sandbox.models import RulePack, Run, Scenario
from sandbox.services import import_pack, publishing, start_run, use_pack
from sandbox.services.publishing import store_report
from tests.factories import NOW, UserFactory
from tests.sandbox.exercise_pages import edit, form_of, typed
from tests.sandbox.packs import TODAY, version

SMALL = "meja-penghubung"
BAD = Report((Check("values", skipped=True),))


@pytest.fixture
def editor(client, practice_room):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.fixture
def scenario(practice_room):
    return Scenario.objects.select_related("rules").get(code=SMALL)


@pytest.fixture
def pack(practice_room):
    return RulePack.objects.get()


def state(scenario):
    scenario.refresh_from_db()
    return scenario.is_published, scenario.is_held_back


SHOWN, WAITS, DRAFT = (True, False), (False, True), (False, False)


def text_of(response):
    return b"".join(response.streaming_content).decode()


def url_of(scenario, name="test"):
    return reverse(f"exercises:{name}", args=[scenario.pk])


def change(editor, scenario, **changes):
    return editor.post(edit(scenario), form_of(editor, edit(scenario), **changes))


# Saving


def test_saving_a_change_hides_the_exercise_and_leads_to_its_test(editor, scenario, learner):
    run = start_run(learner=learner, scenario=scenario, now=NOW)

    response = change(editor, scenario, minutes="46")

    assert response.status_code == 307, "the browser sends the same kind of request again"
    assert response["Location"] == url_of(scenario)
    assert state(scenario) == WAITS
    assert scenario.report is None, "saving tests nothing"
    run.refresh_from_db()
    assert run.is_open


def test_the_test_that_follows_shows_it_again(editor, scenario):
    form = form_of(editor, edit(scenario), minutes="46")
    response = editor.post(edit(scenario), form, follow=True)

    body = text_of(response)

    assert response.redirect_chain == [(url_of(scenario), 307)]
    assert state(scenario) == SHOWN
    assert scenario.minutes == 46
    assert scenario.report["passed"]
    page = BeautifulSoup(body, "html.parser")
    assert len(page.select("[role=log] li")) == len(scenario.report["checks"])
    assert page.select_one(f'form[action="{url_of(scenario, "unpublish")}"]')


def test_a_change_that_fails_stays_hidden_and_comes_back_when_mended(editor, scenario):
    form = form_of(editor, edit(scenario), minutes="1")
    text_of(editor.post(edit(scenario), form, follow=True))
    assert state(scenario) == WAITS
    assert not scenario.report["passed"]

    text_of(editor.post(edit(scenario), form | {"minutes": "45"}, follow=True))
    assert state(scenario) == SHOWN


@pytest.mark.parametrize("changes", [{}, {"rank": "3"}])
def test_saving_what_no_test_looks_at_hides_nothing(editor, scenario, changes):
    response = change(editor, scenario, **changes)
    assert response.status_code == 302
    assert state(scenario) == SHOWN


def test_a_draft_that_is_saved_stays_a_draft(editor, scenario):
    publishing.unpublish(scenario=scenario)
    response = change(editor, scenario, minutes="46")
    assert response.status_code == 302
    assert state(scenario) == DRAFT


def test_trainees_cannot_start_what_waits(editor, scenario, learner):
    change(editor, scenario, minutes="46")
    desk = Client()
    desk.force_login(learner)
    assert scenario.title not in desk.get(reverse("sandbox:exercises")).text
    assert desk.post(reverse("sandbox:start", args=[scenario.code])).status_code == 404
    assert not Run.objects.exists()


def test_somebody_may_make_it_a_draft_for_good(editor, scenario):
    change(editor, scenario, minutes="46")
    editor.post(url_of(scenario, "unpublish"))
    assert state(scenario) == DRAFT
    publishing.test_scenario(scenario=scenario, now=NOW, looks=())
    assert state(scenario) == DRAFT


# While robots play


def test_a_test_of_what_was_changed_meanwhile_shows_nothing(scenario):
    steps = publishing.steps_of_test(scenario=scenario, now=NOW, looks=())
    next(steps)
    Scenario.objects.filter(pk=scenario.pk).update(
        minutes=50, is_published=False, is_held_back=True
    )

    list(steps)

    assert state(scenario) == WAITS
    assert scenario.minutes == 50


def test_a_test_does_not_show_what_somebody_took_back_meanwhile(scenario):
    steps = publishing.steps_of_test(scenario=scenario, now=NOW, looks=())
    next(steps)
    publishing.unpublish(scenario=Scenario.objects.get(pk=scenario.pk))

    list(steps)

    assert scenario.report["passed"]
    assert state(scenario) == DRAFT


def test_a_failed_test_hides_what_trainees_saw(scenario):
    store_report(scenario=scenario, report=BAD, digest="", now=NOW)
    assert state(scenario) == WAITS


# A rule pack


def test_exercises_that_get_a_new_pack_wait_for_their_test(pack, scenario):
    draft = Scenario.objects.get(code="l1")
    publishing.unpublish(scenario=draft)
    chosen = Scenario.objects.filter(code__in=[SMALL, "l1"])

    new = import_pack(pack=version(pack, amount=4), scenarios=chosen, today=TODAY)

    assert state(scenario) == WAITS
    assert state(draft) == DRAFT
    assert {scenario.rules, Scenario.objects.get(code="l1").rules} == {new}
    assert Scenario.objects.filter(is_held_back=True).count() == 1
    use_pack(pack=new, scenarios=Scenario.objects.filter(code=SMALL))
    assert state(scenario) == WAITS


def test_an_exercise_that_was_tested_with_a_pack_comes_back_with_it(pack, scenario):
    publishing.test_scenario(scenario=scenario, now=NOW, looks=())
    new = import_pack(pack=version(pack, amount=4), scenarios=[scenario], today=TODAY)
    assert state(scenario) == WAITS
    assert scenario.rules == new
    use_pack(pack=pack, scenarios=[scenario])
    assert state(scenario) == SHOWN


def test_the_page_of_the_pack_names_what_waits_and_leads_to_its_test(editor, pack, scenario):
    new = import_pack(pack=version(pack, amount=4), scenarios=[], today=TODAY)
    chosen = {"scenarios": [scenario.pk]}

    response = editor.post(reverse("rule_packs:use", args=[new.pk]), chosen, follow=True)

    assert state(scenario) == WAITS
    assert response.text.count(reverse("exercises:waiting")) == 2, "in the message and the page"


def test_a_pack_that_is_changed_in_place_makes_its_exercises_wait(editor, pack, scenario):
    address = reverse("rule_packs:edit", args=[pack.pk])
    form = typed(editor.get(address).text)

    assert editor.post(address, form).status_code == 302
    assert state(scenario) == SHOWN
    assert editor.post(address, form | {"time_limits-0-amount": "4"}).status_code == 302
    assert state(scenario) == WAITS


# All that wait


def test_all_that_wait_are_tested_one_after_another(editor, pack, scenario):
    others = Scenario.objects.exclude(code__in=[SMALL, "ibu-di-kursi-roda"])
    others.delete()
    broken = Scenario.objects.get(code="ibu-di-kursi-roda")
    Scenario.objects.filter(pk=broken.pk).update(minutes=1)
    import_pack(pack=version(pack, amount=4), scenarios=Scenario.objects.all(), today=TODAY)
    address = reverse("exercises:waiting")
    listed = editor.get(address).text
    assert url_of(scenario) in listed
    assert url_of(broken) in listed

    lines = BeautifulSoup(text_of(editor.post(address)), "html.parser").select("[role=log] li")

    assert len(lines) == 2
    assert state(scenario) == SHOWN
    assert state(broken) == WAITS
    left = editor.get(address).text
    assert url_of(scenario) not in left
    assert url_of(broken) in left


def test_only_who_may_change_exercises_tests_them_all(client, learner, scenario):
    Scenario.objects.filter(pk=scenario.pk).update(is_published=False, is_held_back=True)
    client.force_login(learner)
    assert client.post(reverse("exercises:waiting")).status_code in (302, 403, 404)
    assert state(scenario) == WAITS
    assert scenario.report is None


def test_the_list_of_exercises_says_what_waits(editor, scenario):
    index = reverse("exercises:index")
    assert reverse("exercises:waiting") not in editor.get(index).text
    Scenario.objects.filter(pk=scenario.pk).update(is_published=False, is_held_back=True)
    assert reverse("exercises:waiting") in editor.get(index).text
