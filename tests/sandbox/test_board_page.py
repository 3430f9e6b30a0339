"""The board: all that waits, narrowed down, and reminders for several reports in one step."""

import re

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sandbox.domain.workflow import Action
from sandbox.models import Case, Run
from sandbox.selectors import board
from sandbox.selectors.rooms import log_of
from sandbox.services import finish_run
from tests.factories import NOW, UserFactory, a_run
from tests.sandbox.pages import typed_again, words
from tests.sandbox.playing import let_days_pass, take
from tests.sandbox.test_query_counts import queries_of

REMINDER = "Mohon laporan ini dijawab paling lambat lusa."
TICKS = re.compile(r'name="kasus" id="kasus-\d+" value="(\d+-\d+)"( checked)?')


@pytest.fixture
def run(practice_room, learner) -> Run:
    """A supervisor's desk with many reports at the units, some past their limits."""
    return a_run(learner, "rapat-senin")


@pytest.fixture
def address(run) -> str:
    return f"/latihan/{run.pk}/papan/"


def reports(run):
    return board(Run.objects.get(pk=run.pk)).whole.reports


def remindable(run):
    return [aged for aged in reports(run) if aged.may_remind]


def sent(cases, text=REMINDER):
    return {"kasus": [f"{case.number}-{case.version}" for case in cases], "text": text}


def reminders(run):
    return run.log.filter(action=Action.REMIND, is_own=True).order_by("number")


def rows(page):
    return page.count('class="inbox__title"')


def test_the_oldest_come_first_and_a_link_shows_all_others(desk, run, address):
    waiting = reports(run)
    assert len(waiting) > 25
    page = words(desk.get(address))
    assert rows(page) == 25
    assert "?semua=1" in page
    whole = words(desk.get(address, {"semua": "1"}))
    assert rows(whole) == len(waiting)
    codes = re.findall(r'inbox__no code">(LTH-\d+)', whole)
    assert codes == [aged.case.code for aged in waiting]


def test_the_board_is_narrowed_by_unit_and_by_limit(desk, run, address):
    late = [aged for aged in reports(run) if aged.is_late]
    unit = late[0].unit
    there = [aged for aged in late if aged.unit == unit]
    assert 0 < len(there) < len(reports(run))
    page = words(desk.get(address, {"unit": unit, "batas": "lewat", "semua": "1"}))
    assert rows(page) == len(there)
    on_time = words(desk.get(address, {"batas": "belum", "semua": "1"}))
    assert rows(on_time) == len(reports(run)) - len(late)
    assert rows(words(desk.get(address, {"unit": "BUKAN", "semua": "1"}))) == len(reports(run))


def test_what_no_unit_has_yet_can_be_chosen_too(desk, run, address):
    without = [aged for aged in reports(run) if not aged.unit]
    page = words(desk.get(address, {"unit": "-", "semua": "1"}))
    assert rows(page) == len(without) or not without


def test_a_link_ticks_what_is_shown_without_any_script(desk, run, address):
    plain = TICKS.findall(words(desk.get(address)))
    assert plain
    assert not any(checked for _value, checked in plain)
    ticked = TICKS.findall(words(desk.get(address, {"centang": "1"})))
    assert all(checked for _value, checked in ticked)
    assert [value for value, _checked in ticked] == [value for value, _checked in plain]


def test_several_are_reminded_in_one_step_each_with_an_event_of_its_own(desk, run, address):
    cases = [aged.case for aged in remindable(run)[:4]]
    before = run.log.count()

    response = desk.post(f"{address}?batas=lewat&centang=1", sent(cases))

    assert response.status_code == 302
    assert response.url == f"{address}?batas=lewat#laporan"
    events = list(reminders(run))
    assert [event.case_id for event in events] == sorted(case.pk for case in cases)
    assert {event.text for event in events} == {REMINDER}
    assert run.log.count() == before + 4
    for event in events:
        assert Case.objects.everyone().get(pk=event.case_id).version == event.number
    assert Run.objects.get(pk=run.pk).length == events[-1].number == len(log_of(run))
    page = words(desk.get(response.url))
    assert ngettext("%(n)d report reminded.", "%(n)d reports reminded.", 4) % {"n": 4} in page


def test_what_has_moved_on_is_named_and_the_others_still_go(desk, run, address):
    first, second, third = (aged.case for aged in remindable(run)[:3])
    form = sent([first, second, third])
    take(second, Action.NOTE, text="Sudah ditelepon.")

    response = desk.post(address, form)

    assert response.status_code == 409
    assert {event.case_id for event in reminders(run)} == {first.pk, third.pk}
    page = words(response)
    assert (
        ngettext("%(n)s report has moved on", "%(n)s reports have moved on", 1) % {"n": 1} in page
    )
    assert f'<a class="code" href="{second.get_absolute_url()}">{second.code}</a>' in page
    assert typed_again(page) == REMINDER
    fresh = Case.objects.everyone().get(pk=second.pk)
    assert [value for value, on in TICKS.findall(page) if on] == [f"{fresh.number}-{fresh.version}"]


def test_a_form_sent_twice_reminds_once(desk, run, address):
    form = sent([aged.case for aged in remindable(run)[:3]])
    desk.post(address, form)
    again = desk.post(address, form)
    assert again.status_code == 302
    assert reminders(run).count() == 3


@pytest.mark.parametrize(
    "changes",
    [{"kasus": []}, {"text": ""}, {"text": "Cepat"}, {"kasus": ["1"]}, {"kasus": ["9-9999999999"]}],
    ids=["nothing ticked", "no words", "too few words", "no version", "no number"],
)
def test_a_form_that_lacks_something_reminds_nobody_and_keeps_what_was_typed(
    desk, run, address, changes
):
    case = remindable(run)[0].case
    before = log_of(run)
    response = desk.post(address, sent([case]) | changes)
    page = words(response)
    assert response.status_code == 422
    assert log_of(run) == before
    assert typed_again(page) == changes.get("text", REMINDER)
    kept = [value for value, on in TICKS.findall(page) if on]
    assert kept == ([f"{case.number}-{case.version}"] if "kasus" not in changes else kept)


def test_what_may_not_be_reminded_has_no_tick_and_is_left_as_it_is(desk, practice_room, learner):
    run = let_days_pass(a_run(learner, "meja-pengawas"), 3)
    address = f"/latihan/{run.pk}/papan/"
    mine = next(aged.case for aged in reports(run) if aged.case.draft)
    page = words(desk.get(address, {"semua": "1"}))
    assert mine.code in page
    assert f'id="kasus-{mine.number}"' not in page
    before = log_of(run)
    assert desk.post(address, sent([mine])).status_code == 409
    assert log_of(run) == before


def test_in_guided_mode_each_reminder_is_taken_back_on_its_own_page(desk, practice_room, learner):
    run = let_days_pass(a_run(learner, "meja-pengawas", mode="guided"), 3)
    cases = [aged.case for aged in remindable(run)[:2]]
    page = words(desk.post(f"/latihan/{run.pk}/papan/", sent(cases), follow=True))
    assert _("On the page of each you can take your reminder back.") in page
    fresh = Case.objects.everyone().get(pk=cases[0].pk)
    desk.post(f"{fresh.get_absolute_url()}batalkan/", {"version": fresh.version})
    assert [event.undoes for event in run.log.filter(undoes__isnull=False)] == [fresh.version]
    assert reminders(run).count() == 2


def test_a_finished_run_shows_its_board_without_ticks_and_reminds_nobody(desk, run, address):
    form = sent([remindable(run)[0].case])
    finish_run(run=run, now=NOW)
    assert not TICKS.findall(words(desk.get(address)))
    response = desk.post(address, form)
    assert response.status_code == 410
    assert not reminders(run)
    assert REMINDER in words(response)


def test_reminding_many_takes_no_more_statements_than_reminding_two(desk, run, address):
    desk.get(address)
    cases = [aged.case for aged in remindable(run)]
    few = queries_of(desk, address, sent(cases[:2]), 302)
    assert queries_of(desk, address, sent(cases[2:12]), 302) == few


def test_another_persons_board_does_not_exist(client, run, address):
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
