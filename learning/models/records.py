"""People as learners, their cohorts, and what they have done."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..domain.completion import Kind

TIME_ZONES = [
    ("Asia/Jakarta", "WIB"),
    ("Asia/Makassar", "WITA"),
    ("Asia/Jayapura", "WIT"),
]


class Learner(models.Model):
    """What learning knows about a person besides the account."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="learner")
    agency = models.CharField(_("agency"), max_length=150, blank=True)
    position = models.CharField(_("position"), max_length=100, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=30, choices=TIME_ZONES, default="Asia/Jakarta"
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("learner")
        verbose_name_plural = _("learners")

    def __str__(self) -> str:
        return self.user.get_full_name()


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "CohortQuerySet":
        return self.filter(trainers__pk=user.pk or 0)

    def counted(self) -> "models.QuerySet[Any]":
        """Add to each cohort how many are `enrolled` and how many have `completed` its course."""
        completed = models.Q(enrolments__completed_at__isnull=False)
        return self.select_related("course").annotate(
            enrolled=models.Count("enrolments"),
            completed=models.Count("enrolments", filter=completed),
        )


class Cohort(models.Model):
    """People who take a course together, and the trainers who may see their progress."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    course = models.ForeignKey(
        "CoursePage", models.PROTECT, related_name="cohorts", verbose_name=_("course")
    )
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="cohorts", verbose_name=_("trainers")
    )
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    history = HistoricalRecords()
    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["name"]
        permissions = [
            ("view_progress", "Can follow the progress of own cohorts"),
            ("view_programme", "Can read the figures of the whole programme"),
        ]

    def __str__(self) -> str:
        return self.name


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "EnrolmentQuerySet":
        return self.filter(user_id=user.pk or 0)


class Enrolment(models.Model):
    """One person in one course, whatever language its pages are read in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments")
    course = models.ForeignKey("CoursePage", models.PROTECT, related_name="enrolments")
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, related_name="enrolments")
    enrolled_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "course"], name="enrolled_once_per_course"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.course_id}"


class Completion(models.Model):
    """One step of a course done: a lesson read, a quiz passed, an exercise passed.

    `item` is the step's key, the same in every language, and outlives the page itself.
    """

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="completions")
    item = models.UUIDField()
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in Kind])
    percent = models.PositiveSmallIntegerField(null=True)
    completed_at = models.DateTimeField()

    class Meta:
        ordering = ["completed_at"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "item"], name="step_completed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"
