"""What the CMS asks about an exercise, in words; the columns of JSON are put together from it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from ..domain.scoring.expectations import Criterion
from ..labels import CLASS_LABELS, CRITERION_LABELS
from ..models import CaseFamily, Scenario
from ..selectors.families import region_names
from ..selectors.family_words import DIFFICULTY_LABELS
from ..selectors.files import localized, personas
from .family_fields import archetypes, pick, tick
from .json_text import JSONText

MOST_OF_A_GROUP = 500
ALL = _("None ticked: all.")
SEPARATOR = re.compile(r"[\s,;]+")
GROUP_WORDS = {
    "dispose": _("Dispose: one of our own units is competent"),
    "return": _("Return: another government or body is competent"),
    "hold": _("Hold: something is missing, the reporter is asked"),
    "archive": _("Archive: no office can decide it"),
    "block": _("Block: the content must not be seen"),
    "supervisory": _("Supervisory: a complaint about staff or a decision"),
    "urgent": _("Urgent: danger to life or safety now"),
    "duplicate": _("Duplicate: several people tell of one incident"),
    "ours": _("Ours: the unit that is played can answer now"),
    "waiting": _("Waiting: ours, but the answer has to wait for something"),
    "misrouted": _("Misrouted: came to the unit by mistake"),
}
AT_A_UNIT = ("ours", "waiting", "misrouted")
WEIGHED = tuple(map(str, Criterion))
FILTERED = ("category", "archetype", "classification", "difficulty", "row")
INJECT_EXAMPLE = (
    '[{"after": 6, "kind": "outage", "hours": 4, "title_id": "…", "title_en": "…", '
    '"text_id": "…", "text_en": "…"}]'
)
EXPECTATION_EXAMPLE = (
    '[{"code": "stalled_reminded", "kind": "must", "roles": ["supervisor"], '
    '"when": {"stalled": true}, "actions": ["remind"], "points": 4, "criterion": "time", '
    '"rule_id": "…", "rule_en": "…", "better_id": "…", "better_en": "…", "source": "…"}]'
)


def share(group: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=GROUP_WORDS[group], required=False, min_value=0, max_value=MOST_OF_A_GROUP
    )


def percent(criterion: str) -> forms.IntegerField:
    label = CRITERION_LABELS[criterion]
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=100)


def categories() -> list[tuple[str, str]]:
    found = CaseFamily.objects.filter(live=True).exclude(category="").order_by("category")
    return [(name, name) for name in found.values_list("category", flat=True).distinct()]


def characters() -> list[tuple[str, str]]:
    return [(code, localized(persona)) for code, persona in personas().items()]


class ScenarioFields(WagtailAdminModelForm):
    region = pick(_("Region"), region_names, _("Offices, places and owners of its newest edition."))
    families = forms.CharField(
        label=_("Case families"),
        required=False,
        max_length=20_000,
        help_text=_(
            "One code per line, as in the list of case families. Empty: all that fit the region "
            "and the filters."
        ),
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
    )
    filter_category = tick(_("Only these categories"), categories, ALL)
    filter_archetype = tick(_("Only these archetypes"), archetypes, ALL)
    filter_classification = tick(_("Only these classes"), CLASS_LABELS.items, ALL)
    filter_difficulty = tick(_("Only these difficulties"), DIFFICULTY_LABELS.items, ALL)
    filter_row = forms.CharField(
        label=_("Only these routing rows"),
        required=False,
        max_length=1000,
        help_text=_("Numbers with commas. Empty: all."),
    )
    group_dispose = share("dispose")
    group_return = share("return")
    group_hold = share("hold")
    group_archive = share("archive")
    group_block = share("block")
    group_supervisory = share("supervisory")
    group_urgent = share("urgent")
    group_duplicate = share("duplicate")
    group_ours = share("ours")
    group_waiting = share("waiting")
    group_misrouted = share("misrouted")
    personas = tick(_("Characters of reporters"), characters, ALL)
    weight_routing = percent("routing")
    weight_reasons = percent("reasons")
    weight_time = percent("time")
    weight_privacy = percent("privacy")
    weight_duplicates = percent("duplicates")
    weight_quality = percent("quality")
    injects = JSONText(
        label=_("Injects"),
        help_text=format_lazy(
            "{} {}",
            _("What happens to everybody after some working hours. As JSON, such as:"),
            INJECT_EXAMPLE,
        ),
    )
    expectations = JSONText(
        label=_("Further expectations"),
        help_text=format_lazy(
            "{} {}",
            _("One takes the place of the rule pack’s of the same code. As JSON, such as:"),
            EXPECTATION_EXAMPLE,
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= to_form(self.instance) | (kwargs.get("initial") or {})
        self.fields["region"].required = True
        for name in FILTERED[:-1]:
            self.keep_choices(f"filter_{name}", (self.instance.filters or {}).get(name, ()))
        self.keep_choices("personas", self.instance.personas or ())

    def keep_choices(self, name: str, chosen: Iterable[Any]) -> None:
        """Offer what was chosen once, even where no family has it any more."""
        field = self.fields[name]
        offered = [(str(value), label) for value, label in field.choices]
        there = {value for value, _label in offered}
        field.choices = offered + [(str(one), str(one)) for one in chosen if str(one) not in there]

    def clean_families(self) -> list[str]:
        return list(dict.fromkeys(filter(None, SEPARATOR.split(self.cleaned_data["families"]))))

    def clean_filter_row(self) -> list[int]:
        words = list(filter(None, SEPARATOR.split(self.cleaned_data["filter_row"])))
        if not all(re.fullmatch(r"[0-9]{1,4}", word) for word in words):
            raise forms.ValidationError(_("Write numbers with commas between them."))
        return list(dict.fromkeys(map(int, words)))

    def clean_personas(self) -> list[str]:
        return in_old_order(self.cleaned_data["personas"], self.instance.personas)

    def composition(self) -> dict[str, int]:
        return self.numbers("group", GROUP_WORDS)

    def weights(self) -> dict[str, int]:
        return self.numbers("weight", WEIGHED)

    def numbers(self, prefix: str, names: Iterable[str]) -> dict[str, int]:
        found = {name: self.cleaned_data.get(f"{prefix}_{name}") for name in names}
        return {name: number for name, number in found.items() if number}

    def filters(self) -> dict[str, list[Any]]:
        """Return what is ticked; what stood there before stays in its order."""
        chosen = {name: self.cleaned_data.get(f"filter_{name}") or [] for name in FILTERED}
        chosen["difficulty"] = [int(value) for value in chosen["difficulty"]]
        old = self.instance.filters or {}
        return {
            name: in_old_order(values, old.get(name)) for name, values in chosen.items() if values
        }


def in_old_order(values: Sequence[Any], old: Sequence[Any] | None) -> list[Any]:
    """Return the old list where the same things are chosen: an order is no change."""
    is_same = bool(old) and set(values) == set(old or ())
    return list((old if is_same else values) or ())


def to_form(scenario: Scenario) -> dict[str, Any]:
    """Return what the fields show of an exercise."""
    filters = scenario.filters or {}
    shown = {f"filter_{name}": [str(each) for each in filters.get(name, ())] for name in FILTERED}
    return {
        "families": "\n".join(scenario.families or ()),
        **shown,
        "filter_row": ", ".join(shown["filter_row"]),
        **{f"group_{name}": number for name, number in (scenario.composition or {}).items()},
        **{f"weight_{name}": number for name, number in (scenario.weights or {}).items()},
        "personas": scenario.personas or [],
    }
