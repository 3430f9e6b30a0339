"""A reporter can only answer what was asked, and not for ever."""

from datetime import datetime, timedelta

from sandbox.domain.actors import Reaction, reaction
from sandbox.domain.workflow import Action, Role
from tests.domain.conftest import WITA

ANSWERS_AT = datetime(2026, 3, 5, 8, tzinfo=WITA)
EXPIRES_AT = datetime(2026, 3, 18, 16, tzinfo=WITA)
A_MINUTE = timedelta(minutes=1)
KEY = {"decision": "hold", "hold": {"missing": "location", "completion_id": "di jalan Kenanga"}}


def react(asked_for="location", key=KEY, now=ANSWERS_AT, expires_at=EXPIRES_AT):
    return reaction(
        asked_for=asked_for, key=key, answers_at=ANSWERS_AT, expires_at=expires_at, now=now
    )


def test_a_reporter_who_was_asked_for_what_is_missing_adds_it_at_the_hour_of_answering():
    expected = Reaction(Action.COMPLETE, Role.REPORTER, ANSWERS_AT, "di jalan Kenanga")
    assert react() == expected
    assert react(now=ANSWERS_AT + timedelta(days=3)) == expected


def test_nobody_answers_before_the_hour_of_answering():
    assert react(now=ANSWERS_AT - A_MINUTE) is None


def test_a_reporter_who_was_asked_for_something_else_stays_silent_until_the_window_closes():
    assert react("date", now=ANSWERS_AT + timedelta(days=1)) is None
    assert react("date", now=EXPIRES_AT) is None
    expired = Reaction(Action.EXPIRE, Role.SYSTEM, EXPIRES_AT, "")
    assert react("date", now=EXPIRES_AT + A_MINUTE) == expired


def test_a_reporter_with_nothing_to_add_cannot_help():
    complete_already = {"decision": "dispose"}
    assert react(key=complete_already, now=EXPIRES_AT) is None
    assert react(key=complete_already, now=EXPIRES_AT + A_MINUTE).action is Action.EXPIRE


def test_an_answer_comes_before_an_expiry_when_both_lie_in_the_past():
    assert react(now=EXPIRES_AT + timedelta(days=30)).action is Action.COMPLETE


def test_a_case_without_a_window_does_not_expire():
    assert react("date", now=EXPIRES_AT + timedelta(days=300), expires_at=None) is None
