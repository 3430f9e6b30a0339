"""What the learner fills in for each action. Choosing what is allowed is the workflow's."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .domain.privacy import personal_data_in
from .domain.workflow import Action
from .labels import CLASS_LABELS, LEVEL_LABELS, MISSING_LABELS, PERSONAL_DATA_LABELS
from .models import Run
from .selectors import LIBRARY, categories, library, localized

SENTENCE_LENGTH, REASON_LENGTH = 15, 500  # characters

Choices = Iterable[tuple[str, Any]]


class ActionForm(forms.Form):
    """A form for one action: choices that are scored, and a text that is kept."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, run: Run, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.library = library(run.region, run.families)

    @property
    def choices(self) -> dict[str, str]:
        """Return what was chosen, without the version and the text."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("version", "text")
        }

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("text", ""))

    @property
    def typed(self) -> str:
        """Return the text as it was sent, valid or not: nothing typed is ever lost."""
        return str(self.data.get("text", ""))

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if found := personal_data_in(text):
            kinds = get_text_list([str(PERSONAL_DATA_LABELS[kind]) for kind in sorted(found)])
            raise forms.ValidationError(
                _(
                    "This looks like %(kinds)s. Take it out: real people's data have no place in "
                    "the practice room."
                ),
                params={"kinds": kinds},
            )
        return text


def explanation(label: Any, help_text: Any, *, required: bool = True) -> forms.CharField:
    sentence = _("Write at least one sentence.")
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        min_length=SENTENCE_LENGTH,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": sentence, "min_length": sentence},
    )
    # A browser would cut a longer text in silence; the server says so and keeps it.
    del field.widget.attrs["maxlength"], field.widget.attrs["minlength"]
    return field


def one_of(label: Any, missing: Any, choices: Choices = ()) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": _("Choose one of the list.")},
    )


def picked_from_list(label: Any, missing: Any) -> forms.ChoiceField:
    field = one_of(label, missing)
    field.widget = forms.Select()
    return field


class VerifyForm(ActionForm):
    category = picked_from_list(_("Main category"), _("Choose a category."))

    field_order = ["class", "category"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["class"] = one_of(
            _("Which kind of report is this?"), _("Choose a class."), CLASS_LABELS.items()
        )
        names = [("", _("Choose a category")), *((name, name) for name in categories())]
        self.fields["category"].choices = names  # type: ignore[attr-defined]
        self.order_fields(self.field_order)


class HoldForm(ActionForm):
    missing = one_of(
        _("What is missing?"), _("Choose the one thing that is missing."), MISSING_LABELS.items()
    )
    text = explanation(
        _("Your question to the reporter"),
        _("One polite, specific question. The reporter reads it as it stands."),
    )


class ReturnForm(ActionForm):
    level = one_of(
        _("Whose authority is it?"), _("Choose whose authority it is."), LEVEL_LABELS.items()
    )
    destination = picked_from_list(_("Proposed destination"), _("Choose a destination."))
    text = explanation(
        _("Reason"), _("Name the competent agency and why. The reporter reads it as it stands.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = self.library.region["destination"]
        self.fields["destination"].choices = office_choices(offices)  # type: ignore[attr-defined]


class ArchiveForm(ActionForm):
    reason = one_of(_("Reason for archiving"), _("Choose exactly one reason."))
    text = explanation(
        _("A sentence for the reporter"), _("Polite, and saying where else to turn.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = self.library.archive_reasons
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            (entry["code"], localized(entry, "label")) for entry in reasons
        ]


class DisposeForm(ActionForm):
    unit = picked_from_list(_("Unit that must act"), _("Choose a unit."))
    text = explanation(
        _("Note to the unit"),
        _("What the unit should look at first. Leave out who reported it."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = office_choices(  # type: ignore[attr-defined]
            self.library.region["unit"]
        )


def office_choices(offices: Iterable[Mapping[str, Any]]) -> list[tuple[str, Any]]:
    named = sorted(
        ((localized(office), office["code"]) for office in offices),
        key=lambda office: office[0].casefold(),
    )
    return [("", _("Choose from the list")), *((code, name) for name, code in named)]


FORMS: Mapping[Action, type[ActionForm]] = {  # in the order in which they are offered
    Action.DISPOSE: DisposeForm,
    Action.VERIFY: VerifyForm,
    Action.HOLD: HoldForm,
    Action.RETURN: ReturnForm,
    Action.ARCHIVE: ArchiveForm,
}
CONFIRMED_FIRST = (Action.RETURN, Action.ARCHIVE)  # they take the case off the agency's desk


class ScenarioForm(WagtailAdminModelForm):
    """An exercise asks only for what the case library holds."""

    def clean_region(self) -> str:
        region: str = self.cleaned_data["region"]
        if not (LIBRARY / f"{region}.toml").is_file() or region == "categories":
            raise forms.ValidationError(_("The case library has no region of that name."))
        return region

    def clean_families(self) -> str:
        families: str = self.cleaned_data["families"]
        if not (LIBRARY / families).is_dir():
            raise forms.ValidationError(_("The case library has no folder of that name."))
        return families

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if {"region", "families", "composition"} <= cleaned.keys():
            found = library(cleaned["region"], cleaned["families"])
            groups = sorted({family["group"] for family in found.families})
            if not is_composition(cleaned["composition"], groups):
                message = _(
                    "Give each group a whole number above zero, such as %(example)s. "
                    "The groups are: %(groups)s."
                )
                gaps = {"example": '{"dispose": 5, "hold": 2}', "groups": ", ".join(groups)}
                self.add_error("composition", message % gaps)
        if cleaned.get("arrive_later", 0) >= cleaned.get("number", 1) > 0:
            self.add_error("arrive_later", _("At least one case must be there at the start."))
        return cleaned


def is_composition(value: Any, groups: Iterable[str]) -> bool:
    """Tell whether `value` weighs groups of case families by whole numbers above zero."""
    return (
        isinstance(value, dict)
        and bool(value)
        and value.keys() <= set(groups)
        and all(type(weight) is int and weight > 0 for weight in value.values())
    )


class RulePackForm(WagtailAdminModelForm):
    """What a finished run was scored by must be readable for ever."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.instance.pk is not None and self.instance.runs.exists():
            raise forms.ValidationError(
                _("An attempt has used this pack: it stays as it is. Make a new version instead.")
            )
        return cleaned
