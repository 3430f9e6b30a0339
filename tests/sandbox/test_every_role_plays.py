"""Every step of the procedure can be taken by a page form, in every role that has it."""

import pytest

from sandbox.domain.answers import Flaw
from sandbox.domain.events import ClockMove
from sandbox.domain.position import MASK
from sandbox.domain.robots import expert_move
from sandbox.domain.workflow import Action, Role, State
from sandbox.forms import FORMS
from sandbox.labels import FLAW_LABELS
from sandbox.selectors import details_left
from sandbox.selectors.rooms import log_of, room_of
from tests.factories import ANSWER, let
from tests.sandbox.desk_cases import (
    EVERY_STEP,
    PLAYED,
    a_desk,
    at_a_unit,
    case_for,
    chosen_by,
    led_by,
    route_to,
)
from tests.sandbox.pages import (
    act_url,
    case_url,
    clock_url,
    debrief_url,
    finish_url,
    hand_over_url,
    inbox_url,
    send,
    words,
)
from tests.sandbox.playing import TEXT

TEXTS = {Action.VERIFY: "", Action.MASK: "", Action.APPROVE: ANSWER}


@pytest.mark.parametrize(("action", "role"), EVERY_STEP)
def test_a_step_is_offered_and_taken_by_its_form(desk, learner, practice_room, action, role):
    case = case_for(action, role, learner)
    chosen = chosen_by(case, action)
    shown = desk.get(case_url(case))
    options = [option for group in vars(shown.context["offer"]).values() for option in group]
    consequence = str(next(one for one in options if one.action is action).consequence)
    assert act_url(case, action) in words(shown)

    page = desk.get(act_url(case, action))
    assert page.status_code == 200
    assert consequence
    assert consequence in words(shown)
    assert consequence in words(page)
    response = send(desk, case, action)

    assert response.status_code == 302, page.context["form"].errors
    event = case.events.latest("number")
    assert (event.action, event.role, event.is_own) == (action, role, True)
    assert event.choices == chosen
    assert event.text == TEXTS.get(action, TEXT)
    assert desk.get(response["Location"], follow=True).status_code == 200
    assert desk.get(case_url(case)).status_code == 200


def test_every_action_of_people_has_a_form():
    assert {action for action, _role in EVERY_STEP} == set(FORMS)


# A whole exercise, by pages alone


def sendable(case, move):
    """What the page's form for a robot's step is filled in with."""
    data = {name: value for name, value in move.choices.items() if name != "from"}
    return data | {"version": case.version, "text": move.text or TEXT, "confirmed": "yes"}


def play_what_lies_here(client, run):
    """Let the robot that knows the answers fill in forms until it has nothing to do."""
    moved = True
    while moved:
        moved = False
        room = room_of(run)
        for number in sorted(room.folders):
            move = expert_move(room, number)
            if move is None:
                continue
            case = run.cases.get(number=number)
            response = client.post(act_url(case, move.action), sendable(case, move))
            assert response.status_code == 302, (move, response.context["form"].errors)
            moved = True


@pytest.mark.parametrize("role", PLAYED)
def test_a_whole_exercise_is_played_by_pages(desk, learner, practice_room, role):
    run = a_desk(role, learner)
    for _day in range(6):
        play_what_lies_here(desk, run)
        seen = desk.get(clock_url(run)).context["run"].clock
        moved = desk.post(clock_url(run), {"seen": seen.isoformat(), "to": "morning"})
        assert moved.status_code == 302
        run.refresh_from_db()
        for part in ("perlu", "menunggu", "selesai"):
            assert desk.get(inbox_url(run), {"lihat": part}).status_code == 200
    assert sum(isinstance(entry, ClockMove) for entry in log_of(run)) >= 6
    for case in run.cases.reached():
        assert desk.get(case_url(case)).status_code == 200
    assert desk.post(finish_url(run), follow=True).status_code == 200
    run.refresh_from_db()
    assert run.score is not None
    assert desk.get(debrief_url(run)).status_code == 200


# What each role gets to see


def test_a_reporter_reads_from_the_citizens_side(desk, learner, practice_room):
    case = case_for(Action.REPLY, Role.REPORTER, learner)
    case = let(case, Role.AGENCY_ADMIN, Action.NOTE, {}, "Catatan dapur petugas.")
    page = words(desk.get(case_url(case)))
    assert "Catatan dapur petugas." not in page
    assert "Dinas Lingkungan Hidup" not in page
    for finding in case.facts["findings"]["id"]:
        assert finding not in page
    for note in case.facts["notes"]["id"]:
        assert note not in page
    assert ANSWER.split(".")[1].strip() in page


def test_what_is_wrong_with_a_draft_is_for_the_trainee_to_find(desk, learner, practice_room):
    """A simulated supervisor says it in words; the code behind them is on no page."""
    case = case_for(Action.DRAFT, Role.LIAISON_OFFICER, learner)
    draft = (Role.LIAISON_OFFICER, Action.DRAFT, {"evidence": ""})
    case = led_by([draft, (Role.SUPERVISOR, Action.SEND_BACK, {"flaw": "leak"})], case)
    for address in (case_url(case), act_url(case, Action.DRAFT)):
        page = words(desk.get(address))
        assert str(FLAW_LABELS[Flaw.LEAK]) not in page
        assert '"leak"' not in page


def test_a_draft_that_was_sent_back_is_there_to_be_mended(desk, learner, practice_room):
    case = case_for(Action.DRAFT, Role.LIAISON_OFFICER, learner)
    draft = (Role.LIAISON_OFFICER, Action.DRAFT, {"evidence": ""})
    case = led_by([draft, (Role.SUPERVISOR, Action.SEND_BACK, {"flaw": "leak"})], case)
    form = desk.get(act_url(case, Action.DRAFT)).context["form"]
    assert form["text"].value() == ANSWER


@pytest.mark.parametrize(
    ("role", "is_shown"),
    [
        (Role.LIAISON_OFFICER, True),
        (Role.SUPERVISOR, True),
        (Role.AGENCY_ADMIN, False),
        (Role.REPORTER, False),
    ],
)
def test_field_notes_are_for_who_answers_and_who_checks(
    desk, learner, practice_room, role, is_shown
):
    case = led_by(route_to(State.DISPOSED, role), a_desk(role, learner).cases.get(number=1))
    page = words(desk.get(case_url(case)))
    assert all((finding in page) is is_shown for finding in case.facts["findings"]["id"])
    assert case.facts["findings"]["id"]


def test_a_name_is_hidden_until_the_identity_is_opened(desk, learner, practice_room):
    case = case_for(Action.OPEN_IDENTITY, Role.NATIONAL_ADMIN, learner)
    told = f"{case.facts['reporter']} ("  # as the details say it; some sign their report
    assert told not in words(desk.get(case_url(case)))
    send(desk, case, Action.OPEN_IDENTITY)
    page = words(desk.get(case_url(case)))
    assert told in page
    assert TEXT in page  # who opened it, and why, stands in the history


def test_what_is_masked_is_gone_from_the_report_and_kept_in_its_history(
    desk, learner, practice_room
):
    case = case_for(Action.MASK, Role.AGENCY_ADMIN, learner)
    detail = details_left(case)[0]
    question = send(desk, case, Action.MASK, confirmed=False)
    assert f'<mark class="masked">{MASK}</mark>' in words(question)
    assert case.events.filter(action=Action.MASK).count() == 0

    send(desk, case, Action.MASK)
    case.refresh_from_db()
    assert detail not in case.text
    page = words(desk.get(case_url(case)))
    before, _, history = page.partition('<details class="govuk-details wordings">')
    report = before.partition("report__text")[2].partition("</section>")[0]
    assert f'<mark class="masked">{MASK}</mark>' in report
    assert detail not in report
    assert detail in history


def test_a_unit_does_not_get_to_read_what_an_admin_has_masked(desk, learner, practice_room):
    run = a_desk(Role.LIAISON_OFFICER, learner)
    case, detail = next(
        (case, detail["text"])
        for case in run.cases.all()
        for detail in case.facts["details"]
        if detail["kind"] not in ("place", "institution")
    )
    mask = (Role.AGENCY_ADMIN, Action.MASK, {"details": [detail]})
    case = led_by([mask, *at_a_unit(Role.LIAISON_OFFICER)], case)
    page = words(desk.get(case_url(case)))
    assert MASK in page
    assert detail not in page


def test_all_open_reports_of_an_officer_change_hands_at_once(desk, learner, practice_room):
    run = a_desk(Role.SUPERVISOR, learner)
    for number in (1, 2):
        steps = at_a_unit(Role.SUPERVISOR)
        steps[-1][2]["officer"] = "wening"
        led_by(steps, run.cases.get(number=number))
    data = {"leaver": "wening", "to": "gede", "text": TEXT}

    question = words(desk.post(hand_over_url(run), data))
    assert "LTH-0001" in question
    assert "LTH-0002" in question
    assert not run.log.filter(action=Action.HAND_OVER).exists()

    assert desk.post(hand_over_url(run), data | {"confirmed": "yes"}).status_code == 302
    handed = run.log.filter(action=Action.HAND_OVER)
    assert [(event.choices, event.text) for event in handed] == [
        ({"from": "wening", "to": "gede"}, TEXT)
    ] * 2
    assert set(run.cases.filter(number__lte=2).values_list("officer", flat=True)) == {"gede"}


@pytest.mark.parametrize(
    "wrong", [{"to": "wening"}, {"leaver": ""}, {"text": ""}, {"text": "Hubungi 0812-3456-7890."}]
)
def test_a_faulty_handover_changes_nothing(desk, learner, practice_room, wrong):
    run = a_desk(Role.SUPERVISOR, learner)
    steps = at_a_unit(Role.SUPERVISOR)
    steps[-1][2]["officer"] = "wening"
    led_by(steps, run.cases.get(number=1))
    data = {"leaver": "wening", "to": "gede", "text": TEXT, "confirmed": "yes"} | wrong
    page = desk.post(hand_over_url(run), data)
    assert page.status_code == 422
    assert data["text"] in words(page)
    assert not run.log.filter(action=Action.HAND_OVER).exists()


@pytest.mark.parametrize("role", PLAYED)
def test_who_may_hand_over_finds_the_way_and_nobody_else(desk, learner, practice_room, role):
    run = a_desk(role, learner)
    may = role in (Role.SUPERVISOR, Role.AGENCY_ADMIN)
    assert (hand_over_url(run) in words(desk.get(inbox_url(run), follow=True))) is may
    assert desk.get(hand_over_url(run)).status_code == (200 if may else 404)
