"""Case families: what a report is about, what is right, and the ways of telling it."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from ..domain.library.routing import rows_of
from ..domain.library.wording import CHOICE
from ..labels import CLASS_LABELS
from .regions import RegionPack


class FamilyQuerySet(models.QuerySet["CaseFamily"]):
    def chosen(self, codes: Iterable[str], filters: Mapping[str, Any]) -> Self:
        """Return the published families that an exercise draws from; nothing named means all."""
        found = self.filter(live=True)
        if codes:
            found = found.filter(code__in=codes)
        for name, values in filters.items():
            found = found.filter(**{f"{name}__in": values})
        return found


class CaseFamily(PreviewableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """A family as its file holds it; the columns beside `content` are for finding it.

    An attempt keeps the cases that were made from it, so a change reaches only later attempts.
    """

    code = models.SlugField(_("code"), unique=True)
    content = models.JSONField()
    archetype = models.CharField(_("archetype"), max_length=4, editable=False)
    decision = models.CharField(_("first decision"), max_length=10, editable=False)
    category = models.CharField(_("category"), max_length=100, editable=False)
    classification = models.CharField(
        _("class"), max_length=20, editable=False, choices=CLASS_LABELS
    )
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), editable=False)
    row = models.PositiveSmallIntegerField(_("routing row"), editable=False, null=True)
    objects = FamilyQuerySet.as_manager()

    class Meta:
        verbose_name = _("case family")
        verbose_name_plural = _("case families")
        ordering = ["code"]
        permissions = [("publish_casefamily", "Can publish any case family")]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_columns()
        super().save(*args, **kwargs)

    def fill_columns(self) -> None:
        """Keep the columns for finding equal to the content; a draft may lack any of them."""
        key = self.content.get("key", {})
        self.archetype = self.content.get("archetype", "")
        self.decision = self.content.get("decision", "")
        self.difficulty = self.content.get("difficulty", 1)
        self.category = key.get("category", "")
        self.classification = key.get("class", "")
        self.row = next(iter(rows_of(self.content)), None)

    @property
    def title(self) -> str:
        """A title that one of its reports may have; slots in it stay open."""
        tellings = self.content.get("telling") or [{}]
        titles = self.content.get("titles") or [tellings[0].get("title", "")]
        return CHOICE.sub(lambda found: found[1].split("|")[0], titles[0])

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Return the regions in which its texts can be previewed, in the order of their names."""
        packs = {pack.code: pack.name for pack in RegionPack.objects.order_by("edition")}
        return sorted(packs.items(), key=lambda each: each[1])
