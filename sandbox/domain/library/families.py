"""What a case family is made of: the shape and order of its file, and how two of them differ."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .. import exchange
from ..deadlines import SETTLEMENT_OF_CLASS
from ..pack_checks import UNPRINTABLE
from ..rules import Problem, are_tables

KIND = "family"  # as exchange files call it
MOST = 500  # families in one file
ARCHETYPES = tuple(f"K{number}" for number in range(1, 23))
DECISIONS = ("route", "hold", "archive", "block")
MISSING = ("location", "date", "what_happened", "identity_of_service", "evidence")
FLAWS = ("interim", "none", "no_date", "no_finding", "leak", "blame", "empty")
REGISTERS = ("formal", "plain", "chat")
CHANNELS = ("web", "android", "sms", "whatsapp", "instagram", "walk_in")
DETAILS = (
    "name", "national_id", "phone", "address", "health", "child", "workplace", "insult",
    "place", "institution",
)  # fmt: skip
ATTACHMENTS = (
    "pothole", "waste", "lamp", "flood", "tree", "river", "pipe", "meter", "queue", "document",
    "receipt", "screenshot", "building", "vehicle", "school", "food", "field", "animal",
    "road_sign", "market", "noise",
)  # fmt: skip
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLOT_NAME = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_CODE, LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT = 50, 40, 400, 4000
LONGEST_WORD, MOST_WORDS, MOST_SLOTS = 200, 60, 40
LONGEST_LIST = 100
HARDEST, LAST_ROW, MOST_COPIES = 3, 999, 9

Family = Mapping[str, Any]


class Shape(Protocol):
    """What may stand at one place of a family."""

    def problems(self, value: Any, place: str) -> Iterator[Problem]: ...


@dataclass(frozen=True)
class Text:
    longest: int = LONGEST_LINE

    def problems(self, value: Any, place: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(place, "no_text")
        elif not value.strip():
            yield Problem(place, "empty")
        elif len(value) > self.longest:
            yield Problem(place, "too_long", {"most": self.longest})
        elif UNPRINTABLE.search(value):
            yield Problem(place, "control")


@dataclass(frozen=True)
class Code:
    """A name for machines."""

    pattern: re.Pattern[str] = CODE
    longest: int = LONGEST_CODE

    def problems(self, value: Any, place: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(place, "no_text")
        elif len(value) > self.longest:
            yield Problem(place, "too_long", {"most": self.longest})
        elif not self.pattern.fullmatch(value):
            yield Problem(place, "code")


@dataclass(frozen=True)
class Whole:
    least: int
    most: int

    def problems(self, value: Any, place: str) -> Iterator[Problem]:
        gaps = {"least": self.least, "most": self.most}
        if type(value) is not int:
            yield Problem(place, "no_whole", gaps)
        elif not self.least <= value <= self.most:
            yield Problem(place, "whole", gaps)


@dataclass(frozen=True)
class Share:
    """A number above zero; a part of the whole unless said otherwise."""

    most: float = 1

    def problems(self, value: Any, place: str) -> Iterator[Problem]:
        if type(value) not in (int, float):
            yield Problem(place, "no_share", {"most": self.most})
        elif not 0 < value <= self.most:
            yield Problem(place, "share", {"most": self.most})


@dataclass(frozen=True)
class OneOf:
    names: Sequence[str]

    def problems(self, value: Any, place: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(place, "no_text")
        elif not value:
            yield Problem(place, "empty")
        elif value not in self.names:
            yield Problem(place, "one_of", {"known": ", ".join(self.names)})


class Flag:
    def problems(self, value: Any, place: str) -> Iterator[Problem]:
        if not isinstance(value, bool):
            yield Problem(place, "yes_or_no")


@dataclass(frozen=True)
class Listed:
    """Several of the same; where `alone` is set, one may stand without a list."""

    each: Shape
    alone: bool = False
    most: int = LONGEST_LIST

    def problems(self, value: Any, place: str) -> Iterator[Problem]:
        if isinstance(value, list) and len(value) > self.most:
            yield Problem(place, "long_list", {"most": self.most})
        elif isinstance(value, list):
            for number, item in enumerate(value, start=1):
                yield from self.each.problems(item, f"{place}[{number}]")
        elif self.alone:
            yield from self.each.problems(value, place)
        else:
            yield Problem(place, "list")


@dataclass(frozen=True)
class Table:
    """Fields by name; those in `may_lack` need not be there."""

    fields: Mapping[str, Shape]
    may_lack: Sequence[str] = ()

    def problems(self, value: Any, place: str) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield Problem(place, "table")
            return
        for name in value:
            if name not in self.fields:
                yield Problem(below(place, str(name)), "unknown")
        for name, shape in self.fields.items():
            if name in value:
                yield from shape.problems(value[name], below(place, name))
            elif name not in self.may_lack:
                yield Problem(below(place, name), "missing")


@dataclass(frozen=True)
class Words:
    """Lists of words under names of the author's own."""

    each: Shape = field(default_factory=lambda: Text(LONGEST_WORD))

    def problems(self, value: Any, place: str) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield Problem(place, "table")
            return
        if len(value) > MOST_SLOTS:
            yield Problem(place, "long_list", {"most": MOST_SLOTS})
            return
        for name, words in value.items():
            where = below(place, str(name))
            yield from Code(SLOT_NAME, LONGEST_NAME).problems(name, where)
            yield from Listed(self.each, most=MOST_WORDS).problems(words, where)
            if words == []:
                yield Problem(where, "empty")


def below(place: str, name: str) -> str:
    return f"{place}.{name}".lstrip(".")


line, lines, story = Text(), Listed(Text()), Text(LONGEST_TEXT)
why: Mapping[str, Shape] = {"why_id": line, "why_en": line}
both: Mapping[str, Shape] = {"id": line, "en": line}
duty = Code(re.compile(r"[A-Z][A-Z0-9_]*"))
# In the order in which an author thinks, and the file is written.
FAMILY = Table(
    {
        "code": Code(),
        "archetype": OneOf(ARCHETYPES),
        "row": Listed(Whole(1, LAST_ROW), alone=True),
        "decision": OneOf(DECISIONS),
        "difficulty": Whole(1, HARDEST),
        "source": line,
        "attachment": OneOf(ATTACHMENTS),
        "copies": Whole(1, MOST_COPIES),
        "weight": Share(most=100),
        "regions": Listed(Code(re.compile(r"[a-z][a-z0-9_]*"))),
        "titles": lines,
        "short": lines,
        "extra": lines,
        "facts": Table({"id": lines, "en": lines}),
        "key": Table(
            {
                "class": OneOf(tuple(map(str, SETTLEMENT_OF_CLASS))),
                "category": line,
                "also_categories": lines,
                "secret": Flag(),
                "urgent": Flag(),
                "agency": Table(why),
                "route": Listed(Table({"duty": duty, "share": Share(), **why})),
                "trap": Listed(Table({"duty": duty, **why})),
                "support": Table({"duties": Listed(duty), **why}, may_lack=tuple(why)),
                "hold": Table({"missing": OneOf(MISSING), **why, "completion_id": line}),
                "archive": Table({"reason": line, **why}),
                "block": Table(why),
                "debrief": Table(both),
            },
            may_lack=(
                "also_categories",
                "secret",
                "urgent",
                "agency",
                "route",
                "trap",
                "support",
                "hold",
                "archive",
                "block",
            ),
        ),
        "slots": Words(),
        "telling": Listed(
            Table(
                {
                    "channel": OneOf(CHANNELS),
                    "register": OneOf(REGISTERS),
                    "anonymous": Flag(),
                    "secret": Flag(),
                    "title": line,
                    "text": story,
                },
                may_lack=("channel", "register", "anonymous", "secret", "title"),
            )
        ),
        "detail": Listed(Table({"text": line, "kind": OneOf(DETAILS), "personal": Flag()})),
        "answer": Table(
            {
                "waits": Flag(),
                "point_id": line,
                "point_en": line,
                "words": lines,
                "finding": Listed(Table(both)),
                "evidence": Listed(
                    Table(
                        {"code": Code(), "good": Flag(), "label_id": line, "label_en": line, **why}
                    )
                ),
            },
            may_lack=("waits",),
        ),
        "draft": Listed(Table({"flaw": OneOf(FLAWS), "text": story})),
        "situation": Table(both),
        "reporter": Table(
            {"thanks": lines, "objects": lines, "new_information": lines, "asks_back": lines},
            may_lack=("asks_back",),
        ),
    },
    may_lack=(
        "row",
        "attachment",
        "copies",
        "weight",
        "regions",
        "titles",
        "short",
        "extra",
        "facts",
        "slots",
        "detail",
        "answer",
        "draft",
        "situation",
        "reporter",
    ),
)


def ordered(value: Any, shape: Any = FAMILY) -> Any:
    """Return a family in the order of its file; a database may return it in another."""
    match shape:
        case Table() if isinstance(value, Mapping):
            known = [name for name in shape.fields if name in value]
            rest = sorted(name for name in value if name not in shape.fields)
            return {name: ordered(value[name], shape.fields.get(name)) for name in (*known, *rest)}
        case Listed() if isinstance(value, list):
            return [ordered(each, shape.each) for each in value]
        case Words() if isinstance(value, Mapping):
            return {name: value[name] for name in sorted(value)}
    return value


def written(families: Sequence[Family]) -> str:
    """Return families as one file that people can read and another site can import."""
    return exchange.written(KIND, [ordered(family) for family in families])


def read_families(raw: bytes) -> dict[str, Any]:
    """Return what an exchange file of families holds, whoever wrote it. Raises NotAPack."""
    return exchange.read_exchange(raw, KIND, alone_has="telling")


@dataclass(frozen=True)
class Difference:
    """One place at which two families differ; None stands for what is not there."""

    place: str
    old: Any
    new: Any


def compare(old: Family, new: Family) -> list[Difference]:
    """Return what `new` changes, field by field, in the order of a family's file."""
    return differing(leaves(ordered(old)), leaves(ordered(new)))


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return the places at which two tables differ; what is gone comes last."""
    places = [*after, *(place for place in before if place not in after)]
    return [
        Difference(place, before.get(place), after.get(place))
        for place in places
        if before.get(place) != after.get(place)
    ]


def leaves(value: Any, place: str = "") -> dict[str, Any]:
    """Return the single values and the lists of texts of a family by their place."""
    if isinstance(value, Mapping):
        items = [(below(place, name), each) for name, each in value.items()]
    elif isinstance(value, list) and value and are_tables(value):
        items = [(f"{place}[{number}]", each) for number, each in enumerate(value, start=1)]
    else:
        return {place: value}
    found: dict[str, Any] = {}
    for where, each in items:
        found |= leaves(each, where)
    return found
