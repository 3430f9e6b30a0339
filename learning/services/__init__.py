from .library import load_course, load_quiz
from .records import (
    AttemptClosed,
    BankTooSmall,
    complete,
    complete_lesson,
    describe_learner,
    enrol,
    open_account,
    open_cohort,
    record_run,
    save_answer,
    settle_lessons,
    start_quiz,
    submit_quiz,
)

__all__ = [
    "AttemptClosed",
    "BankTooSmall",
    "complete",
    "complete_lesson",
    "describe_learner",
    "enrol",
    "load_course",
    "load_quiz",
    "open_account",
    "open_cohort",
    "record_run",
    "save_answer",
    "settle_lessons",
    "start_quiz",
    "submit_quiz",
]
