"""Valid rows by default; states are reached by real steps, never set."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import factory
from django.contrib.auth.models import User
from django.db import transaction
from factory.django import DjangoModelFactory
from wagtail.models import Page, Site

from learning.models import (
    Choice,
    Cohort,
    CourseIndexPage,
    CoursePage,
    LessonPage,
    ModulePage,
    Question,
    Quiz,
)
from sandbox.domain.folders import Move
from sandbox.domain.workflow import Action, Role, State
from sandbox.models import Case, Run, Scenario
from sandbox.selectors.rooms import room_of
from sandbox.services import start_run
from sandbox.services.log import store

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PASSPHRASE = "kopi pagi di kantor"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"peserta{n}@contoh.test")
    username = factory.SelfAttribute("email")
    first_name = "Rini"
    last_name = "Contoh"

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(*args, password=PASSPHRASE, **kwargs)


def a_run(learner: User | None = None, code: str = "l1", **changes: Any) -> Run:
    """A run of an exercise as it starts, L1 unless told; needs the fixture `practice_room`."""
    scenario = Scenario.objects.get(code=code)
    if changes:
        Scenario.objects.filter(pk=scenario.pk).update(**changes)
    return start_run(learner=learner or UserFactory(), scenario=scenario, now=NOW)


HOME, UNIT = "TIRTA_ASRI", "DISHUB"
ANSWER = (
    "Yth. Pelapor, terima kasih atas laporan Anda. Petugas kami meninjau lokasi pada Senin dan "
    "menemukan lampu padam. Dinas Perhubungan memperbaikinya paling lambat Jumat, 13 Maret 2026. "
    "Bila belum sesuai, silakan balas laporan ini."
)
# The steps that lead a new case of the regency to each state: who takes them, with what choices.
Steps = list[tuple[Role, Action, dict[str, Any]]]
VERIFIED: Steps = [
    (Role.AGENCY_ADMIN, Action.VERIFY, {"class": "non_supervisory", "category": "Perhubungan"})
]
DISPOSED: Steps = [*VERIFIED, (Role.AGENCY_ADMIN, Action.DISPOSE, {"unit": UNIT})]
FOLLOWED_UP: Steps = [*DISPOSED, (Role.LIAISON_OFFICER, Action.ANSWER, {"evidence": ""})]
ROUTES: Mapping[State, Steps] = {
    State.UNVERIFIED: [],
    State.AWAITING_COMPLETION: [(Role.AGENCY_ADMIN, Action.HOLD, {"missing": "location"})],
    State.VERIFIED: VERIFIED,
    State.TRANSFERRING: [
        (Role.AGENCY_ADMIN, Action.RETURN, {"level": "central", "destination": "BALAI_JALAN"})
    ],
    State.ARCHIVED: [(Role.AGENCY_ADMIN, Action.ARCHIVE, {"reason": "not_public_service"})],
    State.BLOCKED: [(Role.NATIONAL_ADMIN, Action.BLOCK, {})],
    State.DISPOSED: DISPOSED,
    State.FOLLOWED_UP: FOLLOWED_UP,
    State.REPLIED: [*FOLLOWED_UP, (Role.REPORTER, Action.REPLY, {})],
    State.CLOSED: [*FOLLOWED_UP, (Role.REPORTER, Action.CLOSE, {"rating": "4"})],
}
# Other ways to the same states: by the unit, by a supervisor, and a draft that waits for one.
BY_THE_UNIT: Steps = [*DISPOSED, (Role.LIAISON_OFFICER, Action.HOLD, {"missing": "date"})]
WITH_A_DRAFT: Steps = [*DISPOSED, (Role.LIAISON_OFFICER, Action.DRAFT, {"evidence": ""})]
BY_A_SUPERVISOR: Steps = [*WITH_A_DRAFT, (Role.SUPERVISOR, Action.APPROVE, {"evidence": ""})]


@transaction.atomic
def let(
    case: Case,
    role: Role,
    action: Action,
    choices: Mapping[str, Any],
    text: str = ANSWER,
    at: datetime | None = None,
) -> Case:
    """Let any party take a step on a case, as the room does while the clock moves."""
    run = Run.objects.get(pk=case.run_id)
    room = room_of(run)
    folder = room.folders[case.number]
    desk = folder.position.desk
    office = desk.office if desk.role is role else HOME if role is Role.SUPERVISOR else ""
    move = Move(at or run.clock, action, role, office, choices, text)
    entries = [room.record(folder, move)]
    entries += room.tell_duplicates(folder, entries[0])
    store(run=run, room=room, entries=entries, cases={row.number: row for row in run.cases.all()})
    return run.cases.select_related("run__learner", "run__rules").get(pk=case.pk)


def case_in(state: State, run: Run | None = None, number: int = 1) -> Case:
    """A case that reached `state` the way real ones do, with its events logged."""
    return led(ROUTES[state], run, number)


def led(route: Steps, run: Run | None = None, number: int = 1) -> Case:
    """A case after the steps of `route`."""
    case = (run or a_run()).cases.select_related("run__learner").get(number=number)
    for role, action, choices in route:
        case = let(case, role, action, choices)
    return case


def a_quiz(code: str = "k1", questions: int = 4, draw: int = 2) -> Quiz:
    quiz = Quiz.objects.create(
        code=code,
        title="Kuis",
        title_en="Quiz",
        intro="Pengantar",
        intro_en="Introduction",
        draw=draw,
        pass_percent=50,
        minutes=5,
        key=uuid4(),
    )
    for number in range(1, questions + 1):
        question = Question.objects.create(
            quiz=quiz,
            code=f"{code}-{number}",
            objective=f"m{number % 2}",
            text=f"Pertanyaan {number}?",
            text_en=f"Question {number}?",
            source="Sumber",
        )
        for order, right in enumerate((True, False, False), start=1):
            Choice.objects.create(
                question=question,
                order=order,
                text=f"Jawaban {order}",
                text_en=f"Answer {order}",
                why=f"Karena {order}",
                why_en=f"Because {order}",
                is_correct=right,
            )
    return quiz


def a_course(
    modules: int = 2, lessons: int = 2, quiz: Quiz | None = None, scenario: Scenario | None = None
) -> CoursePage:
    """A published course below the default site's root page, with its lessons."""
    home = Site.objects.get(is_default_site=True).root_page
    index = CourseIndexPage.objects.first()
    if index is None:
        index = home.add_child(instance=CourseIndexPage(title="Kursus", slug="kursus"))
    course = index.add_child(
        instance=CoursePage(
            title="Kursus Contoh",
            slug=f"kursus-{uuid4().hex[:6]}",
            code="K1",
            summary="Ringkasan",
            audience="Untuk siapa pun",
            minutes=60,
            quiz=quiz,
        )
    )
    for number in range(1, modules + 1):
        module = course.add_child(
            instance=ModulePage(
                title=f"Modul {number}",
                slug=f"modul-{number}",
                code=f"M{number}",
                objective="Tujuan",
                minutes=10,
            )
        )
        for place in range(1, lessons + 1):
            add_lesson(module, f"Pelajaran {number}.{place}")
    if scenario:
        add_lesson(course, "Latihan", scenario=scenario)
    return CoursePage.objects.get(pk=course.pk)


def add_lesson(parent: Page, title: str, scenario: Scenario | None = None) -> LessonPage:
    return parent.add_child(
        instance=LessonPage(
            title=title,
            slug=title.lower().replace(" ", "-").replace(".", "-"),
            objective="Tujuan",
            minutes=5,
            body=[("paragraph", "<p>Isi pelajaran.</p>")],
            reviewed_on=date(2026, 11, 20),
            scenario=scenario,
        )
    )


def a_cohort(course: CoursePage, *trainers: User, name: str = "Angkatan 1") -> Cohort:
    cohort = Cohort.objects.create(name=name, course=course)
    cohort.trainers.set(trainers)
    return cohort
