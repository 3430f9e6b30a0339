"""The parts of a case family that come several times, as the CMS edits them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..domain.library.families import LONGEST_CODE, LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT
from ..selectors.families import duties
from ..selectors.family_words import (
    DETAIL_LABELS,
    DRAFT_FLAW_LABELS,
    REGISTER_LABELS,
    TELLING_CHANNEL_LABELS,
)

HIDES = [
    ("", _("as many do")),
    ("open", _("gives the name")),
    ("anonymous", _("anonymous")),
    ("secret", _("secret")),
    ("both", _("anonymous and secret")),
]
SLOTS_HELP = _("{where}, {street}, {village}, {name}, {since} … are filled by the program.")
PART = ("anonymous", "secret")
ITEM = "item"  # a list is a stream of one kind: Wagtail's own lists cannot stand by themselves


def choices(labels: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return list(labels.items())


def line(label: Any, help_text: Any = "", longest: int = LONGEST_LINE) -> blocks.CharBlock:
    return blocks.CharBlock(label=label, help_text=help_text, max_length=longest, required=False)


def text(label: Any, help_text: Any = "", rows: int = 3) -> blocks.TextBlock:
    return blocks.TextBlock(
        label=label, help_text=help_text, max_length=LONGEST_TEXT, required=False, rows=rows
    )


def choice(label: Any, of: Any, help_text: Any = "") -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(label=label, choices=of, help_text=help_text, required=False)


def duty_block() -> blocks.ChoiceBlock:
    return choice(_("Duty"), duties, _("Whose matter it is; the region says which office that is."))


class TellingBlock(blocks.StructBlock):
    text = text(_("Text"), SLOTS_HELP, rows=6)
    register = choice(_("How it is written"), choices(REGISTER_LABELS))
    channel = choice(
        _("Channel"),
        choices(TELLING_CHANNEL_LABELS),
        _("Only for a clerk’s note at the counter, or where the channel matters."),
    )
    title = line(_("Its own title"), _("Empty: one of the titles of the family."))
    hides = choice(_("The reporter"), HIDES)

    class Meta:
        label = _("Telling")
        label_format = "{text}"


class SlotBlock(blocks.StructBlock):
    name = line(
        _("Name"), _("Small letters; texts use it in curly brackets."), longest=LONGEST_NAME
    )
    words = text(_("Words"), _("One per line, five to twelve."), rows=5)

    class Meta:
        label = _("List of words")
        label_format = "{name}"


class TrapBlock(blocks.StructBlock):
    duty = duty_block()
    why_id = text(_("Reason"), rows=2)
    why_en = text(_("Reason in English"), rows=2)

    class Meta:
        label = _("Trap")
        label_format = "{duty}"


class RouteBlock(blocks.StructBlock):
    duty = duty_block()
    share = blocks.FloatBlock(
        label=_("Share of the points"),
        help_text=_("1 for the competent one, less for others that would do."),
        required=False,
        min_value=0,
        max_value=1,
    )
    why_id = text(_("Reason"), rows=2)
    why_en = text(_("Reason in English"), rows=2)

    class Meta:
        label = _("Right duty")
        label_format = "{duty}"


class DetailBlock(blocks.StructBlock):
    text = line(_("Words of the report"), _("Exactly as in the tellings, slots included."))
    kind = choice(_("What it is"), choices(DETAIL_LABELS))
    personal = blocks.BooleanBlock(
        label=_("Personal: must be masked before it is passed on"), required=False
    )

    class Meta:
        label = _("Piece of the report")
        label_format = "{text}"


class FindingBlock(blocks.StructBlock):
    id = text(_("Finding"), rows=2)
    en = text(_("Finding in English"), rows=2)

    class Meta:
        label = _("Finding")
        label_format = "{id}"


class EvidenceBlock(blocks.StructBlock):
    code = line(_("Code"), longest=LONGEST_CODE)
    good = blocks.BooleanBlock(label=_("This is the right one to attach"), required=False)
    label_id = line(_("Name"))
    label_en = line(_("Name in English"))
    why_id = text(_("Reason"), rows=2)
    why_en = text(_("Reason in English"), rows=2)

    class Meta:
        label = _("Piece of evidence")
        label_format = "{label_id}"


class DraftBlock(blocks.StructBlock):
    flaw = choice(_("Flaw"), choices(DRAFT_FLAW_LABELS))
    text = text(_("Text"), _("{found_on} and {soon} are days."), rows=6)

    class Meta:
        label = _("Draft")
        label_format = "{flaw}"


def plain(value: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the items of a list with nothing that was left empty."""
    return [
        {name: typed(each) for name, each in item.value.items() if each not in ("", None)}
        for item in value
    ]


def typed(value: Any) -> Any:
    """Return a text with the line ends of a file: a browser sends two characters for each."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def in_stream(items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return items as a stream holds them."""
    return [{"type": ITEM, "value": item, "id": new_id()} for item in items]


def new_id() -> str:
    """Return a name of a block on its page: scripts open and close blocks by it."""
    return str(uuid4())


def telling_to_form(telling: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in telling.items() if name not in PART}
    if any(name in telling for name in PART):
        hidden = [name for name in PART if telling.get(name)]
        found["hides"] = "both" if len(hidden) > 1 else hidden[0] if hidden else "open"
    return found


def telling_from_form(item: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(item)
    if hides := found.pop("hides", ""):
        found |= {name: hides in (name, "both") for name in PART}
    return found


def slots_to_form(slots: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"name": name, "words": "\n".join(words)} for name, words in slots.items()]


def slots_from_form(items: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    return {item.get("name", ""): lines_in(item.get("words", "")) for item in items}


def lines_in(typed: str) -> list[str]:
    """Return the lines of a box, without empty ones."""
    return [line.strip() for line in typed.splitlines() if line.strip()]


Convert = Callable[[Mapping[str, Any]], dict[str, Any]]
# What stands where in a family: its block, and how one item is read from and written to the form.
BLOCKS: Mapping[str, tuple[type[blocks.StructBlock], Convert, Convert]] = {
    "telling": (TellingBlock, telling_to_form, telling_from_form),
    "key.route": (RouteBlock, dict, dict),
    "key.trap": (TrapBlock, dict, dict),
    "detail": (DetailBlock, dict, dict),
    "answer.finding": (FindingBlock, dict, dict),
    "answer.evidence": (EvidenceBlock, dict, dict),
    "draft": (DraftBlock, dict, dict),
}
