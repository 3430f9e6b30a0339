"""A page asks the database as often for twelve reports as for a hundred and twenty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sandbox.domain.workflow import Action
from sandbox.models import Run, Scenario
from sandbox.services import finish_run
from tests.factories import NOW, a_run
from tests.sandbox.pages import (
    act_url,
    case_url,
    clock_url,
    debrief_url,
    finish_url,
    form_of,
    inbox_url,
)


@pytest.fixture(params=[12, 120])
def run(request, practice_room, learner) -> Run:
    return a_run(learner, number=request.param)


def queries_of(desk, address, data=None, status=200):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = desk.get(address) if data is None else desk.post(address, data)
    assert response.status_code == status
    return len(captured)


def warm(desk, run):
    """Fill what a process keeps, such as the tree of pages and the footer."""
    desk.get(inbox_url(run))


def test_inbox(desk, run):
    warm(desk, run)
    assert queries_of(desk, inbox_url(run)) == 6


def test_case(desk, run):
    warm(desk, run)
    assert queries_of(desk, case_url(run.cases.get(number=1))) == 6


def test_form(desk, run):
    warm(desk, run)
    assert queries_of(desk, act_url(run.cases.get(number=1), "archive")) == 6


def test_taking_an_action(desk, run):
    warm(desk, run)
    case = run.cases.get(number=1)
    form = form_of(case, Action.ARCHIVE) | {"confirmed": "yes"}
    assert queries_of(desk, act_url(case, "archive"), form, 302) == 11


def test_clock(desk, run):
    warm(desk, run)
    assert queries_of(desk, clock_url(run)) == 7


def test_finish(desk, run):
    warm(desk, run)
    assert queries_of(desk, finish_url(run)) == 5


def test_scoring(desk, run):
    warm(desk, run)
    assert queries_of(desk, finish_url(run), {}, 302) == 14


def test_debrief(desk, run):
    finish_run(run=run, now=NOW)
    warm(desk, run)
    assert queries_of(desk, debrief_url(run)) == 7


@pytest.mark.parametrize("more", [0, 10])
def test_the_list_of_exercises(practice_room, desk, more):
    exercise = Scenario.objects.get(code="meja-instansi")
    for number in range(more):
        exercise.pk, exercise.code = None, f"lagi-{number}"
        exercise.save()
    address = reverse("sandbox:exercises")
    desk.get(address)
    assert queries_of(desk, address) == 7


def test_a_briefing(practice_room, desk):
    address = reverse("sandbox:briefing", args=["meja-instansi"])
    desk.get(address)
    assert queries_of(desk, address) == 10
