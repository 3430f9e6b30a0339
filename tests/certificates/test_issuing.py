"""A completed course is recorded as a certificate once, with the facts of that moment."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from certificates.domain import ALPHABET
from certificates.models import Certificate, CertificateFile
from certificates.services import issue_certificate
from learning.models import Enrolment
from learning.signals import course_completed
from tests.certificates.conftest import NAME, NOW, make_course, make_person


def complete(enrolment):
    with transaction.atomic():
        course_completed.send(sender=type(enrolment), enrolment=enrolment, now=NOW)


@pytest.fixture
def other_enrolment(course):
    return Enrolment.objects.create(user=make_person("budi"), course=course, enrolled_at=NOW)


def test_completing_a_course_records_the_facts_and_draws_the_pdf(
    enrolment, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        complete(enrolment)

    certificate = Certificate.objects.get()
    assert certificate.holder == enrolment.user
    assert certificate.holder_name == NAME
    assert certificate.course_title == "Dasar pengelolaan pengaduan"
    assert certificate.course_title_en == "Complaint handling basics"
    assert (certificate.course_code, certificate.course_edition) == ("K0", 2)
    assert certificate.minutes == 150
    assert certificate.issuer == "Ruang Latih Pengaduan"
    assert certificate.serial == "RL-K0-2026-000001"
    assert certificate.verify_url == f"http://127.0.0.1:8000/verifikasi/{certificate.code}/"
    assert certificate.file.pdf[:5] == b"%PDF-"


def test_the_date_is_the_date_in_jakarta(certificate):
    assert certificate.issued_on == date(2026, 11, 21)
    assert certificate.expires_on == date(2028, 11, 21)


def test_a_course_without_months_gives_a_certificate_without_end(enrolment):
    enrolment.course.valid_months = 0
    assert issue_certificate(enrolment=enrolment, now=NOW).expires_on is None


def test_a_course_in_one_language_has_one_title(learner):
    course = make_course("Hanya satu bahasa", code="K7")
    enrolment = Enrolment.objects.create(user=learner, course=course, enrolled_at=NOW)

    certificate = issue_certificate(enrolment=enrolment, now=NOW)

    assert certificate.course_title_en == certificate.course_title == "Hanya satu bahasa"


def test_a_draft_translation_does_not_lend_its_title(learner):
    course = make_course(code="K7")
    make_course("Draft title", "en", translation_key=course.translation_key, live=False)
    enrolment = Enrolment.objects.create(user=learner, course=course, enrolled_at=NOW)

    assert issue_certificate(enrolment=enrolment, now=NOW).course_title_en == course.title


def test_a_person_without_a_name_is_called_by_the_account(course):
    enrolment = Enrolment.objects.create(
        user=make_person("tanpa.nama", ""), course=course, enrolled_at=NOW
    )
    assert issue_certificate(enrolment=enrolment, now=NOW).holder_name == "tanpa.nama"


def test_however_often_it_is_announced_there_is_one_certificate(
    enrolment, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            complete(enrolment)

    assert Certificate.objects.count() == CertificateFile.objects.count() == 1


def test_repeated_announcements_take_no_numbers(enrolment, other_enrolment):
    for _ in range(3):
        issue_certificate(enrolment=enrolment, now=NOW)

    second = issue_certificate(enrolment=other_enrolment, now=NOW)

    assert second.serial == "RL-K0-2026-000002"


def test_each_course_and_each_year_counts_from_one(learner, certificate):
    other = make_course("Kursus lain", code="K7")
    enrolment = Enrolment.objects.create(user=learner, course=other, enrolled_at=NOW)
    next_year = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # midnight in Jakarta

    assert issue_certificate(enrolment=enrolment, now=next_year).serial == "RL-K7-2027-000001"


def test_a_new_edition_is_a_new_award(enrolment, certificate):
    enrolment.course.edition = 3

    renewed = issue_certificate(enrolment=enrolment, now=NOW)

    assert renewed.pk != certificate.pk
    assert renewed.serial == "RL-K0-2026-000002"


def test_a_completion_that_is_undone_leaves_nothing(enrolment, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        complete(enrolment)
        transaction.set_rollback(True)

    assert not callbacks
    assert not Certificate.objects.exists()


def test_codes_have_130_unpredictable_bits(enrolment):
    codes = set()
    for edition in range(20):
        enrolment.course.edition = edition
        codes.add(issue_certificate(enrolment=enrolment, now=NOW).code)

    assert len(codes) == 20
    assert {len(code) for code in codes} == {26}
    assert set().union(*codes) <= set(ALPHABET)
    assert len(set().union(*codes)) > 25


def test_eight_announcements_at_the_same_moment_make_one_certificate(
    transactional_db, enrolment, at_once
):
    def issue():
        return issue_certificate(enrolment=Enrolment.objects.get(pk=enrolment.pk), now=NOW).code

    codes = at_once([issue] * 8)

    assert len(set(codes)) == 1
    assert at_once([Certificate.objects.count]) == [1]


def test_eight_people_at_the_same_moment_get_eight_numbers(transactional_db, course, at_once):
    people = [make_person(f"peserta{n}") for n in range(8)]
    waiting = [
        Enrolment.objects.create(user=person, course=course, enrolled_at=NOW) for person in people
    ]

    serials = at_once([lambda: issue_certificate(enrolment=waiting.pop(), now=NOW).serial] * 8)

    assert sorted(serials) == [f"RL-K0-2026-{n:06}" for n in range(1, 9)]
