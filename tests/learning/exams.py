"""A course that ends with an exam, and people who take it, mark it and release it."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from learning.models import CoursePage, Enrolment
from learning.services import enrol
from sandbox.domain.answers import Element
from sandbox.domain.workflow import Action, Role, State
from sandbox.models import AnswerMark, Run, Scenario
from sandbox.selectors import office_time
from sandbox.selectors.marking import markable, marks_version
from sandbox.services import advance_clock, finish_run, mark_answers, start_run, take_action
from tests.factories import NOW, UserFactory, a_course

GOOD = (
    "Yth. Pelapor, terima kasih atas laporan Anda. Petugas kami meninjau lokasi pada Selasa, "
    "3 Maret 2026 dan mendapati sampah menumpuk karena truk rusak. Dinas Lingkungan Hidup "
    "mengangkut seluruhnya paling lambat Jumat, 6 Maret 2026. Bila belum sesuai, silakan balas "
    "laporan ini. Mohon maaf atas gangguan yang Anda alami."
)
EMPTY = "Yth. Pelapor, terima kasih. Hal ini akan kami koordinasikan dengan pihak terkait."
DAYS = 4  # until everything has come to the desk
ELEMENTS = len(Element)


def the_exam() -> Scenario:
    return Scenario.objects.get(code="ujian-penghubung")


def an_exam_course() -> CoursePage:
    """One lesson and the exam, which every single run may pass."""
    Scenario.objects.filter(code="ujian-penghubung").update(pass_percent=0)
    return a_course(modules=1, lessons=1, scenario=the_exam())


def a_participant(cohort: Any, **names: str) -> Enrolment:
    person = UserFactory(**names)
    return enrol(user=person, course=cohort.course, now=NOW, cohort=cohort)


def an_open_exam(learner: User, text: str = GOOD, now: datetime = NOW) -> Run:
    """An exam with an answer to every report that is the unit's task."""
    run = start_run(learner=learner, scenario=the_exam(), now=now)
    for _day in range(DAYS):
        run = Run.objects.get(pk=run.pk)
        answer_all(run, text, now)
        run.refresh_from_db()
        opening = office_time(run).next_opening(run.clock)
        advance_clock(run=run, seen=run.clock, to=opening, now=now)
    return Run.objects.get(pk=run.pk)


def answer_all(run: Run, text: str, now: datetime) -> None:
    here = run.cases.filter(desk_role=Role.LIAISON_OFFICER, reached=True, state=State.DISPOSED)
    for case in here.exclude(events__is_own=True).select_related("run"):
        take_action(
            case=case,
            version=case.version,
            action=Action.ANSWER,
            actor=run.learner,
            choices={"evidence": ""},
            text=text,
            now=now,
        )


def a_taken_exam(learner: User, text: str = GOOD) -> Run:
    return finish_run(run=an_open_exam(learner, text), now=NOW)


def all_marks(run: Run, mark: int = 3) -> dict[int, dict[str, int]]:
    marks: dict[int, dict[str, int]] = {}
    for number, element in markable(run):
        marks.setdefault(number, {})[element] = mark
    return marks


def first_case(run: Run) -> int:
    return next(iter(all_marks(run)))


def mark_all(run: Run, marker: User, mark: int = 3) -> Run:
    return mark_answers(
        run=run,
        marks=all_marks(run, mark),
        comments={},
        marker=marker,
        seen=marks_version(run),
        now=NOW,
    )


def page_of(cohort: Any, run: Run | None = None) -> str:
    return f"/pelatih/{cohort.pk}/penilaian/" + (f"{run.pk}/" if run else "")


def send(
    browser: Client, cohort: Any, run: Run, marks: dict[int, dict[str, int]], **fields: Any
) -> HttpResponse:
    """Post marks as the page does, at the version that is current unless told."""
    data = {
        f"mark-{number}-{element}": mark
        for number, given in marks.items()
        for element, mark in given.items()
    }
    data["seen"] = fields.pop("seen", marks_version(run))
    return browser.post(page_of(cohort, run), data | fields)


def stored(run: Run) -> dict[str, Any]:
    """All that is stored about the marks of a run, to prove that a refusal changed nothing."""
    return {
        "marks": list(AnswerMark.objects.filter(case__run=run).order_by("pk").values()),
        "history": AnswerMark.history.filter(case__run=run).count(),
        "score": Run.objects.get(pk=run.pk).score,
    }
