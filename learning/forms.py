"""What learners fill in. Saving is the services'."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .models import QuizAnswer
from .models.records import TIME_ZONES

EMAIL_LENGTH = 254  # RFC 5321


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
        super().__init__(*args, **kwargs)
        self.initial = {"choice": answer.choice_id}
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


class QuestionForm(WagtailAdminModelForm):
    """A question of a bank, with its answers."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        answers = self.formsets["choices"]
        if answers.is_valid():
            kept = [form for form in answers.forms if form not in answers.deleted_forms]
            if sum(form.cleaned_data.get("is_correct", False) for form in kept) != 1:
                self.add_error(None, _("Mark exactly one answer as the right one."))
            removed = [form.instance.pk for form in answers.deleted_forms]
            if QuizAnswer.objects.filter(choice__in=removed).exists():
                self.add_error(
                    None,
                    _("An answer that learners have chosen stays. Retire the question instead."),
                )
        return cleaned


class InvitationForm(forms.Form):
    """Whom a trainer invites to a cohort."""

    full_name = forms.CharField(
        label=_("Full name"), max_length=150, help_text=_("As it should stand on the certificate.")
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class TrainersField(forms.ModelMultipleChoiceField[User]):
    """Trainers by name, not every account by address."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: User) -> str:
        return obj.get_full_name() or obj.email


class CohortForm(WagtailAdminModelForm):
    """A cohort is led by trainers; whoever opens it is one of them."""

    trainers = TrainersField(
        User.objects.filter(groups__permissions__codename="view_progress").distinct(),
        label=_("Trainers"),
        required=False,
        help_text=_("You are added yourself when you open the cohort."),
    )
