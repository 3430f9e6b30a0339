"""What is done, what comes next, what is locked, and when a course is complete."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.domain.completion import CourseStep, Kind, Status, first_undone, is_complete, statuses


def key(number: int) -> UUID:
    return UUID(int=number)


# Two modules of two lessons, then the course's own quiz and exercise.
COURSE = [
    CourseStep(key(1), Kind.LESSON, 1),
    CourseStep(key(2), Kind.LESSON, 1),
    CourseStep(key(3), Kind.LESSON, 2),
    CourseStep(key(4), Kind.LESSON, 2),
    CourseStep(key(5), Kind.QUIZ, 3),
    CourseStep(key(6), Kind.EXERCISE, 3),
]
COURSES = st.lists(st.integers(1, 4), max_size=12).map(
    lambda modules: [
        CourseStep(key(number), Kind.LESSON, module)
        for number, module in enumerate(sorted(modules), start=1)
    ]
)


def where(*done: int) -> str:
    """Spell each step's status by its first letter."""
    found = statuses(COURSE, {key(number) for number in done})
    return "".join(found[step.key][0] for step in COURSE)


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ((), "nollll"),
        ((1,), "dnllll"),
        ((2,), "ndllll"),
        ((1, 2), "ddnoll"),
        ((1, 2, 4), "ddndll"),
        ((1, 2, 3, 4), "ddddno"),
        ((1, 2, 3, 4, 6), "ddddnd"),
        ((1, 2, 3, 4, 5, 6), "dddddd"),
    ],
)
def test_a_module_opens_when_every_module_before_it_is_done(done, expected):
    assert where(*done) == expected


def test_what_was_done_stays_done_when_an_earlier_lesson_is_added():
    assert where(2, 3, 4, 5, 6) == "nddddd"
    assert where(1, 3) == "dndlll"


def test_what_is_done_elsewhere_does_not_matter():
    assert where(1, 99) == "dnllll"


def test_a_course_without_steps_is_never_complete():
    assert not is_complete([], set())
    assert not is_complete([], {key(1)})
    assert first_undone([], set()) is None
    assert statuses([], set()) == {}


def test_a_course_is_complete_with_its_last_step_and_not_before():
    everything = {step.key for step in COURSE}

    assert is_complete(COURSE, everything)
    assert not any(is_complete(COURSE, everything - {step.key}) for step in COURSE)


@given(COURSES, st.sets(st.integers(1, 12)))
def test_at_every_moment_there_is_one_next_step_or_the_course_is_complete(steps, numbers):
    done = {key(number) for number in numbers}

    found = statuses(steps, done)

    nexts = [step for step in steps if found[step.key] is Status.NEXT]
    assert nexts == ([] if not steps or is_complete(steps, done) else [first_undone(steps, done)])
    for step in steps:
        assert (found[step.key] is Status.DONE) == (step.key in done)
        before = [earlier for earlier in steps if earlier.module < step.module]
        ready = all(earlier.key in done for earlier in before)
        assert (found[step.key] is Status.LOCKED) == (step.key not in done and not ready)


@given(COURSES)
def test_whoever_always_does_the_next_step_completes_the_course(steps):
    done: set[UUID] = set()
    order = []
    while (step := first_undone(steps, done)) is not None:
        assert statuses(steps, done)[step.key] is Status.NEXT
        done.add(step.key)
        order.append(step)

    assert order == steps
    assert is_complete(steps, done) == bool(steps)
