"""Hints on a draft inform, store nothing, and are refused where the mode has none."""

import re

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from sandbox.domain.answers import Element
from sandbox.domain.answers.hints import ASKED, Plainness
from sandbox.domain.workflow import Action
from sandbox.labels import ELEMENT_LABELS, MISSING_ELEMENT_WORDS, PLAINNESS_LABELS
from sandbox.models import Scenario
from sandbox.selectors import hints_for
from sandbox.services import finish_run, start_run
from tests.factories import ANSWER, NOW, a_run
from tests.sandbox.pages import act_url, words
from tests.sandbox.playing import snapshot

EMPTY = "Terima kasih, laporan Anda akan kami koordinasikan dengan pihak terkait."
BLAME = "Warga membuang sampah sembarangan sehingga TPS penuh."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(practice_room, learner):
    """A report on the desk of a liaison officer, in guided mode."""
    return on_the_desk(a_run(learner, "meja-penghubung"))


def on_the_desk(run):
    return run.cases.reached().select_related("run__rules").filter(unit="DLH").first()


def check(desk, case, text, action=Action.ANSWER, **more):
    filled = {"version": case.version, "text": text, "evidence": "", "check": "yes", **more}
    return desk.post(act_url(case, action), filled)


def test_a_good_answer_has_all_that_belongs_in_it_but_evidence(case):
    hints = hints_for(case, Action.ANSWER, ANSWER, "")
    assert hints.missing == [Element.EVIDENCE]
    assert hints_for(case, Action.ANSWER, ANSWER, "foto").missing == []
    assert hints.plainness is Plainness.EASY


def test_an_empty_promise_is_called_one(case):
    hints = hints_for(case, Action.ANSWER, EMPTY, "")
    assert hints.is_empty_promise
    assert Element.FINDING in hints.missing


def test_the_reporters_name_is_found_where_others_can_read_it(case):
    name = case.facts["reporter"]
    assert hints_for(case, Action.ANSWER, f"Laporan {name} kami terima.", "").leaks == (name,)


def test_only_what_belongs_in_a_text_is_asked_of_it(case):
    interim = hints_for(case, Action.INTERIM, "Sabar.", "")
    assert [element for element, _found in interim.elements] == list(ASKED[Action.INTERIM])
    assert hints_for(case, Action.NOTE, "Catatan.", "") is None


def test_hints_never_need_the_answer_key(case):
    case.answer_key.delete()
    case = on_the_desk(case.run)
    assert hints_for(case, Action.ANSWER, EMPTY, "").count


def test_the_page_says_what_is_missing_and_keeps_everything_typed(case, desk):
    before = snapshot(case)
    answer = check(desk, case, EMPTY)
    page = words(answer)
    assert answer.status_code == 200
    assert EMPTY in page
    assert str(ELEMENT_LABELS[Element.FINDING]) in page
    assert str(MISSING_ELEMENT_WORDS[Element.FINDING]) in page
    assert str(PLAINNESS_LABELS[hints_for(case, Action.ANSWER, EMPTY, "").plainness]) in page
    assert snapshot(case) == before


def test_checking_an_unfinished_form_complains_about_nothing(case, desk):
    page = words(check(desk, case, "", Action.HOLD))
    assert _("Nothing has been written yet.") in page
    assert "govuk-error-summary" not in page


def test_choices_already_made_are_kept_by_a_check(case, desk):
    page = words(check(desk, case, "Di mana tempatnya?", Action.HOLD, missing="date"))
    assert re.search(r'name="missing" value="date"[^>]* checked', page)


def test_with_htmx_only_the_hints_are_swapped(case, desk):
    filled = {"version": case.version, "text": BLAME, "check": "yes"}
    answer = desk.post(act_url(case, Action.ANSWER), filled, headers=HTMX)
    page = words(answer)
    assert page.strip().startswith("<section")
    assert "<form" not in page
    assert _("This puts the blame on somebody:") in page


def test_what_was_typed_cannot_break_the_page(case, desk):
    page = check(desk, case, "<script>alert(1)</script> Terima kasih.").content.decode()
    assert "<script>alert" not in page


def test_a_blank_draft_is_told_so(case, desk):
    assert _("Nothing has been written yet.") in words(check(desk, case, "   "))


def test_the_button_is_there_where_hints_are(case, desk):
    page = words(desk.get(act_url(case, Action.ANSWER)))
    assert 'name="check"' in page
    note = words(desk.get(act_url(case, Action.NOTE)))
    assert 'name="check"' not in note


def test_a_step_without_hints_refuses_a_check(case, desk):
    assert check(desk, case, "Catatan untuk rekan.", Action.NOTE).status_code == 403


def test_an_exam_has_no_button_and_the_server_refuses(practice_room, learner, desk):
    scenario = Scenario.objects.get(code="ujian-penghubung")
    run = start_run(learner=learner, scenario=scenario, now=timezone.now())
    case = on_the_desk(run)
    assert 'name="check"' not in words(desk.get(act_url(case, Action.ANSWER)))
    before = snapshot(case)
    for headers in ({}, HTMX):
        filled = {"version": case.version, "text": EMPTY, "check": "yes"}
        answer = desk.post(act_url(case, Action.ANSWER), filled, headers=headers)
        assert answer.status_code == 403
        assert str(MISSING_ELEMENT_WORDS[Element.FINDING]) not in words(answer)
    assert snapshot(case) == before


def test_a_finished_run_gives_no_hints(case):
    run = finish_run(run=case.run, now=NOW)
    assert hints_for(on_the_desk(run), Action.ANSWER, EMPTY, "") is None


def test_hints_change_no_score(case, desk):
    for text in (EMPTY, BLAME, ANSWER):
        check(desk, case, text)
    untouched = a_run(code="meja-penghubung")
    assert case.run.length == type(case.run).objects.get(pk=case.run.pk).length
    assert untouched.score is None
