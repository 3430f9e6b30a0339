"""Rules of words: what counts as said, which of several texts counts, and that dates move along."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from sandbox.domain.answers.days import coming_day
from sandbox.domain.answers.sayings import is_phrase, said
from sandbox.domain.asked import words_left_out
from sandbox.domain.scoring import judge
from sandbox.domain.scoring.expectations import Kind, Pack
from sandbox.domain.scoring.looks import told_in
from sandbox.domain.scoring.packs import TOLD, expectation_of, problems_of
from sandbox.domain.workflow import Action, Role
from tests.domain.desks import CAST, SANDBOX, START, read
from tests.domain.seats import a_room
from tests.domain.sentences import SENTENCES

LIBRARY = {
    path.stem: read(f"scenario_library/{path.name}")
    for path in (SANDBOX / "scenario_library").glob("*.toml")
}
RULES = {
    (code, table["code"]): table
    for code, scenario in LIBRARY.items()
    for table in scenario.get("expectations", ())
    if table.get("look") in TOLD
}
LEAST = 2  # sentences of each kind


def found(rule, sentence):
    wanted = expectation_of(RULES[rule])
    return told_in(sentence, wanted, LIBRARY[rule[0]]["starts_at"].date(), CAST.words)


def test_every_rule_of_words_that_ships_has_right_and_wrong_sentences():
    assert set(SENTENCES) == set(RULES)
    for sentences in SENTENCES.values():
        assert min(map(len, sentences)) >= LEAST


@pytest.mark.parametrize("rule", SENTENCES, ids=" ".join)
def test_right_sentences_earn_and_wrong_ones_do_not(rule):
    is_wanted = RULES[rule]["kind"] == Kind.MUST
    right, wrong = SENTENCES[rule]
    assert [each for each in right if bool(found(rule, each)) != is_wanted] == []
    assert [each for each in wrong if bool(found(rule, each)) == is_wanted] == []


@pytest.mark.parametrize("rule", RULES, ids=" ".join)
def test_every_rule_can_be_read_and_names_no_day_of_its_own(rule):
    table = RULES[rule]
    assert all(map(is_phrase, table.get("words", ())))
    if table["kind"] == Kind.MUST:
        example = table["example"]
        assert not re.search(r"\d", example)
        assert found(rule, example.replace("{soon}", "besok"))


# Days


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_a_day_is_to_come_or_gone_by_the_day_of_writing(year):
    today = START.date().replace(year=year)
    for day, is_coming in (("3 Maret", False), ("20 Maret", True), ("20 Desember", False)):
        assert bool(coming_day(f"Kabar berikutnya {day}.", today, CAST.words)) is is_coming
    assert coming_day(f"Selesai 5/3/{year}.", today, CAST.words)
    assert not coming_day(f"Selesai 3/3/{year}.", today, CAST.words)


@pytest.mark.parametrize(
    "text", ["", "31/2/2026", "99/99/2026", "0000-00-00", "rt 3/4", "30 februari"]
)
def test_what_no_calendar_has_is_no_day(text):
    assert coming_day(text, START.date(), CAST.words) == ""


def test_robots_name_a_day_after_the_hour_at_which_they_write():
    table = RULES["rapat-senin", "plan_date"] | {"when": {}}
    room = a_room(Role.SUPERVISOR)
    room.setting = replace(room.setting, asks=(table,))
    for days in (0, 30, 60):
        room.clock += timedelta(days)
        added = words_left_out(room, room.folders[1], Action.NOTE, "Dibaca.")
        assert coming_day(added, room.clock.date(), CAST.words)
        assert not coming_day(added, (room.clock + timedelta(30)).date(), CAST.words)
        assert words_left_out(room, room.folders[1], Action.NOTE, added) == ""


# Which text counts


def score_of(room, *tables):
    own = tuple(expectation_of({**table, "when": {}}) for table in tables)
    pack = Pack(expectations=own, distances={}, limit_sources={}, rubric=None)
    return {line.expectation: line for line in judge([room.folders[1]], room.setting, pack).lines}


PLAN = [RULES["rapat-senin", code] for code in ("plan_cause", "plan_who", "plan_date")]


def test_a_later_note_takes_nothing_from_a_plan():
    room = a_room(Role.SUPERVISOR)
    text = "Dinas Sosial tertahan. Kepala dinas menunjuk pengganti paling lambat besok."
    [plan] = room.act(1, Action.NOTE, {}, text)
    before = score_of(room, *PLAN)

    room.act(1, Action.NOTE, {}, "Sudah saya telusuri arsipnya.")

    after = score_of(room, *PLAN)
    assert after == before
    assert all(line.points == line.out_of for line in after.values())
    assert {line.event for line in after.values()} == {plan.number}
    assert after["plan_cause"].chosen == "dinas sosial"


def test_a_plan_may_be_written_in_several_notes():
    room = a_room(Role.SUPERVISOR)
    texts = ("Sebabnya di Dinsos.", "Kepala dinas menunjuk pengganti.", "Selesai lusa.")
    steps = [room.act(1, Action.NOTE, {}, text)[0].number for text in texts]
    assert [line.event for line in score_of(room, *PLAN).values()] == steps


def test_without_any_note_that_says_it_the_last_one_is_named():
    room = a_room(Role.SUPERVISOR)
    room.act(1, Action.NOTE, {}, "Dibaca.")
    [last] = room.act(1, Action.NOTE, {}, "Dibaca lagi.")
    for line in score_of(room, *PLAN).values():
        assert (line.points, line.event, line.chosen) == (0, last.number, "")


def test_what_must_not_be_said_is_found_in_any_text():
    table = RULES["ibu-di-kursi-roda", "no_pity"] | {"roles": ["supervisor"], "actions": ["note"]}
    room = a_room(Role.SUPERVISOR)
    [slip] = room.act(1, Action.NOTE, {}, "Kasihan ibu itu.")
    room.act(1, Action.NOTE, {}, "Loket lantai dasar sudah dibuka.")
    line = score_of(room, table)["no_pity"]
    assert (line.points, line.event, line.chosen) == (0, slip.number, "kasihan")


# Phrases


@pytest.mark.parametrize("text", ["", " ", "~ ~x^", "^", "~aman*", "…", "a.b", "*", "ke… ^"])
def test_what_is_no_phrase_is_refused(text):
    assert not is_phrase(text)
    table = {**PLAN[0], "words": ["dinas sosial", text]}
    assert "words" in {field for field, _problem in problems_of(table, {})}


def test_quotes_and_denials_are_not_said():
    def holds(text, is_fact=False):
        return said(text, ("akses … ^tutup",), CAST.words, is_fact=is_fact)

    assert holds("Akses itu kami tutup.")
    assert not holds("Pelapor menulis «akses ditutup».")
    assert not holds("Akses itu belum ditutup.")
    assert holds("Akses akan ditutup.")
    assert not holds("Akses akan ditutup.", is_fact=True)
