"""What editors of exercises fill in: an exercise asks only for what is there."""

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..domain.cases import CaseLibrary
from ..domain.injects import Kind, problems_with
from ..domain.workflow import Role
from ..domain.working_days import CalendarTooShort
from ..labels.exercises import GROUP_WORDS
from ..models import CaseFamily, Holiday, Scenario
from ..selectors.regions import library_for
from ..selectors.rooms import calendar
from ..selectors.rules import limit_rows
from .expectation_blocks import expectations_from_form, problems_in
from .inject_blocks import injects_from_form, placed
from .scenario_fields import AT_A_UNIT, WEIGHED, ScenarioFields

WHOLE = 100  # percent
MOST_FAMILIES = 500  # that an exercise may name
LONGEST = 1000  # minutes
MOST_PER_FAMILY = 5  # times that one family may come back in an attempt
LONGEST_PAST = 60  # working days that others may have played before the start
MADE_OF = ("region", "families", "filter_row", "starts_at", "role", "office")
PARTS = ("filters", "composition", "weights")  # each typed as several fields


class ScenarioForm(ScenarioFields):
    """The columns of JSON are put together here, and only where nothing is wrong."""

    class Media:
        css = {"all": ("sandbox/exercises.css",)}

    def clean_families(self) -> list[str]:
        codes = super().clean_families()
        if len(codes) > MOST_FAMILIES:
            raise forms.ValidationError(_("At most %(most)d.") % {"most": MOST_FAMILIES})
        there = set(CaseFamily.objects.filter(code__in=codes).values_list("code", flat=True))
        if unknown := [code for code in codes if code not in there]:
            message = _("There are no families of these names: %(codes)s.")
            raise forms.ValidationError(message % {"codes": ", ".join(unknown)})
        return codes

    def clean_injects(self) -> list[dict[str, Any]]:
        tables = injects_from_form(self.cleaned_data["injects"])
        words = str(_("This cannot be used."))
        if wrong := [(number - 1, name, words) for number, name in problems_with(tables)]:
            raise placed(wrong)
        return tables

    def clean_expectations(self) -> list[dict[str, Any]]:
        """What an exercise expects is judged by the shares and limits of its rule pack."""
        items, rules = self.cleaned_data["expectations"], self.cleaned_data.get("rules")
        if rules is not None:
            pack = {**rules.content, "time_limit": limit_rows(rules)}
            if wrong := list(problems_in(items, pack)):
                raise placed(wrong)
        return expectations_from_form(items)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.check_times(cleaned)
        self.check_start(cleaned)
        self.check_weights()
        if not self.composition() and not self.has_problem_in("group"):
            message = _("Give at least one group a whole number above zero.")
            self.add_error(self.first_group(), message)
        if {*MADE_OF} <= cleaned.keys() and not self.has_problem_in("filter"):
            self.check_cases(cleaned)
        if cleaned.get("arrive_later", 0) >= cleaned.get("number", 1) > 0:
            self.add_error("arrive_later", _("At least one case must be there at the start."))
        if not self.errors:
            for part in PARTS:
                setattr(self.instance, part, getattr(self, part)())
        return cleaned

    def has_problem_in(self, prefix: str) -> bool:
        return any(name.startswith(f"{prefix}_") for name in self.errors)

    def first_group(self) -> str:
        is_unit = self.cleaned_data.get("role") == Role.LIAISON_OFFICER
        return f"group_{AT_A_UNIT[0]}" if is_unit else f"group_{next(iter(GROUP_WORDS))}"

    def check_cases(self, cleaned: dict[str, Any]) -> None:
        """What an exercise asks for has to be there: the unit, families, each group."""
        drawn_from = {name: cleaned[name] for name in MADE_OF if name != "filter_row"}
        found = library_for(Scenario(**drawn_from, filters=self.filters()))
        units = [unit["code"] for unit in found.region.units]
        if cleaned["role"] == Role.LIAISON_OFFICER and cleaned["office"] not in units:
            message = _("A liaison officer works at a unit of the chosen region. Choose one.")
            self.add_error("office", message)
        elif not found.by_group:
            message = _(
                "No case family fits the region, the role, these codes and these filters together. "
                "Name other families, or take a filter away."
            )
            self.add_error("families", message)
        else:
            self.check_groups(found)
            self.check_injects(cleaned, found)
        if found.by_group and cleaned.get("number", 0) > MOST_PER_FAMILY * len(found.families):
            self.add_error("number", _("There are too few families for so many cases."))

    def check_groups(self, found: CaseLibrary) -> None:
        there = ", ".join(group_name(group) for group in GROUP_WORDS if group in found.by_group)
        for group in self.composition():
            if group not in found.by_group:
                message = _("No family that fits is in this group. These groups have some: %(all)s")
                self.add_error(f"group_{group}", message % {"all": there})

    def check_injects(self, cleaned: dict[str, Any], found: CaseLibrary) -> None:
        """A flood needs a group to draw from, an outage at an office that office."""
        units = {unit["code"] for unit in found.region.units}
        wrong = []
        for index, table in enumerate(cleaned.get("injects", ())):
            if table["kind"] == Kind.FLOOD and table["group"] not in found.by_group:
                wrong.append((index, "group", str(_("No family that fits is in this group."))))
            if table.get("office", "") not in {"", *units}:
                wrong.append((index, "office", str(_("This unit is not in the chosen region."))))
        if wrong:
            self.add_error("injects", placed(wrong))

    def check_weights(self) -> None:
        total = sum(self.weights().values())
        if self.weights() and total != WHOLE and not self.has_problem_in("weight"):
            message = _("Together they have to be 100; now they are %(total)d.")
            self.add_error(f"weight_{WEIGHED[0]}", message % {"total": total})

    def check_times(self, cleaned: dict[str, Any]) -> None:
        """An attempt takes time and can be failed."""
        for name, least in (("minutes", 1), ("pass_percent", 1), ("number", 1)):
            if name in cleaned and cleaned[name] < least:
                self.add_error(name, _("At least %(least)d.") % {"least": least})
        for name, most in (("minutes", LONGEST), ("days_before", LONGEST_PAST)):
            if cleaned.get(name, 0) > most:
                self.add_error(name, _("At most %(most)d.") % {"most": most})

    def check_start(self, cleaned: dict[str, Any]) -> None:
        """Working days are counted only in the years for which holidays are decreed."""
        place, start = cleaned.get("place") or "", cleaned.get("starts_at")
        if place and not Holiday.objects.filter(place=place).exists():
            self.add_error("place", _("No regional holidays are loaded for this place."))
        if start is None:
            return
        try:
            days = calendar(place)
        except LookupError:
            self.add_error("starts_at", _("No holidays are loaded, so no days can be counted."))
            return
        zone = ZoneInfo(cleaned.get("zone") or "Asia/Jakarta")
        if not is_counted(lambda: days.check(start.astimezone(zone).date())):
            self.add_error("starts_at", outside(days.first, days.last))
        elif not is_counted(
            lambda: days.subtract(start.date(), min(cleaned.get("days_before", 0), LONGEST_PAST))
        ):
            self.add_error("days_before", outside(days.first, days.last))


def is_counted(count: Callable[[], Any]) -> bool:
    try:
        count()
    except (CalendarTooShort, OverflowError):
        return False
    return True


def outside(first: date, last: date) -> str:
    message = _("This is outside the years for which holidays are decreed: %(first)s to %(last)s.")
    return message % {"first": date_format(first), "last": date_format(last)}


def group_name(group: str) -> str:
    return str(GROUP_WORDS[group]).partition(":")[0]
