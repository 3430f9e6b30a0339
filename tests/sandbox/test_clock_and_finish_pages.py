"""The pages that move the clock and finish a run say first what will happen."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sandbox.domain.workflow import Action
from sandbox.models import Holiday, Run, Scenario
from sandbox.selectors import office_time, outlook, targets
from sandbox.selectors import undecided as undecided_in
from sandbox.selectors.clocks import FORECAST_WORDS
from sandbox.services import finish_run
from sandbox.views.news import NEWS_WORDS
from tests.factories import NOW, a_run
from tests.sandbox.pages import clock_url, debrief_url, finish_url, inbox_url, send, words
from tests.sandbox.playing import (
    VERIFY,
    calendar_until,
    let_a_day_pass,
    let_days_pass,
    next_morning,
    take,
)

NOTHING = "The clock has moved. Nothing happened meanwhile."


def move(desk, run, to="morning", seen=None):
    seen = run.clock.isoformat() if seen is None else seen
    return desk.post(clock_url(run), {"to": to, "seen": seen})


def stored(run):
    return Run.objects.get(pk=run.pk)


def seen_on(page):
    return re.search(r'name="seen" value="([^"]+)"', words(page))[1]


def foretold(kind, number):
    return FORECAST_WORDS[kind] % {"n": number}


def news(action, number):
    return next(words for actions, words in NEWS_WORDS.items() if action in actions) % {"n": number}


def decide_all(run):
    for case in run.cases.reached().select_related("run__learner"):
        take(case, Action.ARCHIVE)


# Moving the clock


def test_the_page_foretells_and_changes_nothing(desk, run):
    page = words(desk.get(clock_url(run)))
    assert foretold("arriving", 2) in page
    assert stored(run).clock == run.clock
    assert stored(run).length == run.length


def test_every_target_is_named_with_its_moment_and_its_working_day(desk, run):
    page = words(desk.get(clock_url(run)))
    assert "Rabu, 4 Maret 2026 pukul 10.00 WITA" in page
    assert "Kamis, 5 Maret 2026 pukul 08.00 WITA" in page
    assert page.count(_("working day %(day)s") % {"day": 2}) == 1


def test_what_was_foretold_happens(desk, run):
    morning = next_morning(run)
    answer = move(desk, run, seen=seen_on(desk.get(clock_url(run))))
    assert answer["Location"] == inbox_url(run)
    assert stored(run).clock == morning
    assert news(Action.SUBMIT, 2) in words(desk.get(inbox_url(run)))


def test_the_next_event_is_offered_and_leads_exactly_there(practice_room, learner, desk):
    run = a_run(learner, "meja-pengawas")
    moment = outlook(run).forecasts["event"].to
    move(desk, run, to="event")
    assert stored(run).clock == moment
    last = run.log.exclude(case=None).latest("number")
    assert last.at == moment


def test_an_event_that_is_the_next_morning_is_offered_once(desk, run):
    assert [target.name for target in targets(run, outlook(run))] == ["hour", "morning"]
    assert words(desk.get(clock_url(run))).count('name="to"') == 2


def test_where_nothing_will_happen_the_page_says_so(practice_room, learner, desk):
    run = a_run(learner, "meja-pelapor")
    assert "event" not in outlook(run).forecasts
    assert _("No more events") in words(desk.get(clock_url(run)))


def test_a_far_event_is_found_however_many_days_it_takes(desk, run):
    run = let_a_day_pass(run)
    decide_all(run)
    take(run.cases.select_related("run__learner").first(), Action.RESTORE)
    case = run.cases.select_related("run__learner").first()
    take(case, Action.HOLD)
    found = outlook(stored(run)).forecasts.get("event")
    assert found is not None
    assert found.to > run.clock


def test_after_an_hour_in_which_nothing_happened_the_message_says_so(desk, run):
    move(desk, run, to="hour")
    assert _(NOTHING) in words(desk.get(inbox_url(run)))


def test_limits_that_pass_are_foretold_and_told(desk, run):
    run = let_days_pass(run, 3)
    while not outlook(run).forecasts["morning"].overdue:
        run = let_a_day_pass(run)
    late = outlook(run).forecasts["morning"].overdue
    assert foretold("overdue", late) in words(desk.get(clock_url(run)))
    move(desk, run)
    assert news(Action.BREACH, late) in words(desk.get(inbox_url(run)))


def test_reporters_who_have_been_asked_are_counted_beside_the_forecast(desk, run):
    take(run.cases.select_related("run__learner").get(number=1), Action.HOLD)
    text = ngettext(
        "%(n)s reporter has been asked and may answer",
        "%(n)s reporters have been asked and may answer",
        1,
    )
    assert text % {"n": 1} in words(desk.get(clock_url(run)))


def test_a_morning_behind_joint_leave_names_what_it_passes_over(desk, run):
    office = office_time(run)
    Run.objects.filter(pk=run.pk).update(clock=office.at(date(2026, 3, 17), office.opens))
    run.refresh_from_db()
    page = words(desk.get(clock_url(run)))
    skipped = Holiday.objects.filter(place="", date__range=("2026-03-18", "2026-03-24"))
    morning = next_morning(run)
    weekdays = [day for day in skipped if day.date < morning.date() and day.date.weekday() < 5]
    assert weekdays
    for day in weekdays:
        assert day.name in page
    assert _("Passes over the weekend.") in page


def test_an_ordinary_weekend_is_said_too(desk, run):
    office = office_time(run)
    Run.objects.filter(pk=run.pk).update(clock=office.at(date(2026, 3, 6), office.opens))
    page = words(desk.get(clock_url(run)))
    assert _("Passes over the weekend.") in page
    assert "Senin, 9 Maret 2026" in page


def test_the_hour_that_a_page_saw_is_the_hour_of_the_run(desk, run):
    Run.objects.filter(pk=run.pk).update(clock=run.clock.replace(microsecond=250000))
    move(desk, run, seen=seen_on(desk.get(clock_url(run))), to="hour")
    assert stored(run).clock > run.clock.replace(microsecond=250000)


def test_a_double_click_moves_the_clock_once(desk, run):
    morning = next_morning(run)
    answers = [move(desk, run) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert stored(run).clock == morning
    assert _("The clock had already moved. Nothing was changed.") in words(answers[1])


def test_a_page_that_saw_another_hour_is_shown_anew_with_the_reason(desk, run):
    answer = move(desk, run, seen="2020-01-01T00:00:00+00:00")
    assert answer.status_code == 409
    assert _("The clock had already moved. Nothing was changed.") in words(answer)
    assert seen_on(answer) == run.clock.isoformat()
    assert stored(run).length == run.length


@pytest.mark.parametrize(
    ("to", "seen"),
    [
        ("yesterday", None),
        ("", None),
        ("2026-03-03T09:00:00+08:00", None),
        ("morning", ""),
        ("morning", "kemarin"),
        ("morning", "2026-13-45T99:00:00"),
        ("morning", "2026-03-04"),
        ("morning", "2026-03-04T09:00:00"),
    ],
)
def test_a_form_that_was_meddled_with_moves_nothing_and_says_so(desk, run, to, seen):
    answer = move(desk, run, to, seen)
    assert answer.status_code == 422
    refusal = _("The clock can be moved only to the moments named here. Nothing was changed.")
    assert refusal in words(answer)
    assert words(answer).count("<title>" + _("Error:")) == 1
    assert (stored(run).clock, stored(run).length) == (run.clock, run.length)


def test_a_holiday_decreed_later_changes_no_running_attempt(desk, run):
    before = words(desk.get(inbox_url(run))).split("<main")[1]
    Holiday.objects.create(
        date=run.clock.date() + timedelta(days=1), name="Susulan", kind="national", decree="Uji"
    )
    assert words(desk.get(inbox_url(run))).split("<main")[1] == before
    assert next_morning(stored(run)) == run.clock.replace(hour=0, minute=0) + timedelta(days=1)


def test_past_the_decreed_holidays_the_clock_stops_with_a_page(desk, run):
    year_end = run.clock.replace(month=12, day=31)
    calendar_until(run, "2026-12-31")
    Run.objects.filter(pk=run.pk).update(clock=year_end)
    for answer in (desk.get(clock_url(run)), move(desk, run, seen=year_end.isoformat())):
        assert answer.status_code == 422
        assert _("The calendar ends here") in words(answer)
    assert stored(run).clock == year_end


def test_a_hold_past_the_decreed_holidays_is_refused_and_keeps_what_was_typed(desk, run):
    calendar_until(run, "2026-12-31")
    Run.objects.filter(pk=run.pk).update(clock=run.clock.replace(month=12, day=28))
    case = run.cases.get(number=1)
    answer = send(desk, case, Action.HOLD, text="Di mana tempatnya?")
    assert answer.status_code == 422
    assert _("The calendar ends here") in words(answer)
    assert "Di mana tempatnya?" in words(answer)
    version = case.version
    case.refresh_from_db()
    assert (case.state, case.version) == ("unverified", version)


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


def test_the_whole_of_an_exercise_can_be_waited_for(practice_room, learner, desk):
    run = a_run(learner, "meja-instansi")
    for _event in range(40):
        if "event" not in outlook(run).forecasts:
            break
        assert move(desk, run, to="event").status_code == 302
        moved = stored(run)
        assert moved.clock > run.clock
        run = moved
    assert isinstance(run.clock, datetime)
    assert run.clock - run.started_at > timedelta(days=5)


# Finishing


def test_finishing_asks_first_and_says_what_is_left(desk, run):
    page = words(desk.get(finish_url(run)))
    assert undecided(10) in page
    assert to_come(2) in page
    assert stored(run).finished_at is None


def undecided(number):
    text = ngettext(
        "%(n)s report still waits for your decision. What you do not do scores nothing.",
        "%(n)s reports still wait for your decision. What you do not do scores nothing.",
        number,
    )
    return text % {"n": number}


def to_come(number):
    text = ngettext(
        "%(n)s report has yet to come to your desk: move the clock.",
        "%(n)s reports have yet to come to your desk: move the clock.",
        number,
    )
    return text % {"n": number}


def test_reports_that_have_not_come_in_are_not_called_undecided(desk, run):
    counts = {"unfinished": 10, "to_come": 2, "drafts": 0, "waiting": 0, "elsewhere": 0}
    assert undecided_in(run) == counts
    decide_all(run)
    page = words(desk.get(finish_url(run)))
    counts = {"unfinished": 0, "to_come": 2, "drafts": 0, "waiting": 0, "elsewhere": 0}
    assert undecided_in(run) == counts
    assert to_come(2) in page
    assert _("Every report has been decided.") not in page


def test_when_all_reports_are_there_none_is_said_to_come(desk, run):
    run = let_a_day_pass(run)
    page = words(desk.get(finish_url(run)))
    counts = {"unfinished": 12, "to_come": 0, "drafts": 0, "waiting": 0, "elsewhere": 0}
    assert undecided_in(run) == counts
    assert undecided(12) in page
    assert to_come(0) not in page


def test_at_a_unit_reports_that_others_still_hold_are_to_come(practice_room, learner, desk):
    run = a_run(learner, "meja-penghubung", arrive_later=2)
    away = run.cases.filter(reached=False).count()
    assert away > 0
    assert undecided_in(run)["to_come"] == away
    assert to_come(away) in words(desk.get(finish_url(run)))
    assert undecided_in(let_days_pass(run, 5))["to_come"] == 0


def test_after_every_decision_nothing_is_left_to_finish(desk, run):
    decide_all(let_a_day_pass(run))
    assert _("Every report has been decided.") in words(desk.get(finish_url(run)))


def test_finishing_says_that_a_reporter_may_still_answer(desk, run):
    for case in let_a_day_pass(run).cases.select_related("run__learner"):
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
    assert desk.post(finish_url(run))["Location"] == debrief_url(run)
    score = stored(run).score
    assert desk.get(finish_url(run))["Location"] == debrief_url(run)
    assert desk.post(finish_url(run))["Location"] == debrief_url(run)
    assert stored(run).score == score


def test_what_others_still_work_on_is_said_before_finishing(practice_room, learner, desk):
    run = a_run(learner, "meja-nasional")
    for case in run.cases.filter(reached=True).select_related("run__learner", "run__rules"):
        take(case, Action.VERIFY, choices=VERIFY | {"agency": "TIRTA_ASRI"})
    others = undecided_in(run)["elsewhere"]
    page = words(desk.get(finish_url(run)))
    assert others > 1
    assert _("Every report has been decided.") not in page
    assert f"{others} laporan sedang dikerjakan pihak lain" in page
