"""One table says what a mode allows; attempts and time are counted from it."""

from datetime import timedelta

import pytest

from sandbox.domain.modes import MODES, Mode, time_allowed


def test_every_mode_has_a_row():
    assert set(MODES) == set(Mode)


def test_only_guided_explains_at_once_and_lets_a_step_be_taken_back():
    assert [mode for mode in Mode if MODES[mode].undo] == [Mode.GUIDED]
    assert [mode for mode in Mode if MODES[mode].explains_at_once] == [Mode.GUIDED]


def test_an_exam_is_timed_and_gives_neither_hints_nor_a_second_beginning():
    exam = MODES[Mode.EXAM]
    assert (exam.is_timed, exam.waits_for_release) == (True, True)
    assert (exam.hints, exam.undo, exam.reset, exam.explains_at_once) == (False,) * 4


@pytest.mark.parametrize("mode", [Mode.GUIDED, Mode.PRACTICE])
def test_whoever_practises_may_try_as_often_as_they_like(mode):
    assert MODES[mode].attempts_left(taken=50, granted=0) is None


@pytest.mark.parametrize(
    ("taken", "granted", "left"), [(0, 0, 1), (1, 0, 0), (1, 1, 1), (2, 1, 0), (3, 1, 0), (0, 2, 3)]
)
def test_an_exam_is_taken_once_and_as_often_as_a_trainer_grants(taken, granted, left):
    assert MODES[Mode.EXAM].attempts_left(taken, granted) == left


@pytest.mark.parametrize(
    ("extra", "minutes"), [(0, 40), (25, 50), (50, 60), (100, 80), (300, 160), (33, 53.2)]
)
def test_granted_time_comes_on_top_of_the_exams_own(extra, minutes):
    assert time_allowed(40, extra) == timedelta(minutes=minutes)
