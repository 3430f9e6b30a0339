"""Marks that trainers give to answers. Their history tells who gave and changed which."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from ..models import AnswerMark, Case, Run
from ..models.marks import HIGHEST_MARK
from ..selectors.marking import is_fixed, markable, marks_version
from ..signals import run_finished
from .runs import score

MarksByCase = Mapping[int, Mapping[str, int]]


class OwnWork(Exception):
    """Nobody marks their own answers, or grants themselves more of an exam."""


class NothingToMark(Exception):
    """The run is not finished, or holds no such answer."""


class MarksFixed(Exception):
    """The learner has the result: its marks no longer change."""


class MarksChanged(Exception):
    """Somebody has saved marks since the trainer opened the page."""


class ReasonMissing(Exception):
    """A mark that had been given is changed without saying why."""


class Change(NamedTuple):
    """A mark to be saved, and what it was before."""

    row: AnswerMark
    was: int | None

    @property
    def is_correction(self) -> bool:
        return self.was is not None and self.was != self.row.mark


@transaction.atomic
def mark_answers(  # noqa: PLR0913 – who gives which marks, on what they saw, why, and when
    *,
    run: Run,
    marks: MarksByCase,
    comments: Mapping[int, str],
    marker: AbstractBaseUser,
    now: datetime,
    seen: int = 0,
    reason: str = "",
) -> Run:
    """Keep a trainer's marks, by case number and element, and score the finished run anew.

    `seen` is the version of the marks that the trainer saw; the same form sent twice is saved
    once. What is not named stays as it is. Whoever listens is told once the last mark has been
    given. Raises OwnWork, NothingToMark, MarksFixed, MarksChanged or ReasonMissing; nothing is
    written then.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("rules").get(pk=run.pk)
    if run.learner_id == marker.pk:
        raise OwnWork
    changes = changes_by(run, marks, comments)
    if not changes:
        return run
    refuse_late_changes(run, changes, seen, reason)
    for change in changes:
        save_mark(change, marker=marker, now=now, reason=reason)
    was_final = run.is_final
    run.score = score(run)
    run.save(update_fields=["score"])
    if run.is_final and not was_final:
        run_finished.send(sender=Run, run=run, now=now)
    return run


def changes_by(run: Run, marks: MarksByCase, comments: Mapping[int, str]) -> list[Change]:
    """Return what differs from the marks as they are stored. Raises NothingToMark."""
    places = markable(run)
    given = {(number, element) for number in marks for element in marks[number]}
    if not given <= set(places) or not all(
        0 <= mark <= HIGHEST_MARK for row in marks.values() for mark in row.values()
    ):
        raise NothingToMark
    cases = dict(Case.objects.of(run).values_list("number", "pk"))
    stored = {(row.case_id, row.element): row for row in AnswerMark.objects.of(run)}
    changes = []
    kept: set[int] = set()
    for number, element in places:
        row = stored.get((cases[number], element))
        mark = marks.get(number, {}).get(element, row.mark if row else None)
        comment = comments.get(number, row.comment if row else "")
        if mark is None:
            continue
        kept.add(number)
        if row and (row.mark, row.comment) == (mark, comment):
            continue
        was = row.mark if row else None
        row = row or AnswerMark(case_id=cases[number], element=element)
        row.mark, row.comment = mark, comment
        changes.append(Change(row, was))
    if not {number for number, comment in comments.items() if comment} <= kept:
        raise NothingToMark  # a comment is kept with the marks of its case
    return changes


def refuse_late_changes(run: Run, changes: list[Change], seen: int, reason: str) -> None:
    if is_fixed(run):
        raise MarksFixed
    if marks_version(run) != seen:
        raise MarksChanged
    if not reason and any(change.is_correction for change in changes):
        raise ReasonMissing


def save_mark(change: Change, *, marker: AbstractBaseUser, now: datetime, reason: str) -> None:
    """Save one mark with its history; a comment alone leaves the mark its giver's."""
    row = change.row
    if change.was != row.mark:
        row.marked_by_id = marker.pk
    why = reason if change.is_correction else ""
    sign(row, by=marker, at=now, reason=why)
    row.save()


def sign(row: Any, *, by: AbstractBaseUser, at: datetime, reason: str = "") -> None:
    """Let the row's history say who changes it, when and why; no request need be there."""
    row._history_user, row._history_date, row._change_reason = by, at, reason
