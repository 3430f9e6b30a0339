"""A log holds the whole run: any moment can be shown, and played on in another way."""

from datetime import timedelta
from random import Random
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.domain.events import ClockMove
from sandbox.domain.replay import (
    Take,
    TakeBack,
    Wait,
    at,
    commands,
    digest,
    entries_of,
    opening,
    play,
    transcript,
)
from sandbox.domain.robots import play_expertly
from sandbox.domain.whatif import fork
from sandbox.domain.workflow import Action, ActionNotAllowed, State
from tests.domain.desks import START, TERMS, WITA
from tests.domain.plays import EXERCISES, any_step, at_random, exercise

OFFICE = TERMS.office
PLAYS = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def begins_at(unit: str) -> int:
    """Return a seed whose first case belongs to `unit`."""
    firsts = ((seed, exercise("meja-instansi", seed).folders[1].key) for seed in range(1, 99))
    return next(
        seed
        for seed, key in firsts
        if key["decision"] == "dispose" and key["route"][0]["unit"] == unit
    )


SEED = begins_at("DLH")
anything = {
    "code": st.sampled_from(EXERCISES),
    "seed": st.integers(1, 10_000),
    "moves": st.integers(0, 60),
}


def two_weeks_on(days=10):
    return OFFICE.at(OFFICE.calendar.add(START.date(), days), OFFICE.opens)


def whole_log(room, clock_moves):
    return sorted([*entries_of(room), *clock_moves], key=lambda entry: entry.number)


@PLAYS
@given(**anything)
def test_the_same_seed_and_the_same_actions_give_the_same_transcript(code, seed, moves):
    room = exercise(code, seed)
    log = at_random(room, Random(seed), moves)
    again = play(exercise(code, seed), commands(log))
    assert digest(again) == digest(room)
    assert transcript(entries_of(again), WITA) == transcript(entries_of(room), WITA)
    assert [folder.position for folder in again.folders.values()] == [
        folder.position for folder in room.folders.values()
    ]


@PLAYS
@given(**anything, part=st.floats(0, 1))
def test_a_fork_without_change_reproduces_the_original_byte_for_byte(code, seed, moves, part):
    room = exercise(code, seed)
    log = at_random(room, Random(seed), moves)
    made = fork(exercise(code, seed), log, int(part * len(log)), None)
    assert (made.replaced, made.left_out) == (None, ())
    assert digest(made.other.room) == digest(made.real.room) == digest(room)
    assert transcript(made.other.entries) == transcript(made.real.entries)
    assert made.other.room.clock == room.clock


@PLAYS
@given(**anything, part=st.floats(0, 1))
def test_a_fork_with_a_change_keeps_history_and_harms_neither_room_nor_log(code, seed, moves, part):
    room, start = exercise(code, seed), exercise(code, seed)
    log = at_random(room, Random(seed), moves)
    before, untouched = transcript(log), digest(start)
    number = max(int(part * len(log)), opening(log))
    moment = at(start, log, number)
    step = any_step(moment, Random(seed).choice(sorted(moment.folders)), Random(seed))
    if step is None:
        return
    try:
        made = fork(start, log, number, step)
    except ActionNotAllowed:
        assert step.action is Action.LINK_DUPLICATE
        return
    shared = [entry for entry in entries_of(made.other.room) if entry.number <= number]
    assert transcript(shared) == transcript(entries_of(moment))
    assert made.other.entries[0].action is step.action
    assert made.other.entries[0].number == number + 1
    assert transcript(log) == before
    assert (digest(start), digest(room)) == (untouched, digest(made.real.room))


@PLAYS
@given(**anything)
def test_every_moment_stands_as_it_stood_then(code, seed, moves):
    room, dice = exercise(code, seed), Random(seed)
    log = at_random(room, dice, moves // 2)
    then, length = digest(room), room.length
    log += at_random_without_opening(room, dice, moves // 2)
    seen = at(exercise(code, seed), log, length)
    assert digest(seen) == then
    assert digest(at(exercise(code, seed), log, room.length)) == digest(room)


def at_random_without_opening(room, dice, moves):
    opened = room.open
    room.open = list
    try:
        return at_random(room, dice, moves)
    finally:
        room.open = opened


def test_before_the_first_entry_nothing_has_happened():
    start = exercise("meja-instansi")
    log = at_random(exercise("meja-instansi"), Random(3), 10)
    room = at(start, log, 0)
    assert (room.length, room.clock, entries_of(room)) == (0, START, [])
    assert all(folder.position.version == 0 for folder in room.folders.values())


def test_a_moment_between_two_moves_of_the_clock_has_the_time_of_its_entry():
    room = exercise("meja-penghubung")
    log = [*room.open(), *room.advance(two_weeks_on())]
    middle = next(entry for entry in log if START < entry.at < room.clock)
    assert at(exercise("meja-penghubung"), log, middle.number).clock == middle.at


def test_only_what_the_trainee_did_is_a_command():
    room = exercise("meja-instansi")
    log = list(room.open())
    step = {"class": "aspiration", "category": "Perhubungan"}
    log += room.act(1, Action.VERIFY, step, "")
    log.append(room.undo(1))
    log += room.advance(START + timedelta(days=1))
    first = opening(log)
    assert commands(log) == [
        Take(first + 1, 1, Action.VERIFY, step),
        TakeBack(first + 2, 1, undoes=first + 1),
        Wait(log[-1].number, START + timedelta(days=1)),
    ]


def test_an_alternative_takes_the_place_of_the_next_step_on_its_case():
    log, number = a_case_sent_to("BINAMARGA")
    other = Take(0, 1, Action.DISPOSE, {"unit": "DLH"})
    made = fork(exercise("meja-instansi", SEED), log, number, other)
    assert made.replaced == next(step for step in commands(log) if step.number == number + 1)
    sent = [event.choices["unit"] for event in made.other.room.folders[1].log
            if event.action is Action.DISPOSE and event.is_own]  # fmt: skip
    assert sent == ["DLH"]
    assert made.real.room.folders[1].last(Action.DISPOSE).choices["unit"] == "BINAMARGA"


def test_an_alternative_can_also_come_beside_the_next_step():
    log, number = a_case_sent_to("BINAMARGA")
    note = Take(0, 1, Action.NOTE, {}, "Periksa kelasnya dulu.")
    made = fork(exercise("meja-instansi", SEED), log, number, note, takes_place=False)
    assert made.replaced is None
    assert made.other.room.folders[1].last(Action.DISPOSE).choices["unit"] == "BINAMARGA"
    assert made.other.room.folders[1].count(Action.NOTE) == 1


def test_a_step_that_was_tried_and_taken_back_leaves_its_place_to_the_one_that_stood():
    room = exercise("meja-instansi", SEED)
    log = [*room.open(), *verified(room)]
    number = log[-1].number
    log += room.act(1, Action.DISPOSE, {"unit": "DISHUB"}, "")
    log.append(room.undo(1))
    log += room.act(1, Action.DISPOSE, {"unit": "BINAMARGA"}, "")
    made = fork(
        exercise("meja-instansi", SEED), log, number, Take(0, 1, Action.DISPOSE, {"unit": "DLH"})
    )
    assert made.replaced.choices == {"unit": "BINAMARGA"}
    assert made.left_out == ()
    assert made.other.room.folders[1].position.unit == "DLH"


def test_an_undo_never_takes_back_the_alternative():
    room = exercise("meja-instansi", SEED)
    log = [*room.open(), *verified(room)]
    log += room.act(1, Action.DISPOSE, {"unit": "DISHUB"}, "")
    number = log[-1].number
    log.append(room.undo(1))
    made = fork(
        exercise("meja-instansi", SEED), log, number, Take(0, 1, Action.NOTE, {}, "Catatan")
    )
    assert made.left_out == (TakeBack(number + 1, 1, number),)
    assert made.other.room.folders[1].count(Action.NOTE) == 1


def test_later_steps_that_are_no_longer_possible_are_named():
    log, number = a_case_sent_to("BINAMARGA", then_reminded=True)
    archive = Take(0, 1, Action.ARCHIVE, {"reason": "spam"}, "Kiriman iklan.")
    made = fork(exercise("meja-instansi", SEED), log, number, archive)
    assert [step.action for step in made.left_out] == [Action.REMIND]
    assert made.other.room.folders[1].position.state is State.ARCHIVED


def test_a_case_is_not_sent_once_more_to_where_it_lies_already():
    log, number = a_case_sent_to("BINAMARGA")
    room = play(exercise("meja-instansi", SEED), commands(log))
    again = room.act(1, Action.DISPOSE, {"unit": "DLH"}, "")
    right = Take(0, 1, Action.DISPOSE, {"unit": "DLH"})
    made = fork(exercise("meja-instansi", SEED), [*log, *again], number, right)
    sent = [event for event in made.other.room.folders[1].log if event.action is Action.DISPOSE]
    assert len(sent) == 1
    assert again[0].number in {step.number for step in made.left_out}


def test_another_move_of_the_clock_takes_the_place_of_the_next_one():
    room = exercise("meja-instansi", SEED)
    log = list(room.open())
    number = room.length
    log += [*room.advance(two_weeks_on(1)), *verified(room), *room.advance(two_weeks_on(2))]
    made = fork(exercise("meja-instansi", SEED), log, number, Wait(0, two_weeks_on(5)))
    verify = made.other.room.folders[1].last(Action.VERIFY)
    assert verify.at == two_weeks_on(5)
    assert [type(step) for step in made.left_out] == [Wait]
    assert made.other.room.folders[2].position.breached
    assert not made.real.room.folders[2].position.breached


def test_an_alternative_that_is_not_allowed_is_refused():
    log, number = a_case_sent_to("BINAMARGA")
    with pytest.raises(ActionNotAllowed):
        fork(exercise("meja-instansi", SEED), log, number, Take(0, 1, Action.APPROVE))


def test_before_the_trainee_begins_there_is_nothing_to_change():
    room = exercise("meja-penghubung")
    log = list(room.open())
    assert opening(log) > 3
    made = fork(exercise("meja-penghubung"), log, 2, Wait(0, two_weeks_on(1)))
    assert made.number == opening(log)


def test_the_wrong_unit_gives_the_case_back_and_the_right_one_answers():
    """What a fork is for: the same moment, two outcomes, told by what others do."""
    log, number = a_case_sent_to("BINAMARGA")
    right = Take(0, 1, Action.DISPOSE, {"unit": "DLH"})
    made = fork(exercise("meja-instansi", SEED), log, number, right)
    real, other = (future.room.folders[1] for future in (made.real, made.other))
    assert real.count(Action.DECLINE) == 1
    assert other.count(Action.DECLINE) == 0
    assert real.position.state is State.VERIFIED
    assert other.count(Action.ANSWER) >= 1


def verified(room):
    return room.act(1, Action.VERIFY, {"class": "non_supervisory", "category": "Perhubungan"}, "")


def a_case_sent_to(unit, *, then_reminded=False):
    """Return a log in which case 1 went to `unit`, and the entry before that step."""
    room = exercise("meja-instansi", SEED)
    log = [*room.open(), *verified(room)]
    number = room.length
    log += room.act(1, Action.DISPOSE, {"unit": unit}, "")
    if then_reminded:
        log += room.act(1, Action.REMIND, {}, "Mohon segera.")
    return [*log, *room.advance(two_weeks_on())], number


def test_a_transcript_has_one_line_for_each_entry_and_reads_as_text():
    room = exercise("meja-instansi", SEED)
    log = [*room.open(), *verified(room)]
    log += room.act(1, Action.NOTE, {}, "Baris satu.\nBaris dua.")
    lines = transcript(log, WITA).splitlines()
    assert len(lines) == len(log)
    assert lines[-2].endswith(
        "· 2026-03-04 09.00 · LTH-0001 · agency_admin TIRTA_ASRI (trainee) · verify · "
        "unverified → verified · category: Perhubungan; class: non_supervisory"
    )
    assert lines[-1].endswith("“Baris satu. ¶ Baris dua.”")
    assert lines[opening(log) - 1].endswith("· 2026-03-04 09.00 · clock")


def test_a_transcript_speaks_the_words_it_is_given():
    log = exercise("meja-instansi").open()
    assert " · LAPORKAN · " in transcript(log, WITA, shout)


def shout(code):
    return {"submit": "LAPORKAN"}.get(code, code)


def everything_urgent(room):
    """Mark every case that has come in: a step that may be taken over and over."""
    there = [number for number, folder in room.folders.items() if folder.is_submitted]
    choices = {"urgency": "urgent"}
    return [e for number in there for e in room.act(number, Action.MARK_URGENT, choices, "")]


def test_a_thousand_events_are_folded_in_a_tenth_of_a_second():
    room = exercise("meja-instansi", SEED)
    log = list(room.open())
    while room.length < 1000:
        log += everything_urgent(room)
        log += room.advance(room.clock + timedelta(minutes=1))
    start = exercise("meja-instansi", SEED)
    began = process_time()
    seen = at(start, log, room.length)
    assert process_time() - began < 0.1
    assert digest(seen) == digest(room)


def test_a_long_run_is_forked_in_two_seconds():
    room = exercise("meja-instansi", SEED)
    log = list(room.open())
    for _ in range(20):
        log += everything_urgent(room)
        log += room.advance(OFFICE.next_opening(room.clock))
    began = process_time()
    made = fork(exercise("meja-instansi", SEED), log, opening(log), Wait(0, two_weeks_on(3)))
    assert process_time() - began < 2
    assert made.other.room.length > 250


def test_a_digest_tells_rooms_apart_that_differ_in_one_word():
    one, two = exercise("meja-instansi", SEED), exercise("meja-instansi", SEED)
    for room, words in ((one, "Catatan"), (two, "Catatan.")):
        room.open()
        room.act(1, Action.NOTE, {}, words)
    assert digest(one) != digest(two)


def test_the_experts_run_can_be_played_again_from_its_commands():
    room = exercise("meja-pengawas", 2)
    clock = []
    advance = room.advance
    room.advance = lambda to: keep(clock, advance(to))
    room.open()
    play_expertly(room, two_weeks_on(20))
    log = whole_log(room, clock)
    assert len(log) == room.length
    assert digest(play(exercise("meja-pengawas", 2), commands(log))) == digest(room)


def keep(clock, entries):
    clock += [entry for entry in entries if isinstance(entry, ClockMove)]
    return entries
