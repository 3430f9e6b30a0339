"""A desk that watches others begins at its board; a unit reads when its findings were made."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from sandbox.domain.actors import GIVING
from sandbox.selectors import office_time
from sandbox.services import finish_run
from tests.factories import NOW, a_run
from tests.sandbox.pages import case_url, inbox_url, words


def board_url(run):
    return reverse("sandbox:board", args=[run.pk])


@pytest.fixture
def monday(practice_room, learner):
    return a_run(learner, "rapat-senin")


def test_a_supervisor_without_drafts_begins_at_the_board(desk, monday):
    assert desk.get(inbox_url(monday)).url == board_url(monday)
    started = desk.post(reverse("sandbox:start", args=["rapat-senin"]), follow=True)
    assert started.redirect_chain[-1][0] == board_url(monday)


def test_the_inbox_stays_one_link_away_from_the_board(desk, monday):
    asked = f"{inbox_url(monday)}?lihat=perlu"
    assert asked in words(desk.get(board_url(monday)))
    assert desk.get(asked).status_code == 200


def test_a_finished_run_and_other_desks_keep_their_inbox(desk, practice_room, learner, monday):
    finish_run(run=monday, now=NOW)
    assert desk.get(inbox_url(monday)).status_code == 200
    assert desk.get(inbox_url(a_run(learner, "meja-instansi"))).status_code == 200


def test_findings_bear_the_day_on_which_a_unit_looked(desk, practice_room, learner):
    run = a_run(learner, "meja-penghubung")
    cases = [case for case in run.cases.reached().exclude(unit="") if case.facts["findings"]["id"]]
    case = cases[0]
    given = case.events.filter(action__in=GIVING).latest("number").at
    with translation.override("en"):
        page = words(desk.get(case_url(case)))
        day = date_format(given.astimezone(office_time(run).zone), "l, j F Y")
    assert f"Looked at on {day}." in page
