"""What waits for a trainer: answers to mark, exam results to release, attempts to grant."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from sandbox.domain.modes import MODES
from sandbox.models import Grant, LogEntry, Run, Scenario

from ..models import Cohort, Enrolment

Person = AbstractBaseUser | AnonymousUser

EXAM_MODES = [mode for mode, allowance in MODES.items() if allowance.waits_for_release]


def runs_to_mark(cohort: Cohort) -> QuerySet[Run]:
    """Return finished runs of a cohort's people that a trainer marks, the longest ago first."""
    last = LogEntry.objects.everyone().filter(run=OuterRef("pk")).order_by("-number")
    return (
        Run.objects.filter(learner__in=cohort.enrolments.values("user"), needs_marking=True)
        .filter(finished_at__isnull=False)
        .select_related("learner", "scenario", "rules")
        .annotate(handed_in=Subquery(last.values("recorded_at")[:1]))
        .order_by("handed_in", "pk")
    )


def waiting_runs(cohort: Cohort) -> QuerySet[Run]:
    return runs_to_mark(cohort).filter(score__pending__gt=0)


def next_waiting(cohort: Cohort, marker: Person, after: Run) -> Run | None:
    """Return the run to be marked after this one: a later one, or else the first of the queue."""
    queue = waiting_runs(cohort).exclude(pk=after.pk).exclude(learner=marker.pk)
    later = [run for run in queue if place_in_queue(run) > place_in_queue(after)]
    return next(iter([*later, *queue]), None)


def place_in_queue(run: Run) -> tuple[datetime, int]:
    return run.handed_in, run.pk  # type: ignore[attr-defined]


@dataclass(frozen=True)
class ExamReport:
    """One exam as the people of a trainer's cohorts took it, attempt by attempt."""

    scenario: Scenario
    runs: list[Run]

    @property
    def finished(self) -> list[Run]:
        return [run for run in self.runs if run.score is not None]

    @property
    def pending(self) -> list[Run]:
        return [run for run in self.finished if not run.is_final]

    @property
    def released(self) -> list[Run]:
        return [run for run in self.finished if run.is_released]

    @property
    def ready(self) -> list[Run]:
        """Return what the next release lets out: marked, and not released yet."""
        return [run for run in self.finished if run.is_final and not run.is_released]

    @property
    def passed(self) -> int:
        return sum(run.is_passed for run in self.ready)

    @property
    def still_open(self) -> int:
        return len(self.runs) - len(self.finished)

    @property
    def learners(self) -> set[int]:
        return {run.learner_id for run in self.runs}


def exam_reports(trainer: Person, cohort: Cohort) -> list[ExamReport]:
    """Return the exams that somebody of a cohort has finished, with all the trainer's people."""
    theirs = Run.objects.filter(
        learner__in=cohort.enrolments.values("user"),
        mode__in=EXAM_MODES,
        finished_at__isnull=False,
    )
    people = Enrolment.objects.filter(cohort__trainers=trainer.pk or 0)
    runs = Run.objects.filter(
        scenario__in=theirs.values("scenario"), learner__in=people.values("user")
    ).select_related("scenario")
    reports: dict[int, ExamReport] = {}
    for run in runs.order_by("scenario__code", "pk"):
        if run.scenario is not None:
            reports.setdefault(run.scenario.pk, ExamReport(run.scenario, [])).runs.append(run)
    return list(reports.values())


@dataclass(frozen=True)
class Grading:
    """All that a cohort has for a trainer to mark and to release."""

    cohort: Cohort
    waiting: list[Run]
    marked: list[Run]
    exams: list[ExamReport]


def grading_of(cohort: Cohort, trainer: Person) -> Grading:
    runs = list(runs_to_mark(cohort))
    return Grading(
        cohort=cohort,
        waiting=[run for run in runs if not run.is_final],
        marked=[run for run in runs if run.is_final],
        exams=exam_reports(trainer, cohort),
    )


@dataclass(frozen=True)
class ExamPlace:
    """One person's place in one exam: attempts started, the one in progress, what was granted."""

    scenario: Scenario
    started: int
    grant: Grant | None
    running: Run | None

    @property
    def allowed(self) -> int:
        return (MODES[self.scenario.mode].attempts or 0) + (  # type: ignore[index]
            self.grant.attempts if self.grant else 0
        )


def exam_places(learner: Person) -> list[ExamPlace]:
    """Return every exam with a person's attempts and grants."""
    grants = {
        grant.scenario_id: grant
        for grant in Grant.objects.filter(learner=learner.pk).select_related("granted_by")
    }
    open_runs = Run.objects.open().filter(learner=learner.pk, mode__in=EXAM_MODES)
    running = {run.scenario_id: run for run in open_runs}
    theirs = Count("runs", filter=Q(runs__learner=learner.pk, runs__mode__in=EXAM_MODES))
    exams = Scenario.objects.filter(mode__in=EXAM_MODES).annotate(started=theirs)
    return [
        ExamPlace(exam, exam.started, grants.get(exam.pk), running.get(exam.pk)) for exam in exams
    ]
