"""The board: narrowing it down, and reminding the holders of several reports at once."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .base import SafeForm
from .inbox import Narrowing
from .unit import RemindForm

SEEN = re.compile(r"\d{1,4}-\d{1,9}")  # a case's number and the version that was on the page


class BoardFilterForm(Narrowing):
    """By unit, and by whether the limit has passed."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    batas = forms.ChoiceField(
        label=_("Time limit"),
        choices=[
            ("", _("All")),
            ("lewat", _("The time limit has passed")),
            ("belum", _("Within the time limit")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, units: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("All")), *units]  # type: ignore[attr-defined]


class SeenField(forms.MultipleChoiceField):
    """Cases that were ticked, with the version of each that was seen."""

    def valid_value(self, value: str) -> bool:
        return bool(SEEN.fullmatch(value))

    def clean(self, value: Any) -> dict[int, int]:
        ticked = (each.split("-") for each in super().clean(value))
        return {int(number): int(version) for number, version in ticked}


class RemindTogetherForm(SafeForm):
    kasus = SeenField(
        label=_("Reports"),
        error_messages={
            "required": _("Tick at least one report."),
            "invalid_choice": _("Choose only what is on the list."),
        },
    )
    text = RemindForm.base_fields["text"]

    @property
    def ticked(self) -> set[str]:
        """Return the numbers that were ticked, valid or not."""
        sent: list[str] = self.data.getlist("kasus") if self.is_bound else []  # type: ignore[attr-defined]
        return {value.partition("-")[0] for value in sent}
