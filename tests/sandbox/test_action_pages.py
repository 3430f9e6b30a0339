"""An action's page stands two tabs, runs that are over, wrong addresses, and htmx."""

import pytest
from django.utils.translation import gettext as _

from sandbox.domain.workflow import Action
from sandbox.labels import ACTION_LABELS
from sandbox.models import Scenario
from sandbox.services import finish_run
from tests.factories import NOW
from tests.sandbox.desk_cases import FIRST_ROLE, SOME, WITH_TEXT, case_for
from tests.sandbox.pages import (
    TYPED,
    act_url,
    case_url,
    form_of,
    refused,
    send,
    typed_again,
    words,
)
from tests.sandbox.playing import CHOICES, TEXT, let_a_day_pass, snapshot, take


@pytest.fixture(params=SOME, ids=str)
def action(request):
    return request.param


@pytest.fixture
def case(action, learner, practice_room):
    return case_for(action, FIRST_ROLE[action], learner)


# Two tabs, and runs that are over


@pytest.mark.parametrize("action", WITH_TEXT, indirect=True, ids=str)
def test_a_case_that_changed_in_another_tab_gives_back_what_was_typed(desk, case, action):
    old = form_of(case, action, text=TYPED) | {"confirmed": "yes"}
    take(case, Action.NOTE, text="Dari tab lain.")
    before = snapshot(case)

    response = desk.post(act_url(case, action), old)

    assert response.status_code == 409
    assert snapshot(case) == before
    page = words(response)
    assert _("The case has moved on") in page
    assert typed_again(page) == TYPED
    assert case_url(case) in page
    assert str(ACTION_LABELS[Action.NOTE]) in page


def test_a_double_click_is_one_step_and_looks_like_success(desk, case, action):
    form = form_of(case, action) | {"confirmed": "yes"}
    answers = [desk.post(act_url(case, action), form) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert case.events.filter(action=action, is_own=True).count() == 1


@pytest.mark.parametrize(
    "action", [Action.ARCHIVE, Action.RETURN, Action.SEND_BACK], indirect=True, ids=str
)
def test_a_form_that_is_no_longer_possible_leads_to_the_case(desk, case, action):
    """Such as after the browser's “back”."""
    take(case, action)
    before = snapshot(case)
    response = desk.get(act_url(case, action))
    assert (response.status_code, response["Location"]) == (302, case_url(case))
    said = _("This step has been taken. The case is shown as it is now.")
    assert said in words(desk.get(case_url(case)))
    assert snapshot(case) == before


@pytest.mark.parametrize("action", WITH_TEXT, indirect=True, ids=str)
def test_a_finished_run_gives_back_what_was_typed(desk, case, action):
    finish_run(run=case.run, now=NOW)
    before = snapshot(case)
    response = send(desk, case, action, text=TYPED)
    assert response.status_code == 410
    assert typed_again(words(response)) == TYPED
    assert _("You have finished it. Nothing was changed.") in words(response)
    assert snapshot(case) == before


@pytest.mark.parametrize("action", WITH_TEXT, indirect=True, ids=str)
def test_an_exercise_deleted_meanwhile_gives_back_what_was_typed(desk, case, action):
    Scenario.objects.all().delete()
    before = snapshot(case)
    response = send(desk, case, action, text=TYPED)
    assert response.status_code == 410
    assert typed_again(words(response)) == TYPED
    assert snapshot(case) == before
    assert desk.get(case_url(case)).status_code == 200


def test_a_run_that_is_over_offers_no_form(desk, case, action):
    finish_run(run=case.run, now=NOW)
    response = desk.get(act_url(case, action))
    assert response.status_code == 410
    assert "<textarea" not in words(response)


# What is no action, and what changes nothing


@pytest.mark.parametrize(
    "name", ["expire", "warn", "breach", "answer_together", "undo", "tutup", "x"]
)
def test_what_people_cannot_do_by_a_form_has_no_page(desk, run, name):
    case = run.cases.get(number=1)
    before = snapshot(case)
    assert desk.get(act_url(case, name)).status_code == 404
    assert desk.post(act_url(case, name), {"version": 1, "confirmed": "yes"}).status_code == 404
    assert snapshot(case) == before


def test_looking_at_a_form_changes_nothing(desk, case, action):
    before = snapshot(case)
    page = desk.get(act_url(case, action), CHOICES[action] | {"text": TEXT, "confirmed": "yes"})
    assert page.status_code == 200
    assert desk.head(act_url(case, action)).status_code == 200
    assert snapshot(case) == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(desk, run, method):
    case = run.cases.get(number=1)
    before = snapshot(case)
    assert getattr(desk, method)(act_url(case, "archive")).status_code == 405
    assert snapshot(case) == before


# htmx


def test_htmx_gets_the_form_alone(desk, case, action):
    response = desk.get(act_url(case, action), headers={"HX-Request": "true"})
    page = words(response)
    assert response.status_code == 200
    assert page.lstrip().startswith('<section class="actions')
    assert "<html" not in page
    label = response.context["action_label"]
    assert f'<h2 tabindex="-1" data-focus>{label}</h2>' in page


def test_the_form_that_htmx_brings_is_sent_plainly(desk, case, action):
    page = words(desk.get(act_url(case, action), headers={"HX-Request": "true"}))
    assert f'<form method="post" action="{act_url(case, action)}#tindakan" novalidate>' in page
    assert page.count("hx-post") == page.count('hx-target="#petunjuk"')  # hints alone


def test_a_step_sent_by_htmx_is_answered_like_any_other(desk, case, action):
    data = form_of(case, action) | {"confirmed": "yes"}
    response = desk.post(act_url(case, action), data, headers={"HX-Request": "true"})
    assert response.status_code == 302
    assert response["Location"].startswith(f"/latihan/{case.run_id}/")
    assert "HX-Redirect" not in response
    assert case.events.filter(action=action).exists()


def test_a_refusal_is_a_whole_page_for_htmx_too(desk, case, action):
    before = snapshot(case)
    response = desk.post(
        act_url(case, action), {"version": case.version}, headers={"HX-Request": "true"}
    )
    refused(response, case, before)
    page = words(response)
    assert "govuk-error-message" in page or action is Action.CHANGE_SECRECY
    assert "<html" in page
    assert page.index('id="tindakan"') < page.index("data-error-summary")
    assert page.count("data-error-summary") == 1


def test_the_days_that_were_moved_do_not_matter_to_a_form_that_was_open(desk, run):
    """Only the case's own version counts: letting a day pass in another tab loses nothing."""
    case = run.cases.get(number=1)
    form = form_of(case, Action.HOLD)
    let_a_day_pass(run)
    assert desk.post(act_url(case, Action.HOLD), form).status_code == 302
