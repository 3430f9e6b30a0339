"""Simulated people: the same dice, and a way to every reaction."""

import pytest

from sandbox.domain.folders import Move
from sandbox.domain.workflow import Action, Role, State
from tests.domain.desks import HOME, OFFICES, RULES, TERMS, draft, good_evidence
from tests.domain.plays import EXERCISES
from tests.domain.seats import (
    SEATS,
    SIXTY,
    VERIFY,
    a_room,
    actions,
    at_the_unit,
    events_of,
    evidence,
    flawed,
    last,
    let_pass,
)
from tests.domain.test_room import opened, play_randomly

# The same dice


@pytest.mark.parametrize("code", [code for code in EXERCISES if code.startswith("meja-")])
def test_the_same_seed_and_the_same_steps_give_the_same_events(code):
    first, again = play_randomly(code, 5, 80), play_randomly(code, 5, 80)
    assert first.log == again.log
    assert first.log != play_randomly(code, 6, 80).log


def test_time_that_passes_in_small_steps_brings_the_same_as_in_one():
    at_once, in_steps = (a_room(Role.SUPERVISOR, HOME) for _ in range(2))
    for _ in range(SIXTY):
        in_steps.advance(TERMS.office.next_opening(in_steps.clock))
    at_once.advance(in_steps.clock)
    assert unnumbered(at_once) == unnumbered(in_steps)


def unnumbered(played):
    return {
        number: [(event.action, event.at, event.text, event.choices) for event in folder.events]
        for number, folder in played.folders.items()
    }


# Every reaction can be met


def test_whoever_got_a_real_answer_thanks_and_rates_or_says_nothing():
    endings = set()
    for seed in range(1, 20):
        played = answered("none", days=20, seed=seed)
        closed = last(played, Action.CLOSE)
        endings.add((closed.role, closed.choices.get("rating", "")))
        assert bool(closed.text) == (closed.role is Role.REPORTER)
    assert endings == {(Role.REPORTER, "5"), (Role.REPORTER, "4"), (Role.SYSTEM, "")}


def test_whoever_is_asked_for_what_is_missing_completes_it():
    played = a_room(Role.AGENCY_ADMIN, HOME, "jalan-rusak-tanpa-tempat")
    played.act(1, Action.HOLD, {"missing": "location"}, "Di jalan mana?")
    let_pass(played, 1)
    assert last(played, Action.COMPLETE).text == played.folders[1].key["hold"]["completion_id"]


def test_whoever_is_asked_for_what_stood_there_says_so():
    played = a_room(Role.AGENCY_ADMIN, HOME, "tps-meluap")
    played.act(1, Action.HOLD, {"missing": "location"}, "Di jalan mana?")
    let_pass(played, 1)
    assert last(played, Action.COMPLETE).text.strip()


def test_whoever_is_asked_for_what_nobody_knows_falls_silent_until_the_window_closes():
    played = a_room(Role.AGENCY_ADMIN, HOME, "jalan-rusak-tanpa-tempat")
    played.act(1, Action.HOLD, {"missing": "identity_of_service"}, "Kantor mana?")
    let_pass(played, 15)
    assert actions(played)[-2:] == ["hold", "expire"]


@pytest.mark.parametrize("flaw", ["no_date", "no_finding", "leak", "blame", "empty"])
def test_whoever_got_a_flawed_answer_objects_or_goes_to_the_ombudsman(flaw):
    met = set()
    for seed in range(1, 13):
        met.add(str(actions(answered(flaw, days=3, seed=seed))[4]))
    assert met <= {"reply", "escalate"}
    assert "reply" in met or flaw == "leak"


def test_after_two_objections_in_vain_a_reporter_falls_silent_or_goes_outside():
    endings = set()
    for seed in range(1, 13):
        played = a_room(Role.LIAISON_OFFICER, "DLH", "tps-meluap", seed=seed)
        for _ in range(20):
            let_pass(played, 1)
            if played.folders[1].position.state in (State.DISPOSED, State.REPLIED):
                played.act(1, Action.ANSWER, {"evidence": ""}, "Akan kami koordinasikan.")
        assert actions(played).count("reply") <= 2
        assert "escalate" in actions(played) or actions(played).count("reply") == 2
        closed = last(played, Action.CLOSE)
        assert closed.role is Role.SYSTEM or closed.choices == {"rating": "2"}
        endings |= {"escalate", "reply"} & set(actions(played))
    assert endings == {"escalate", "reply"}


def test_whoever_hears_nothing_writes_again_and_ends_at_the_ombudsman():
    met = set()
    for seed in range(1, 13):
        played = a_room(Role.LIAISON_OFFICER, "DLH", "tps-meluap", seed=seed)
        let_pass(played, 50)
        met |= set(actions(played))
        if "escalate" in actions(played):
            assert actions(played).index("breach") < actions(played).index("escalate")
    assert {"breach", "write", "escalate"} <= met


def test_nobody_goes_to_the_ombudsman_before_the_agency_was_asked():
    for role, office in SEATS:
        for seed in range(1, 5):
            played = let_pass(
                a_room(role, office, seed=seed, arrives=role is not Role.REPORTER), 40
            )
            for event in events_of(played):
                if event.action is Action.ESCALATE:
                    assert event.source not in (State.UNVERIFIED, State.VERIFIED)


def test_a_flawed_answer_that_was_closed_by_others_brings_news_and_a_second_round():
    played = answered("no_date", days=0)
    played.act(1, Action.CLOSE, {"evidence": ""}, "Selesai.")
    let_pass(played, 3)
    news = played.folders[1].key["reporter"]["new_information"]
    assert last(played, Action.WRITE).text in news
    played.act(1, Action.REOPEN, {}, "Ada kabar baru.")
    let_pass(played, 3)
    assert played.folders[1].position.state in (State.FOLLOWED_UP, State.CLOSED)
    assert played.folders[1].position.reopened


def test_whoever_is_passed_on_says_how_they_were_told():
    texts = {}
    for reason in ("Jalan itu milik pusat.", ""):
        played = a_room(Role.NATIONAL_ADMIN, "", "lubang-marka-kuning")
        folder = played.folders[1]
        choices = {**VERIFY, "agency": HOME}
        played.act(1, Action.VERIFY, choices, "")
        while folder.position.state is not State.TRANSFERRING:
            let_pass(played, 1)
        accepts = Move(
            played.clock, Action.ACCEPT, Role.NATIONAL_ADMIN, "", {"agency": "BALAI_JALAN"}, reason
        )
        played.record(folder, accepts, is_own=True)  # before words were needed, some gave none
        let_pass(played, 2)
        texts[reason] = last(played, Action.WRITE).text
    assert len(set(texts.values())) == 2


def test_whose_report_is_archived_says_whether_that_is_understood():
    for family, reason in (("minta-batalkan-putusan", "in_court"), ("tps-meluap", "spam")):
        played = a_room(Role.AGENCY_ADMIN, HOME, family)
        played.act(1, Action.ARCHIVE, {"reason": reason}, "Bukan ranah kami.")
        let_pass(played, 2)
        assert last(played, Action.WRITE).text.strip()


def answered(flaw, days=1, seed=1):
    """The trainee has answered with the family's own draft that has this flaw."""
    played = at_the_unit(seed=seed)
    key = played.folders[1].key
    played.act(1, Action.ANSWER, {"evidence": good_evidence(key)}, draft(key, flaw))
    return let_pass(played, days)


# Other officers


def test_a_misrouted_report_is_given_back_and_sent_to_the_right_unit():
    played = at_the_unit(unit="DISHUB")
    let_pass(played, 1)
    declined = last(played, Action.DECLINE)
    assert (declined.office, declined.choices["unit"]) == ("DISHUB", "DLH")
    assert OFFICES["DLH"] in declined.text


def test_an_invited_unit_adds_what_it_knows_once():
    played = at_the_unit(seed=3)
    played.act(1, Action.INVITE, {"unit": "KECAMATAN"}, "")
    let_pass(played, 6)
    contributed = [e for e in played.folders[1].events if e.action is Action.CONTRIBUTE]
    assert [event.office for event in contributed] == ["KECAMATAN"]


def test_a_supervisor_sends_back_a_flawed_draft_and_passes_a_sound_one():
    for flaw, expected in (("no_date", Action.SEND_BACK), ("none", Action.APPROVE)):
        played = a_room(Role.LIAISON_OFFICER, "DLH", "tps-meluap")
        while played.folders[1].position.unit != "DLH":
            let_pass(played, 1)
        choices = evidence("tps-meluap")
        played.act(1, Action.DRAFT, choices, flawed("tps-meluap")[flaw])
        let_pass(played, 1)
        assert actions(played)[-1] is expected
    assert last(played, Action.APPROVE).text == flawed("tps-meluap")["none"]


def test_every_archive_of_a_simulated_officer_has_a_reason_of_the_rules_and_a_sentence():
    reasons = {reason["code"] for reason in RULES["archive_reason"]}
    found = 0
    for role, office in SEATS:
        for seed in range(1, 4):
            played = let_pass(
                a_room(role, office, seed=seed, arrives=role is not Role.REPORTER), 30
            )
            for event in events_of(played):
                if event.action is Action.ARCHIVE:
                    found += 1
                    assert event.choices["reason"] in reasons
                    assert event.text.strip()
    assert found


def test_officers_keep_office_hours():
    office = TERMS.office
    for code in ("meja-pengawas", "meja-penghubung", "meja-nasional"):
        started, _ = opened(code, 3)
        for event in events_of(let_pass(started, 20)):
            local = event.at.astimezone(office.zone)
            if event.role not in (Role.SYSTEM, Role.REPORTER):
                assert office.calendar.is_working(local.date())
                assert office.opens <= local.time() <= office.closes
