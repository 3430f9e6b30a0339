"""A debrief shows what earns points first; the rest is one link away, page by page."""

import re

import pytest
from django.utils import translation

from sandbox import selectors
from sandbox.domain.workflow import Action
from sandbox.selectors.debriefs import PAGE_SIZE, Cell, concerns, standing_out
from sandbox.services import finish_run, remind_together
from tests.factories import NOW, a_run
from tests.sandbox.looking_back import a_finished_run
from tests.sandbox.pages import debrief_url, words
from tests.sandbox.playing import take


@pytest.fixture
def monday(practice_room, learner):
    """Monday's meeting, after every report that may be reminded has been."""
    run = a_run(learner, "rapat-senin")
    reports = selectors.board(run).whole.reports
    seen = {aged.case.number: aged.case.version for aged in reports if aged.may_remind}
    remind_together(run=run, seen=seen, text="Mohon dijawab.", actor=learner, now=NOW)
    others = run.cases.reached().select_related("run__learner").exclude(number__in=seen)
    open_to_me = [case for case in others if Action.NOTE in selectors.offered(case)]
    for case in open_to_me[:PAGE_SIZE]:
        take(case, Action.NOTE, choices={})
    run.refresh_from_db()
    return finish_run(run=run, now=NOW)


def codes(response):
    return re.findall(r'class="decision" id="(LTH-\d{4})"', words(response))


def test_reports_that_earn_points_come_first_and_those_with_lost_points_before_all(desk, monday):
    found = selectors.debrief(monday)
    scored = {line["case"] for line in monday.score["lines"]}
    assert {judged.case.number for judged in found.cases} <= scored
    lost = [not judged.is_right for judged in found.cases]
    assert lost == sorted(lost, reverse=True)
    assert found.unscored >= 1
    page = desk.get(debrief_url(monday))
    assert codes(page) == [judged.case.code for judged in found.cases]
    assert '?lihat=semua#keputusan"' in words(page)


def test_all_reports_worked_on_can_be_read_page_by_page(desk, monday):
    found = selectors.debrief(monday)
    everything = found.page.paginator.count + found.unscored
    first = desk.get(debrief_url(monday) + "?lihat=semua")
    second = desk.get(debrief_url(monday) + "?lihat=semua&page=2")
    assert len(codes(first)) == PAGE_SIZE
    assert len(codes(first)) + len(codes(second)) == min(everything, 2 * PAGE_SIZE)
    assert not set(codes(first)) & set(codes(second))
    assert 'href="?lihat=semua&page=2"' in words(first)


def test_an_address_of_one_report_leads_to_the_page_with_it(desk, monday):
    scored = {line["case"] for line in monday.score["lines"]}
    own = set(monday.log.filter(is_own=True).values_list("case__number", flat=True)) - {None}
    number = max(own - scored)
    page = desk.get(debrief_url(monday) + f"?kasus={number}")
    assert f"LTH-{number:04}" in codes(page)


def test_a_short_debrief_offers_no_other_list(desk, practice_room, learner):
    page = words(desk.get(debrief_url(a_finished_run(learner))))
    assert "lihat=semua" not in page


def test_a_moment_of_the_run_stands_for_each_step_and_no_number_of_the_log(
    desk, practice_room, learner
):
    run = a_finished_run(learner)
    with translation.override("en"):
        page = words(desk.get(debrief_url(run)))
    entry = run.log.filter(is_own=True).order_by("number").first()
    assert not re.search(r">\s*\(?step \d", page)
    link = rf'langkah={entry.number}&kasus={entry.case.number}#langkah">\s*[A-Z][a-z]+day, '
    assert re.search(link, page)


def test_full_points_for_restraint_name_the_step_and_no_empty_word(desk, practice_room, learner):
    run = a_finished_run(learner, "meja-penghubung")
    kept = [e for e in run.score["lines"] if e["kind"] == "must_not" and e["verdict"] == "right"]
    assert kept
    with translation.override("en"):
        page = words(desk.get(debrief_url(run)))
    assert "without this mistake" in page
    assert "Nothing of the kind" not in page


def test_one_way_stands_out_only_where_it_was_taken_more_often_than_others():
    once, twice = Cell("A", 1, False, 1), Cell("B", 2, False, 2)
    assert standing_out([("X", twice), ("X", once)]) == ("X", "B", 2)
    assert standing_out([("X", twice), ("Y", twice)]) is None
    assert standing_out([("X", once)]) is None
    assert standing_out([]) is None


@pytest.mark.parametrize(
    ("code", "speaks"),
    [("meja-instansi", True), ("meja-nasional", True), ("meja-pelapor", False),
     ("meja-pengawas", False)],
)  # fmt: skip
def test_a_takeaway_is_told_only_at_desks_that_pass_reports_on(
    desk, practice_room, learner, code, speaks
):
    run = finish_run(run=a_run(learner, code), now=NOW)
    assert concerns(run, {}) is speaks
    with translation.override("en"):
        assert ("To remember:" in words(desk.get(debrief_url(run)))) is speaks
