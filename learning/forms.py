"""What learners fill in. Saving is the services'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import QuizAnswer
from .models.records import TIME_ZONES


class AnswerForm(forms.Form):
    """One question of a quiz."""

    choice = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose an answer."),
            "invalid_choice": _("That is not one of the answers. Choose one of the list."),
        },
    )

    def __init__(self, *args: Any, answer: QuizAnswer, **kwargs: Any) -> None:
        super().__init__(*args, initial={"choice": answer.choice_id}, **kwargs)
        self.options = {choice.pk: choice for choice in answer.question.choices.all()}
        field = self.fields["choice"]
        field.label = answer.question.localized_text
        field.choices = [  # type: ignore[attr-defined]
            (pk, choice.localized_text) for pk, choice in self.options.items()
        ]


class AccountForm(forms.Form):
    """What a person may change about themselves; names come from the invitation."""

    agency = forms.CharField(label=_("Agency"), max_length=150, required=False)
    position = forms.CharField(label=_("Position"), max_length=100, required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Times on this site are shown in it."),
        choices=TIME_ZONES,
        widget=forms.RadioSelect,
    )
