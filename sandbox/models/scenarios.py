"""Exercises, and what a trainer allows one person beyond their rules."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..domain.modes import Mode
from ..domain.plays import Play
from ..labels import MODE_LABELS, PLAYED_ROLE_LABELS, SERIES_LABELS, ZONE_LABELS
from .languages import in_language
from .rulepacks import RulePack


class Scenario(models.Model):
    """An exercise: which role plays which cases, by what rules, from which moment."""

    code = models.SlugField(_("code"), unique=True)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    series = models.CharField(_("series"), max_length=10, choices=SERIES_LABELS, default="own")
    rank = models.PositiveSmallIntegerField(
        _("place in the series"), default=100, help_text=_("Low numbers come first.")
    )
    goal = models.TextField(_("goal"))
    goal_en = models.TextField(_("goal in English"))
    role = models.CharField(_("role"), max_length=20, choices=PLAYED_ROLE_LABELS)
    office = models.CharField(
        _("unit"), max_length=20, blank=True, help_text=_("Whose liaison officer is played.")
    )
    mode = models.CharField(_("mode"), max_length=20, choices=MODE_LABELS, default=Mode.PRACTICE)
    region = models.SlugField(_("region"), help_text=_("Code of a region pack."))
    zone = models.CharField(
        _("time zone"),
        max_length=40,
        choices=ZONE_LABELS,
        blank=True,
        help_text=_("Empty: the region's own."),
    )
    place = models.SlugField(
        _("regional holidays"), blank=True, help_text=_("Such as bali; empty for none.")
    )
    families = models.JSONField(
        _("case families"),
        default=list,
        blank=True,
        help_text=_("Codes of the families to draw from; empty for all that fit the filters."),
    )
    filters = models.JSONField(
        _("filters"),
        default=dict,
        blank=True,
        help_text=_("Such as a list of categories, archetypes or difficulties."),
    )
    composition = models.JSONField(
        _("composition"), help_text=_("Weight of each group of case families.")
    )
    whole = models.BooleanField(
        _("the whole procedure is scored"),
        default=True,
        help_text=_("Otherwise only the first decision about each report."),
    )
    number = models.PositiveSmallIntegerField(
        _("number of cases"), validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    arrive_later = models.PositiveSmallIntegerField(_("of them arriving next morning"), default=0)
    days_before = models.PositiveSmallIntegerField(
        _("working days on which cases came in before the start"),
        default=0,
        help_text=_("What happened until then is played by simulated officers."),
    )
    injects = models.JSONField(
        _("injects"),
        default=list,
        blank=True,
        help_text=_("What happens to everybody while the clock moves, and what follows from it."),
    )
    personas = models.JSONField(
        _("characters of reporters"),
        default=list,
        blank=True,
        help_text=_("Codes of the characters that occur; empty for all."),
    )
    expectations = models.JSONField(
        _("further expectations"),
        default=list,
        blank=True,
        help_text=_("As in a rule pack; one takes the place of the pack's of the same code."),
    )
    weights = models.JSONField(
        _("weights"),
        default=dict,
        blank=True,
        help_text=_("Percent of the score by criterion; empty: every point weighs the same."),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    pass_percent = models.PositiveSmallIntegerField(
        _("passes at percent"), validators=[MaxValueValidator(100)]
    )
    needs_marking = models.BooleanField(
        _("answers are marked by a trainer"),
        default=False,
        help_text=_("The score is final when every answer has been marked."),
    )
    starts_at = models.DateTimeField(_("virtual start"))
    is_published = models.BooleanField(
        _("published"),
        default=False,
        editable=False,
        help_text=_("Trainees see it. Robots have played it and found nothing to mend."),
    )
    is_held_back = models.BooleanField(
        _("held back"),
        default=False,
        editable=False,
        help_text=_("Trainees saw it until it was changed. They do again once it passes its test."),
    )
    report = models.JSONField(null=True, editable=False)
    rules = models.ForeignKey(
        RulePack, models.PROTECT, related_name="scenarios", verbose_name=_("rule pack")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")
        ordering = ["rank", "code"]
        permissions = [("mark_answers", "Can mark answers and grant attempts")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(arrive_later__lt=models.F("number")),
                name="scenario_has_cases_at_start",
            ),
        ]

    def __str__(self) -> str:
        return self.localized_title

    @property
    def localized_title(self) -> str:
        return in_language(self.title, self.title_en)

    @property
    def play(self) -> Play:
        return Play.of(vars(self))

    @property
    def localized_goal(self) -> str:
        return in_language(self.goal, self.goal_en)


class Grant(models.Model):
    """More attempts or more time for one person in one exam, with the reason for it."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="grants")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants")
    attempts = models.PositiveSmallIntegerField(_("further attempts"), default=0)
    extra_percent = models.PositiveSmallIntegerField(
        _("extra time in percent"), default=0, validators=[MaxValueValidator(300)]
    )
    reason = models.CharField(_("reason"), max_length=200)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.UniqueConstraint(fields=["scenario", "learner"], name="grant_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.scenario}"
