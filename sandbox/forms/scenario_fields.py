"""What the CMS asks about an exercise, in words; the columns of JSON are put together from it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks import BlockField, StreamBlock

from ..domain.scoring.expectations import Criterion
from ..labels import CLASS_LABELS, CRITERION_LABELS
from ..labels.exercises import GROUP_WORDS
from ..models import CaseFamily, Scenario
from ..selectors.families import holiday_places, region_names, units_by_region
from ..selectors.family_words import DIFFICULTY_LABELS
from ..selectors.files import localized
from ..selectors.phrases import newest_personas
from .expectation_blocks import expectation_stream, expectations_to_form
from .family_fields import archetypes, pick, tick
from .inject_blocks import inject_stream, injects_to_form
from .safe import SafeTexts

MOST_OF_A_GROUP = 500
ALL = _("None ticked: all.")
NONE = ("", _("– none –"))
ToStream = Callable[[Iterable[Mapping[str, Any]]], list[dict[str, Any]]]
SEPARATOR = re.compile(r"[\s,;]+")
AT_A_UNIT = ("ours", "waiting", "misrouted")
WEIGHED = tuple(map(str, Criterion))
FILTERED = ("category", "archetype", "classification", "difficulty", "row")


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
    return [(code, localized(persona)) for code, persona in newest_personas().items()]


class ScenarioFields(SafeTexts, WagtailAdminModelForm):
    fields: Any  # of kinds that Wagtail adds
    initial: Any

    region = pick(_("Region"), region_names, _("Offices, places and owners of its newest edition."))
    office = pick(_("Unit"), {}, _("Whose liaison officer is played; for other roles none."))
    place = pick(_("Regional holidays"), {}, _("Beside those of the whole country."))
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
    injects = BlockField(
        inject_stream((), ()),
        label=_("Injects"),
        required=False,
        help_text=_("What happens to everybody after some working hours."),
    )
    expectations = BlockField(
        expectation_stream(),
        label=_("Further expectations"),
        required=False,
        help_text=_("Beside those of the rule pack."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= to_form(self.instance) | (kwargs.get("initial") or {})
        self.fields["region"].required = True
        self.offer_families()
        units = units_by_region(first=self["region"].value())
        self.fields["office"].choices = [NONE, *units]
        self.fields["place"].choices = [NONE, *holiday_places()]
        self.keep_choices("office", [self.instance.office])
        self.keep_choices("place", [self.instance.place])
        self.put_blocks("injects", self.inject_blocks(), injects_to_form)
        self.put_blocks("expectations", expectation_stream(), expectations_to_form)
        for name in FILTERED[:-1]:
            self.keep_choices(f"filter_{name}", (self.instance.filters or {}).get(name, ()))
        self.keep_choices("personas", self.instance.personas or ())

    def keep_choices(self, name: str, chosen: Iterable[Any]) -> None:
        """Offer what was chosen once, even where it does not exist any more."""
        field = self.fields[name]
        offered = [(each if grouped(label) else str(each), label) for each, label in field.choices]
        there = {str(value) for value, _label in flat(offered)}
        field.choices = offered + [(str(one), str(one)) for one in chosen if str(one) not in there]

    def offer_families(self) -> None:
        """Lead to the codes that may be typed."""
        self.fields["families"].help_text = format_html(
            '{} <a href="{}" target="_blank" rel="noopener">{}</a>',
            self.fields["families"].help_text,
            reverse("case_families:list"),
            _("List of case families (opens in a new tab)"),
        )

    def inject_blocks(self) -> StreamBlock:
        """Return the blocks of injects with what can be chosen, and what was chosen once."""
        tables = self.instance.injects or []
        chosen = {name for table in tables for name in table.get("categories", ())}
        listed = [(name, name) for name in sorted({*chosen, *dict(categories())})]
        return inject_stream(listed, self.fields["office"].choices[1:])

    def put_blocks(self, name: str, block: StreamBlock, to_stream: ToStream) -> None:
        """Show what is stored as blocks; a browser without scripts shows none and changes none."""
        if self.is_bound and f"{self.add_prefix(name)}-count" not in self.data:
            del self.fields[name]
            return
        old = self.fields[name]
        self.fields[name] = BlockField(
            block, label=old.label, help_text=old.help_text, required=False
        )
        self.initial[name] = block.to_python(to_stream(self.initial.get(name) or ()))

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


def grouped(label: Any) -> bool:
    return isinstance(label, list)


def flat(choices: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        yield from label if grouped(label) else [(value, label)]


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
