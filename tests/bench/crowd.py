"""Invented people in bulk: accounts, sessions, enrolments, completions, attempts, certificates."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from faker import Faker

from certificates.domain import verification_code
from certificates.models import Certificate, CertificateFile
from certificates.pdf import draw
from learning.domain.completion import Kind
from learning.models import (
    Completion,
    CoursePage,
    Enrolment,
    Learner,
    Question,
    Quiz,
    QuizAnswer,
    QuizAttempt,
)
from learning.selectors import outline

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
NEVER = datetime(2099, 1, 1, tzinfo=UTC)
PASSPHRASE = "kopi pagi di kantor"
BATCH = 2000  # rows per statement


@dataclass
class Person:
    """What a workload needs to be this person."""

    user: User
    session: str
    enrolment: int = 0
    certificate: int = 0
    code: str = ""
    run: int = 0

    @property
    def name(self) -> str:
        return str(self.user.get_full_name())


def add_people(group: str, number: int) -> list[Person]:
    """Open `number` accounts with one passphrase, each with a session."""
    names = Faker("id_ID")
    names.seed_instance(f"bench-{group}")
    passphrase = make_password(PASSPHRASE)
    users = User.objects.bulk_create(
        [
            User(
                username=f"{group}-{place}@contoh.test",
                email=f"{group}-{place}@contoh.test",
                first_name=names.first_name(),
                last_name=names.last_name(),
                password=passphrase,
            )
            for place in range(number)
        ],
        BATCH,
    )
    Learner.objects.bulk_create(
        [Learner(user=user, agency="Kabupaten Tirta Asri", position="Staf") for user in users],
        BATCH,
    )
    people = [Person(user, session_key(user)) for user in users]
    open_sessions(people)
    return people


def session_key(user: User) -> str:
    return hashlib.sha256(user.username.encode()).hexdigest()[:32]


def open_sessions(people: Iterable[Person]) -> None:
    store = SessionStore()
    Session.objects.bulk_create(
        [
            Session(
                session_key=person.session,
                expire_date=NEVER,
                session_data=store.encode(
                    {
                        SESSION_KEY: str(person.user.pk),
                        BACKEND_SESSION_KEY: "config.accounts.People",
                        HASH_SESSION_KEY: person.user.get_session_auth_hash(),
                    }
                ),
            )
            for person in people
        ],
        BATCH,
    )


def enrol_people(people: Sequence[Person], courses: Sequence[CoursePage], each: int) -> None:
    """Enrol everyone in the first course and in `each` − 1 of the others."""
    random = Random("enrolments")
    first, *others = courses
    rows = [Enrolment(user=person.user, course=first, enrolled_at=NOW) for person in people]
    for person, enrolment in zip(people, Enrolment.objects.bulk_create(rows, BATCH), strict=True):
        person.enrolment = enrolment.pk
    Enrolment.objects.bulk_create(
        [
            Enrolment(user=person.user, course=course, enrolled_at=NOW)
            for person in people
            for course in random.sample(others, each - 1)
        ],
        BATCH,
    )


def read_lessons(people: Sequence[Person], course: CoursePage, modules: int) -> None:
    """Complete every lesson of the first `modules` modules."""
    steps = [
        step
        for step in outline(course).steps
        if step.kind is Kind.LESSON and step.module <= modules
    ]
    Completion.objects.bulk_create(
        [
            Completion(
                enrolment_id=person.enrolment, item=step.key, kind=step.kind, completed_at=NOW
            )
            for person in people
            for step in steps
        ],
        BATCH,
    )


def add_attempts(people: Sequence[Person], quiz: Quiz, each: int) -> None:
    """Give everyone `each` failed attempts with all their answers."""
    random = Random("attempts")
    questions = list(Question.objects.filter(quiz=quiz).prefetch_related("choices"))
    wrong = {
        question.pk: [choice.pk for choice in question.choices.all() if not choice.is_correct]
        for question in questions
    }
    attempts = QuizAttempt.objects.bulk_create(
        [
            QuizAttempt(
                enrolment_id=person.enrolment,
                quiz=quiz,
                number=number,
                started_at=NOW - timedelta(days=each - number, minutes=9),
                submitted_at=NOW - timedelta(days=each - number),
                right=0,
                out_of=quiz.draw,
                pass_percent=quiz.pass_percent,
            )
            for person in people
            for number in range(1, each + 1)
        ],
        BATCH,
    )
    QuizAnswer.objects.bulk_create(
        [
            QuizAnswer(
                attempt=attempt,
                position=position,
                question_id=question,
                choice_id=random.choice(wrong[question]),
            )
            for attempt in attempts
            for position, question in enumerate(random.sample(list(wrong), quiz.draw), start=1)
        ],
        BATCH,
    )


def add_certificates(people: Sequence[Person], course: CoursePage) -> int:
    """Give everyone a certificate with its PDF, drawn once; return that PDF's bytes."""
    random = Random(people[0].user.username)
    rows = [certificate_of(person, course, place, random) for place, person in enumerate(people)]
    certificates = Certificate.objects.bulk_create(rows, BATCH)
    pdf = draw(certificates[0])
    digest = hashlib.sha256(pdf).hexdigest()
    CertificateFile.objects.bulk_create(
        [
            CertificateFile(certificate=certificate, pdf=pdf, sha256=digest, drawn_at=NOW)
            for certificate in certificates
        ],
        100,
    )
    for person, certificate in zip(people, certificates, strict=True):
        person.certificate, person.code = certificate.pk, certificate.code
    return len(pdf)


def certificate_of(person: Person, course: CoursePage, place: int, random: Random) -> Certificate:
    code = verification_code(random.choice)
    return Certificate(
        holder=person.user,
        award=f"bench:{person.user.pk}",
        serial=f"RL-B-{person.user.pk:06}-{place:06}",
        code=code,
        holder_name=person.name,
        course_code=course.code,
        course_title=course.title,
        course_title_en=course.title,
        course_edition=course.edition,
        minutes=course.minutes,
        issuer="Ruang Latih Pengaduan",
        issued_on=date(2026, 11, 20),
        expires_on=date(2028, 11, 20),
        verify_url=f"http://127.0.0.1/verifikasi/{code}/",
    )
