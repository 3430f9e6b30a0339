"""Region packs in words: their kinds, parts, columns and changes."""

from collections.abc import Mapping

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..domain.library.region_changes import Difference
from ..labels import ZONE_LABELS
from ..models import RegionPack, in_language
from ..selectors.region_words import COLUMN_LABELS, DIFFERENCE_LABELS, REGION_KIND_LABELS
from ..services.regions import CORRECTED

register = template.Library()


@register.filter
def kind_words(change: Difference) -> str:
    return str(DIFFERENCE_LABELS[change.kind])


@register.filter
def column_words(column: str) -> str:
    return str(COLUMN_LABELS.get(column, column))


@register.filter
def region_kind(pack: RegionPack) -> str:
    return str(REGION_KIND_LABELS.get(pack.content["region"]["kind"], ""))


@register.filter
def about_words(pack: RegionPack) -> str:
    region = pack.content["region"]
    return in_language(region["id"]["about"], region["en"]["about"])


@register.filter
def zone_words(pack: RegionPack) -> str:
    zone = pack.content["region"]["timezone"]
    return str(ZONE_LABELS.get(zone, zone))


@register.filter
def parts_words(pack: RegionPack) -> list[tuple[str, str, int | None]]:
    """Return the parts of a region's page with their labels and numbers of rows."""
    return [
        ("offices", _("Offices"), len(pack.content["offices"])),
        ("places", _("Places"), len(pack.content["places"])),
        ("assets", _("Things with an owner"), len(pack.content["assets"])),
        ("exercises", _("Exercises and attempts"), None),
    ]


@register.filter
def stored_words(row: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the cells of an office that can be corrected, each with its label."""
    return [(capfirst(column_words(column)), row.get(column, "")) for column in CORRECTED]
