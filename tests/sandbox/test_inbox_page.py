"""The inbox lists what has come in, soonest due first, and says what to do when it is empty."""

import re

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sandbox.domain.workflow import Action
from sandbox.models import Case, Run, Scenario
from sandbox.services import finish_run
from tests.factories import NOW, UserFactory, a_run
from tests.sandbox.pages import case_url, clock_url, debrief_url, finish_url, inbox_url, words
from tests.sandbox.playing import let_a_day_pass, play_perfectly, take


def listed(response):
    return re.findall(r'<span class="inbox__no code">(LTH-\d{4})</span>', words(response))


def decide_all(run, action=Action.ARCHIVE):
    for case in run.cases.arrived(run.clock).filter(state="unverified"):
        take(case, action)


def test_the_inbox_shows_every_report_that_has_come_in(desk, run):
    page = desk.get(inbox_url(run))
    assert page.status_code == 200
    assert listed(page) == [case.code for case in run.cases.all()[:10]]
    for case in run.cases.arrived(run.clock):
        assert case_url(case) in words(page)
        assert case.facts["title"] in words(page)


def test_a_report_that_comes_in_tomorrow_is_nowhere_on_the_page(desk, run):
    page = words(desk.get(inbox_url(run)))
    assert "LTH-0011" not in page
    assert "LTH-0012" not in page


def test_the_parts_of_the_inbox_count_what_they_hold(desk, run):
    cases = list(run.cases.arrived(run.clock))
    take(cases[0], Action.HOLD)
    take(cases[1], Action.RETURN)
    take(take(cases[2], Action.VERIFY), Action.DISPOSE)

    page = words(desk.get(inbox_url(run)))

    for part, count in (("perlu", 7), ("menunggu", 1), ("selesai", 2)):
        assert re.search(rf'href="\?lihat={part}"[^>]*>[^<]+\({count}\)</a>', page), part
    assert listed(desk.get(inbox_url(run), {"lihat": "menunggu"})) == ["LTH-0001"]
    # What is not due any more comes last.
    assert listed(desk.get(inbox_url(run), {"lihat": "selesai"})) == ["LTH-0003", "LTH-0002"]


def test_the_report_that_is_due_first_comes_first(desk, run):
    let_a_day_pass(run)
    Case.objects.filter(run=run, number=12).update(due_at=run.clock)
    assert listed(desk.get(inbox_url(run)))[0] == "LTH-0012"


def test_a_part_that_does_not_exist_shows_what_is_to_be_done(desk, run):
    assert len(listed(desk.get(inbox_url(run), {"lihat": "<script>"}))) == 10


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", ""])
def test_a_page_that_does_not_exist_shows_one_that_does(desk, run, number):
    assert len(listed(desk.get(inbox_url(run), {"page": number}))) == 10


def test_a_hundred_and_twenty_reports_come_in_pages_of_twenty_five(desk, learner, practice_room):
    run = a_run(learner, number=120)
    pages = [listed(desk.get(inbox_url(run), {"page": page})) for page in range(1, 6)]
    assert [len(page) for page in pages] == [25, 25, 25, 25, 18]
    assert len({code for page in pages for code in page}) == 118
    assert "lihat=perlu&page=2" in words(desk.get(inbox_url(run)))


def test_the_page_says_once_how_many_reports_it_shows(desk, run):
    page = words(desk.get(inbox_url(run)))
    shown = _("Showing %(start)s–%(end)s of %(total)s") % {"start": 1, "end": 10, "total": 10}
    assert page.count(shown) == 1


def test_a_desk_that_is_done_until_tomorrow_says_so(desk, run):
    decide_all(run)
    page = words(desk.get(inbox_url(run)))
    assert _("No new reports") in page
    assert page.count(f'href="{clock_url(run)}"') == 2  # in the clock bar and as the next step


def test_a_desk_that_waits_for_answers_says_so(desk, run):
    run = let_a_day_pass(run)
    decide_all(run, Action.HOLD)
    assert _("Only answers are missing") in words(desk.get(inbox_url(run)))


def test_a_desk_where_all_is_done_points_to_the_finish(desk, run):
    play_perfectly(run)
    page = words(desk.get(inbox_url(run)))
    assert _("All reports are done") in page
    assert f'<a class="govuk-button" href="{finish_url(run)}">' in page


def test_an_empty_part_says_that_nothing_is_in_it(desk, run):
    assert _("Nothing here") in words(desk.get(inbox_url(run), {"lihat": "selesai"}))


def test_the_inbox_of_a_finished_run_is_there_to_read(desk, run):
    finish_run(run=run, now=NOW)
    page = words(desk.get(inbox_url(run)))
    assert _("This attempt can only be read") in page
    assert debrief_url(run) in page
    assert finish_url(run) not in page
    assert clock_url(run) not in page


def test_the_inbox_of_a_run_whose_exercise_was_deleted_is_there_to_read(desk, run):
    Scenario.objects.all().delete()
    page = words(desk.get(inbox_url(run)))
    assert _("The exercise has been withdrawn by a trainer. Your work is kept.") in page
    assert finish_url(run) not in page
    assert len(listed(desk.get(inbox_url(run)))) == 10


@pytest.mark.parametrize(
    ("days", "msgid", "count"),
    [(0, "%(days)d working days left", 3), (2, "%(days)d working day left", 1)],
)
def test_a_deadline_is_said_in_words(desk, run, days, msgid, count):
    for _day in range(days):
        run = let_a_day_pass(run)
    left = ngettext("%(days)d working day left", "%(days)d working days left", count)
    assert left % {"days": count} in words(desk.get(inbox_url(run)))


def test_the_exercises_page_lists_ones_own_attempts_only(desk, run):
    stranger = a_run(UserFactory())
    page = words(desk.get("/latihan/l1/"))
    assert inbox_url(run) in page
    assert inbox_url(stranger) not in page


def test_the_briefing_takes_its_numbers_from_the_rule_pack(desk, run):
    limits = {limit.step: limit for limit in run.rules.time_limits.all()}
    limits["verify"].amount = 17
    limits["verify"].save()
    page = words(desk.get("/latihan/l1/"))
    assert re.search(rf"<dd>17 {limits['verify'].get_unit_display()}</dd>", page)
    assert limits["verify"].source in page


def test_starting_leads_to_the_inbox_and_starting_again_to_the_same_one(desk, practice_room):
    first = desk.post("/latihan/l1/mulai/")
    run = Run.objects.get()
    assert first["Location"] == inbox_url(run)
    assert desk.post("/latihan/l1/mulai/")["Location"] == inbox_url(run)
    assert Run.objects.count() == 1
