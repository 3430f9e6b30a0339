"""A case page tells the report and what was done, and offers exactly what can be done."""

import re

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sandbox.domain.position import MASK
from sandbox.domain.room import may_take
from sandbox.domain.workflow import Action, Role, State
from sandbox.forms import FORMS
from sandbox.labels import ACTION_LABELS, CHANNEL_LABELS, STATE_LABELS
from sandbox.models import Case
from sandbox.models.runs import folder_of
from sandbox.selectors import details_left, is_mine
from sandbox.services import finish_run
from sandbox.templatetags.practice_tags import moment
from tests.factories import NOW, a_run, case_in, let
from tests.sandbox.desk_cases import PLAYED, a_desk, case_for, led_by, route_to
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
    run.cases.filter(pk=case.pk).update(anonymous=anonymous)
    page = words(desk.get(case_url(case)))
    assert (case.facts["reporter"] in page) is not anonymous
    assert (_("Anonymous: the name is not shown") in page) is anonymous


@pytest.mark.parametrize("role", [role for role in PLAYED if role is not Role.REPORTER])
@pytest.mark.parametrize(
    "state", [State.UNVERIFIED, State.DISPOSED, State.FOLLOWED_UP, State.CLOSED, State.ARCHIVED]
)
def test_exactly_the_steps_that_may_be_taken_are_offered(desk, learner, practice_room, role, state):
    case = led_by(route_to(state, role), a_desk(role, learner).cases.get(number=1))
    response = desk.get(case_url(case))
    if not case.reached:
        assert response.status_code == 404
        return
    page = words(response)
    folder = folder_of(case, {}, [])
    legal = [action for action in FORMS if may_take(folder, action, case.run.desk)]
    if is_mine(case):  # nobody reminds themselves
        legal = [action for action in legal if action is not Action.REMIND]
    if not details_left(case):
        legal = [action for action in legal if action is not Action.MASK]
    assert sorted(offered(page)) == sorted(legal)
    assert str(STATE_LABELS[state]) in page


@pytest.mark.parametrize("state", [State.AWAITING_COMPLETION, State.DISPOSED, State.TRANSFERRING])
def test_a_case_on_which_others_have_to_act_says_with_whom_it_is(desk, run, state):
    response = desk.get(case_url(case_in(state, run)))
    assert not response.context["is_mine"]
    said = _("Nothing has to be done here now. The next step is with: %(who)s.")
    assert said.partition("%")[0] in words(response)


def test_what_stands_beside_the_way_is_folded_away_and_works_without_javascript(desk, case):
    page = words(desk.get(case_url(case)))
    main, _summary, folded = page.partition('<details class="more-actions">')
    assert act_url(case, Action.VERIFY) in main
    assert act_url(case, Action.NOTE) in folded
    assert act_url(case, Action.NOTE) not in main


ENDED = {State.ARCHIVED, State.BLOCKED, State.TRANSFERRING}


@pytest.mark.parametrize("state", State)
def test_the_track_is_shown_unless_the_case_has_left_it(desk, run, state):
    page = words(desk.get(case_url(case_in(state, run))))
    assert (_("Being checked") in page) is (state not in ENDED)


@pytest.mark.parametrize("state", [State.UNVERIFIED, State.DISPOSED, State.CLOSED])
def test_the_moment_when_it_is_due_is_shown_while_the_case_is_open(desk, run, state):
    case = case_in(state, run)
    page = desk.get(case_url(case))
    office = page.context["office"]
    for at in (case.due_at, case.settle_at):
        if at and case.is_open:
            assert moment(at, office) in words(page)
    assert (_("Promise to settle the case") in words(page)) is (state is State.DISPOSED)


def test_both_clocks_stand_still_while_a_reporter_is_asked(desk, run):
    case = case_in(State.DISPOSED, run)
    case = let(case, Role.LIAISON_OFFICER, Action.HOLD, {"missing": "date"})
    page = words(desk.get(case_url(case)))
    assert case.paused_days is not None
    assert case.settle_days is not None
    for days in (case.paused_days, case.settle_days):
        stands = ngettext(
            "The clock stands still; %(days)d working day is left afterwards",
            "The clock stands still; %(days)d working days are left afterwards",
            days,
        )
        assert stands % {"days": days} in page


def test_a_passed_limit_is_said_in_red_and_in_words(desk, learner, practice_room):
    case = case_for(Action.REMIND, Role.SUPERVISOR, learner)
    case.run.cases.filter(pk=case.pk).update(due_at=case.run.clock.replace(day=2))
    page = words(desk.get(case_url(case)))
    assert "due--late" in page


def test_the_history_tells_who_did_what_newest_first(desk, case):
    take(take(case, Action.VERIFY), Action.DISPOSE)
    page = words(desk.get(case_url(case)))
    titles = re.findall(r'<h3 class="timeline__title">([^<]+)</h3>', page)
    assert titles == [
        str(ACTION_LABELS[Action.DISPOSE]),
        str(ACTION_LABELS[Action.VERIFY]),
        _("Report received"),
    ]
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


def test_who_owns_what_the_reporter_added_is_told_beside_it(desk, learner, practice_room):
    only = {"families": ["tambal-jalan-tanpa-tempat"], "composition": {"hold": 1}, "number": 1}
    run = a_desk(Role.AGENCY_ADMIN, learner, **only)
    case = run.cases.get()
    note = case.answer_key.key["hold"]["notes"]["id"][0]
    heading = _("Regional notes on what was added")
    take(case, Action.HOLD, choices={"missing": "location"})
    page = words(desk.get(case_url(case)))
    assert heading not in page
    assert note not in page
    let_a_day_pass(run)
    page = words(desk.get(case_url(case)))
    assert page.index(_("Added by the reporter")) < page.index(heading) < page.index(note)


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
    case.title = "<script>alert(1)</script>"
    case.text = f'<img src=x onerror="alert(1)"> {MASK} <b>'
    Case.objects.of(run).filter(pk=case.pk).update(title=case.title, text=case.text)
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
    assert f'<h1 lang="id">{case.title}</h1>' in page


def test_moments_are_told_in_the_offices_zone_whatever_the_learners(desk, learner, practice_room):
    run = a_run(learner)
    page = words(desk.get(inbox_url(run)))
    assert "WITA" in page
    assert re.search(r"09[.:]00 WITA", page)


def test_a_note_between_officers_is_marked_as_such(desk, case):
    take(case, Action.NOTE, text="Hubungi kepala desa dulu.")
    page = words(desk.get(case_url(case)))
    assert "Hubungi kepala desa dulu." in page
    assert _("Internal: the reporter does not read it") in page


def test_a_step_that_was_taken_back_stays_readable_as_such(desk, learner, practice_room):
    run = a_desk(Role.AGENCY_ADMIN, learner, mode="guided")
    case = run.cases.get(number=1)
    take(case, Action.NOTE, text="Catatan yang ditarik.")
    case.refresh_from_db()
    desk.post(f"{case_url(case)}batalkan/", {"version": case.version})
    page = words(desk.get(case_url(case)))
    assert _("This step was taken back.") in page


def test_what_the_reporter_said_last_stands_first(desk, learner, practice_room):
    case = led_by(
        route_to(State.REPLIED, Role.LIAISON_OFFICER),
        a_desk(Role.LIAISON_OFFICER, learner).cases.get(number=1),
    )
    case = let(case, Role.REPORTER, Action.WRITE, {}, "Masih menumpuk sampai hari ini.")
    page = words(desk.get(case_url(case)))
    assert page.index("Masih menumpuk") < page.index('id="isi-laporan"')
