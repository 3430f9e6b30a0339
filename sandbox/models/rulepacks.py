"""Dated rules: holidays, time limits, and what a rule pack says beside them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from ..domain.deadlines import Clock, LimitedStep, Unit
from ..history import ChildHistory
from ..labels import CLOCK_LABELS, CONFIDENCE_LABELS, STEP_LABELS, UNIT_LABELS
from .languages import in_language


class Holiday(models.Model):
    """A day on which offices are closed; `decree` is the source of the date."""

    class Kind(models.TextChoices):
        NATIONAL = "national", _("National holiday")
        JOINT_LEAVE = "joint_leave", _("Joint leave")
        REGIONAL = "regional", _("Regional holiday")

    date = models.DateField(_("date"))
    place = models.SlugField(
        _("place"), blank=True, help_text=_("Empty where the whole country is closed.")
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    decree = models.CharField(_("decree"), max_length=200)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["date", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["date", "place"],
                name="holiday_once_per_place",
                violation_error_message=_("This place has a holiday on that date already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"

    def clean(self) -> None:
        """A regional holiday names its region; any other closes the whole country."""
        if (self.kind == self.Kind.REGIONAL) != bool(self.place):
            raise ValidationError(
                {"place": _("Name the place of a regional holiday, and of no other.")}
            )


class RulePack(ClusterableModel):
    """A dated set of rules. A pack that a run keeps is never changed.

    `content` holds what its file holds beside the time limits: archive reasons, classes,
    categories, expectations and the rubric of answers.
    """

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    note = models.TextField(_("note"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    valid_from = models.DateField(_("valid from"))
    checked_on = models.DateField(_("checked on"))
    opens = models.TimeField(_("office opens at"))
    closes = models.TimeField(_("office closes at"))
    warn_percent = models.PositiveSmallIntegerField(
        _("reminds at percent of a limit"),
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    hours_source = models.CharField(_("source of the office hours"), max_length=300)
    warn_source = models.CharField(_("source of the reminder"), max_length=300)
    content = models.JSONField(_("expectations, reasons, classes and categories"))
    history = HistoricalRecords()
    objects = models.Manager["RulePack"]()

    class Meta:
        verbose_name = _("rule pack")
        verbose_name_plural = _("rule packs")
        ordering = ["-valid_from", "-version"]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)

    @property
    def localized_note(self) -> str:
        return in_language(self.note, self.note_en)

    @property
    def archive_reasons(self) -> list[dict[str, Any]]:
        reasons: list[dict[str, Any]] = self.content["archive_reason"]
        return reasons

    @property
    def categories(self) -> list[str]:
        names: list[str] = self.content["categories"]["main"]
        return names


class TimeLimit(models.Model):
    """How long one step may take by one rule pack, and where that number was read."""

    pack = ParentalKey(RulePack, on_delete=models.CASCADE, related_name="time_limits")
    step = models.CharField(_("step"), max_length=30, choices=STEP_LABELS)
    amount = models.PositiveSmallIntegerField(_("amount"), validators=[MinValueValidator(1)])
    unit = models.CharField(_("unit"), max_length=20, choices=UNIT_LABELS)
    clock = models.CharField(_("clock"), max_length=20, choices=CLOCK_LABELS)
    pauses = models.BooleanField(
        _("stands still while the reporter is asked"),
        help_text=_("A case that waits for its reporter keeps the days that were left."),
    )
    source = models.CharField(_("source"), max_length=300)
    confidence = models.CharField(_("confidence"), max_length=20, choices=CONFIDENCE_LABELS)
    history = ChildHistory()

    class Meta:
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "step"], name="time_limit_once_per_step"),
            models.CheckConstraint(
                condition=models.Q(step__in=list(LimitedStep)), name="time_limit_step_known"
            ),
            models.CheckConstraint(
                condition=models.Q(unit__in=list(Unit)), name="time_limit_unit_known"
            ),
            models.CheckConstraint(
                condition=models.Q(clock__in=list(Clock)), name="time_limit_clock_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.amount} {self.get_unit_display()}"
