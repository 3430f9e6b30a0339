"""Marks from answers and key, and the draw of a quiz from its bank."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.domain.marking import Marks, draw_questions, mark

KEY = {1: 11, 2: 21, 3: 31}
BANK = {"m1": range(1, 7), "m2": range(11, 17), "m3": range(21, 27)}
BANKS = st.dictionaries(
    st.sampled_from(["m1", "m2", "m3", "m4"]), st.integers(0, 8), max_size=4
).map(lambda sizes: {name: [f"{name}/{n}" for n in range(size)] for name, size in sizes.items()})


@pytest.mark.parametrize(
    ("right", "out_of", "percent"), [(0, 3, 0), (1, 3, 33), (2, 3, 66), (3, 3, 100), (69, 100, 69)]
)
def test_percent_is_rounded_down(right, out_of, percent):
    assert Marks(right, out_of, 70).percent == percent


@pytest.mark.parametrize(("right", "passed"), [(6, False), (7, True), (10, True)])
def test_who_reaches_the_pass_mark_exactly_has_passed(right, passed):
    assert Marks(right, 10, 70).passed is passed


def test_two_of_three_right_do_not_pass_a_quiz_that_asks_for_67_percent():
    assert not Marks(2, 3, 67).passed
    assert Marks(2, 3, 66).passed


def test_each_answer_that_matches_the_key_counts_one():
    assert mark({1: 11, 2: 22, 3: 31}, KEY, 50) == Marks(right=2, out_of=3, pass_percent=50)


def test_an_unanswered_question_is_wrong_and_still_counts():
    assert mark({1: 11, 2: None, 3: None}, KEY, 50) == Marks(right=1, out_of=3, pass_percent=50)


def test_only_the_questions_that_were_drawn_count():
    assert mark({2: 21}, KEY, 50) == Marks(right=1, out_of=1, pass_percent=50)


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(0, 100))
def test_marks_count_right_answers_and_never_flatter(rights, pass_percent):
    answers = {number: number if right else None for number, right in enumerate(rights, 1)}

    marks = mark(answers, {number: number for number in answers}, pass_percent)

    assert (marks.right, marks.out_of) == (sum(rights), len(rights))
    assert marks.percent <= 100 * sum(rights) / len(rights) < marks.percent + 1
    assert marks.passed == (100 * sum(rights) >= pass_percent * len(rights))


def test_a_draw_takes_evenly_from_every_objective():
    drawn = draw_questions(BANK, 9, set(), Random(1))

    assert Counter(question // 10 for question in drawn) == {0: 3, 1: 3, 2: 3}


def test_an_objective_that_runs_out_is_made_up_by_the_others():
    drawn = draw_questions({"m1": [1], "m2": range(11, 20), "m3": []}, 6, set(), Random(1))

    assert 1 in drawn
    assert len(set(drawn)) == 6


def test_questions_not_seen_before_come_first():
    seen = {1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24}

    assert set(draw_questions(BANK, 6, seen, Random(1))) == {5, 6, 15, 16, 25, 26}


def test_seen_questions_fill_up_when_nothing_else_is_left():
    drawn = draw_questions({"m1": [1, 2, 3]}, 3, {1, 2}, Random(1))

    assert sorted(drawn) == [1, 2, 3]


def test_one_seed_draws_the_same_questions_in_the_same_order():
    assert draw_questions(BANK, 9, {1}, Random(7)) == draw_questions(BANK, 9, {1}, Random(7))


def test_other_seeds_draw_otherwise():
    assert len({tuple(draw_questions(BANK, 9, set(), Random(seed))) for seed in range(20)}) > 10


def test_the_order_of_a_draw_does_not_follow_the_objectives():
    orders = {
        tuple(question // 10 for question in draw_questions(BANK, 9, set(), Random(seed)))
        for seed in range(20)
    }

    assert len(orders) > 10


@pytest.mark.parametrize("bank", [{}, {"m1": []}, {"m1": [1], "m2": []}, {"m1": [1], "m2": [2]}])
def test_a_bank_that_is_too_small_is_refused(bank):
    with pytest.raises(ValueError, match="fewer than 3"):
        draw_questions(bank, 3, set(), Random(1))


@given(BANKS, st.integers(0, 12), st.integers(0, 99), st.data())
def test_a_draw_ends_and_repeats_nothing_however_uneven_the_piles(bank, size, seed, data):
    questions = [question for pile in bank.values() for question in pile]
    seen = data.draw(st.sets(st.sampled_from(questions)) if questions else st.just(set()))
    if len(questions) < size:
        with pytest.raises(ValueError, match="fewer than"):
            draw_questions(bank, size, seen, Random(seed))
        return

    drawn = draw_questions(bank, size, seen, Random(seed))

    assert len(drawn) == len(set(drawn)) == size
    assert set(drawn) <= set(questions)
    taken = {name: sum(question in pile for question in drawn) for name, pile in bank.items()}
    most = max(taken.values(), default=0)
    assert all(taken[name] >= min(most - 1, len(pile)) for name, pile in bank.items())
    for pile in bank.values():
        if any(question in seen for question in drawn if question in pile):
            assert set(pile) - set(seen) <= set(drawn)
