"""What editors of exercises fill in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from ..domain.injects import Kind, problems_with
from ..domain.library.regions import Region
from ..domain.pack_checks import problems_of_scoring
from ..domain.scoring.expectations import Criterion
from ..domain.workflow import Role
from ..models import CaseFamily, Holiday, RegionPack, Scenario
from ..selectors.files import personas
from ..selectors.pack_words import problem_words
from ..selectors.regions import library_for
from ..selectors.rules import limit_rows

INJECT = "inject"  # the whole table
WHOLE = 100  # percent


class ScenarioForm(WagtailAdminModelForm):
    """An exercise asks only for what the case library holds."""

    def clean_region(self) -> str:
        region: str = self.cleaned_data["region"]
        if not RegionPack.objects.filter(code=region).exists():
            raise forms.ValidationError(_("There is no region pack of that name."))
        return region

    def clean_families(self) -> list[str]:
        codes = self.cleaned_data["families"] or []
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            raise forms.ValidationError(_('Write a list of codes, such as ["tps-meluap"].'))
        there = set(CaseFamily.objects.filter(code__in=codes).values_list("code", flat=True))
        if unknown := [code for code in codes if code not in there]:
            message = _("There are no families of these names: %(codes)s.")
            raise forms.ValidationError(message % {"codes": ", ".join(unknown)})
        return codes

    def clean_filters(self) -> dict[str, list[Any]]:
        filters = self.cleaned_data["filters"] or {}
        if not is_filter(filters):
            message = _("Name what to filter by and a list of values: %(names)s.")
            raise forms.ValidationError(message % {"names": ", ".join(FILTERS)})
        return filters

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if {"region", "families", "filters", "composition", "starts_at"} <= cleaned.keys():
            self.check_cases(cleaned)
        place = cleaned.get("place")
        if place and not Holiday.objects.filter(place=place).exists():
            self.add_error("place", _("No regional holidays are loaded for this place."))
        self.check_times(cleaned)
        self.check_expectations(cleaned)
        if cleaned.get("arrive_later", 0) >= cleaned.get("number", 1) > 0:
            self.add_error("arrive_later", _("At least one case must be there at the start."))
        return cleaned

    def check_cases(self, cleaned: dict[str, Any]) -> None:
        """What an exercise asks for has to be there: groups, the unit, enough families."""
        drawn_from = {name: cleaned.get(name) for name in DRAWN_FROM}
        found = library_for(Scenario(**drawn_from))
        groups = sorted(found.by_group)
        self.check_injects(cleaned, groups, found.region)
        if not is_composition(cleaned["composition"], groups):
            message = _(
                "Give each group a whole number above zero, such as %(example)s. "
                "The groups are: %(groups)s."
            )
            gaps = {"example": '{"dispose": 5, "hold": 2}', "groups": ", ".join(groups)}
            self.add_error("composition", message % gaps)
        units = {unit["code"] for unit in found.region.units}
        if cleaned.get("role") == Role.LIAISON_OFFICER and cleaned["office"] not in units:
            self.add_error("office", _("A liaison officer needs the code of a unit."))
        if cleaned.get("number", 0) > MOST_PER_FAMILY * len(found.families):
            self.add_error("number", _("There are too few families for so many cases."))

    def clean_injects(self) -> list[dict[str, Any]]:
        tables: list[dict[str, Any]] = self.cleaned_data["injects"] or []
        wrong = [f"{place}: {name or INJECT}" for place, name in problems_with(tables)]
        if wrong:
            message = _("Some fields cannot be used. Inject and field: %(wrong)s.")
            raise forms.ValidationError(message % {"wrong": ", ".join(wrong)})
        return tables

    def clean_personas(self) -> list[str]:
        codes = self.cleaned_data["personas"] or []
        known = personas()
        if not isinstance(codes, list) or any(code not in known for code in codes):
            message = _("Write a list of codes out of these: %(codes)s.")
            raise forms.ValidationError(message % {"codes": ", ".join(known)})
        return codes

    def clean_weights(self) -> dict[str, int]:
        weights = self.cleaned_data["weights"] or {}
        if not is_composition(weights or {Criterion.ROUTING: WHOLE}, list(Criterion)) or (
            weights and sum(weights.values()) != WHOLE
        ):
            message = _(
                "Give criteria whole numbers that add up to 100. The criteria are: %(all)s."
            )
            raise forms.ValidationError(message % {"all": ", ".join(Criterion)})
        return weights

    def check_injects(self, cleaned: dict[str, Any], groups: list[str], region: Region) -> None:
        """A flood needs a group to draw from, an outage at an office that office."""
        units = {unit["code"] for unit in region.units}
        for table in cleaned.get("injects", ()):
            if table["kind"] == Kind.FLOOD and table["group"] not in groups:
                message = _("There are no families in the group %(group)s.")
                self.add_error("injects", message % {"group": table["group"]})
            if table.get("office", "") not in {"", *units}:
                message = _("There is no unit %(unit)s.")
                self.add_error("injects", message % {"unit": table["office"]})

    def check_expectations(self, cleaned: dict[str, Any]) -> None:
        """What an exercise expects is judged by the shares and limits of its rule pack."""
        tables, rules = cleaned.get("expectations"), cleaned.get("rules")
        if not tables or rules is None:
            return
        pack = {**rules.content, "time_limit": limit_rows(rules), "expectation": tables}
        for problem in problems_of_scoring(pack):
            self.add_error("expectations", f"{problem.place}: {problem_words(problem)}")

    def check_times(self, cleaned: dict[str, Any]) -> None:
        """An attempt starts while its office is open, takes time, and can be failed."""
        for name, least in (("minutes", 1), ("pass_percent", 1), ("number", 1)):
            if name in cleaned and cleaned[name] < least:
                self.add_error(name, _("At least %(least)d.") % {"least": least})
        if cleaned.get("days_before", 0) > LONGEST_PAST:
            self.add_error("days_before", _("At most %(most)d.") % {"most": LONGEST_PAST})


FILTERS = ("category", "archetype", "classification", "difficulty", "row")
DRAWN_FROM = ("region", "families", "filters", "starts_at", "role", "office")
MOST_PER_FAMILY = 5  # times that one family may come back in an attempt
LONGEST_PAST = 60  # working days that others may have played before the start


def is_filter(value: Any) -> bool:
    """Tell whether `value` names columns of families, each with the values it may have."""
    return isinstance(value, dict) and all(
        name in FILTERS
        and isinstance(values, list)
        and all(isinstance(each, str | int) for each in values)
        for name, values in value.items()
    )


def is_composition(value: Any, groups: Iterable[str]) -> bool:
    """Tell whether `value` weighs groups of case families by whole numbers above zero."""
    return (
        isinstance(value, dict)
        and bool(value)
        and value.keys() <= set(groups)
        and all(type(weight) is int and weight > 0 for weight in value.values())
    )
