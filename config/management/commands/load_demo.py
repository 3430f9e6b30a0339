import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from config.groups import load_groups
from learning.models import Cohort, CoursePage, Enrolment, LessonPage, Quiz
from learning.selectors import answers_of
from learning.services import (
    complete_lesson,
    describe_learner,
    enrol,
    open_account,
    open_cohort,
    save_answer,
    start_quiz,
    submit_quiz,
)
from sandbox.domain.robots import expert_move
from sandbox.models import Case, Run, Scenario
from sandbox.selectors import office_time, room_of
from sandbox.services import advance_clock, finish_run, start_run, take_action

PEOPLE = Path(__file__).resolve().parents[2] / "demo_people.toml"
PASSPHRASE = "latihan-aman-sekali"  # noqa: S105 – printed for everyone, opens the demo alone
COHORT = "Angkatan Percontohan Tirta Asri"


class Command(BaseCommand):
    help = "Fill an empty site with the shipped content and invented people; never on a real one."

    def handle(self, **options: Any) -> None:
        if not settings.ALLOW_DEMO:
            raise CommandError("load_demo runs only where settings.ALLOW_DEMO is true.")
        call_command("load_site", stdout=self.stdout)
        call_command("load_practice_room", stdout=self.stdout)
        call_command("load_courses", stdout=self.stdout)
        course = CoursePage.objects.get(code="K0", locale__language_code="id")
        load_groups()
        people = tomllib.loads(PEOPLE.read_text())["person"]
        users = {person["key"]: account_of(person) for person in people}
        trainers = [users[person["key"]] for person in people if person["group"] == "trainer"]
        cohort = open_cohort(name=COHORT, course=course, trainers=trainers)
        for person in people:
            if person["group"] == "trainee":
                advance_person(users[person["key"]], person["progress"], cohort)
        self.print_accounts(people)

    def print_accounts(self, people: list[dict[str, Any]]) -> None:
        self.stdout.write(f"\nAccounts, all with the passphrase {PASSPHRASE}")
        shown: set[str] = set()
        for person in people:
            if person["group"] not in shown:
                shown.add(person["group"])
                self.stdout.write(f"  {person['group']:<18} {person['email']}")


@transaction.atomic
def advance_person(user: User, progress: str, cohort: Cohort) -> None:
    """Enrol a participant and bring them as far as their file says, once."""
    if user.enrolments.exists():
        return
    now = timezone.now()
    enrolment = enrol(user=user, course=cohort.course, now=now, cohort=cohort)
    PROGRESS[progress](enrolment, now)


def account_of(person: Mapping[str, Any]) -> User:
    administers = person["group"] == "administrator"
    user = open_account(
        email=person["email"],
        full_name=person["name"],
        passphrase=PASSPHRASE,
        group=None if administers else person["group"],
        administers=administers,
    )
    describe_learner(
        user=user,
        agency=person["agency"],
        position=person["position"],
        time_zone=person["timezone"],
    )
    return user


def nothing(enrolment: Enrolment, now: datetime) -> None:
    """Leave a participant as they are on the first day."""


def read_one_lesson(enrolment: Enrolment, now: datetime) -> None:
    lesson = lessons_of(enrolment.course)[0]
    complete_lesson(enrolment=enrolment, lesson=lesson, now=now)


def read_all_lessons(enrolment: Enrolment, now: datetime) -> None:
    for lesson in lessons_of(enrolment.course):
        complete_lesson(enrolment=enrolment, lesson=lesson, now=now)


def lessons_of(course: CoursePage) -> list[LessonPage]:
    return list(LessonPage.objects.filter(course=course, scenario=None).order_by("path"))


def pass_quiz(enrolment: Enrolment, now: datetime) -> None:
    read_all_lessons(enrolment, now)
    quiz = Quiz.objects.get(pk=enrolment.course.quiz_id)
    attempt = start_quiz(enrolment=enrolment, quiz=quiz, now=now)
    for answer in answers_of(attempt):
        right = next(choice for choice in answer.question.choices.all() if choice.is_correct)
        save_answer(answer=answer, choice=right)
    submit_quiz(attempt=attempt, now=now)


def begin_exercise(enrolment: Enrolment, now: datetime) -> None:
    pass_quiz(enrolment, now)
    play(begin("l1", enrolment, now), now, cases=5)


def pass_exercise(enrolment: Enrolment, now: datetime) -> None:
    """Pass the first exercise, and show a trainer an exam that waits for marks."""
    pass_quiz(enrolment, now)
    run = begin("l1", enrolment, now)
    play(run, now)
    run = advance_clock(
        run=run, seen=run.clock, to=office_time(run).next_opening(run.clock), now=now
    )
    play(run, now)
    finish_run(run=run, now=now)
    exam = begin("ujian-penghubung", enrolment, now)
    play(exam, now)
    finish_run(run=exam, now=now)


def begin(code: str, enrolment: Enrolment, now: datetime) -> Run:
    scenario = Scenario.objects.get(code=code)
    return start_run(learner=enrolment.user, scenario=scenario, now=now)


def play(run: Run, now: datetime, *, cases: int | None = None) -> None:
    """Let the robot that reads the keys work the cases that have come in."""
    reached = run.cases.reached().select_related("run__rules")
    for case in reached[:cases]:
        work(case, run, now)


def work(case: Case, run: Run, now: datetime) -> None:
    """Take the right steps on one case until someone else must act."""
    while move := expert_move(room_of(run), case.number):
        case = take_action(
            case=case,
            version=case.version,
            action=move.action,
            actor=run.learner,
            choices=move.choices,
            text=move.text,
            now=now,
        )


PROGRESS: Mapping[str, Callable[[Enrolment, datetime], None]] = {
    "none": nothing,
    "started": read_one_lesson,
    "lessons": read_all_lessons,
    "quiz": pass_quiz,
    "exercise": begin_exercise,
    "completed": pass_exercise,
}
