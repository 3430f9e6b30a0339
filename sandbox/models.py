"""Scenarios and rules that people edit; runs, cases and events that the practice room writes."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from .domain.deadlines import LimitedStep, Unit
from .domain.workflow import FINAL_STATES, HOLDER, Action, Role, State, allowed_actions
from .history import ChildHistory
from .labels import CONFIDENCE_LABELS, ROLE_LABELS, STATE_LABELS, STEP_LABELS, UNIT_LABELS


def in_language(text: str, text_en: str) -> str:
    """Return the English text for English readers where there is one."""
    return text_en if text_en and (get_language() or "").startswith("en") else text


class Holiday(models.Model):
    """A day on which offices are closed; `decree` is the source of the date."""

    class Kind(models.TextChoices):
        NATIONAL = "national", _("National holiday")
        JOINT_LEAVE = "joint_leave", _("Joint leave")

    date = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    decree = models.CharField(_("decree"), max_length=200)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"


class RulePack(ClusterableModel):
    """A dated set of time limits and rubric weights. A pack that a run keeps is never changed."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    note = models.TextField(_("note"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    valid_from = models.DateField(_("valid from"))
    checked_on = models.DateField(_("checked on"))
    opens = models.TimeField(_("office opens at"))
    closes = models.TimeField(_("office closes at"))
    rubric = models.JSONField(_("rubric"))
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


class TimeLimit(models.Model):
    """How long one step may take by one rule pack, and where that number was read."""

    pack = ParentalKey(RulePack, on_delete=models.CASCADE, related_name="time_limits")
    step = models.CharField(_("step"), max_length=30, choices=STEP_LABELS)
    amount = models.PositiveSmallIntegerField(_("amount"), validators=[MinValueValidator(1)])
    unit = models.CharField(_("unit"), max_length=20, choices=UNIT_LABELS)
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
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.amount} {self.get_unit_display()}"


class Scenario(models.Model):
    """An exercise: which role plays which cases, by what rules, from which moment."""

    code = models.SlugField(_("code"), unique=True)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    goal = models.TextField(_("goal"))
    goal_en = models.TextField(_("goal in English"))
    role = models.CharField(_("role"), max_length=20, choices=ROLE_LABELS)
    region = models.SlugField(_("region"), help_text=_("Region file in the case library."))
    families = models.SlugField(_("case families"), help_text=_("Folder in the case library."))
    composition = models.JSONField(
        _("composition"), help_text=_("Weight of each group of case families.")
    )
    number = models.PositiveSmallIntegerField(
        _("number of cases"), validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    arrive_later = models.PositiveSmallIntegerField(_("of them arriving next morning"), default=0)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    pass_percent = models.PositiveSmallIntegerField(
        _("passes at percent"), validators=[MaxValueValidator(100)]
    )
    starts_at = models.DateTimeField(_("virtual start"))
    rules = models.ForeignKey(
        RulePack, models.PROTECT, related_name="scenarios", verbose_name=_("rule pack")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")
        ordering = ["code"]
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
    def localized_goal(self) -> str:
        return in_language(self.goal, self.goal_en)


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "RunQuerySet":
        return self.filter(learner_id=user.pk or 0)

    def open(self) -> "RunQuerySet":
        return self.filter(finished_at=None)


class Run(models.Model):
    """One attempt at a scenario. It keeps what it needs, so that a deleted scenario harms nothing.

    `clock` is virtual time and only moves forward; `score` is frozen when the run finishes.
    """

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="runs")
    scenario = models.ForeignKey(Scenario, models.SET_NULL, null=True, related_name="runs")
    attempt = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=ROLE_LABELS)
    region = models.SlugField()
    families = models.SlugField()
    seed = models.PositiveBigIntegerField()
    pass_percent = models.PositiveSmallIntegerField()
    rules = models.ForeignKey(RulePack, models.PROTECT, related_name="runs")
    started_at = models.DateTimeField(help_text="Virtual time at the start.")
    clock = models.DateTimeField(help_text="Virtual time now.")
    finished_at = models.DateTimeField(null=True, help_text="Virtual time of finishing.")
    score = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "scenario", "attempt"], name="run_attempt_unique"
            ),
            models.UniqueConstraint(
                fields=["learner", "scenario"],
                condition=models.Q(finished_at=None),
                name="one_open_run_per_scenario",
            ),
            models.CheckConstraint(
                condition=models.Q(clock__gte=models.F("started_at")), name="run_clock_forward"
            ),
            models.CheckConstraint(
                condition=models.Q(finished_at=None, score=None)
                | models.Q(finished_at__isnull=False, score__isnull=False),
                name="run_score_when_finished",
            ),
        ]

    def __str__(self) -> str:
        return self.localized_title

    def get_absolute_url(self) -> str:
        return reverse("sandbox:inbox", args=[self.pk])

    @property
    def localized_title(self) -> str:
        return in_language(self.title, self.title_en)

    @property
    def is_open(self) -> bool:
        return self.finished_at is None and self.scenario_id is not None

    @property
    def result(self) -> dict[str, Any]:
        """The frozen score. Raises ValueError while the run is open."""
        result: dict[str, Any] | None = self.score
        if result is None:
            raise ValueError("an open run has no result")
        return result

    @property
    def is_passed(self) -> bool:
        passed: bool = self.score is not None and self.result["percent"] >= self.pass_percent
        return passed


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "CaseQuerySet":
        return self.filter(run__learner_id=user.pk or 0)

    def arrived(self, clock: datetime) -> "CaseQuerySet":
        return self.filter(received_at__lte=clock)

    def held_by(self, role: Role) -> "CaseQuerySet":
        """Return cases on the desk of `role`, which has to decide them."""
        states = [state for state in State if HOLDER[state] is role and state not in FINAL_STATES]
        return self.filter(state__in=states)


class Case(models.Model):
    """One synthetic complaint in a run. `state` is where its last event led.

    `version` counts its events; an action names the version that it saw.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="cases")
    number = models.PositiveSmallIntegerField()
    family = models.SlugField()
    facts = models.JSONField()
    state = models.CharField(max_length=20, choices=STATE_LABELS, default=State.UNVERIFIED)
    held_from = models.CharField(max_length=20, choices=STATE_LABELS, blank=True)
    classification = models.CharField(max_length=20, blank=True)
    category = models.CharField(max_length=100, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    received_at = models.DateTimeField(help_text="Virtual time at which the report came in.")
    entered_at = models.DateTimeField(help_text="Virtual time at which `state` was reached.")
    due_at = models.DateTimeField(null=True, help_text="Virtual time by which the step must end.")
    paused_days = models.SmallIntegerField(
        null=True, help_text="Working days that were left when the case was held."
    )
    version = models.PositiveIntegerField(default=1)
    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["run", "due_at"], name="case_by_due")]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="case_number_unique_in_run"),
            models.CheckConstraint(
                condition=models.Q(state__in=list(State)), name="case_state_in_workflow"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.facts['title']}"

    def get_absolute_url(self) -> str:
        return reverse("sandbox:case", args=[self.run_id, self.number])

    @property
    def code(self) -> str:
        """Number shown to people; its shape is unlike a real tracking number."""
        return f"LTH-{self.number:04}"

    @property
    def allowed_actions(self) -> list[Action]:
        return allowed_actions(State(self.state), Role(self.run.role))

    @property
    def notes(self) -> list[str]:
        """Declared facts that an officer could look up."""
        notes: dict[str, list[str]] = self.facts["notes"]
        return notes["en" if in_language("", "en") else "id"]


class AnswerKey(models.Model):
    """What is right for one case. Kept from every page and form until the run is finished."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="answer_key")
    key = models.JSONField()

    class Meta:
        permissions = [("view_keys", "Can read answer keys")]

    def __str__(self) -> str:
        return f"key of {self.case_id}"


class CaseEvent(models.Model):
    """Something that happened to a case. Events are only ever added."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="events")
    number = models.PositiveIntegerField()
    role = models.CharField(max_length=20, choices=ROLE_LABELS)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    action = models.CharField(max_length=20)
    source = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20)
    choices = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    at = models.DateTimeField(help_text="Virtual time.")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="event_number_unique_in_case"),
            models.CheckConstraint(
                condition=models.Q(target__in=list(State)), name="event_target_in_workflow"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} → {self.target}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("events are only ever added")
        super().save(*args, **kwargs)
