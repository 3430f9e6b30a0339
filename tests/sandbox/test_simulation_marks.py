"""Nobody takes the practice room for the real channel: eight marks on every one of its pages."""

import re

import pytest
from django.utils import translation

from sandbox.domain.workflow import Action
from sandbox.models import Run, Scenario
from sandbox.services import finish_run
from tests.factories import NOW
from tests.sandbox.marks import marks
from tests.sandbox.pages import (
    act_url,
    case_url,
    clock_url,
    debrief_url,
    finish_url,
    form_of,
    inbox_url,
    send,
    words,
)
from tests.sandbox.playing import calendar_until, take


def assert_marked(response, status=200):
    assert response.status_code == status
    found = marks(words(response))
    assert len(found) == 8
    assert [name for name, there in found.items() if not there] == []


@pytest.fixture
def case(run):
    return run.cases.get(number=1)


def test_every_page_of_a_run_is_marked(desk, run, case):
    for address in (
        "/latihan/", "/latihan/l1/", inbox_url(run), case_url(case), act_url(case, "verify"),
        act_url(case, "return"), clock_url(run), finish_url(run),
    ):  # fmt: skip
        assert_marked(desk.get(address))
    finish_run(run=run, now=NOW)
    assert_marked(desk.get(debrief_url(run)))
    assert_marked(desk.get(inbox_url(run)))


def test_the_english_pages_are_marked_too(desk, run, case):
    with translation.override("en"):
        for address in (inbox_url(run), case_url(case), clock_url(run)):
            assert address.startswith("/en/")
            assert_marked(desk.get(address))


def test_the_question_before_a_case_leaves_is_marked(desk, case):
    assert_marked(send(desk, case, Action.ARCHIVE, confirmed=False))


def test_a_refused_form_is_marked(desk, case):
    assert_marked(desk.post(act_url(case, "hold"), {"version": 1}), 422)


def test_the_page_of_a_conflict_is_marked(desk, case):
    form = form_of(case, Action.HOLD)
    take(case, Action.VERIFY)
    assert_marked(desk.post(act_url(case, "hold"), form), 409)


def test_the_page_of_a_run_that_is_over_is_marked(desk, run, case):
    Scenario.objects.all().delete()
    assert_marked(send(desk, case, Action.HOLD), 410)
    assert_marked(desk.get(clock_url(run)), 410)


def test_the_page_where_the_calendar_ends_is_marked(desk, run):
    calendar_until(run, "2026-12-31")
    Run.objects.filter(pk=run.pk).update(clock=run.clock.replace(month=12, day=31))
    assert_marked(desk.get(clock_url(run)), 422)


def test_addresses_in_the_room_that_lead_nowhere_are_marked(desk, run):
    for address in (
        f"/latihan/{run.pk}/kasus/99/", f"/latihan/{run.pk}/kasus/1/expire/",
        f"/latihan/{run.pk + 1}/kotak-masuk/", "/latihan/tidak-ada/",
    ):  # fmt: skip
        assert_marked(desk.get(address), 404)


def test_case_numbers_are_unlike_real_ones(desk, run):
    assert re.findall(r"\b(?:LTH-)?\d{4,}\b", words(desk.get(inbox_url(run))).split("<main")[1])
    assert {case.code for case in run.cases.all()} == {f"LTH-{n:04}" for n in range(1, 13)}


def test_nothing_in_a_report_can_be_called_mailed_or_followed(desk, run):
    for case in run.cases.reached():
        page = words(desk.get(case_url(case)))
        assert "tel:" not in page
        assert "mailto:" not in page
        links = re.findall(r'href="(https?://[^"]+)"', page)
        assert [link for link in links if not link.startswith("http://testserver")] == []
        assert 'content="telephone=no' in page


def test_the_marks_are_seen_to_be_missing_elsewhere(desk):
    """So that the test above would notice."""
    assert not any(marks(words(desk.get("/masuk/"))).values())
