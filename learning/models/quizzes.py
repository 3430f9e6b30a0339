"""Quizzes and their bank. Keys live here, in plain models with their own permission."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from sandbox.history import ChildHistory
from sandbox.models import in_language


class Quiz(models.Model):  # type: ignore[django-manager-missing]  # modelcluster is untyped
    """A quiz draws `draw` questions from its bank for each attempt."""

    code = models.SlugField(_("code"), unique=True)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    intro = models.TextField(_("introduction"))
    intro_en = models.TextField(_("introduction in English"))
    draw = models.PositiveSmallIntegerField(_("questions per attempt"))
    pass_percent = models.PositiveSmallIntegerField(_("passes at percent"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    key = models.UUIDField(default=uuid4, editable=False, unique=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pass_percent__lte=100, draw__gte=1), name="quiz_can_be_passed"
            ),
        ]

    def __str__(self) -> str:
        return self.localized_title

    @property
    def localized_title(self) -> str:
        return in_language(self.title, self.title_en)

    @property
    def localized_intro(self) -> str:
        return in_language(self.intro, self.intro_en)


class Question(ClusterableModel):
    """One item of a bank. `retired` items are drawn no more; old attempts keep them."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="questions", verbose_name=_("quiz"))
    code = models.CharField(_("code"), max_length=20, unique=True)
    objective = models.CharField(_("objective (module code)"), max_length=10)
    text = models.TextField(_("question"))
    text_en = models.TextField(_("question in English"), blank=True)
    source = models.CharField(_("source"), max_length=300)
    retired = models.BooleanField(_("retired"), default=False)
    history = HistoricalRecords()
    objects = models.Manager["Question"]()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["code"]
        permissions = [("view_quiz_keys", "Can read the keys of quizzes")]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Let go of the former right answer first: the editor's form saves one after the other."""
        if self.pk is not None:
            right = [choice.pk for choice in self.choices.all() if choice.is_correct]
            stored = Choice.objects.filter(question_id=self.pk, is_correct=True)
            stored.exclude(pk__in=right).update(is_correct=False)
        super().save(*args, **kwargs)

    @property
    def localized_text(self) -> str:
        return in_language(self.text, self.text_en)


class Choice(models.Model):
    """One possible answer and why it is right or wrong."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="choices")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(_("answer"), max_length=300)
    text_en = models.CharField(_("answer in English"), max_length=300, blank=True)
    why = models.TextField(_("why"))
    why_en = models.TextField(_("why, in English"), blank=True)
    is_correct = models.BooleanField(_("right answer"), default=False)
    history = ChildHistory()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=models.Q(is_correct=True),
                name="question_has_one_right_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def localized_text(self) -> str:
        return in_language(self.text, self.text_en)

    @property
    def localized_why(self) -> str:
        return in_language(self.why, self.why_en)


class QuizAttempt(models.Model):
    """One try; its questions are drawn at the start, its result is fixed when it is submitted."""

    enrolment = models.ForeignKey("Enrolment", models.CASCADE, related_name="quiz_attempts")
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    right = models.PositiveSmallIntegerField(null=True)
    out_of = models.PositiveSmallIntegerField()
    pass_percent = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "quiz", "number"], name="quiz_attempt_number_unique"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "quiz"],
                condition=models.Q(submitted_at=None),
                name="one_open_attempt_per_quiz",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at=None, right=None)
                | models.Q(submitted_at__isnull=False, right__isnull=False),
                name="quiz_attempt_marked_when_submitted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id} #{self.number}"

    @property
    def percent(self) -> int:
        return (self.right or 0) * 100 // self.out_of

    @property
    def is_passed(self) -> bool:
        return self.submitted_at is not None and self.percent >= self.pass_percent


class QuizAnswer(models.Model):
    """The learner's answer to one drawn question; `choice` is None until it is given."""

    attempt = models.ForeignKey(QuizAttempt, models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    choice = models.ForeignKey(Choice, models.PROTECT, null=True, related_name="answers")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "position"], name="quiz_answer_position_unique"
            ),
            models.UniqueConstraint(
                fields=["attempt", "question"], name="quiz_question_once_per_attempt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.position}"

    @property
    def is_right(self) -> Any:
        return self.choice is not None and self.choice.is_correct
