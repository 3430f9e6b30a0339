"""Reading certificates for pages."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet

from learning.models import CoursePage, Enrolment

from .domain import CODE_LENGTH
from .models import Certificate, CertificateFile, CertificateQuerySet


def certificates_of(user: AbstractBaseUser | AnonymousUser) -> CertificateQuerySet:
    return Certificate.objects.visible_to(user).select_related("file").defer("file__pdf")


def unfinished_courses(user: AbstractBaseUser | AnonymousUser) -> list[CoursePage]:
    """Courses that a person is in and has not completed, in the language of the moment."""
    enrolments: QuerySet[Enrolment] = Enrolment.objects.visible_to(user)
    return [
        enrolment.course.localized
        for enrolment in enrolments.filter(completed_at=None).select_related("course")
    ]


def certificate_with_code(code: str) -> Certificate | None:
    if len(code) != CODE_LENGTH:
        return None
    found = Certificate.objects.filter(code=code).select_related("file").defer("file__pdf")
    return found.first()


def file_of(certificate: Certificate) -> CertificateFile | None:
    return CertificateFile.objects.filter(certificate=certificate).first()
