"""What simulated people say is kept in editions: only added to, and kept by attempts."""

from unittest.mock import patch

import pytest

from sandbox.domain.phrases import part_of, with_part
from sandbox.domain.replay import digest
from sandbox.models import PhraseBook, Run, Scenario
from sandbox.selectors import debrief, setting_of
from sandbox.selectors.files import shipped_book
from sandbox.selectors.rooms import room_of
from sandbox.selectors.selftests import digest_of, material_of
from sandbox.services import PhrasesChanged, PhrasesRefused, finish_run, load_phrases, score
from tests.factories import NOW, a_run
from tests.sandbox.phrase_pages import HOLDS, NEW, PEOPLE, PLAIN, change, everything
from tests.sandbox.playing import let_days_pass, said, transcript


@pytest.fixture
def book(practice_room):
    return PhraseBook.objects.get()


# Editions


def test_what_ships_is_edition_one_and_is_not_loaded_over_a_sites_own(book):
    assert (book.edition, book.content) == (1, shipped_book())
    newest = change(NEW)
    assert load_phrases(content=shipped_book()) == newest
    assert PhraseBook.objects.count() == 2


def test_a_change_makes_the_next_edition_and_touches_no_other(book):
    newest = change(NEW, note="Lebih pendek")

    assert (newest.edition, newest.note) == (2, "Lebih pendek")
    assert newest.content == with_part(book.content, PLAIN, NEW)
    book.refresh_from_db()
    assert book.content == shipped_book()
    assert change(NEW, seen=2) == newest


def test_a_change_that_breaks_a_rule_is_refused_with_every_reason(book):
    before = everything()
    with pytest.raises(PhrasesRefused) as refused:
        change(["tunggu 3 hari!", "beres"])
    assert {each.code for each in refused.value.problems} == {"digits", "exclamation", "few_lines"}
    assert everything() == before


def test_what_was_wrong_before_keeps_nobody_from_changing_something_else(book):
    broken = with_part(book.content, HOLDS, ["Tanpa slot."])
    PhraseBook.objects.update(content=broken)
    assert change(NEW).edition == 2
    with pytest.raises(PhrasesRefused):
        change(["Tanpa slot.", "Lagi."], HOLDS, seen=2)


def test_a_character_that_an_exercise_names_stays(book):
    named = Scenario.objects.exclude(personas=[]).first()
    assert named is not None
    people = [each for each in part_of(book.content, PEOPLE) if each["code"] not in named.personas]
    with pytest.raises(PhrasesRefused) as refused:
        change(people, PEOPLE)
    assert {"needed"} <= {each.code for each in refused.value.problems}


def test_who_comes_second_to_the_same_lines_is_refused_and_to_others_is_not(book):
    change(NEW)
    before = everything()
    with pytest.raises(PhrasesChanged):
        change([*NEW, "Oke, sip."])
    with pytest.raises(PhrasesChanged):
        change(shipped_book(), place="")
    with pytest.raises(PhrasesChanged):
        change(NEW, seen=9)
    assert everything() == before

    both = change([*part_of(book.content, HOLDS)[:3]], HOLDS)

    assert (both.edition, part_of(both.content, PLAIN)) == (3, NEW)


# Attempts keep theirs


def writes(word):
    """Return lines for all who write again, to be known by a word."""
    tones = ("polite", "plain", "angry")
    return {tone: [f"{word} {tone} {end}" for end in ("a", "b", "c")] for tone in tones}


def played(days):
    with patch("secrets.randbits", return_value=7):
        return let_days_pass(a_run(code="meja-instansi"), days)


def test_an_attempt_says_the_lines_that_it_started_with_and_a_new_one_the_new(book):
    undisturbed = played(16)
    running = played(3)
    change(writes("Kabarnya"), "reporters.lines.writes_again")
    running = let_days_pass(running, 13)
    after = played(16)

    lines = {each for tone in book.content["reporters"]["lines"]["writes_again"].values()
             for each in tone if "{" not in each}  # fmt: skip
    assert lines & {*said(transcript(undisturbed))}
    assert said(transcript(running)) == said(transcript(undisturbed))
    assert digest(room_of(running)) == digest(room_of(undisturbed))
    assert [text for text in said(transcript(after)) if text.startswith("Kabarnya ")]
    assert not lines & {*said(transcript(after))}


def test_a_finished_attempt_scores_and_explains_as_before(book):
    run = finish_run(run=played(3), now=NOW)
    before = score(run), [each.persona for each in debrief(run).cases]
    people = [{**each, "name_id": "Orang lain", "trust": 1} for each in part_of(
        book.content, PEOPLE)]  # fmt: skip
    newest = change(people, PEOPLE)
    run = Run.objects.get(pk=run.pk)

    assert (score(run), [each.persona for each in debrief(run).cases]) == before
    assert run.phrases == book
    fresh = a_run()
    assert fresh.phrases == newest
    assert {each.trust for each in setting_of(fresh).cast.personas} == {1}


def test_a_test_of_an_exercise_outlives_new_lines_but_not_new_characters(book):
    scenario = Scenario.objects.get(code="meja-instansi")
    tested = digest_of(material_of(scenario))

    change(NEW)
    assert digest_of(material_of(scenario)) == tested
    people = [{**each, "patience": 9} for each in part_of(book.content, PEOPLE)]
    change(people, PEOPLE)

    assert digest_of(material_of(scenario)) != tested
    scenario.refresh_from_db()
    assert scenario.is_published
