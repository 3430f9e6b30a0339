"""What editors of exercises and rules fill in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from ..domain.rules import LARGEST, NotAPack, read_toml
from ..domain.workflow import Role
from ..labels import STEP_LABELS
from ..models import Holiday, RulePack, Scenario
from ..selectors import LIBRARY, library
from ..selectors.pack_words import PACK_PROBLEMS, problem_words


class ScenarioForm(WagtailAdminModelForm):
    """An exercise asks only for what the case library holds."""

    def clean_region(self) -> str:
        region: str = self.cleaned_data["region"]
        if not (LIBRARY / f"{region}.toml").is_file():
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
            units = {unit["code"] for unit in found.region["unit"]}
            if cleaned.get("role") == Role.LIAISON_OFFICER and cleaned["office"] not in units:
                self.add_error("office", _("A liaison officer needs the code of a unit."))
            if cleaned.get("number", 0) > MOST_PER_FAMILY * len(found.families):
                self.add_error("number", _("The folder holds too few families for so many cases."))
        place = cleaned.get("place")
        if place and not Holiday.objects.filter(place=place).exists():
            self.add_error("place", _("No regional holidays are loaded for this place."))
        self.check_times(cleaned)
        if cleaned.get("arrive_later", 0) >= cleaned.get("number", 1) > 0:
            self.add_error("arrive_later", _("At least one case must be there at the start."))
        return cleaned

    def check_times(self, cleaned: dict[str, Any]) -> None:
        """An attempt starts while its office is open, takes time, and can be failed."""
        for name, least in (("minutes", 1), ("pass_percent", 1), ("number", 1)):
            if name in cleaned and cleaned[name] < least:
                self.add_error(name, _("At least %(least)d.") % {"least": least})
        if cleaned.get("days_before", 0) > LONGEST_PAST:
            self.add_error("days_before", _("At most %(most)d.") % {"most": LONGEST_PAST})


MOST_PER_FAMILY = 5  # times that one family may come back in an attempt
LONGEST_PAST = 60  # working days that others may have played before the start


def is_composition(value: Any, groups: Iterable[str]) -> bool:
    """Tell whether `value` weighs groups of case families by whole numbers above zero."""
    return (
        isinstance(value, dict)
        and bool(value)
        and value.keys() <= set(groups)
        and all(type(weight) is int and weight > 0 for weight in value.values())
    )


class RulePackForm(WagtailAdminModelForm):
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
