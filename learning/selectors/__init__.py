"""What learning reads."""

from .cohorts import (
    CohortReport,
    CohortRow,
    ProgrammeRow,
    cohort_report,
    cohort_row,
    programme_rows,
    runs_of,
)
from .library import CourseLibrary, course_library, library_page
from .outlines import (
    Outline,
    OutlineItem,
    OutlineModule,
    outline,
    path_in,
    source_of,
)
from .people import learner_of
from .progress import Progress, in_language_of_reader, participant_progress, progress, progress_of
from .quizzes import answer_at, answers_of, attempts_of

__all__ = [
    "CohortReport",
    "CohortRow",
    "CourseLibrary",
    "Outline",
    "OutlineItem",
    "OutlineModule",
    "ProgrammeRow",
    "Progress",
    "answer_at",
    "answers_of",
    "attempts_of",
    "cohort_report",
    "cohort_row",
    "course_library",
    "in_language_of_reader",
    "learner_of",
    "library_page",
    "outline",
    "participant_progress",
    "path_in",
    "programme_rows",
    "progress",
    "progress_of",
    "runs_of",
    "source_of",
]
