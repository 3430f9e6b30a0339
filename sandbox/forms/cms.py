"""What editors of rules fill in."""

from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from ..domain.rules import LARGEST, NotAPack, read_toml
from ..labels import STEP_LABELS
from ..models import RulePack, Scenario
from ..selectors.pack_words import PACK_PROBLEMS, problem_words
from .safe import SafeTexts


class RulePackForm(SafeTexts, WagtailAdminModelForm):
    """What a finished run was scored by must be readable for ever, and a step without a limit
    would stop a run in the middle.
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.instance.pk is not None and self.instance.runs.exists():
            raise forms.ValidationError(
                _("An attempt has used this pack: it stays as it is. Make a new version instead.")
            )
        if {"opens", "closes"} <= cleaned.keys() and cleaned["opens"] >= cleaned["closes"]:
            self.add_error("closes", PACK_PROBLEMS["hours"])
        if without := self.steps_without_limit():
            message = _("Every step needs a time limit. None is left for: %(steps)s.")
            self.add_error(None, message % {"steps": ", ".join(without)})
        return cleaned

    def clean_version(self) -> int:
        version: int = self.cleaned_data["version"]
        others = RulePack.objects.exclude(pk=self.instance.pk)
        last = others.aggregate(last=Max("version"))["last"] or 0
        if self.instance.pk is None and version <= last:
            raise forms.ValidationError(PACK_PROBLEMS["version"] % {"last": last})
        return version

    def steps_without_limit(self) -> list[str]:
        limits = self.formsets["time_limits"]
        if not limits.is_valid():
            return []  # what is wrong there is said there
        kept = [form for form in limits.forms if not form.cleaned_data.get("DELETE")]
        steps = {form.cleaned_data.get("step") for form in kept}
        return [str(label) for step, label in STEP_LABELS.items() if step not in steps]


class PackFileForm(forms.Form):
    """A rule pack as a file; `pack` is what it holds once the form is valid."""

    file = forms.FileField(label=_("Rule pack (TOML file)"))

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            problem = NotAPack("too_large", most=LARGEST // 1024).problem
            raise forms.ValidationError(problem_words(problem))
        raw = file.read()
        self.pack = pack_in(raw)
        text: str = raw.decode("utf-8-sig")
        return text


class PackTextForm(forms.Form):
    """A pack that was previewed, and the exercises that shall start by it from now on."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False)
    scenarios = forms.ModelMultipleChoiceField(
        Scenario.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        self.pack = pack_in(text.encode())
        return text


def pack_in(raw: bytes) -> dict[str, Any]:
    try:
        return read_toml(raw)
    except NotAPack as error:
        raise forms.ValidationError(problem_words(error.problem)) from error


class PackUseForm(forms.Form):
    """Which exercises shall start by a stored pack."""

    scenarios = forms.ModelMultipleChoiceField(
        Scenario.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        label=_("Exercises"),
        error_messages={"required": _("Choose an exercise first.")},
    )
