"""The model letters: what a good officer writes where no draft of the case says it."""

import re

import pytest

from sandbox.domain.answers import About, Element, read_answer
from sandbox.domain.letters import LETTERS, letter
from sandbox.domain.privacy import personal_data_in
from sandbox.domain.workflow import Action, Role
from tests.domain.desks import CAST, DESKS, OFFICES, RULES, STOCK, cases_of, days, room, setting
from tests.domain.test_robots import own, played

ARCHIVED = STOCK["archived"]
ABOUT = About((), (), tuple(OFFICES.values()), evidence_chosen=False)
TO_REPORTERS = (Action.HOLD, Action.RETURN, Action.ARCHIVE)


def test_every_reason_to_archive_has_a_letter_of_its_own():
    assert set(ARCHIVED) == {reason["code"] for reason in RULES["archive_reason"]}
    for text in ARCHIVED.values():
        reading = read_answer(text, ABOUT, CAST.words)
        assert {Element.NEXT_STEP, Element.COURTESY} <= reading.elements, text
        assert reading.blames == ()
        assert reading.long_sentences == ()


@pytest.mark.parametrize("text", [*LETTERS.values(), *ARCHIVED.values()])
def test_a_letter_is_plain_and_holds_nobodys_data(text):
    reading = read_answer(text, ABOUT, CAST.words)
    assert reading.jargon == ()
    assert reading.long_sentences == ()
    assert personal_data_in(text) == set()


def test_a_letter_calls_the_choices_of_its_step_by_name():
    named = {"location": "tempat kejadian", "BALAI_JALAN": "Balai Jalan"}
    assert "satu hal: tempat kejadian." in letter(Action.HOLD, {"missing": "location"}, named)
    choices = {"level": "central", "destination": "BALAI_JALAN"}
    assert "menjadi wewenang Balai Jalan." in letter(Action.RETURN, choices, named)
    assert letter(Action.VERIFY, {"class": "supervisory"}, named) == ""


@pytest.mark.parametrize("code", ["l1", "meja-instansi", "meja-nasional"])
def test_the_expert_writes_letters_and_not_the_sentences_of_the_key(code):
    done = played(code, 3)
    letters = own(done, *TO_REPORTERS)
    assert letters
    for event in letters:
        key = done.folders[event.case].key
        kept = [key[part]["why_id"] for part in ("hold", "return", "archive") if part in key]
        assert not [why for why in kept if why in event.text]
        assert not re.search(r"[{}]", event.text)
        assert "terima kasih" in event.text.lower() or "memahami" in event.text


def test_simulated_officers_archive_with_a_letter_too():
    case = cases_of(DESKS, "minta-batalkan-putusan")[0]
    opened = room([case], setting(Role.SUPERVISOR))
    days(opened, 5)
    archived = opened.folders[1].last(Action.ARCHIVE)
    assert archived.text == ARCHIVED["in_court"]
