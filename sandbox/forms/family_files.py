"""Exchanging case families between sites, previewing them, and finding them in their list."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from ..domain.library.families import read_families
from ..domain.workflow import Role
from ..labels import CLASS_LABELS, PLAYED_ROLE_LABELS
from ..models import CaseFamily
from ..selectors.families import categories, region_names, routing_rows
from ..selectors.family_words import (
    ARCHETYPE_LABELS,
    DIFFICULTY_LABELS,
    FAMILY_DECISION_LABELS,
    family_problem,
)
from .exchange import ChosenFileForm, Exchanged, PreviewedFileForm

HIGHEST_SEED = 2**31
PUBLISHED, CHANGED, DRAFT = "published", "changed", "draft"
STATES = [
    (PUBLISHED, _("published")),
    (CHANGED, _("published, with changes in a draft")),
    (DRAFT, _("draft only")),
]
DRAFTS, LIVE = "drafts", "live"


class Families(Exchanged):
    read = staticmethod(read_families)
    say = staticmethod(family_problem)


class FamilyFileForm(Families, ChosenFileForm):
    """Families as a file."""

    label = _("Case families (TOML file)")


class FamilyStoreForm(Families, PreviewedFileForm):
    """Families that were previewed, and whether exercises may draw from them at once."""

    state = forms.ChoiceField(
        label=_("Store them"),
        choices=[
            (DRAFTS, _("as drafts, for somebody to review and publish")),
            (LIVE, _("and publish them: exercises draw from them at once")),
        ],
        widget=forms.RadioSelect,
        initial=DRAFTS,
    )


class PreviewForm(forms.Form):
    """Where and which ten texts to preview."""

    region = forms.ChoiceField(label=_("Region"), choices=region_names)
    seed = forms.IntegerField(
        label=_("Draw"),
        min_value=0,
        max_value=HIGHEST_SEED,
        help_text=_("The same number, the same texts."),
    )
    width = forms.ChoiceField(
        label=_("Width"), choices=[("phone", _("phone")), ("desk", _("desk"))], required=False
    )


class TrialForm(forms.Form):
    """At which desk, and where, a family is tried."""

    region = forms.ChoiceField(label=_("Region"), choices=region_names)
    role = forms.ChoiceField(label=_("Desk"), choices=PLAYED_ROLE_LABELS.items)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


def pick(label: Any, of: Any, **more: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, choices=of, **more)


class FamilyFilterSet(WagtailFilterSet):
    """Ways of finding families."""

    archetype = pick(
        _("archetype"),
        lambda: [(name, f"{name} – {label}") for name, label in ARCHETYPE_LABELS.items()],
    )
    decision = pick(_("first decision"), FAMILY_DECISION_LABELS.items)
    category = pick(_("category"), categories)
    classification = pick(_("class"), CLASS_LABELS.items)
    difficulty = pick(_("difficulty"), DIFFICULTY_LABELS.items)
    row = pick(_("routing row"), routing_rows)
    state = pick(_("state"), STATES, method="in_state")

    class Meta:
        model = CaseFamily
        fields: list[str] = []

    def in_state(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        live = value in (PUBLISHED, CHANGED)
        found = found.filter(live=live)
        return found.filter(has_unpublished_changes=True) if value == CHANGED else found
