"""Valid rows by default; states are reached by real steps, never set."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import factory
from django.contrib.auth.models import User
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
from sandbox.domain.workflow import Action, State
from sandbox.models import Case, Run, Scenario
from sandbox.services import record_step, start_run

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


def a_run(learner: User | None = None, **changes: Any) -> Run:
    """A run of exercise L1 as it starts; needs the fixture `practice_room`."""
    scenario = Scenario.objects.get(code="l1")
    if changes:
        Scenario.objects.filter(pk=scenario.pk).update(**changes)
    return start_run(learner=learner or UserFactory(), scenario=scenario)


# The steps that lead a new case to each state: who takes them, and with what choices.
ROUTES: Mapping[State, list[tuple[str, Action, dict[str, str]]]] = {
    State.UNVERIFIED: [],
    State.AWAITING_COMPLETION: [("agency_admin", Action.HOLD, {"missing": "location"})],
    State.VERIFIED: [
        ("agency_admin", Action.VERIFY, {"class": "non_supervisory", "category": "Perhubungan"})
    ],
    State.TRANSFERRING: [
        ("agency_admin", Action.RETURN, {"level": "central", "destination": "BALAI_JALAN"})
    ],
    State.ARCHIVED: [("agency_admin", Action.ARCHIVE, {"reason": "not_public_service"})],
    State.BLOCKED: [("national_admin", Action.BLOCK, {})],
}
ROUTES = {
    **ROUTES,
    State.DISPOSED: [
        *ROUTES[State.VERIFIED],
        ("agency_admin", Action.DISPOSE, {"unit": "DISHUB"}),
    ],
}
ROUTES = {
    **ROUTES,
    State.FOLLOWED_UP: [*ROUTES[State.DISPOSED], ("liaison_officer", Action.ANSWER, {})],
}
ROUTES = {
    **ROUTES,
    State.REPLIED: [*ROUTES[State.FOLLOWED_UP], ("reporter", Action.REPLY, {})],
    State.CLOSED: [*ROUTES[State.FOLLOWED_UP], ("reporter", Action.CLOSE, {})],
}


def case_in(state: State, run: Run | None = None, number: int = 1) -> Case:
    """A case that reached `state` the way real ones do, with its events logged."""
    run = run or a_run()
    case = run.cases.get(number=number)
    for role, action, choices in ROUTES[state]:
        case = record_step(
            case=case,
            version=case.version,
            run=run,
            action=action,
            role=role,
            at=run.clock,
            choices=choices,
            text="Alasan yang sopan.",
        )
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
