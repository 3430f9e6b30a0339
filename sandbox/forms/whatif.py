"""What a person fills in to see another future: a move of the clock, and what it stands for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .base import one_of


class WaitForm(forms.Form):
    """How far the clock would have been moved."""

    days = one_of(_("How far would you have moved the clock?"), _("Choose how far."))

    def __init__(self, *args: Any, mornings: Mapping[int, datetime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mornings = mornings
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (str(days), in_words(days)) for days in mornings
        ]

    @property
    def to(self) -> datetime:
        return self.mornings[int(self.cleaned_data["days"])]

    @property
    def words(self) -> str:
        return in_words(int(self.cleaned_data["days"]))


def in_words(days: int) -> str:
    words = ngettext("%(n)d working day", "%(n)d working days", days)
    return words % {"n": days}


class PlaceForm(forms.Form):
    """Whether the other step takes the place of the one that was taken."""

    INSTEAD, BESIDE = "instead", "beside"
    place = one_of(
        _("And your own next step of that kind?"),
        _("Choose one of the two."),
        [
            (INSTEAD, _("It is left out: the other one takes its place")),
            (BESIDE, _("It is taken as well, if it is still possible")),
        ],
    )
    place.initial = INSTEAD
    prefix = "what_if"

    @property
    def takes_place(self) -> bool:
        return bool(self.cleaned_data["place"] == self.INSTEAD)
