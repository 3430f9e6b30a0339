"""Marks that trainers give to answers, element by element."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..domain.answers import Element
from ..labels import ELEMENT_LABELS
from .runs import Case, Run

HIGHEST_MARK = 4


class AnswerMarkQuerySet(models.QuerySet["AnswerMark"]):
    def of(self, run: Run) -> "AnswerMarkQuerySet":
        return self.filter(case__run=run).select_related("marked_by")


class AnswerMark(models.Model):
    """How well one element of the answers to one case was written, from 0 to 4."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="marks")
    element = models.CharField(_("element"), max_length=20, choices=ELEMENT_LABELS)
    mark = models.PositiveSmallIntegerField(_("mark"), validators=[MaxValueValidator(HIGHEST_MARK)])
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    history = HistoricalRecords()
    objects = AnswerMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(fields=["case", "element"], name="mark_once_per_element"),
            models.CheckConstraint(
                condition=models.Q(mark__lte=HIGHEST_MARK), name="mark_within_scale"
            ),
            models.CheckConstraint(
                condition=models.Q(element__in=list(Element)), name="mark_element_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_element_display()}: {self.mark}"
