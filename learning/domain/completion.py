"""What a course asks for, what is done, what comes next, and when it is complete."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What a step of a course is; the learner reads, answers or practises."""

    LESSON = "lesson"
    QUIZ = "quiz"
    EXERCISE = "exercise"


class Status(StrEnum):
    """Where a learner stands with one step."""

    DONE = "done"
    NEXT = "next"
    OPEN = "open"
    LOCKED = "locked"


@dataclass(frozen=True)
class CourseStep:
    """One thing to do; `key` stays the same in every language. `module` 0 is the course itself."""

    key: UUID
    kind: Kind
    module: int


def first_undone(steps: Sequence[CourseStep], done: Collection[UUID]) -> CourseStep | None:
    return next((step for step in steps if step.key not in done), None)


def is_complete(steps: Sequence[CourseStep], done: Collection[UUID]) -> bool:
    """A course without steps is never complete: there was nothing to learn."""
    return bool(steps) and first_undone(steps, done) is None


def statuses(steps: Sequence[CourseStep], done: Collection[UUID]) -> dict[UUID, Status]:
    """Tell where the learner stands: a module opens when every module before it is done."""
    following = first_undone(steps, done)
    result: dict[UUID, Status] = {}
    for step in steps:
        if step.key in done:
            result[step.key] = Status.DONE
        elif step == following:
            result[step.key] = Status.NEXT
        elif following and step.module == following.module:
            result[step.key] = Status.OPEN
        else:
            result[step.key] = Status.LOCKED
    return result
