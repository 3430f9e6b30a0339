"""Reading the expectations of a rule pack, and saying what is wrong with them.

A pack is data that an expert edits. Whatever cannot be judged by is refused here, all at once and
by the code of the expectation, so that scoring never meets it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any

from ..answers import Element, Flaw
from ..answers.sayings import is_phrase
from ..deadlines import LimitedStep
from ..workflow import Action, Role, State
from .expectations import (
    HIGHEST_MARK,
    AnswerRubric,
    Criterion,
    Distance,
    Expectation,
    Kind,
    Look,
    Pack,
    RubricElement,
    Share,
)

LANGUAGES = ("id", "en")
Told = tuple[str, str]  # the field at fault, and what is wrong with it
LOOKS_OF_KIND: Mapping[Kind, frozenset[Look]] = {
    Kind.MUST: frozenset(
        {
            Look.LINK,
            Look.HAND_OVER,
            Look.NAMES_PLACE,
            Look.NAMES_TIME,
            Look.NAMES_SERVICE,
            Look.NAMES_DESTINATION,
            Look.SAYS,
            Look.NAMES_DATE,
        }
    ),
    Kind.ANY_OF: frozenset({Look.SUPPORT, Look.TRANSFER, Look.EVIDENCE, Look.REVIEW}),
    Kind.BEFORE: frozenset({Look.MASKED, Look.APPROVED}),
    Kind.MUST_NOT: frozenset(
        {
            Look.ANSWER_FLAWS,
            Look.UNSAFE_EVIDENCE,
            Look.EXPOSED,
            Look.APPROVED_FLAWS,
            Look.FALSE_LINK,
            Look.OTHER_PEOPLE,
            Look.OWN_NAME,
            Look.CLOSED_UNSOUND,
            Look.SAYS,
        }
    ),
    Kind.WITHIN: frozenset(),
    Kind.IF_THEN: frozenset(),
}
TOLD = (Look.SAYS, Look.NAMES_DATE)  # in phrases, as people_library/words.toml explains them
ONE_OF = ("decision", "class", "group")  # the case has one of the values listed
YES_OR_NO = (
    "desk", "urgent", "secret", "reported_secret", "duplicate", "support", "personal",
    "sensitive", "intake", "addressed", "returned", "mine", "astray", "leaver", "drafts",
    "waits", "warned", "stalled", "oldest",
)  # fmt: skip
NEEDED_BY_KIND: Mapping[Kind, tuple[str, ...]] = {
    Kind.MUST: ("actions",),
    Kind.MUST_NOT: ("actions",),
    Kind.BEFORE: ("actions", "before"),
    Kind.WITHIN: ("actions", "limit"),
    Kind.IF_THEN: ("actions", "trigger"),
    Kind.ANY_OF: ("actions",),
}
ALTERNATIVES = ("routes", "also", "near", "pairs")
COMPARED = {"value", "path", "look"}


class PackError(Exception):
    """The declared data cannot be judged by; `problems` names every expectation at fault."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def codes(kind: type[StrEnum]) -> Callable[[Any], bool]:
    known = {str(member) for member in kind}
    return lambda value: isinstance(value, str) and value in known


def texts(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


OPTIONAL = ("reason", "instead")  # sentences that only some expectations have
SENTENCES = tuple(f"{name}_{language}" for name in ("rule", "better") for language in LANGUAGES)
REQUIRED = ("code", "kind", "roles", "criterion", "points", "source", *SENTENCES)
# What each field of a table may hold: whether it is a list, and a test of one value.
SHAPES: Mapping[str, tuple[bool, Callable[[Any], bool]]] = {
    **dict.fromkeys(("code", *SENTENCES, "source"), (False, texts)),
    **dict.fromkeys(
        (f"{name}_{language}" for name in OPTIONAL for language in LANGUAGES), (False, texts)
    ),
    "kind": (False, codes(Kind)),
    "roles": (True, codes(Role)),
    "criterion": (False, codes(Criterion)),
    "actions": (True, codes(Action)),
    "before": (True, codes(Action)),
    "trigger": (True, codes(Action)),
    "until": (True, codes(Action)),
    "unless": (True, codes(Action)),
    "trigger_from": (True, codes(State)),
    "distance": (True, codes(Distance)),
    "flaws": (True, codes(Flaw)),
    "kinds": (True, texts),
    "words": (True, texts),
    "pairs": (True, lambda pair: isinstance(pair, list) and all(map(texts, pair))),
    "look": (False, codes(Look)),
    "limit": (False, codes(LimitedStep)),
    **dict.fromkeys(
        ("choice", "value", "path", "also", "near", "routes", "why", "example"), (False, texts)
    ),
    **dict.fromkeys(
        ("first", "after_asking", "occasion", "fatal", "sound", "is_fact"),
        (False, lambda value: isinstance(value, bool)),
    ),
    **dict.fromkeys(
        ("decides", "reads"),
        (False, lambda table: isinstance(table, dict) and all(map(texts, table.values()))),
    ),
}
MAKES: Mapping[str, Callable[[Any], Any]] = {
    "kind": Kind,
    "criterion": Criterion,
    "look": Look,
    "limit": LimitedStep,
    "roles": lambda names: tuple(map(Role, names)),
    **dict.fromkeys(
        ("actions", "before", "trigger", "until", "unless"),
        lambda names: tuple(map(Action, names)),
    ),
    "trigger_from": lambda names: tuple(map(State, names)),
    "distance": lambda names: tuple(map(Distance, names)),
    "flaws": lambda names: tuple(map(Flaw, names)),
    "pairs": lambda pairs: tuple(map(tuple, pairs)),
    **dict.fromkeys(("kinds", "words"), tuple),
}


def read_pack(content: Mapping[str, Any]) -> Pack:
    """Return what `content` declares. Raises PackError with everything that is wrong in it.

    `content` is the file of a pack, or a stored pack with its rows of `time_limit` added.
    """
    problems = [*problems_of_distances(content), *problems_of_rubric(content)]
    for place, table in enumerate(content.get("expectation", ()), start=1):
        name = table.get("code") or f"expectation {place}"
        problems += [f"{name}: {problem}" for _field, problem in problems_of(table, content)]
    if problems:
        raise PackError(problems)
    return Pack(
        expectations=tuple(map(expectation_of, content.get("expectation", ()))),
        distances={
            Distance(code): Share(float(table["share"]), sentence(table))
            for code, table in content.get("distance", {}).items()
        },
        limit_sources={row["step"]: row["source"] for row in content.get("time_limit", ())},
        rubric=rubric_of(content.get("answer_rubric")),
        class_reasons={
            row["code"]: sentence(row, "why_")
            for row in content.get("class", ())
            if {"code", "why_id", "why_en"} <= row.keys()
        },
    )


def extended(pack: Pack, tables: Sequence[Mapping[str, Any]], weights: Mapping[str, int]) -> Pack:
    """Return a pack with an exercise's own expectations and weights; its rows come first.

    A row takes the place of all rows of the same code and role.
    """
    own = tuple(map(expectation_of, tables))
    taken = {(wanted.code, role) for wanted in own for role in wanted.roles}
    kept = [
        wanted
        for wanted in pack.expectations
        if not taken & {(wanted.code, role) for role in wanted.roles}
    ]
    return replace(pack, expectations=(*own, *kept), weights=dict(weights))


def sentence(table: Mapping[str, Any], name: str = "") -> dict[str, str]:
    return {language: table[f"{name}{language}"] for language in LANGUAGES}


def expectation_of(table: Mapping[str, Any]) -> Expectation:
    names = {each.name for each in fields(Expectation)}
    values = {
        name: MAKES[name](value) if name in MAKES else value
        for name, value in table.items()
        if name in names
    }
    sentences: dict[str, Any] = {
        name: sentence(table, f"{name}_")
        for name in ("rule", "better", *OPTIONAL)
        if f"{name}_{LANGUAGES[0]}" in table
    }
    return Expectation(**sentences, **values)


def rubric_of(table: Mapping[str, Any] | None) -> AnswerRubric | None:
    if table is None:
        return None
    return AnswerRubric(
        points=table["points"],
        source=table["source"],
        elements=tuple(
            RubricElement(
                code=Element(element["code"]),
                rule=sentence(element, "rule_"),
                better=sentence(element, "better_"),
                levels=tuple(sentence(level) for level in element["level"]),
            )
            for element in table["element"]
        ),
    )


def problems_of(table: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[Told]:
    """Yield what is wrong with one expectation."""
    yield from ((name, f"{name} is missing") for name in REQUIRED if name not in table)
    yield from problems_of_optional(table)
    for name in table:
        yield from ((name, problem) for problem in problems_of_field(name, table[name]))
    if codes(Kind)(table.get("kind")):
        yield from problems_of_kind(Kind(table["kind"]), table)
    for name in table.get("distance", ()):
        if name not in content.get("distance", {}):
            yield "distance", f"distance {name} has no share in this pack"
    yield from problems_of_limit(table, content)


def problems_of_limit(table: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[Told]:
    limits = {row["step"] for row in content.get("time_limit", ())}
    if "limit" in table and table["limit"] not in limits:
        yield "limit", f"the pack has no time limit for {table['limit']}"


def problems_of_optional(table: Mapping[str, Any]) -> Iterator[Told]:
    for name in OPTIONAL:
        unsaid = [each for each in LANGUAGES if f"{name}_{each}" not in table]
        if 0 < len(unsaid) < len(LANGUAGES):
            yield f"{name}_{unsaid[0]}", f"{name} is not said in every language"


def problems_of_field(name: str, value: Any) -> Iterator[str]:
    if name == "points":
        yield from problems_of_points(value)
    elif name == "when":
        yield from problems_of_conditions(value)
    elif name not in SHAPES:
        yield f"{name} is no field of an expectation"
    else:
        yield from problems_of_value(name, value)


def problems_of_value(name: str, value: Any) -> Iterator[str]:
    is_list, fits = SHAPES[name]
    if is_list and not (isinstance(value, list) and value):
        yield f"{name} is no list"
    else:
        items = value if is_list else [value]
        yield from (f"{name} holds {item!r}" for item in items if not fits(item))


def problems_of_points(value: Any) -> Iterator[str]:
    amounts = list(value.values()) if isinstance(value, dict) else [value]
    if not amounts or any(type(amount) is not int or amount < 1 for amount in amounts):
        yield "points are whole numbers above zero, or a table of them by decision"


def problems_of_conditions(value: Any) -> Iterator[str]:
    for name, wanted in value.items() if isinstance(value, dict) else [("", value)]:
        if name in ONE_OF:
            if not (isinstance(wanted, list) and wanted and all(map(texts, wanted))):
                yield f"when.{name} is no list of values"
        elif name not in YES_OR_NO:
            yield f"when.{name} is no condition"
        elif not isinstance(wanted, bool):
            yield f"when.{name} is neither true nor false"


def problems_of_kind(kind: Kind, table: Mapping[str, Any]) -> Iterator[Told]:
    """Yield what one kind of expectation needs and has not, or has and cannot use."""
    look = table.get("look")
    needed = (name for name in NEEDED_BY_KIND[kind] if name not in table)
    yield from ((name, f"{kind} needs {name}") for name in needed)
    if codes(Look)(look) and look not in LOOKS_OF_KIND[kind]:
        yield "look", f"{kind} cannot look at {look}"
    if kind is Kind.ANY_OF and not look and not any(name in table for name in ALTERNATIVES):
        yield "look", f"{kind} needs one of {', '.join(ALTERNATIVES)}, or something to look at"
    if kind is not Kind.MUST_NOT and (table.get("fatal") or "occasion" in table):
        yield "fatal", "only must_not can be fatal or need an occasion"
    if look in TOLD and not all(map(is_phrase, filter(texts, table.get("words", ())))):
        yield "words", "one of its words is no phrase"
    if "choice" in table and kind in (Kind.MUST, Kind.BEFORE) and not COMPARED & table.keys():
        yield "choice", "choice needs a value or a path to compare it with"


def problems_of_distances(content: Mapping[str, Any]) -> Iterator[str]:
    for name, table in content.get("distance", {}).items():
        if name not in set(Distance):
            yield f"distance.{name}: not known"
        elif not all(texts(table.get(language)) for language in LANGUAGES):
            yield f"distance.{name}: its sentence is missing"
        elif not 0 < table.get("share", 0) < 1:
            yield f"distance.{name}: its share does not lie between 0 and 1"


def problems_of_rubric(content: Mapping[str, Any]) -> Iterator[str]:
    table = content.get("answer_rubric")
    if table is None:
        return
    if type(table.get("points")) is not int or table["points"] < 1:
        yield "answer_rubric: points are no whole number above zero"
    if not texts(table.get("source")):
        yield "answer_rubric: source is missing"
    elements = table.get("element", ())
    if sorted(str(element.get("code")) for element in elements) != sorted(Element):
        yield f"answer_rubric: its elements are not {', '.join(Element)}"
    for element in elements:
        name = f"answer_rubric.{element.get('code')}"
        if not all(texts(element.get(each)) for each in SENTENCES):
            yield f"{name}: a sentence is missing"
        levels = element.get("level", ())
        whole = [all(texts(level.get(name)) for name in LANGUAGES) for level in levels]
        if len(levels) != HIGHEST_MARK + 1 or not all(whole):
            yield f"{name}: it needs a sentence for each level from 0 to {HIGHEST_MARK}"
