"""What may be expected at a desk: the values that a rule pack declares and scoring judges by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ..answers import Element, Flaw
from ..deadlines import LimitedStep
from ..workflow import Action, Role, State

HIGHEST_MARK = 4


class Kind(StrEnum):
    MUST = "must"
    MUST_NOT = "must_not"
    BEFORE = "before"
    WITHIN = "within"
    IF_THEN = "if_then"
    ANY_OF = "any_of"


class Criterion(StrEnum):
    """Under which heading points are added up."""

    ROUTING = "routing"
    REASONS = "reasons"
    TIME = "time"
    PRIVACY = "privacy"
    DUPLICATES = "duplicates"
    QUALITY = "quality"


class Look(StrEnum):
    """What no single choice of a single event tells, and a reader of the log has to look for."""

    SUPPORT = "support"
    MASKED = "masked"
    APPROVED = "approved"
    TRANSFER = "transfer"
    LINK = "link"
    EVIDENCE = "evidence"
    REVIEW = "review"
    HAND_OVER = "hand_over"
    NAMES_PLACE = "names_place"
    NAMES_TIME = "names_time"
    NAMES_SERVICE = "names_service"
    ANSWER_FLAWS = "answer_flaws"
    UNSAFE_EVIDENCE = "unsafe_evidence"
    EXPOSED = "exposed"
    APPROVED_FLAWS = "approved_flaws"
    FALSE_LINK = "false_link"
    OTHER_PEOPLE = "other_people"
    OWN_NAME = "own_name"
    CLOSED_UNSOUND = "closed_unsound"
    SAYS = "says"
    NAMES_DATE = "names_date"
    NAMES_DESTINATION = "names_destination"


class Distance(StrEnum):
    """How something may lie beside what was expected and still be worth a part."""

    NEAR = "near"
    SAME_LEVEL = "same_level"
    AFTER_RETURN = "after_return"
    MENDED = "mended"
    LATE = "late"
    OTHER_FLAW = "other_flaw"
    WITHOUT_NOTE = "without_note"
    OTHER_COPY = "other_copy"


@dataclass(frozen=True)
class Share:
    """The part of the points that a distance is still worth, and the sentence that says so."""

    share: float
    why: Mapping[str, str]


@dataclass(frozen=True)
class Expectation:
    """One thing that is expected of a desk. Names of fields are those of the pack's tables.

    `choice` of the event is compared with `value`, or with the key's value at `path`; `also`,
    `near` and `routes` are paths of further accepted values. With `decides` the event's action
    itself is the choice. `why` is the key's explanation, or the path of one; "class" is the pack's
    own of the class expected. Where the key says nothing, `reason` explains. `instead` takes the
    place of `better` where a look finds that `better` would not fit. `after_asking` earns
    nothing where a gap in the report was not asked about before. A must_not with `occasion`
    earns its points by a clean step; without one it is a line only where it was broken.
    `words` are phrases; with `is_fact` what is planned or asked for does not count as said.
    `example` is a sentence that says them, for robots; {soon} in it is a day soon after.
    """

    code: str
    kind: Kind
    roles: tuple[Role, ...]
    criterion: Criterion
    points: int | Mapping[str, int]
    rule: Mapping[str, str]
    better: Mapping[str, str]
    source: str
    when: Mapping[str, Any] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    choice: str = ""
    value: str = ""
    path: str = ""
    also: str = ""
    near: str = ""
    pairs: tuple[tuple[str, ...], ...] = ()
    routes: str = ""
    decides: Mapping[str, str] = field(default_factory=dict)
    reads: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    reason: Mapping[str, str] | None = None
    instead: Mapping[str, str] | None = None
    first: bool = False
    after_asking: bool = False
    distance: tuple[Distance, ...] = ()
    before: tuple[Action, ...] = ()
    limit: LimitedStep | None = None
    trigger: tuple[Action, ...] = ()
    trigger_from: tuple[State, ...] = ()
    sound: bool | None = None
    until: tuple[Action, ...] = ()
    unless: tuple[Action, ...] = ()
    look: Look | None = None
    flaws: tuple[Flaw, ...] = ()
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    is_fact: bool = False
    example: str = ""
    occasion: bool = False
    fatal: bool = False

    def points_for(self, decision: str) -> int:
        """Return what it is worth in a case with this first decision; 0 where it is not judged."""
        return self.points if isinstance(self.points, int) else self.points.get(decision, 0)


@dataclass(frozen=True)
class RubricElement:
    """One element of an answer that a trainer marks: the rule, and a sentence for each level."""

    code: Element
    rule: Mapping[str, str]
    better: Mapping[str, str]
    levels: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class AnswerRubric:
    """How a trainer marks the answers of a case; `points` is the worth of the highest level."""

    points: int
    source: str
    elements: tuple[RubricElement, ...]


@dataclass(frozen=True)
class Pack:
    """The part of a rule pack by which runs are judged."""

    expectations: tuple[Expectation, ...]
    distances: Mapping[Distance, Share]
    limit_sources: Mapping[str, str]
    rubric: AnswerRubric | None
    class_reasons: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)  # percent by criterion, if any
