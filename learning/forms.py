"""What learners and trainers fill in. Saving is the services'."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from sandbox.forms.safe import SafeTexts
from sandbox.models import Grant
from sandbox.selectors.marking import AnsweredCase, MarkedElement, MarkingSheet

from .models import QuizAnswer
from .models.records import TIME_ZONES

EMAIL_LENGTH = 254  # RFC 5321
COMMENT_LENGTH, WHY_LENGTH, GRANT_REASON_LENGTH = 500, 100, 200  # characters, as the rows hold
FURTHER_ATTEMPTS = range(4)
EXTRA_PERCENTS = (0, 25, 50, 100)


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


class MarkField(forms.TypedChoiceField):
    """A mark that may still be given later: expected, but not demanded."""

    widget = forms.RadioSelect

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


def text_of(label: Any, length: int, help_text: Any, rows: int = 3) -> forms.CharField:
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=length,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
    del field.widget.attrs["maxlength"]  # a browser would cut a longer text in silence
    return field


class MarkedSection(NamedTuple):
    """The fields of one case, beside what they are about."""

    answered: AnsweredCase
    marks: list[tuple[MarkedElement, forms.BoundField]]
    comment: forms.BoundField


class MarkingForm(SafeTexts, forms.Form):
    """Marks and comments for the answers of one run; whatever is missing may be given later."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sheet: MarkingSheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.initial["seen"] = sheet.version
        for answered in sheet.cases:
            self.add_fields(answered)
        if sheet.has_marks:
            self.fields["reason"] = text_of(
                _("Reason for changing a mark"),
                WHY_LENGTH,
                _("Needed only when you change a mark that has been saved. It is kept on record."),
                rows=2,
            )

    def add_fields(self, answered: AnsweredCase) -> None:
        for element in answered.elements:
            field = MarkField(
                coerce=int,
                empty_value=None,
                choices=[(mark, f"{mark} – {sentence}") for mark, sentence in element.levels],
                label=element.label,
                help_text=f"{element.rule} {saved_words(element)}".strip(),
                error_messages={"invalid_choice": _("Choose one of the list.")},
            )
            self.fields[mark_name(element)] = field
            self.initial[mark_name(element)] = element.given.mark if element.given else None
        number = answered.case.number
        self.fields[comment_name(number)] = text_of(
            _("Comment on %(code)s") % {"code": answered.case.code},
            COMMENT_LENGTH,
            _("For the participant: what was good, and what would make the answer better."),
        )
        self.initial[comment_name(number)] = answered.comment

    @property
    def sections(self) -> list[MarkedSection]:
        return [
            MarkedSection(
                answered,
                [(element, self[mark_name(element)]) for element in answered.elements],
                self[comment_name(answered.case.number)],
            )
            for answered in self.sheet.cases
        ]

    @property
    def marks(self) -> dict[int, dict[str, int]]:
        """Return the marks that were given, by case number and element."""
        given: dict[int, dict[str, int]] = {}
        for element in self.sheet.elements:
            mark = self.cleaned_data.get(mark_name(element))
            if mark is not None:
                given.setdefault(element.case, {})[element.rubric.code] = mark
        return given

    @property
    def comments(self) -> dict[int, str]:
        return {
            answered.case.number: self.cleaned_data.get(comment_name(answered.case.number), "")
            for answered in self.sheet.cases
        }

    @property
    def is_stale(self) -> bool:
        """Tell whether somebody has saved other marks since the page was opened."""
        if "seen" in self.errors:
            return True
        return self.cleaned_data.get("seen") != self.sheet.version and self.differs

    @property
    def differs(self) -> bool:
        marks, comments = self.marks, self.comments
        return any(
            marks.get(element.case, {}).get(element.rubric.code, mark_of(element))
            != mark_of(element)
            for element in self.sheet.elements
        ) or any(
            comments[answered.case.number] != answered.comment for answered in self.sheet.cases
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        marks = self.marks
        for element in self.sheet.elements:
            mark = marks.get(element.case, {}).get(element.rubric.code)
            is_changed = element.given is not None and mark not in (None, element.given.mark)
            if is_changed and not cleaned.get("reason") and "reason" not in self.errors:
                self.add_error("reason", _("You change a saved mark: say why."))
        for answered in self.sheet.cases:
            number, is_marked = answered.case.number, any(row.given for row in answered.elements)
            if cleaned.get(comment_name(number)) and not is_marked and number not in marks:
                self.add_error(
                    comment_name(number),
                    _("Give at least one mark for %(code)s: its comment is kept with the marks.")
                    % {"code": answered.case.code},
                )
        return cleaned


def saved_words(element: MarkedElement) -> str:
    """Say which mark is saved, and who gave it: another trainer's should not go unseen."""
    if element.given is None:
        return ""
    by = element.given.marked_by
    if by is None:
        return gettext("Saved: %(mark)s.") % {"mark": element.given.mark}
    gaps = {"mark": element.given.mark, "who": by.get_full_name()}
    return gettext("Saved: %(mark)s, by %(who)s.") % gaps


def mark_of(element: MarkedElement) -> int | None:
    return element.given.mark if element.given else None


def mark_name(element: MarkedElement) -> str:
    return f"mark-{element.case}-{element.rubric.code}"


def comment_name(number: int) -> str:
    return f"comment-{number}"


def after_conflict(typed: Mapping[str, Any], sheet: MarkingSheet) -> dict[str, Any]:
    """Return what was typed at the marks as they are now; what was left open is filled in."""
    kept = dict(typed) | {"seen": sheet.version}
    for element in sheet.elements:
        if element.given is not None and not kept.get(mark_name(element)):
            kept[mark_name(element)] = element.given.mark
    for answered in sheet.cases:
        name = comment_name(answered.case.number)
        kept[name] = kept.get(name) or answered.comment
    return kept


class GrantForm(SafeTexts, forms.Form):
    """How often and how much longer one person may take an exam."""

    attempts = forms.TypedChoiceField(
        label=_("Further attempts, in all"),
        help_text=_("Beside the one that everybody has."),
        coerce=int,
        choices=[(number, str(number)) for number in FURTHER_ATTEMPTS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how many further attempts.")},
    )
    extra_percent = forms.TypedChoiceField(
        label=_("Extra time"),
        coerce=int,
        choices=[(percent, f"{percent} %") for percent in EXTRA_PERCENTS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how much extra time.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The participant and other trainers read it. Leave out health details."),
        max_length=GRANT_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )

    def __init__(self, *args: Any, grant: Grant | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grant = grant
        del self.fields["reason"].widget.attrs["maxlength"]
        self.initial = {"attempts": 0, "extra_percent": 0}
        if grant:
            self.initial = {
                "attempts": grant.attempts,
                "extra_percent": grant.extra_percent,
                "reason": grant.reason,
            }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        is_nothing = cleaned.get("attempts") == 0 == cleaned.get("extra_percent")
        if is_nothing and self.grant is None:
            self.add_error("attempts", _("Choose a further attempt, extra time, or both."))
        return cleaned
