"""What simulated people can say; a new edition for every change."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PhraseBook(models.Model):
    """One edition of the lines and characters of simulated people. Only ever added.

    `content` holds the tables of the files: reporters and officers. A change makes the next
    edition; an attempt keeps the edition that it started with.
    """

    edition = models.PositiveIntegerField(_("edition"), unique=True)
    content = models.JSONField()
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("phrase book")
        verbose_name_plural = _("phrase book")  # there is one, in many editions
        ordering = ["-edition"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} ({self.edition})"
