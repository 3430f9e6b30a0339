"""The inbox lists what has come in, soonest due first, and says what to do when it is empty."""

import re

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sandbox.domain.workflow import Action, Role, State
from sandbox.models import Run, Scenario
from sandbox.services import finish_run
from tests.factories import NOW, UserFactory, a_run
from tests.sandbox.desk_cases import PLAYED, a_desk, led_by, route_to
from tests.sandbox.pages import (
    act_url,
    case_url,
    clock_url,
    debrief_url,
    finish_url,
    inbox_url,
    words,
)
from tests.sandbox.playing import let_a_day_pass, take


def listed(response):
    return re.findall(r'<span class="inbox__no code">(LTH-\d{4})</span>', words(response))


def decide_all(run, action=Action.ARCHIVE):
    for case in run.cases.reached().filter(state="unverified"):
        take(case, action)


def test_the_inbox_shows_every_report_that_has_come_in(desk, run):
    page = desk.get(inbox_url(run))
    assert page.status_code == 200
    assert listed(page) == [case.code for case in run.cases.all()[:10]]
    for case in run.cases.reached():
        assert case_url(case) in words(page)
        assert case.title in words(page)


def test_a_report_that_comes_in_tomorrow_is_nowhere_on_the_page(desk, run):
    page = words(desk.get(inbox_url(run)))
    assert "LTH-0011" not in page
    assert "LTH-0012" not in page


def test_the_parts_of_the_inbox_count_what_they_hold(desk, run):
    cases = list(run.cases.reached())
    take(cases[0], Action.HOLD)
    take(cases[1], Action.RETURN)
    take(take(cases[2], Action.VERIFY), Action.DISPOSE)
    take(cases[3], Action.ARCHIVE)

    page = words(desk.get(inbox_url(run)))

    for part, count in (("perlu", 6), ("menunggu", 3), ("selesai", 1)):
        assert re.search(rf'href="\?lihat={part}"[^>]*>[^<]+\({count}\)</a>', page), part
    waiting = desk.get(inbox_url(run), {"lihat": "menunggu"})
    # The reporter has the shortest time; what waits for the nation has none.
    assert set(listed(waiting)) == {"LTH-0001", "LTH-0002", "LTH-0003"}
    assert listed(waiting)[-1] == "LTH-0002"
    assert "Dinas Perhubungan" in words(waiting)
    assert listed(desk.get(inbox_url(run), {"lihat": "selesai"})) == ["LTH-0004"]


def test_the_report_that_is_due_first_comes_first_after_the_urgent_ones(desk, run):
    let_a_day_pass(run)
    run.cases.filter(number=12).update(due_at=run.clock)
    assert listed(desk.get(inbox_url(run)))[0] == "LTH-0012"
    take(run.cases.get(number=5), Action.MARK_URGENT)
    page = desk.get(inbox_url(run))
    assert listed(page)[:2] == ["LTH-0005", "LTH-0012"]
    assert _("Urgent") in words(page)


# Narrowing down


def test_a_short_inbox_needs_no_filter_and_a_long_one_has_it(desk, learner, practice_room):
    run = a_run(learner)
    assert '<details class="filter"' not in words(desk.get(inbox_url(run)))
    longer = a_desk(Role.AGENCY_ADMIN, learner)
    assert '<details class="filter"' in words(desk.get(inbox_url(longer)))


def test_a_filter_works_by_the_address_and_can_be_taken_away(desk, learner, practice_room):
    run = a_desk(Role.AGENCY_ADMIN, learner)
    take(run.cases.get(number=3), Action.VERIFY)
    take(run.cases.get(number=4), Action.MARK_URGENT)
    page = desk.get(inbox_url(run), {"status": "verified"})
    assert listed(page) == ["LTH-0003"]
    assert 'class="chip" href="?lihat=perlu"' in words(page)
    assert listed(desk.get(inbox_url(run), {"golongan": "non_supervisory"})) == ["LTH-0003"]
    assert listed(desk.get(inbox_url(run), {"tanda": "mendesak"})) == ["LTH-0004"]
    both = {"tanda": "mendesak", "status": "verified"}
    nothing = desk.get(inbox_url(run), both)
    assert listed(nothing) == []
    assert _("No report matches") in words(nothing)


def test_a_filter_that_does_not_exist_is_left_out_and_said_so(desk, learner, practice_room):
    run = a_desk(Role.AGENCY_ADMIN, learner)
    page = desk.get(inbox_url(run), {"status": "<script>", "tanda": "x"})
    assert len(listed(page)) == run.cases.reached().count()
    said = _("Part of the address was no filter of this list; it was left out.")
    assert said in words(page)


@pytest.mark.parametrize("number", ["2", "9"])
def test_pages_of_a_filtered_list_keep_the_filter(desk, learner, practice_room, number):
    run = a_run(learner, number=60)
    page = words(desk.get(inbox_url(run), {"status": "unverified", "page": number}))
    assert "lihat=perlu&status=unverified&page=1" in page


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
    assert _("Now it is the others' turn") in words(desk.get(inbox_url(run)))


@pytest.mark.parametrize("role", [Role.LIAISON_OFFICER, Role.SUPERVISOR])
def test_a_desk_to_which_nothing_has_come_yet_says_what_to_do(desk, learner, practice_room, role):
    run = a_desk(role, learner)
    page = words(desk.get(inbox_url(run), {"lihat": "perlu"}))
    assert clock_url(run) in page
    assert 'class="empty"' in page


@pytest.mark.parametrize("role", PLAYED)
@pytest.mark.parametrize("part", ["perlu", "menunggu", "selesai"])
def test_every_part_of_every_desk_is_there(desk, learner, practice_room, role, part):
    run = a_desk(role, learner)
    led_by(route_to(State.FOLLOWED_UP, role), run.cases.get(number=1))
    page = desk.get(inbox_url(run), {"lihat": part})
    assert page.status_code == 200
    assert listed(page) or 'class="empty"' in words(page) or role is Role.REPORTER


def test_a_reporter_finds_what_has_not_been_written_yet(desk, learner, practice_room):
    run = a_desk(Role.REPORTER, learner)
    page = words(desk.get(inbox_url(run)))
    for case in run.cases.all():
        assert act_url(case, Action.SUBMIT) in page
        assert case.text not in page
        assert case.facts["situation"]["id"][:40] in page
    assert page.count(_("Not written yet")) == run.cases.count()


def test_a_desk_where_all_is_done_points_to_the_finish(desk, run):
    let_a_day_pass(run)
    decide_all(run)
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
