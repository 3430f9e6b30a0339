"""Runs, their cases and their log: what the practice room writes while somebody practises."""

from dataclasses import fields
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.urls import reverse

from ..domain.events import ClockMove, Entry, Event, Happening
from ..domain.folders import Folder
from ..domain.modes import MODES, Allowance, Mode
from ..domain.plays import Play
from ..domain.position import Desk, Position
from ..domain.replay import code_of
from ..domain.room import knows
from ..domain.workflow import FINAL_STATES, Action, Role, State
from ..labels import ACTION_LABELS, MODE_LABELS, PLAYED_ROLE_LABELS, ROLE_LABELS, STATE_LABELS
from .languages import in_language
from .regions import RegionPack
from .rulepacks import RulePack
from .scenarios import Scenario
from .within import ONLY_ADDED, OnlyAdded, RowsOfRuns, WithinRun


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "RunQuerySet":
        return self.filter(learner_id=user.pk or 0)

    def open(self) -> "RunQuerySet":
        return self.filter(finished_at=None)


class Run(models.Model):
    """One attempt at a scenario. It keeps what it needs, so that a deleted scenario harms nothing.

    `clock` is virtual time and only moves forward; `length` counts the entries of the log.
    `score` is frozen when the run finishes, and renewed only when a trainer marks answers.
    Attempt 0 is a trainer's try at a case family: it belongs to no exercise and counts nowhere.
    """

    TRIAL = 0

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="runs")
    scenario = models.ForeignKey(Scenario, models.SET_NULL, null=True, related_name="runs")
    attempt = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=PLAYED_ROLE_LABELS)
    office = models.CharField(max_length=20, blank=True)
    mode = models.CharField(max_length=20, choices=MODE_LABELS)
    region = models.ForeignKey(RegionPack, models.PROTECT, related_name="runs")
    phrases = models.ForeignKey("PhraseBook", models.PROTECT, related_name="runs")
    zone = models.CharField(max_length=40, blank=True)
    place = models.SlugField(blank=True)
    seed = models.PositiveBigIntegerField()
    pass_percent = models.PositiveSmallIntegerField()
    needs_marking = models.BooleanField(default=False)
    rules = models.ForeignKey(RulePack, models.PROTECT, related_name="runs")
    terms = models.JSONField(help_text="Working days, office hours and limits, as at the start.")
    declared = models.JSONField(
        default=dict, help_text="Injects, characters, expectations and weights, as at the start."
    )
    started_at = models.DateTimeField(help_text="Virtual time at the start.")
    clock = models.DateTimeField(help_text="Virtual time now.")
    finished_at = models.DateTimeField(null=True, help_text="Virtual time of finishing.")
    ends_at = models.DateTimeField(null=True, help_text="Wall time at which an exam ends.")
    extra_percent = models.PositiveSmallIntegerField(default=0, help_text="Of its time, granted.")
    released_at = models.DateTimeField(null=True, help_text="Wall time: an exam's result is out.")
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    length = models.PositiveIntegerField(default=0)
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
    def desk(self) -> Desk:
        return Desk(Role(self.role), self.office)

    @property
    def play(self) -> Play:
        return Play.of(self.declared)

    @property
    def allows(self) -> Allowance:
        allows = MODES[Mode(self.mode)]
        return allows._replace(reset=False) if self.is_trial else allows

    @property
    def is_open(self) -> bool:
        return self.finished_at is None and (self.scenario_id is not None or self.is_trial)

    @property
    def is_trial(self) -> bool:
        return bool(self.attempt == self.TRIAL)

    @property
    def is_released(self) -> bool:
        """Tell whether the learner may see the result: an exam's waits for the trainer."""
        return not self.allows.waits_for_release or self.released_at is not None

    @property
    def result(self) -> dict[str, Any]:
        """The frozen score. Raises ValueError while the run is open."""
        result: dict[str, Any] | None = self.score
        if result is None:
            raise ValueError("an open run has no result")
        return result

    @property
    def is_final(self) -> bool:
        """Tell whether nothing waits for a trainer's mark."""
        return self.score is not None and not self.result["pending"]

    @property
    def is_passed(self) -> bool:
        """Tell whether the score suffices; a privacy slip fails a run whatever its score."""
        if not self.is_final or self.result["slips"]:
            return False
        passed: bool = self.result["percent"] >= self.pass_percent
        return passed


class CaseQuerySet(RowsOfRuns["Case"]):
    def reached(self) -> Self:
        """Return what the trainee has got to see; the rest does not exist yet for them."""
        return self.filter(reached=True)


CaseManager = WithinRun.from_queryset(CaseQuerySet)


class Case(models.Model):
    """One synthetic complaint in a run. All below `received_at` follows from its events.

    The columns there are the fields of `domain.position.Position`, under the same names.
    `version` is the number of the last log entry about it; an action names the version it saw.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="cases")
    number = models.PositiveSmallIntegerField()
    family = models.SlugField()
    facts = models.JSONField()
    received_at = models.DateTimeField(
        null=True, help_text="Virtual time at which the report comes in; empty until it is written."
    )
    title = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=20, choices=STATE_LABELS, default=State.UNVERIFIED)
    agency = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    support = models.JSONField(default=list)
    officer = models.CharField(max_length=40, blank=True)
    held_from = models.CharField(max_length=20, choices=STATE_LABELS, blank=True)
    classification = models.CharField(max_length=20, blank=True)
    category = models.CharField(max_length=100, blank=True)
    secret = models.BooleanField(default=False)
    anonymous = models.BooleanField(default=False)
    identity_open = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    parent = models.PositiveSmallIntegerField(null=True)
    draft = models.TextField(blank=True)
    reopened = models.BooleanField(default=False)
    responded = models.BooleanField(default=False)
    entered_at = models.DateTimeField(null=True, help_text="Virtual: `state` was reached.")
    due_at = models.DateTimeField(null=True, help_text="Virtual: the step must have ended.")
    warn_at = models.DateTimeField(null=True, help_text="Virtual: the holder is reminded.")
    settle_at = models.DateTimeField(null=True, help_text="Virtual: the case must be settled.")
    paused_days = models.SmallIntegerField(null=True)
    settle_days = models.SmallIntegerField(null=True)
    warned = models.BooleanField(default=False)
    breached = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    reached = models.BooleanField(default=False, help_text="The trainee has got to see it.")
    desk_role = models.CharField(max_length=20, choices=ROLE_LABELS)
    desk_office = models.CharField(max_length=20, blank=True)
    everywhere = CaseQuerySet.as_manager()
    objects = CaseManager()

    class Meta:
        default_manager_name = "objects"
        base_manager_name = "everywhere"
        ordering = ["number"]
        indexes = [models.Index(fields=["run", "due_at"], name="case_by_due")]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="case_number_unique_in_run"),
            models.CheckConstraint(
                condition=models.Q(state__in=list(State)), name="case_state_in_workflow"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("sandbox:case", args=[self.run_id, self.number])

    @property
    def code(self) -> str:
        """Number shown to people; its shape is unlike a real tracking number."""
        return code_of(self.number)

    @property
    def position(self) -> Position:
        """The row as the domain's value."""
        values = {field.name: getattr(self, field.name) for field in fields(Position)}
        values["state"] = State(self.state)
        values["held_from"] = State(self.held_from) if self.held_from else None
        values["support"] = tuple(self.support)
        return Position(**values)

    @property
    def is_open(self) -> bool:
        return self.state not in FINAL_STATES

    @property
    def notes(self) -> list[str]:
        """Declared facts that an officer could look up."""
        notes: dict[str, list[str]] = self.facts["notes"]
        return notes["en" if in_language("", "en") else "id"]


def columns(position: Position, run: Run, *, was_reached: bool = False) -> dict[str, Any]:
    """Return a position as values for the columns of a case."""
    desk = position.desk
    values = {field.name: getattr(position, field.name) for field in fields(Position)}
    values["held_from"] = position.held_from or ""
    values["support"] = list(position.support)
    return values | {
        "desk_role": desk.role,
        "desk_office": desk.office,
        "reached": was_reached or knows(position, run.desk),
    }


class KeyQuerySet(RowsOfRuns["AnswerKey"]):
    to_run = "case__run"


KeyManager = WithinRun.from_queryset(KeyQuerySet)


class AnswerKey(models.Model):
    """What is right for one case. Kept from every page and form until the run is finished."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="answer_key")
    key = models.JSONField()
    everywhere = KeyQuerySet.as_manager()
    objects = KeyManager()

    class Meta:
        default_manager_name = "objects"
        base_manager_name = "everywhere"
        permissions = [("view_keys", "Can read answer keys")]

    def __str__(self) -> str:
        return f"key of {self.case_id}"


class LogQuerySet(OnlyAdded["LogEntry"]):
    pass


LogManager = WithinRun.from_queryset(LogQuerySet)
INJECT = "inject"


class LogEntry(models.Model):
    """Something that happened in a run. Only ever added.

    Without a case the clock moved, or an inject came, whose place stands in `choices`.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="log")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="events")
    number = models.PositiveIntegerField()
    role = models.CharField(max_length=20, choices=ROLE_LABELS)
    office = models.CharField(max_length=20, blank=True)
    is_own = models.BooleanField(default=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    action = models.CharField(max_length=20, choices=ACTION_LABELS, blank=True)
    source = models.CharField(max_length=20, choices=STATE_LABELS, blank=True)
    target = models.CharField(max_length=20, choices=STATE_LABELS, blank=True)
    choices = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    undoes = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(help_text="Virtual time.")
    recorded_at = models.DateTimeField(auto_now_add=True)
    everywhere = LogQuerySet.as_manager()
    objects = LogManager()

    class Meta:
        default_manager_name = "objects"
        base_manager_name = "everywhere"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="log_number_unique_in_run"),
            models.CheckConstraint(
                condition=models.Q(case=None, target="") | models.Q(target__in=list(State)),
                name="log_target_in_workflow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action} → {self.target}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(ONLY_ADDED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError(ONLY_ADDED)

    def entry(self, case_number: int | None) -> Entry:
        """Return the domain's value of this row; `case_number` saves a query for the case."""
        if case_number is None and INJECT in self.choices:
            return Happening(self.number, self.at, self.choices[INJECT])
        if case_number is None:
            return ClockMove(self.number, self.at)
        return Event(
            number=self.number,
            case=case_number,
            action=Action(self.action),
            role=Role(self.role),
            office=self.office,
            source=State(self.source) if self.source else None,
            target=State(self.target),
            at=self.at,
            choices=self.choices,
            text=self.text,
            is_own=self.is_own,
            undoes=self.undoes,
        )


def log_entry(run: Run, entry: Entry, case: Case | None, actor_id: int | None = None) -> LogEntry:
    """Return an unsaved row for one entry of the log."""
    if not isinstance(entry, Event) or case is None:
        came = {INJECT: entry.inject} if isinstance(entry, Happening) else {}
        return LogEntry(run=run, number=entry.number, role=Role.SYSTEM, at=entry.at, choices=came)
    return LogEntry(
        run=run,
        case=case,
        number=entry.number,
        role=entry.role,
        office=entry.office,
        is_own=entry.is_own,
        actor_id=actor_id if entry.is_own else None,
        action=entry.action,
        source=entry.source or "",
        target=entry.target,
        choices=dict(entry.choices),
        text=entry.text,
        undoes=entry.undoes,
        at=entry.at,
    )


def folder_of(case: Case, key: dict[str, Any], events: list[Event]) -> Folder:
    """Return a case as the domain's folder: what may be read, what is right, what happened."""
    return Folder(case.number, case.facts, key, case.received_at, case.position, events)
