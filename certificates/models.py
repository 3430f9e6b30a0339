"""Certificates: facts copied at issue, so that nothing edited or deleted later changes them."""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .domain import RevokeReason, Standing, grouped, standing
from .labels import REASON_LABELS


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "CertificateQuerySet":
        # A stranger has no key; without this, None would find those of deleted people.
        return self.filter(holder_id=user.pk) if user.is_authenticated else self.none()

    def undrawn(self) -> "CertificateQuerySet":
        return self.filter(file=None)


class Certificate(models.Model):
    """The record of an award. The PDF is drawn from it once, afterwards."""

    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="certificates",
        verbose_name=_("account"),
    )
    award = models.CharField(
        max_length=60, unique=True, help_text="What it was earned by: one certificate each."
    )
    serial = models.CharField(_("serial number"), max_length=40, unique=True)
    code = models.CharField(_("verification code"), max_length=26, unique=True)
    holder_name = models.CharField(_("name"), max_length=200)
    course_code = models.CharField(_("course code"), max_length=10)
    course_title = models.CharField(_("course"), max_length=255)
    course_title_en = models.CharField(_("course in English"), max_length=255)
    course_edition = models.PositiveSmallIntegerField(_("edition"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    issuer = models.CharField(_("issuer"), max_length=200)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("valid until"), null=True)
    verify_url = models.URLField(_("verification address"), max_length=300)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoke_reason = models.CharField(
        _("reason"), max_length=30, choices=list(REASON_LABELS.items()), blank=True
    )
    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))
    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoke_reason="")
                | models.Q(revoked_at__isnull=False, revoke_reason__in=list(RevokeReason)),
                name="certificate_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.serial

    def get_absolute_url(self) -> str:
        return reverse("certificates:verify", args=[self.code])

    @property
    def grouped_code(self) -> str:
        return grouped(self.code)

    def standing(self, today: date) -> Standing:
        return standing(
            revoked=self.revoked_at is not None, expires_on=self.expires_on, today=today
        )


class CertificateFile(models.Model):
    """The PDF's bytes, fixed when they are drawn, and their SHA-256 in hexadecimal."""

    certificate = models.OneToOneField(Certificate, models.CASCADE, related_name="file")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class SerialCounter(models.Model):
    """The last number given to a course in a year. A number may stay unused, none is used twice."""

    course_code = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course_code", "year"], name="one_counter_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.course_code} {self.year}: {self.last}"
