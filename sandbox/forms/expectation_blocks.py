"""The expectations of an exercise as the CMS edits them: a block for each, of one kind.

A kind shows the fields that its judge reads. What most expectations need comes first.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListValue

from ..domain.library.families import LONGEST_CODE, LONGEST_LINE
from ..domain.pack_checks import LONGEST_SOURCE
from ..domain.scoring.expectations import Kind
from ..domain.scoring.packs import LOOKS_OF_KIND, ONE_OF, problems_of
from ..labels import (
    ACTION_LABELS,
    CHOICE_LABELS,
    CLASS_LABELS,
    CRITERION_LABELS,
    DECISION_LABELS,
    FLAW_LABELS,
    PLAYED_ROLE_LABELS,
    STATE_LABELS,
    STEP_LABELS,
)
from ..labels.exercises import (
    ACTIONS_ASKED,
    ALSO_LABELS,
    CONDITION_LABELS,
    DISTANCE_LABELS,
    EXPECTATION_KIND_LABELS,
    GROUP_WORDS,
    KEY_LABELS,
    LOOK_LABELS,
    NEAR_LABELS,
    NOT_SO,
    ROUTE_LABELS,
    SOUND_LABELS,
    WHY_LABELS,
)
from ..selectors.family_words import DETAIL_LABELS
from ..selectors.pack_words import scoring_words
from .expectation_texts import FROM_TEXT, TO_TEXT, two_on_each_line
from .family_blocks import new_id, typed
from .inject_blocks import Placed, is_said, ticks, whole

MOST_EXPECTATIONS = 100
MOST_POINTS = 100
LONGEST_RULE = 2000
NOT = "not "
WHEN, POINTS = "when_", "points_"
Labels = Mapping[Any, Any]


def line(label: Any, help_text: Any = "", longest: int = LONGEST_LINE, **kwargs: Any) -> Any:
    return blocks.CharBlock(label=label, help_text=help_text, max_length=longest, **kwargs)


def text(label: Any, help_text: Any = "", rows: int = 2, **kwargs: Any) -> Any:
    return blocks.TextBlock(
        label=label, help_text=help_text, max_length=LONGEST_RULE, rows=rows, **kwargs
    )


def one(label: Any, of: Labels, help_text: Any = "", *, required: bool = False) -> Any:
    return blocks.ChoiceBlock(
        label=label, choices=list(of.items()), help_text=help_text, required=required
    )


def several(label: Any, of: Labels, help_text: Any = "", *, required: bool = False) -> Any:
    return ticks(label, of.items(), help_text, required=required)


def in_order(label: Any, of: Labels, help_text: Any = "", *, required: bool = False) -> Any:
    """Return a list of choices whose order counts."""
    item = blocks.ChoiceBlock(label=_("Choice"), choices=list(of.items()))
    rows: dict[str, Any] = {"min_num": 1} if required else {"default": []}
    return blocks.ListBlock(item, label=label, help_text=help_text, **rows)


def flag(label: Any, help_text: Any = "") -> Any:
    return blocks.BooleanBlock(label=label, help_text=help_text, required=False)


def pairs(label: Any, help_text: Any) -> Any:
    return text(label, help_text, required=False, validators=[two_on_each_line])


def conditions() -> Any:
    choices = [
        each
        for name in CONDITION_LABELS
        for each in ((name, CONDITION_LABELS[name]), (f"{NOT}{name}", NOT_SO[name]))
    ]
    return in_order(_("Conditions"), dict(choices), _("All of them have to hold."))


Make = Callable[[Kind], Any]
SAYS: Mapping[str, Make] = {  # what every expectation says
    "code": lambda kind: line(
        _("Code"),
        _("Small letters and underscores. A rule of the rule pack with the same code gives way."),
        LONGEST_CODE,
    ),
    "roles": lambda kind: several(_("Whose desk"), PLAYED_ROLE_LABELS, required=True),
    "criterion": lambda kind: one(_("Scored under"), CRITERION_LABELS, required=True),
    "points": lambda kind: whole(
        _("Points"), 1, MOST_POINTS, _("Or by first decision, below."), required=False
    ),
    "rule_id": lambda kind: text(_("Rule"), _("One sentence that the trainee reads.")),
    "rule_en": lambda kind: text(_("Rule in English")),
    "better_id": lambda kind: text(
        _("Better action"), _("{expected} is filled with the right choice.")
    ),
    "better_en": lambda kind: text(_("Better action in English")),
    "source": lambda kind: line(
        _("Source"),
        _("Where the rule was read. {limit} is filled with the source of the time limit."),
        LONGEST_SOURCE,
    ),
}
ASKS: Mapping[str, Make] = {  # what a kind asks; see Expectation in the domain
    "actions": lambda kind: in_order(
        ACTIONS_ASKED[kind],
        ACTION_LABELS,
        _("One of them is enough. The first is named as the right one."),
        required=True,
    ),
    "before": lambda kind: in_order(_("Before this step"), ACTION_LABELS, required=True),
    "limit": lambda kind: one(_("Time limit"), STEP_LABELS, required=True),
    "trigger": lambda kind: in_order(_("When others do this"), ACTION_LABELS, required=True),
    "trigger_from": lambda kind: in_order(
        _("Only if the report stood at"), STATE_LABELS, _("Empty: wherever it stood.")
    ),
    "sound": lambda kind: one(
        _("Which of their texts call for it"), SOUND_LABELS, _("Empty: all.")
    ),
    "until": lambda kind: in_order(_("It is too late after"), ACTION_LABELS),
    "unless": lambda kind: in_order(_("No fault if others do this on the same day"), ACTION_LABELS),
    "look": lambda kind: one(
        _("What is looked at"),
        {look: LOOK_LABELS[look] for look in LOOK_LABELS if look in LOOKS_OF_KIND[kind]},
        _("Empty: only the step, and its choice if one is named."),
    ),
    "words": lambda kind: text(
        _("Words"),
        _(
            "One phrase per line, in small letters. What is denied is not counted. ~word: any "
            "prefix and ending; ^word: any form of a verb; word*: any ending; #: a number; …: up "
            "to three words."
        ),
        rows=4,
        required=False,
    ),
    "is_fact": lambda kind: flag(
        _("Only what is stated as a fact counts, not what is planned or asked for")
    ),
    "example": lambda kind: text(
        _("A sentence that would do"),
        _("For robots that test the exercise. {soon} is filled with a day soon after."),
        required=False,
    ),
    "flaws": lambda kind: several(_("Flaws"), FLAW_LABELS),
    "kinds": lambda kind: several(_("Kinds of personal data"), DETAIL_LABELS),
    "choice": lambda kind: one(_("Choice that counts"), CHOICE_LABELS),
    "path": lambda kind: one(_("Right is what the answer key says"), KEY_LABELS),
    "value": lambda kind: line(
        _("Right is always"), _("The code of a choice, such as: secret."), required=False
    ),
    "routes": lambda kind: one(_("Units"), ROUTE_LABELS),
    "occasion": lambda kind: flag(_("Points are earned by doing the step cleanly")),
    "fatal": lambda kind: flag(_("Breaking it fails the whole attempt")),
    "also": lambda kind: one(_("Right as well"), ALSO_LABELS),
    "near": lambda kind: one(_("Worth a part"), NEAR_LABELS),
    "distance": lambda kind: several(
        _("What is beside it is worth a part"), DISTANCE_LABELS, _("How much: see the rule pack.")
    ),
    "pairs": lambda kind: pairs(
        _("Choices that are near each other"), _("Two codes per line, such as: central | vertical.")
    ),
    "decides": lambda kind: pairs(
        _("Steps that stand for a decision"), _("One per line, such as: verify | dispose.")
    ),
    "reads": lambda kind: pairs(
        _("Decisions that count as another"), _("One per line, such as: hold | dispose.")
    ),
    "why": lambda kind: one(_("Explained by"), WHY_LABELS, _("Empty: by the rule itself.")),
    "reason_id": lambda kind: text(
        _("Explanation where the key has none"),
        _("{expected} is filled with the right choice."),
        required=False,
    ),
    "reason_en": lambda kind: text(
        _("Explanation where the key has none, in English"), required=False
    ),
    "instead_id": lambda kind: text(
        _("Better action where the first does not fit"), required=False
    ),
    "instead_en": lambda kind: text(
        _("Better action where the first does not fit, in English"), required=False
    ),
    "first": lambda kind: flag(_("The first step counts, not the last")),
    "after_asking": lambda kind: flag(
        _("Without points where something missing was not asked about first")
    ),
}
WHERE: Mapping[str, Make] = {
    "conditions": lambda kind: conditions(),
    f"{WHEN}decision": lambda kind: several(_("First decision of the key"), DECISION_LABELS),
    f"{WHEN}class": lambda kind: several(_("Class"), CLASS_LABELS),
    f"{WHEN}group": lambda kind: several(_("Group"), GROUP_WORDS),
}
BY_DECISION = [f"{POINTS}{name}" for name in DECISION_LABELS]
EXPLAINED = ("why", "reason_id", "reason_en")
CHOSEN = ("also", "near", "pairs", "decides", "reads", *EXPLAINED, "first", "after_asking")
INSTEAD = ("instead_id", "instead_en")
# What a kind asks at first sight, and what is rarely needed.
OF_KIND: Mapping[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Kind.MUST: (
        ("actions", "look", "words", "example", "choice", "path", "value"),
        ("is_fact", "routes", "distance", *CHOSEN, *INSTEAD),
    ),
    Kind.MUST_NOT: (
        ("actions", "look", "words", "flaws", "kinds", "choice", "value", "occasion", "fatal"),
        ("is_fact", "distance", "decides"),
    ),
    Kind.BEFORE: (
        ("actions", "before", "look", "choice", "value"),
        ("path", "distance", "decides", *INSTEAD),
    ),
    Kind.WITHIN: (("actions", "limit", "flaws"), ()),
    Kind.IF_THEN: (
        ("trigger", "trigger_from", "sound", "actions", "until", "unless"),
        ("choice", "decides", "flaws"),
    ),
    Kind.ANY_OF: (
        ("actions", "look", "choice", "path", "routes"),
        ("value", "distance", *CHOSEN, *INSTEAD),
    ),
}


def expectation_stream() -> blocks.StreamBlock:
    """Return the blocks of all kinds."""
    kinds = [(str(kind), block_of(kind)) for kind in OF_KIND]
    return blocks.StreamBlock(kinds, required=False, max_num=MOST_EXPECTATIONS, collapsed=True)


def block_of(kind: Kind) -> blocks.StructBlock:
    asked, rare = OF_KIND[kind]
    made = {**SAYS, **ASKS, **WHERE}
    groups = [
        (_("In which cases"), tuple(WHERE), _("Empty: in every case.")),
        (_("Points by first decision"), BY_DECISION, _("Instead of one number for all.")),
        (_("Rarely needed"), rare, ""),
    ]
    below = [
        blocks.BlockGroup(
            list(names),
            heading=heading,
            classname="collapsed",
            help_text=help_text,
            label_format="",
        )
        for heading, names, help_text in groups
        if names
    ]
    names = ["code", "roles", *asked, *(name for name in SAYS if name not in ("code", "roles"))]
    shares = [
        (f"{POINTS}{name}", whole(label, 1, MOST_POINTS, required=False))
        for name, label in DECISION_LABELS.items()
    ]
    return blocks.StructBlock(
        [*((name, made[name](kind)) for name in (*names, *WHERE, *rare)), *shares],
        label=EXPECTATION_KIND_LABELS[kind],
        label_format="{rule_id}",
        form_layout=blocks.BlockGroup([*names, *below]),
    )


# Between the stream and the domain


def expectations_to_form(tables: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return expectations as their stream holds them."""
    return [{"type": table["kind"], "value": to_form(table), "id": new_id()} for table in tables]


def to_form(table: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        name: TO_TEXT.get(name, same)(value)
        for name, value in table.items()
        if name not in ("kind", "when", "points")
    }
    when, points = table.get("when", {}), table["points"]
    for name in ONE_OF:
        found[f"{WHEN}{name}"] = when.get(name, [])
    found["conditions"] = [
        name if holds else f"{NOT}{name}" for name, holds in when.items() if name not in ONE_OF
    ]
    if isinstance(points, Mapping):
        return found | {f"{POINTS}{name}": each for name, each in points.items()}
    return found | {"points": points}


def expectations_from_form(items: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the expectations of a stream; what was left empty is left out."""
    return [{"kind": item.block_type, **from_form(item.value)} for item in items]


def from_form(value: Mapping[str, Any]) -> dict[str, Any]:
    plain = {
        name: list(each) if isinstance(each, ListValue) else typed(each)
        for name, each in value.items()
    }
    given = {name: each for name, each in plain.items() if is_said(each) and each is not False}
    found = {
        name: FROM_TEXT.get(name, same)(each)
        for name, each in given.items()
        if name != "conditions" and not name.startswith((WHEN, POINTS))
    }
    when = {name: given[f"{WHEN}{name}"] for name in ONE_OF if f"{WHEN}{name}" in given}
    when |= {name.removeprefix(NOT): NOT not in name for name in given.get("conditions", ())}
    points = {
        name: given[f"{POINTS}{name}"] for name in DECISION_LABELS if f"{POINTS}{name}" in given
    }
    found |= {"when": when} if when else {}
    return found | ({"points": points} if points else {})


def same(value: Any) -> Any:
    return value


BOTH_LANGUAGES = _("Write this in both languages, or in none.")
PROBLEM_WORDS = {  # what cannot be used, at the field where it is mended
    "limit": _("The rule pack has no time limit for this step."),
    "distance": _("The rule pack does not say what one of these is worth."),
    "look": _("Say what is right: something that is looked at, units, or what would do as well."),
    "choice": _("Say what is right: a code, or what the answer key says."),
    "points": _("Write one number, or numbers by first decision: one of the two."),
    "conditions": _("One condition stands here twice."),
    **dict.fromkeys(("reason_id", "reason_en", "instead_id", "instead_en"), BOTH_LANGUAGES),
}


def problems_in(items: Sequence[Any], pack: Mapping[str, Any]) -> Iterator[Placed]:
    """Yield what runs could not be judged by, at its place; `pack` has the shares and limits."""
    for index, item in enumerate(items):
        table = {"kind": item.block_type, **from_form(item.value)}
        doubled = list(doubled_in(item.value))
        told = dict(problems_of(table, pack)) | dict.fromkeys(doubled, "")
        for name, words in told.items():
            yield index, name, str(PROBLEM_WORDS.get(name) or scoring_words(words))


def doubled_in(value: Mapping[str, Any]) -> Iterator[str]:
    """Yield the fields that say something twice, of which only one could count."""
    by_decision = any(is_said(value[name]) for name in BY_DECISION)
    if by_decision and is_said(value["points"]):
        yield "points"
    named = [name.removeprefix(NOT) for name in value["conditions"]]
    if len(set(named)) < len(named):
        yield "conditions"
