"""What the CMS asks about a case family, in the words of its authors."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks import BlockField

from ..domain.library.families import MOST_COPIES
from ..labels import CLASS_LABELS, MISSING_LABELS
from ..selectors.families import categories, duties, reasons, region_names, routing_rows
from ..selectors.family_words import (
    ARCHETYPE_LABELS,
    ATTACHMENT_LABELS,
    DIFFICULTY_LABELS,
    FAMILY_DECISION_LABELS,
)
from .family_blocks import BLOCKS, ITEM, SlotBlock
from .safe import SafeTexts

NOTHING = ("", _("– choose –"))
ONE_PER_LINE = _("One per line. [one|other] offers a choice; {where}, {village} … are filled in.")
WHY = _("One or two sentences that an officer reads afterwards.")
Choices = Callable[[], Iterable[tuple[Any, Any]]]


def box(label: Any, help_text: Any = "", rows: int = 2) -> forms.CharField:
    widget = AdminAutoHeightTextInput(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=False, widget=widget)


def pick(label: Any, of: Choices | Mapping[Any, Any], help_text: Any = "") -> forms.ChoiceField:
    """Return a list from which one may be picked, or none; it is read anew for each form."""
    listed = of if callable(of) else of.items
    return forms.ChoiceField(
        label=label, choices=lambda: [NOTHING, *listed()], help_text=help_text, required=False
    )


def tick(label: Any, of: Choices, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=of,
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def several(block: type[blocks.StructBlock], label: Any, help_text: Any = "") -> BlockField:
    listed = blocks.StreamBlock([(ITEM, block())], required=False)
    return BlockField(listed, label=label, help_text=help_text, required=False)


def flag(label: Any, help_text: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=help_text, required=False)


def archetypes() -> list[tuple[str, str]]:
    return [(name, f"{name} – {label}") for name, label in ARCHETYPE_LABELS.items()]


class FamilyFields(SafeTexts, WagtailAdminModelForm):
    fields: Any  # of kinds that Wagtail adds

    stands_for = pick(
        _("Archetype"), archetypes, _("What kind of difficulty the family stands for.")
    )
    first_decision = pick(_("First decision"), FAMILY_DECISION_LABELS)
    how_hard = forms.TypedChoiceField(
        label=_("Difficulty"), choices=DIFFICULTY_LABELS.items, coerce=int
    )
    main_row = pick(
        _("Routing row"),
        routing_rows,
        _("The matter it is about. The row decides who is competent in each region."),
    )
    other_rows = forms.CharField(
        label=_("Further rows"),
        required=False,
        help_text=_("Numbers with commas, where the report could be about several matters."),
    )
    source = box(_("Source"), _("On which division of duties the answer stands, in one sentence."))
    attachment = pick(_("A photo would show"), ATTACHMENT_LABELS)
    copies = forms.IntegerField(
        label=_("People who tell of the same incident"),
        required=False,
        min_value=1,
        max_value=MOST_COPIES,
        help_text=_("Empty: one."),
    )
    regions = tick(
        _("Only in these regions"),
        region_names,
        _("None: wherever everything that its texts name exists."),
    )

    report_class = pick(_("Class"), CLASS_LABELS)
    main_category = pick(_("Category"), categories)
    also_categories = tick(_("Categories that would do as well"), categories)
    secret = flag(_("Must be made secret before it is passed on"))
    urgent = flag(_("Danger to life or safety now"))
    debrief_id = box(_("Debrief"), _("What decides here, and what people get wrong."))
    debrief_en = box(_("Debrief in English"))
    routes = several(
        BLOCKS["key.route"][0],
        _("Right duties of its own"),
        _("Only where the routing row does not say it. The competent duty first."),
    )
    traps = several(
        BLOCKS["key.trap"][0],
        _("Traps of its own"),
        _("Classic mistakes beside those of the routing row."),
    )
    agency_why_id = box(
        _("Why this agency"), _("One or two sentences that a national admin reads.")
    )
    agency_why_en = box(_("Why this agency, in English"))
    support = tick(_("Supporting duties"), duties)
    support_why_id = box(_("Why they support"))
    support_why_en = box(_("Why they support, in English"))
    hold_missing = pick(_("What is missing"), MISSING_LABELS)
    hold_why_id = box(_("Why it is held"), WHY)
    hold_why_en = box(_("Why it is held, in English"))
    completion_id = box(_("What the reporter adds when asked"), _("In their own voice."))
    archive_reason = pick(_("Reason for archiving"), reasons)
    archive_why_id = box(_("Why it is archived"), WHY)
    archive_why_en = box(_("Why it is archived, in English"))
    block_why_id = box(_("Why it is blocked"), WHY)
    block_why_en = box(_("Why it is blocked, in English"))

    titles = box(_("Titles"), ONE_PER_LINE, rows=6)
    short = box(_("Short reports"), ONE_PER_LINE, rows=10)
    extra = box(
        _("Further sentences"),
        _("One per line. Each may be added to any telling, in any order."),
        10,
    )
    slots = several(
        SlotBlock,
        _("Own words"),
        _("Lists from which one word is drawn wherever the name stands in curly brackets."),
    )
    telling = several(
        BLOCKS["telling"][0],
        _("Tellings"),
        _("Six or more that differ in structure: a story, a question first, a letter, a chat …"),
    )

    facts_id = box(_("Facts to look up"), _("One per line: what an officer may find out."))
    facts_en = box(_("Facts to look up, in English"), _("As many lines, in the same order."))
    details = several(
        BLOCKS["detail"][0],
        _("Pieces of the report that matter"),
        _("What must be masked, and what the officer needs."),
    )
    point_id = box(_("What an answer has to address"), _("Read after “It should say …”."))
    point_en = box(_("What an answer has to address, in English"))
    answer_words = box(_("Words that address it"), _("One per line, in small letters."))
    waits = flag(_("The answer has to wait for something: an interim word is due"))
    findings = several(BLOCKS["answer.finding"][0], _("What the unit’s own check found"))
    evidence = several(
        BLOCKS["answer.evidence"][0],
        _("Evidence at hand"),
        _("One good, one unsafe, one beside it."),
    )
    drafts = several(
        BLOCKS["draft"][0],
        _("Drafts of answers"),
        _("One for each flaw, as an officer would write it to the reporter."),
    )
    situation_id = box(
        _("What the reporter has lived through"), _("Read by whoever plays the reporter.")
    )
    situation_en = box(_("What the reporter has lived through, in English"))
    thanks = box(_("The reporter says thanks"), _("One per line."))
    objects = box(_("The reporter objects"), _("One per line: what is still so."))
    new_information = box(
        _("The reporter brings something new"), _("One per line: what came up after the end.")
    )
    asks_back = box(_("The reporter asks back"), _("One per line, after an answer."))
