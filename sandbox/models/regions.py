"""Regions as their packs declare them; a new edition for every change."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .languages import in_language


class RegionPack(models.Model):
    """One edition of a region: its offices, places and declared owners. Only ever added.

    `content` holds the tables of the pack's files: region, offices, places, assets. A correction
    makes the next edition; an attempt keeps the edition that it started with.
    """

    code = models.SlugField(_("code"))
    edition = models.PositiveIntegerField(_("edition"))
    content = models.JSONField()
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("region pack")
        verbose_name_plural = _("region packs")
        ordering = ["code", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["code", "edition"], name="region_edition_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.edition})"

    @property
    def name(self) -> str:
        region: dict[str, Any] = self.content["region"]
        return in_language(region["id"]["name"], region["en"]["name"])
