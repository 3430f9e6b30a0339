"""The pages that move the clock and finish a run say first what will happen."""

import re

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from sandbox.domain.workflow import Action
from sandbox.labels import (
    CATEGORY_REASON,
    CLASS_LABELS,
    CLASS_REASONS,
    LEVEL_LABELS,
    LEVEL_REASONS,
)
from sandbox.models import Holiday, Run, Scenario
from sandbox.selectors import undecided as undecided_in
from sandbox.services import finish_run
from tests.factories import NOW
from tests.sandbox.pages import (
    case_url,
    clock_url,
    debrief_url,
    finish_url,
    inbox_url,
    send,
    words,
)
from tests.sandbox.playing import let_a_day_pass, next_morning, play_perfectly, take


def move(desk, run, to="morning", seen=None):
    seen = run.clock.isoformat() if seen is None else seen
    return desk.post(clock_url(run), {"to": to, "seen": seen})


def stored(run):
    return Run.objects.get(pk=run.pk)


def seen_on(page):
    return re.search(r'name="seen" value="([^"]+)"', words(page))[1]


def test_the_page_foretells_and_changes_nothing(desk, run):
    page = desk.get(clock_url(run))
    text = ngettext("%(n)s new report will come in", "%(n)s new reports will come in", 2)
    assert text % {"n": 2} in words(page)
    assert stored(run).clock == run.clock


def test_what_was_foretold_happens(desk, run):
    morning = next_morning(run)
    answer = move(desk, run, seen=seen_on(desk.get(clock_url(run))))
    assert answer["Location"] == inbox_url(run)
    assert stored(run).clock == morning
    assert came_in(2, 0) in words(desk.get(inbox_url(run)))


def came_in(reports, answers):
    """What the message after moving the clock says."""
    arrived = ngettext("%(n)d new report came in.", "%(n)d new reports came in.", reports)
    answered = ngettext("%(n)d reporter answered.", "%(n)d reporters answered.", answers)
    return f"{arrived % {'n': reports}} {answered % {'n': answers}}"


def test_after_an_hour_in_which_nothing_happened_the_message_says_so(desk, run):
    move(desk, run, to="hour")
    assert came_in(0, 0) in words(desk.get(inbox_url(run)))


def test_the_message_counts_reporters_who_answered_once(desk, run):
    cases = run.cases.arrived(run.clock).select_related("answer_key")
    for case in [case for case in cases if case.answer_key.key["decision"] == "hold"]:
        take(case, Action.HOLD, choices={"missing": case.answer_key.key["hold"]["missing"]})
    move(desk, run)
    assert came_in(2, 2) in words(desk.get(inbox_url(run)))
    move(desk, stored(run))
    assert came_in(0, 0) in words(desk.get(inbox_url(run)))


def test_a_clock_that_did_not_move_brings_no_news(desk, run):
    move(desk, run, seen="2020-01-01T00:00:00+00:00")
    assert came_in(0, 0) not in words(desk.get(inbox_url(run)))


def test_the_hour_that_a_page_saw_is_the_hour_of_the_run(desk, run):
    Run.objects.filter(pk=run.pk).update(clock=run.clock.replace(microsecond=250000))
    move(desk, run, seen=seen_on(desk.get(clock_url(run))), to="hour")
    assert stored(run).clock > run.clock.replace(microsecond=250000)


def test_a_double_click_moves_the_clock_once(desk, run):
    morning = next_morning(run)
    answers = [move(desk, run) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert stored(run).clock == morning
    assert _("The clock had already moved. Nothing was changed.") in words(desk.get(inbox_url(run)))


@pytest.mark.parametrize(
    ("to", "seen"),
    [
        ("yesterday", None),
        ("", None),
        ("morning", ""),
        ("morning", "kemarin"),
        ("morning", "2026-13-45T99:00:00"),
        ("morning", "2026-03-04"),
        ("morning", "2026-03-04T09:00:00"),
        ("morning", "2020-01-01T00:00:00+00:00"),
    ],
)
def test_a_form_that_was_meddled_with_moves_nothing(desk, run, to, seen):
    assert move(desk, run, to, seen).status_code == 302
    assert stored(run).clock == run.clock


def test_a_limit_that_will_pass_is_foretold_for_the_own_desk_only(desk, run):
    for case in run.cases.arrived(run.clock).filter(number__lte=5):
        take(take(case, Action.VERIFY), Action.DISPOSE)
    for case in run.cases.filter(number__in=(6, 7)):
        take(case, Action.HOLD)
    for _day in range(3):
        run = let_a_day_pass(run)
    still_here = run.cases.filter(state="unverified", due_at__lte=next_morning(run)).count()
    page = words(desk.get(clock_url(run)))
    text = ngettext(
        "%(n)s report will pass its time limit", "%(n)s reports will pass their time limit",
        still_here,
    )  # fmt: skip
    assert still_here > 0
    assert text % {"n": still_here} in page


def test_the_units_limit_is_not_foretold_to_the_admin(desk, run):
    play_perfectly(run)
    for _day in range(4):
        let_a_day_pass(run)
    text = ngettext(
        "%(n)s report will pass its time limit", "%(n)s reports will pass their time limit", 0
    )
    page = words(desk.get(clock_url(run)))
    assert page.count(text % {"n": 0}) == 2  # in an hour, and until tomorrow


def test_past_the_decreed_holidays_the_clock_stops_with_a_page(desk, run):
    year_end = run.clock.replace(month=12, day=31)
    Holiday.objects.filter(date__year__gt=2026).delete()
    Run.objects.filter(pk=run.pk).update(clock=year_end)
    for answer in (desk.get(clock_url(run)), move(desk, run, seen=year_end.isoformat())):
        assert answer.status_code == 422
        assert _("The calendar ends here") in words(answer)
    assert stored(run).clock == year_end


def test_a_hold_past_the_decreed_holidays_is_refused_and_keeps_what_was_typed(desk, run):
    Holiday.objects.filter(date__year__gt=2026).delete()
    Run.objects.filter(pk=run.pk).update(clock=run.clock.replace(month=12, day=28))
    case = run.cases.get(number=1)
    answer = send(desk, case, Action.HOLD, text="Di mana tempatnya?")
    assert answer.status_code == 422
    assert _("The calendar ends here") in words(answer)
    assert "Di mana tempatnya?" in words(answer)
    case.refresh_from_db()
    assert (case.state, case.version) == ("unverified", 1)


@pytest.mark.parametrize("address", [clock_url, finish_url])
def test_a_deleted_exercise_can_be_neither_moved_nor_finished(desk, run, address):
    Scenario.objects.all().delete()
    for answer in (desk.get(address(run)), desk.post(address(run))):
        assert answer.status_code == 410
        assert _("Read what you did") in words(answer)
    assert stored(run).score is None


def test_a_finished_run_has_no_clock_to_move(desk, run):
    finish_run(run=run, now=NOW)
    answer = move(desk, run)
    assert answer.status_code == 410
    assert debrief_url(run) in words(answer)
    assert stored(run).clock == run.clock


def test_finishing_asks_first_and_says_what_is_left(desk, run):
    page = words(desk.get(finish_url(run)))
    assert undecided(10) in page
    assert to_come(2) in page
    assert stored(run).finished_at is None


def undecided(number):
    text = ngettext(
        "%(n)s report still waits for your decision. It will score nothing.",
        "%(n)s reports still wait for your decision. They will score nothing.",
        number,
    )
    return text % {"n": number}


def to_come(number):
    text = ngettext(
        "%(n)s report has not come in yet: move the clock to receive it.",
        "%(n)s reports have not come in yet: move the clock to receive them.",
        number,
    )
    return text % {"n": number}


def test_reports_that_have_not_come_in_are_not_called_undecided(desk, run):
    assert undecided_in(run) == {"unfinished": 10, "to_come": 2, "waiting": 0}
    for case in run.cases.arrived(run.clock):
        take(case, Action.ARCHIVE)
    page = words(desk.get(finish_url(run)))
    assert undecided_in(run) == {"unfinished": 0, "to_come": 2, "waiting": 0}
    assert to_come(2) in page
    assert _("Every report has been decided.") not in page


def test_when_all_reports_are_there_none_is_said_to_come(desk, run):
    run = let_a_day_pass(run)
    page = words(desk.get(finish_url(run)))
    assert undecided_in(run) == {"unfinished": 12, "to_come": 0, "waiting": 0}
    assert undecided(12) in page
    assert to_come(0) not in page


def test_after_every_decision_nothing_is_left_to_finish(desk, run):
    play_perfectly(run)
    assert _("Every report has been decided.") in words(desk.get(finish_url(run)))


def test_finishing_says_that_a_reporter_may_still_answer(desk, run):
    for case in let_a_day_pass(run).cases.all():
        take(case, Action.HOLD if case.number == 1 else Action.ARCHIVE)
    text = ngettext(
        "%(n)s reporter has been asked and may answer",
        "%(n)s reporters have been asked and may answer",
        1,
    )
    page = words(desk.get(finish_url(run)))
    assert text % {"n": 1} in page
    assert _("Every report has been decided.") not in page


def test_finishing_leads_to_the_debrief_and_stays_finished(desk, run):
    play_perfectly(run)
    assert desk.post(finish_url(run))["Location"] == debrief_url(run)
    page = words(desk.get(debrief_url(run)))
    assert "<b>100</b>" in page
    assert _("Passed") in page
    score = stored(run).score
    assert desk.get(finish_url(run))["Location"] == debrief_url(run)
    assert desk.post(finish_url(run))["Location"] == debrief_url(run)
    assert stored(run).score == score


def test_there_is_no_debrief_before_the_finish(desk, run):
    assert desk.get(debrief_url(run))["Location"] == inbox_url(run)


def test_the_debrief_explains_every_line_with_its_reason_and_rule(desk, run):
    finished = finish_run(run=run, now=NOW)
    page = words(desk.get(debrief_url(run)))
    for line in finished.score["lines"]:
        if line["expectation"] not in {"class", "category", "level"}:
            assert line["why"]["id"] in page
        assert line["source"] in page
    assert page.count(f"<dt>{_('Why')}</dt>") == len(finished.score["lines"])
    assert _("Not passed yet") in page
    english = words(desk.get("/en" + debrief_url(run)))
    assert finished.score["lines"][0]["why"]["en"] in english


def test_what_went_wrong_is_open_and_what_went_right_folded_away(desk, run):
    play_perfectly(run)
    for case in run.cases.filter(number__in=(3, 7)):
        case.events.filter(role="agency_admin").delete()
    finish_run(run=run, now=NOW)
    page = words(desk.get(debrief_url(run)))
    opened = re.findall(r'<article class="decision" id="(LTH-\d+)">', page)
    folded = re.findall(r'<details class="decision" id="(LTH-\d+)">', page)
    assert opened == ["LTH-0003", "LTH-0007"]
    assert len(folded) == 10
    assert page.index('id="LTH-0007"') < page.index('id="LTH-0001"')
    for number in (3, 7):
        assert f'href="{case_url(run.cases.get(number=number))}"' in page
    text = _("%(points)s of %(out_of)s points")
    titles = re.findall(r'<span class="nums muted">([^<]*)</span>', page)
    earned = [text % {"points": points, "out_of": 10} for points in (0, 10)]
    assert [title for title in titles if title in earned] == [earned[0]] * 2 + [earned[1]] * 10


@pytest.mark.parametrize(("prefix", "language"), [("", "id"), ("/en", "en")])
def test_class_category_and_level_are_explained_by_what_they_mean(desk, run, prefix, language):
    finish_run(run=run, now=NOW)
    lines = {line["expectation"]: line for line in run_lines(run)}
    page = words(desk.get(prefix + debrief_url(run)))
    with override(language):
        reasons = {
            "class": CLASS_REASONS[lines["class"]["expected"]],
            "category": CATEGORY_REASON,
            "level": LEVEL_REASONS[lines["level"]["expected"]],
        }
        for reason in reasons.values():
            assert f"<dd>{reason}</dd>" in page


def test_a_lucky_guess_is_called_one(desk, run):
    cases = run.cases.select_related("answer_key")
    case = next(case for case in cases if case.answer_key.key["decision"] == "hold")
    key = case.answer_key.key
    choices = {"class": key["class"], "category": key["category"]}
    verified = take(case, Action.VERIFY, choices=choices)
    take(verified, Action.DISPOSE, choices={"unit": key["route"][0]["unit"]})
    finish_run(run=run, now=NOW)
    page = words(desk.get(debrief_url(run)))
    said = _("Ask first: a guess earns nothing, even a lucky one.")
    assert page.count(f"<dd>{said}</dd>") == 3  # unit, class, category
    assert page.count(f"<dd>{key['hold']['why_id']}</dd>") >= 4


def test_an_answer_is_foretold_for_the_morning_only(desk, run):
    take(run.cases.get(number=1), Action.HOLD)
    text = ngettext(
        "%(n)s reporter has been asked and may answer",
        "%(n)s reporters have been asked and may answer",
        1,
    )
    assert words(desk.get(clock_url(run))).count(text % {"n": 1}) == 1


def run_lines(run):
    return stored(run).score["lines"]


def test_every_choice_that_is_explained_by_its_meaning_has_one():
    assert set(CLASS_REASONS) == set(CLASS_LABELS)
    assert set(LEVEL_REASONS) == set(LEVEL_LABELS)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_case_says_what_to_remember(desk, run, prefix):
    finish_run(run=run, now=NOW)
    page = words(desk.get(prefix + debrief_url(run)))
    for case in run.cases.select_related("answer_key"):
        assert case.answer_key.key["debrief"]["en" if prefix else "id"] in page


def test_the_debrief_of_a_run_whose_exercise_was_deleted_can_be_read(desk, run):
    finish_run(run=run, now=NOW)
    Scenario.objects.all().delete()
    assert "<b>0</b>" in words(desk.get(debrief_url(run)))
