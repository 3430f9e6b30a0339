"""Narrowing down a long inbox."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..labels import CLASS_LABELS, STATE_LABELS
from ..selectors import FLAGS

FLAG_LABELS = {
    "anonim": _("Anonymous"),
    "rahasia": _("Secret"),
    "mendesak": _("Urgent"),
    "tertaut": _("Linked as duplicate"),
    "terlambat": _("The time limit has passed"),
}


class Narrowing(forms.Form):
    """Filters, all by choice; a value that is on no list narrows nothing."""

    @property
    def wanted(self) -> dict[str, str]:
        """Return what was chosen of the lists."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def chips(self) -> list[tuple[str, Any]]:
        """Return the chosen values by their words, each with the name of its field."""
        return [
            (name, dict(self.fields[name].choices)[value])  # type: ignore[attr-defined]
            for name, value in self.wanted.items()
        ]


class FilterForm(Narrowing):
    """Status, class and flag."""

    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *STATE_LABELS.items()], required=False
    )
    golongan = forms.ChoiceField(
        label=_("Class"), choices=[("", _("All")), *CLASS_LABELS.items()], required=False
    )
    tanda = forms.ChoiceField(
        label=_("Flag"),
        choices=[("", _("All")), *((code, FLAG_LABELS[code]) for code in FLAGS)],
        required=False,
    )
