"""Another step at a past moment shows another future, and leaves the run as it was."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from sandbox.domain.workflow import Action
from sandbox.models import Run
from tests.factories import UserFactory
from tests.sandbox.looking_back import (
    WRONG_UNIT,
    a_finished_run,
    everything,
    first_astray,
    misrouted,
)
from tests.sandbox.pages import words
from tests.sandbox.test_simulation_marks import assert_marked

INSTEAD, BESIDE = {"what_if-place": "instead"}, {"what_if-place": "beside"}


def address(run, step=None, case=None, action=None):
    query = {"langkah": step, "kasus": case, "tindakan": action}
    tail = "&".join(f"{name}={value}" for name, value in query.items() if value)
    return reverse("sandbox:what_if", args=[run.pk]) + (f"?{tail}" if tail else "")


def text_of(response):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words(response))))


@pytest.fixture
def finished(practice_room, learner):
    return a_finished_run(learner, days=4)


@pytest.fixture
def astray(finished):
    """The first step that sent a case to the wrong unit."""
    return first_astray(finished)


def right_unit(astray):
    return astray.case.answer_key.key["route"][0]["unit"]


def send(desk, run, astray, **changes):
    data = {"version": astray.number - 1, "unit": right_unit(astray), "text": "", **INSTEAD}
    return desk.post(address(run, astray.number - 1, astray.case.number, "dispose"), data | changes)


def test_the_right_unit_instead_of_the_wrong_one_shows_both_futures(desk, finished, astray):
    with translation.override("en"):
        response = send(desk, finished, astray)
    compared = response.context["compared"]
    assert response.status_code == 200
    assert compared.made.replaced.number == astray.number
    real, other = compared.real, compared.other
    assert Action.DECLINE in {event.action for event in real.events}
    assert Action.DECLINE not in {event.action for event in other.events}
    assert compared.would_be.points >= compared.was.points
    assert {pair.line.expectation for pair in compared.changed} >= {"unit"}
    page = text_of(response)
    assert "Two futures" in page
    assert "Nothing has been written" in page
    assert "Give back: not this unit's task" in page


def test_another_future_changes_no_row(desk, finished, astray):
    before = everything(finished)
    assert desk.get(address(finished)).status_code == 200
    assert desk.get(address(finished, 5, 1, "note")).status_code == 200
    assert send(desk, finished, astray).status_code == 200
    waited = desk.post(address(finished, 20, None, "jam"), {"days": "5", **INSTEAD})
    assert waited.status_code == 200
    assert everything(finished) == before
    assert Run.objects.get(pk=finished.pk).score == finished.score


def test_the_same_step_again_is_the_same_future(desk, finished, astray):
    support = astray.choices.get("support", [])
    response = send(desk, finished, astray, unit=WRONG_UNIT, support=support, text=astray.text)
    compared = response.context["compared"]
    assert compared.changed == []
    assert compared.real.trust == compared.other.trust
    told = [
        [(e.action, e.at, e.text) for e in each.events] for each in (compared.real, compared.other)
    ]
    assert told[0] == told[1]


def test_the_form_begins_with_what_was_chosen_then(desk, finished, astray):
    form = desk.get(address(finished, astray.number - 1, astray.case.number, "dispose")).context[
        "form"
    ]
    assert form["unit"].value() == WRONG_UNIT


def test_steps_that_were_not_possible_then_are_not_offered(desk, finished, astray):
    page = desk.get(address(finished, astray.number - 1, astray.case.number))
    offered = {o.action for group in vars(page.context["offer"]).values() for o in group}
    assert Action.DISPOSE in offered
    assert not offered & {Action.APPROVE, Action.ANSWER, Action.REOPEN}
    assert (
        desk.get(address(finished, astray.number - 1, astray.case.number, "approve")).context[
            "form"
        ]
        is None
    )


def test_a_step_can_come_beside_ones_own(desk, finished, astray):
    url = address(finished, astray.number - 1, astray.case.number, "note")
    note = {"version": 1, "text": "Periksa lagi siapa yang berwenang.", **BESIDE}
    compared = desk.post(url, note).context["compared"]
    assert compared.made.replaced is None
    assert Action.NOTE in {event.action for event in compared.other.events}
    assert [e.choices.get("unit") for e in compared.other.events if e.is_own][1] == WRONG_UNIT


def test_waiting_longer_lets_limits_pass(desk, finished):
    opening = finished.log.filter(case=None).earliest("number")
    with translation.override("en"):
        response = desk.post(address(finished, opening.number, 1, "jam"), {"days": "5", **INSTEAD})
    compared = response.context["compared"]
    assert compared.other.breaches >= compared.real.breaches
    assert compared.would_be.points <= compared.was.points
    assert "5 working days" in text_of(response)


def test_an_incomplete_form_is_refused_with_words_and_nothing_typed_is_lost(desk, finished, astray):
    before = everything(finished)
    with translation.override("en"):
        response = send(desk, finished, astray, unit="", text="Catatan untuk unit ini.")
    assert response.status_code == 422
    assert "Choose a unit." in text_of(response)
    assert "Catatan untuk unit ini." in words(response)
    assert everything(finished) == before


def test_an_address_that_makes_no_sense_asks_anew(desk, finished):
    for url in (
        address(finished, "abc", "xyz", "hapus"), address(finished, 99999, 99, "dispose"),
        address(finished, 1, 1, "submit"),
    ):  # fmt: skip
        response = desk.get(url)
        assert response.status_code == 200
        assert response.context["form"] is None
        assert desk.post(url, {"unit": "DLH"}).status_code == 200


def test_before_the_trainees_time_nothing_can_be_changed(desk, practice_room, learner):
    run = a_finished_run(learner, "meja-penghubung", days=1, astray=0)
    opening = run.log.filter(case=None).earliest("number")
    assert opening.number > 2
    assert desk.get(address(run, 2)).context["asked"].number == opening.number


def test_a_link_can_only_be_made_to_what_had_come_in_by_then(desk, finished):
    opening = finished.log.filter(case=None).earliest("number")
    form = desk.get(address(finished, opening.number, 1, "link_duplicate")).context["form"]
    late = set(finished.cases.filter(received_at__gt=opening.at).values_list("number", flat=True))
    assert late
    choices = {int(code) for code, _label in form.fields["parent"].choices if code}
    assert choices
    assert not choices & (late | {1})


def test_an_answer_instead_of_another_moves_the_reporters_trust(desk, practice_room, learner):
    run = a_finished_run(learner, "meja-penghubung", days=3, astray=0)
    answer = run.log.filter(action=Action.ANSWER, is_own=True).earliest("number")
    url = address(run, answer.number - 1, answer.case.number, "answer")
    empty = "Terima kasih. Laporan Anda akan kami koordinasikan dengan pihak terkait."
    data = {"version": 1, "text": empty, "evidence": "", **INSTEAD}
    compared = desk.post(url, data).context["compared"]
    assert compared.other.trust_in_the_end < compared.real.trust_in_the_end
    assert compared.would_be.points < compared.was.points
    then = {event.action for event in (*compared.other.events, *compared.other.afterwards)}
    assert then & {Action.REPLY, Action.ESCALATE}


def test_nobody_asks_about_the_run_of_another(client, finished, astray):
    client.force_login(UserFactory())
    before = everything(finished)
    assert send(client, finished, astray).status_code == 404
    assert everything(finished) == before


def test_what_if_pages_bear_every_mark_of_a_simulation(desk, finished, astray):
    number = misrouted(finished)
    for url in (
        address(finished), address(finished, 30, number), address(finished, 30, None, "jam"),
        address(finished, astray.number - 1, number, "dispose"),
    ):  # fmt: skip
        assert_marked(desk.get(url))
    assert_marked(send(desk, finished, astray))
    assert_marked(send(desk, finished, astray, unit=""), 422)
