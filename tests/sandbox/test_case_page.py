"""A case page tells the report and what was done, and offers exactly what can be done."""

import re

import pytest
from django.utils.translation import gettext as _

from sandbox.domain.workflow import Action, State, allowed_actions
from sandbox.forms import FORMS
from sandbox.labels import ACTION_LABELS, CHANNEL_LABELS, STATE_LABELS
from sandbox.services import finish_run
from sandbox.templatetags.practice_tags import moment
from tests.factories import NOW, a_run, case_in
from tests.sandbox.pages import act_url, case_url, inbox_url, words
from tests.sandbox.playing import TEXT, let_a_day_pass, take


def offered(page):
    return re.findall(r'class="action-list__link" href="[^"]*/([a-z_]+)/#tindakan"', page)


@pytest.fixture
def case(run):
    return run.cases.get(number=1)


def test_the_page_tells_the_report(desk, case):
    page = words(desk.get(case_url(case)))
    for line in filter(None, case.facts["text"].splitlines()):
        assert line in page
    assert case.facts["title"] in page
    assert "LTH-0001" in page
    assert str(CHANNEL_LABELS[case.facts["channel"]]) in page
    for note in case.facts["notes"]["id"]:
        assert note in page


@pytest.mark.parametrize("anonymous", [True, False])
def test_a_name_is_shown_unless_the_reporter_withheld_it(desk, run, anonymous):
    case = run.cases.get(number=1)
    case.facts["anonymous"] = anonymous
    case.save()
    page = words(desk.get(case_url(case)))
    assert (case.facts["reporter"] in page) is not anonymous
    assert (_("Anonymous: the name is not shown") in page) is anonymous


@pytest.mark.parametrize("state", State)
def test_exactly_the_legal_actions_are_offered(desk, run, state):
    case = case_in(state, run)
    page = words(desk.get(case_url(case)))
    legal = [a for a in allowed_actions(state, "agency_admin") if a in FORMS]
    assert sorted(offered(page)) == sorted(legal)
    assert str(STATE_LABELS[state]) in page
    for action in legal:
        assert act_url(case, action) in page


@pytest.mark.parametrize("state", [State.AWAITING_COMPLETION, State.DISPOSED, State.TRANSFERRING])
def test_a_case_on_which_others_have_to_act_says_so(desk, run, state):
    page = words(desk.get(case_url(case_in(state, run))))
    assert _("Nothing to do here until someone else acts.") in page
    assert '<ul class="action-list">' not in page


ENDED = {State.ARCHIVED, State.BLOCKED, State.TRANSFERRING}


@pytest.mark.parametrize("state", State)
def test_the_track_is_shown_unless_the_case_has_left_it(desk, run, state):
    page = words(desk.get(case_url(case_in(state, run))))
    assert (_("Being checked") in page) is (state not in ENDED)


@pytest.mark.parametrize("state", State)
def test_the_moment_when_it_is_due_is_shown_while_the_desk_can_act(desk, run, state):
    case = case_in(state, run)
    page = desk.get(case_url(case))
    key = f'<dt class="govuk-summary-list__key">{_("Due")}</dt>'
    assert (key in words(page)) is bool(case.due_at and page.context["offered"])
    if key in words(page):
        told = words(page).partition(key)[2].partition("</dd>")[0]
        assert moment(case.due_at, page.context["office"]) in told


@pytest.mark.parametrize("state", [State.UNVERIFIED, State.VERIFIED, State.ARCHIVED])
def test_the_way_to_the_actions_is_there_where_actions_are(desk, run, state):
    page = words(desk.get(case_url(case_in(state, run))))
    assert (_("Go to the actions") in page) is (state is not State.ARCHIVED)


def test_the_history_tells_who_did_what_newest_first(desk, case):
    take(take(case, Action.VERIFY), Action.DISPOSE)
    page = words(desk.get(case_url(case)))
    titles = re.findall(r'<h3 class="timeline__title">([^<]+)</h3>', page)
    assert titles == [str(ACTION_LABELS[a]) for a in (Action.DISPOSE, Action.VERIFY, Action.SUBMIT)]
    assert TEXT in page
    assert "Dinas Perhubungan" in page


def test_what_a_reporter_added_stands_below_the_report(desk, run):
    case = next(c for c in run.cases.all() if c.answer_key.key["decision"] == "hold")
    take(case, Action.HOLD, choices={"missing": case.answer_key.key["hold"]["missing"]})
    let_a_day_pass(run)
    page = words(desk.get(case_url(case)))
    assert _("Added by the reporter") in page
    assert page.index(_("Added by the reporter")) < page.index(_("History"))
    assert case.answer_key.key["hold"]["completion_id"] in page


def test_a_finished_run_offers_nothing(desk, case):
    finish_run(run=case.run, now=NOW)
    page = words(desk.get(case_url(case)))
    assert offered(page) == []
    assert _("This attempt can only be read.") in page


def test_a_case_that_has_not_come_in_is_not_there_yet(desk, run):
    late = run.cases.get(number=12)
    assert desk.get(case_url(late)).status_code == 404
    assert desk.get(act_url(late, "verify")).status_code == 404
    let_a_day_pass(run)
    assert desk.get(case_url(late)).status_code == 200


def test_markup_in_a_report_is_shown_and_never_run(desk, run):
    case = run.cases.get(number=1)
    case.facts["title"] = "<script>alert(1)</script>"
    case.facts["text"] = '<img src=x onerror="alert(1)">'
    case.save()
    for address in (case_url(case), inbox_url(run), act_url(case, "verify")):
        raw = desk.get(address).content.decode()
        assert "<script>alert" not in raw
        assert "<img src=x" not in raw
        assert "&lt;script&gt;alert(1)" in raw


def test_the_english_page_speaks_english_and_leaves_the_report_in_indonesian(desk, case):
    page = words(desk.get("/en" + case_url(case)))
    assert "What do you decide?" in page
    assert "Verify and classify" in page
    assert case.facts["notes"]["en"][0] in page
    assert f'<h1 lang="id">{case.facts["title"]}</h1>' in page


def test_moments_are_told_in_the_offices_zone_whatever_the_learners(desk, learner, practice_room):
    run = a_run(learner)
    page = words(desk.get(inbox_url(run)))
    assert "WITA" in page
    assert re.search(r"09[.:]00 WITA", page)
