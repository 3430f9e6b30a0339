"""The only writer of certificates: record first, then bytes drawn once, and perhaps revoked."""

import hashlib
import secrets
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from learning.models import CoursePage, Enrolment

from .domain import RevokeReason, add_months, issue_date, serial_number, verification_code
from .models import Certificate, CertificateFile, SerialCounter
from .pdf import draw


class AlreadyRevoked(Exception):
    """A certificate is revoked once; its date and reason stand."""


@transaction.atomic
def issue_certificate(*, enrolment: Enrolment, now: datetime) -> Certificate:
    """Record the award with the facts of this moment, once however often it is announced."""
    award = f"enrolment:{enrolment.pk}:{enrolment.course.edition}"
    certificate, _ = Certificate.objects.get_or_create(award=award, defaults=_facts(enrolment, now))
    return certificate


def draw_certificate(*, certificate: Certificate, now: datetime) -> CertificateFile:
    """Draw the PDF unless it was drawn before; of two that draw at once, the first is kept."""
    existing = CertificateFile.objects.filter(certificate=certificate).first()
    if existing is not None:
        return existing
    pdf = draw(certificate)  # outside a transaction: it takes long enough to make others wait
    kept, _ = CertificateFile.objects.get_or_create(
        certificate=certificate,
        defaults={"pdf": pdf, "sha256": hashlib.sha256(pdf).hexdigest(), "drawn_at": now},
    )
    return kept


@transaction.atomic
def revoke_certificate(
    *,
    certificate: Certificate,
    reason: RevokeReason,
    by: AbstractBaseUser | AnonymousUser,
    now: datetime,
    note: str = "",
) -> Certificate:
    """Withdraw a certificate; strangers read the reason, the note stays in its history.

    Raises AlreadyRevoked.
    """
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.revoked_at is not None:
        raise AlreadyRevoked(certificate.serial)
    certificate.revoked_at = now
    certificate.revoke_reason = reason
    certificate._history_user = by  # type: ignore[attr-defined]
    certificate._change_reason = note  # type: ignore[attr-defined]
    certificate.save(update_fields=["revoked_at", "revoke_reason"])
    return certificate


def _facts(enrolment: Enrolment, now: datetime) -> dict[str, Any]:
    course, user = enrolment.course, enrolment.user
    issued_on = issue_date(now)
    code = verification_code(secrets.choice)
    return {
        "holder": user,
        # Called when the row is made: a trigger that comes second takes no number.
        "serial": partial(_next_serial, course.code, issued_on.year),
        "code": code,
        "holder_name": user.get_full_name() or user.get_username(),
        "course_code": course.code,
        "course_title": _title(course, "id"),
        "course_title_en": _title(course, "en"),
        "course_edition": course.edition,
        "minutes": course.minutes,
        "issuer": settings.CERTIFICATE_ISSUER,
        "issued_on": issued_on,
        "expires_on": add_months(issued_on, course.valid_months) if course.valid_months else None,
        "verify_url": _verify_url(code),
    }


def _next_serial(course_code: str, year: int) -> str:
    counters = SerialCounter.objects
    counters.get_or_create(course_code=course_code, year=year)
    counter = counters.select_for_update().get(course_code=course_code, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return serial_number(course_code, year, counter.last)


def _title(course: CoursePage, language: str) -> str:
    pages = course.get_translations(inclusive=True).live().filter(locale__language_code=language)
    return str(pages.values_list("title", flat=True).first() or course.title)


def _verify_url(code: str) -> str:
    with translation.override("id"):
        path = reverse("certificates:verify", args=[code])
    return f"{settings.SITE_URL}{path}"
