"""What people do in courses, written down."""

import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from random import Random
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, Group, User
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from wagtail.models import Page

from sandbox.models import Run

from ..domain.completion import Kind, is_complete
from ..domain.marking import draw_questions, mark
from ..models import (
    Choice,
    Cohort,
    Completion,
    CoursePage,
    Enrolment,
    Learner,
    LessonPage,
    Quiz,
    QuizAnswer,
    QuizAttempt,
)
from ..selectors import outline
from ..signals import course_completed


class BankTooSmall(Exception):
    """The quiz draws more questions than its bank holds."""


class AttemptClosed(Exception):
    """The attempt has been submitted: its answers no longer change."""


@transaction.atomic
def enrol(
    *, user: AbstractBaseUser, course: CoursePage, now: datetime, cohort: Cohort | None = None
) -> Enrolment:
    """Enrol a person once; a second time returns the enrolment that is there."""
    enrolment, _created = Enrolment.objects.get_or_create(
        user_id=user.pk, course=course, defaults={"cohort": cohort, "enrolled_at": now}
    )
    return enrolment


@transaction.atomic
def describe_learner(
    *, user: AbstractBaseUser, agency: str, position: str, time_zone: str
) -> Learner:
    learner, _created = Learner.objects.update_or_create(
        user_id=user.pk,
        defaults={"agency": agency, "position": position, "time_zone": time_zone},
    )
    return learner


@transaction.atomic
def complete_lesson(*, enrolment: Enrolment, lesson: LessonPage, now: datetime) -> None:
    """Mark a lesson as read. An exercise is completed by its run alone."""
    if lesson.scenario_id is None:
        complete(enrolment=enrolment, item=lesson.translation_key, kind=Kind.LESSON, now=now)


@transaction.atomic
def complete(
    *,
    enrolment: Enrolment,
    item: UUID,
    kind: Kind,
    now: datetime,
    percent: int | None = None,
) -> None:
    """Record one step as done, once; the last completes the course and tells whoever listens."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    Completion.objects.get_or_create(
        enrolment=enrolment,
        item=item,
        defaults={"kind": kind, "percent": percent, "completed_at": now},
    )
    if enrolment.completed_at is None and has_done_all(enrolment):
        enrolment.completed_at = now
        enrolment.save(update_fields=["completed_at"])
        course_completed.send(sender=Enrolment, enrolment=enrolment, now=now)


def has_done_all(enrolment: Enrolment) -> bool:
    steps = outline(enrolment.course).steps
    return is_complete(steps, set(enrolment.completions.values_list("item", flat=True)))


@transaction.atomic
def start_quiz(*, enrolment: Enrolment, quiz: Quiz, now: datetime) -> QuizAttempt:
    """Return the open attempt, or draw a new one from the bank, unseen questions first.

    Raises BankTooSmall.
    """
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    attempts = enrolment.quiz_attempts.filter(quiz=quiz)
    if current := attempts.filter(submitted_at=None).first():
        return current
    number = attempts.count() + 1
    by_objective: dict[str, list[int]] = {}
    for pk, objective in quiz.questions.filter(retired=False).values_list("pk", "objective"):
        by_objective.setdefault(objective, []).append(pk)
    seen = set(QuizAnswer.objects.filter(attempt__in=attempts).values_list("question", flat=True))
    seed = zlib.crc32(f"{enrolment.pk}/{quiz.code}/{number}".encode())
    try:
        drawn = draw_questions(by_objective, quiz.draw, seen, Random(seed))
    except ValueError as error:
        raise BankTooSmall from error
    attempt = QuizAttempt.objects.create(
        enrolment=enrolment,
        quiz=quiz,
        number=number,
        started_at=now,
        out_of=quiz.draw,
        pass_percent=quiz.pass_percent,
    )
    QuizAnswer.objects.bulk_create(
        QuizAnswer(attempt=attempt, position=position, question_id=question)
        for position, question in enumerate(drawn, start=1)
    )
    return attempt


@transaction.atomic
def save_answer(*, answer: QuizAnswer, choice: Choice) -> None:
    """Keep the choice for one question. Raises AttemptClosed once the attempt is submitted."""
    saved = QuizAnswer.objects.filter(pk=answer.pk, attempt__submitted_at=None).update(
        choice=choice
    )
    if not saved:
        raise AttemptClosed


@transaction.atomic
def submit_quiz(*, attempt: QuizAttempt, now: datetime) -> QuizAttempt:
    """Mark the attempt and fix its result; a passed quiz completes its step.

    Submitting twice marks once.
    """
    attempt = QuizAttempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.submitted_at is not None:
        return attempt
    answers: Mapping[int, int | None] = dict(attempt.answers.values_list("question", "choice"))
    key = dict(
        Choice.objects.filter(question__in=answers, is_correct=True).values_list("question", "pk")
    )
    marks = mark(answers, key, attempt.pass_percent)
    attempt.submitted_at = now
    attempt.right = marks.right
    attempt.save(update_fields=["submitted_at", "right"])
    if marks.passed:
        enrolment = Enrolment.objects.get(pk=attempt.enrolment_id)
        quiz = Quiz.objects.get(pk=attempt.quiz_id)
        complete(enrolment=enrolment, item=quiz.key, kind=Kind.QUIZ, now=now, percent=marks.percent)
    return attempt


@transaction.atomic
def record_run(*, run: Run, now: datetime) -> None:
    """Complete the exercise step wherever the run's learner is enrolled, if the run passed.

    An exam counts when its results are released: the release tells of the run again.
    """
    if not (run.is_passed and run.is_released):
        return
    lessons = LessonPage.objects.live().filter(scenario=run.scenario_id).select_related("course")
    for lesson in lessons:
        enrolments = Enrolment.objects.filter(user=run.learner_id, course=lesson.course_id)
        for enrolment in enrolments:
            complete(
                enrolment=enrolment,
                item=lesson.translation_key,
                kind=Kind.EXERCISE,
                now=now,
                percent=run.result["percent"],
            )


@transaction.atomic
def settle_lessons(*, page: Page) -> None:
    """Let each lesson at or below a moved page belong to the course that it stands in now."""
    moved = Page.objects.get(pk=page.pk)
    for lesson in LessonPage.objects.descendant_of(moved, inclusive=True):
        lesson.save()


@transaction.atomic
def open_cohort(*, name: str, course: CoursePage, trainers: Iterable[AbstractBaseUser]) -> Cohort:
    """Return the cohort of that name, after creating it and letting `trainers` see it."""
    cohort, _created = Cohort.objects.get_or_create(name=name, defaults={"course": course})
    cohort.trainers.add(*(trainer.pk for trainer in trainers))
    return cohort


@transaction.atomic
def open_account(
    *,
    email: str,
    full_name: str,
    passphrase: str | None,
    group: str | None,
    administers: bool = False,
) -> User:
    """Return the account of that e-mail address, after opening it in `group`.

    Without a passphrase its owner sets one by the link that “I forgot my passphrase” mails.
    Whoever is there already keeps name, passphrase and group.
    """
    if known := User.objects.filter(email__iexact=email).first():
        return known
    first, _space, last = full_name.partition(" ")
    user = User.objects.create_user(email, email, passphrase, first_name=first, last_name=last)
    if group:
        user.groups.add(Group.objects.get(name=group))
    if administers:
        user.is_superuser = True
        user.save(update_fields=["is_superuser"])
    return user


@transaction.atomic
def invite(*, cohort: Cohort, email: str, full_name: str, now: datetime) -> Enrolment:
    """Enrol the owner of an e-mail address in a cohort, opening an account where there is none.

    Someone who takes the course already keeps their progress and joins the cohort, unless
    they belong to another one.
    """
    user = open_account(email=email, full_name=full_name, passphrase=None, group="trainee")
    enrolment = enrol(user=user, course=cohort.course, now=now, cohort=cohort)
    if enrolment.cohort_id is None:
        enrolment.cohort = cohort
        enrolment.save(update_fields=["cohort"])
    return enrolment


def send_invitation(*, enrolment: Enrolment) -> None:
    """Mail what to do first; the address is enough to set a passphrase."""
    context = {"enrolment": enrolment, "site": settings.SITE_URL}
    send_mail(
        subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{enrolment.course.title}",
        message=render_to_string("learning/email/invitation.txt", context),
        from_email=None,
        recipient_list=[enrolment.user.email],
    )
