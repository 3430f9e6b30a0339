"""A finished run as a trainer marks it: the answers, what was there to know, facts about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Max
from django.utils.translation import gettext as _

from ..domain.answers import Element, Flaw, Reading
from ..domain.scoring import RUBRIC
from ..domain.scoring.expectations import HIGHEST_MARK, Kind, RubricElement
from ..domain.scoring.packs import rubric_of
from ..domain.scoring.records import Record, Sent
from ..domain.workflow import Action
from ..labels import ELEMENT_LABELS, FLAW_LABELS
from ..models import AnswerMark, Case, Run, in_language
from .rooms import room_of


def markable(run: Run) -> list[tuple[int, str]]:
    """Return what a trainer has to mark: case number and element, in the order of the score."""
    return [
        (line["case"], line["expectation"])
        for line in (run.score or {"lines": ()})["lines"]
        if line["kind"] == RUBRIC and line["event"] is not None
    ]


def marks_version(run: Run) -> int:
    """Return a number that grows with every mark saved; 0 where there is none."""
    rows = AnswerMark.history.filter(case__run=run)
    return rows.aggregate(last=Max("history_id"))["last"] or 0


def is_fixed(run: Run) -> bool:
    """Tell whether the learner has the whole result: nothing about it changes any more."""
    return run.is_final and run.is_released


class Fact(NamedTuple):
    """Something that the list of words found in an answer, or missed; no mark follows from it."""

    label: str
    is_there: bool


@dataclass(frozen=True)
class ReadAnswer:
    """A text that reached the reporter, and what the list of words found in it."""

    sent: Sent
    evidence: str
    reading: Reading
    fails: list[str]

    @property
    def is_interim(self) -> bool:
        return self.sent.step.action is Action.INTERIM

    @property
    def was_approved(self) -> bool:
        return self.sent.step is not self.sent.sending

    @property
    def elements(self) -> list[Fact]:
        return [
            Fact(str(ELEMENT_LABELS[element]), element in self.reading.elements)
            for element in Element
        ]


@dataclass(frozen=True)
class MarkedElement:
    """One element of the answers to a case: its five levels, and the mark given so far."""

    case: int
    rubric: RubricElement
    given: AnswerMark | None

    @property
    def label(self) -> str:
        return str(ELEMENT_LABELS[self.rubric.code])

    @property
    def rule(self) -> str:
        return in_language(self.rubric.rule["id"], self.rubric.rule["en"])

    @property
    def levels(self) -> list[tuple[int, str]]:
        """Return each mark with its sentence."""
        return [
            (mark, in_language(level["id"], level["en"]))
            for mark, level in enumerate(self.rubric.levels)
        ]

    @property
    def given_sentence(self) -> str:
        return dict(self.levels)[self.given.mark] if self.given else ""


@dataclass(frozen=True)
class AnsweredCase:
    """A case with the answers to be marked."""

    case: Case
    answers: list[ReadAnswer]
    failed: list[Mapping[str, Any]]
    elements: list[MarkedElement]

    @property
    def comment(self) -> str:
        return next((row.given.comment for row in self.elements if row.given), "")

    @property
    def findings(self) -> list[str]:
        found: Mapping[str, list[str]] = self.case.facts.get("findings") or {}
        return list(found.get(in_language("id", "en"), ()))

    @property
    def offered_evidence(self) -> list[str]:
        rows = self.case.facts.get("evidence", ())
        return [in_language(row["label_id"], row["label_en"]) for row in rows]


class MarkChange(NamedTuple):
    case: str
    element: str  # empty: the comment
    before: int | None
    after: int | None


@dataclass(frozen=True)
class MarksSaved:
    """What one person saved at one moment."""

    at: datetime
    who: str
    reason: str
    changes: list[MarkChange]


@dataclass(frozen=True)
class MarkingSheet:
    """A run to be marked. `version` tells whether somebody has saved marks meanwhile."""

    run: Run
    cases: list[AnsweredCase]
    unanswered: list[str]
    version: int

    @property
    def elements(self) -> list[MarkedElement]:
        return [element for answered in self.cases for element in answered.elements]

    @property
    def missing(self) -> list[MarkedElement]:
        return [element for element in self.elements if element.given is None]

    @property
    def has_marks(self) -> bool:
        return any(element.given for element in self.elements)

    @property
    def is_fixed(self) -> bool:
        return is_fixed(self.run)


def marking_sheet(run: Run) -> MarkingSheet:
    """Return what a trainer reads and marks; two trainers who open it at once see one version."""
    version = marks_version(run)
    places = markable(run)
    marked = {number for number, _element in places}
    cases = [case for case in run.cases.all() if case.number in marked]
    records = records_of(run, cases)
    given = {(row.case_id, row.element): row for row in AnswerMark.objects.of(run)}
    rubric = rubric_of(run.rules.content.get("answer_rubric"))
    elements = {element.code: element for element in rubric.elements} if rubric else {}
    return MarkingSheet(
        run=run,
        cases=[
            AnsweredCase(
                case,
                [read(records[case.number], sent) for sent in records[case.number].sent],
                failed_lines(run, case),
                [
                    MarkedElement(number, elements[Element(code)], given.get((case.pk, code)))
                    for number, code in places
                    if number == case.number
                ],
            )
            for case in cases
        ],
        unanswered=unanswered(run, marked),
        version=version,
    )


def unanswered(run: Run, marked: set[int]) -> list[str]:
    """Return the cases whose answer is worth points and was never sent."""
    asked = {line["case"] for line in run.result["lines"] if line["kind"] == RUBRIC}
    numbers = asked - marked
    return [case.code for case in run.cases.all() if case.number in numbers]


def records_of(run: Run, cases: list[Case]) -> dict[int, Record]:
    room = room_of(run, cases)
    return {
        number: Record(folder, room.setting, {number: number})
        for number, folder in room.folders.items()
    }


def read(record: Record, sent: Sent) -> ReadAnswer:
    labels = {row["code"]: row for row in record.folder.facts.get("evidence", ())}
    evidence = labels.get(sent.evidence)
    fails: tuple[Flaw, ...] = record.fails(sent.text, sent.evidence)
    return ReadAnswer(
        sent,
        in_language(evidence["label_id"], evidence["label_en"]) if evidence else "",
        record.reading(sent.text, sent.evidence),
        [str(FLAW_LABELS[flaw]) for flaw in fails],
    )


def failed_lines(run: Run, case: Case) -> list[Mapping[str, Any]]:
    """Return the lines of the score about what no answer may do, where it was done."""
    return [
        line
        for line in run.result["lines"]
        if line["case"] == case.number
        and (line["fatal"] or (line["kind"] == Kind.MUST_NOT and line["verdict"] != "right"))
    ]


def marks_saved(run: Run) -> list[MarksSaved]:
    """Return who saved which marks, newest first; from the history of the rows."""
    rows = AnswerMark.history.filter(case__run=run).select_related("history_user", "case")
    saved: list[MarksSaved] = []
    before: dict[int, tuple[int, str]] = {}
    for (at, _by), group in groupby(
        rows.order_by("history_id"), key=lambda row: (row.history_date, row.history_user_id)
    ):
        together = list(group)
        changes: list[MarkChange] = []
        for row in together:
            was, said = before.get(row.id, (None, ""))
            if row.mark != was:
                label = str(ELEMENT_LABELS[Element(row.element)])
                changes.append(MarkChange(row.case.code, label, was, row.mark))
            if row.comment != said:
                changes.append(MarkChange(row.case.code, "", None, None))
            before[row.id] = (row.mark, row.comment)
        person = together[0].history_user
        reasons = [row.history_change_reason for row in together if row.history_change_reason]
        saved.append(
            MarksSaved(
                at,
                person.get_full_name() if person else _("a deleted account"),
                reasons[0] if reasons else "",
                list(dict.fromkeys(changes)),
            )
        )
    return saved[::-1]


__all__ = [
    "HIGHEST_MARK",
    "AnsweredCase",
    "Fact",
    "MarkChange",
    "MarkedElement",
    "MarkingSheet",
    "MarksSaved",
    "ReadAnswer",
    "is_fixed",
    "markable",
    "marking_sheet",
    "marks_saved",
    "marks_version",
]
