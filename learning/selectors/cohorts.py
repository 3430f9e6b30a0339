"""What trainers and programme managers see of cohorts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from sandbox.models import Run

from ..models import Cohort, Enrolment, LessonPage
from .outlines import Outline, outline
from .progress import in_language_of_reader

SMALLEST_GROUP = 5  # people; smaller counts could point at someone


@dataclass(frozen=True)
class CohortRow:
    """One participant as a trainer sees them: each step's status and the last sign of life."""

    enrolment: Enrolment
    done: Collection[UUID]
    percents: Mapping[UUID, int | None]

    @property
    def done_count(self) -> int:
        return len(self.done)


@dataclass(frozen=True)
class CohortReport:
    """A cohort's progress: steps of the course across, participants down."""

    cohort: Cohort
    outline: Outline
    rows: list[CohortRow]

    @property
    def completed(self) -> int:
        return sum(row.enrolment.completed_at is not None for row in self.rows)


def cohort_report(cohort: Cohort) -> CohortReport:
    course = cohort.course
    enrolments = (
        cohort.enrolments.select_related("user__learner")
        .prefetch_related("completions")
        .order_by("user__first_name", "pk")
    )
    found = outline(in_language_of_reader([course])[0], course)
    keys = {step.key for step in found.steps}
    return CohortReport(cohort, found, [cohort_row(row, keys) for row in enrolments])


def cohort_row(enrolment: Enrolment, keys: Collection[UUID]) -> CohortRow:
    percents = {
        done.item: done.percent for done in enrolment.completions.all() if done.item in keys
    }
    return CohortRow(enrolment, list(percents), percents)


def runs_of(enrolment: Enrolment) -> QuerySet[Run]:
    """Return the enrolled person's runs of the course's exercises, and those that trainers mark."""
    scenarios = LessonPage.objects.filter(
        course__translation_key=enrolment.course.translation_key, scenario__isnull=False
    ).values("scenario")
    theirs = Q(scenario__in=scenarios) | Q(needs_marking=True)
    return Run.objects.filter(theirs, learner=enrolment.user_id)


@dataclass(frozen=True)
class ProgrammeRow:
    """One cohort in figures; None where a group is so small that it could point at someone."""

    cohort: Cohort
    enrolled: int | None
    completed: int | None


def programme_rows() -> list[ProgrammeRow]:
    rows = []
    for cohort in Cohort.objects.counted():
        shown = cohort.enrolled >= SMALLEST_GROUP
        rows.append(
            ProgrammeRow(
                cohort,
                cohort.enrolled if shown else None,
                cohort.completed if shown else None,
            )
        )
    return rows
