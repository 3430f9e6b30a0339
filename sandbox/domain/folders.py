"""The values of a practice room: its setting, its people, and a folder for each case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from .answers import About, Words
from .events import Event, in_force
from .injects import Injects
from .position import Desk, Position, Terms
from .workflow import Action, Role

ANSWERING = (Action.ANSWER, Action.APPROVE, Action.ANSWER_TOGETHER)  # what the reporter reads


@dataclass(frozen=True)
class Persona:
    """How a reporter begins: trust and outcry from 0 to 100, patience in working days."""

    code: str
    tone: str
    trust: int
    patience: int
    outcry: int
    forgives: int


@dataclass(frozen=True)
class Cast:
    """The simulated people: their characters, and every line that they may say."""

    personas: tuple[Persona, ...]
    reporter_lines: Mapping[str, Mapping[str, Sequence[str]]]
    officer_lines: Mapping[str, Sequence[str]]
    missing: Mapping[str, str]
    words: Words


@dataclass(frozen=True)
class Setting:
    """What does not change during a run: the trainee's desk, the rules, the people, the seed.

    `asks` are the tables of what the exercise itself expects, for robots that play it; `begins`
    is when the trainee comes in.
    """

    seed: int
    desk: Desk
    home: str
    terms: Terms
    cast: Cast
    offices: Mapping[str, str]
    asks: tuple[Mapping[str, Any], ...] = ()
    begins: datetime | None = None

    @property
    def injects(self) -> Injects:
        return self.terms.injects


@dataclass
class Folder:
    """One case: what may be read, what is right, and what has happened so far.

    `come` counts the injects that have happened around it; its room keeps that number.
    """

    number: int
    facts: Mapping[str, Any]
    key: Mapping[str, Any]
    received_at: datetime | None
    position: Position
    events: list[Event] = field(default_factory=list)
    judged: dict[int, tuple[str, ...]] = field(default_factory=dict, compare=False)  # read once
    come: int = field(default=0, compare=False)

    @property
    def is_submitted(self) -> bool:
        """Tell whether the report has come in; before that only its reporter can do something."""
        return self.position.is_submitted

    @property
    def log(self) -> list[Event]:
        return in_force(self.events)

    def last(self, *actions: Action) -> Event | None:
        return next((event for event in reversed(self.log) if event.action in actions), None)

    def count(self, *actions: Action) -> int:
        return sum(event.action in actions for event in self.log)


@dataclass(frozen=True)
class Move:
    """What a party is about to do to a case, when, and in which words."""

    at: datetime
    action: Action
    role: Role
    office: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""


def begin(facts: Mapping[str, Any]) -> Position:
    """Return the position of a report before it has been submitted."""
    return Position(
        title=facts["title"],
        text=facts["text"],
        agency=facts.get("agency", ""),
        secret=facts["secret"],
        anonymous=facts["anonymous"],
    )


def about(folder: Folder, setting: Setting, evidence: str = "") -> About:
    """Return what an answer to this case is about, for whoever reads it.

    The holder's own office is left out: a signature names no destination.
    """
    case = folder.position
    own = (case.unit, case.agency)
    return About(
        identity=tuple(folder.facts["identity"]),
        point_words=tuple(folder.key.get("answer", {}).get("words", ())),
        offices=tuple(name for code, name in setting.offices.items() if code not in own),
        evidence_chosen=bool(evidence),
    )


def is_stalled(folder: Folder, setting: Setting) -> bool:
    """Tell whether the case missed a limit at an office where nobody acts."""
    injects, unit = setting.injects, ""
    if not injects.idle_offices:
        return False
    for event in folder.events:
        if event.action is Action.DISPOSE:
            unit = str(event.choices["unit"])
        is_idle = event.action is Action.BREACH and unit in injects.idle_offices
        if is_idle and injects.outage(event.at, unit):
            return True
    return False


def oldest_stalled(folders: Iterable[Folder], setting: Setting) -> int | None:
    """Return the number of the case that has lain longest of all at such an office."""
    stalled = [folder for folder in folders if is_stalled(folder, setting)]
    oldest = min(stalled, key=lambda folder: (folder.log[0].at, folder.number), default=None)
    return oldest.number if oldest else None


def chance(folder: Folder, setting: Setting, salt: str) -> Random:
    """Return the dice of one moment of one case: equal runs roll equal dice."""
    return Random(f"{setting.seed}/{folder.number}/{salt}")


def touched_at(folder: Folder) -> datetime:
    """Return when a person last did something that others notice."""
    return next(event.at for event in reversed(folder.log) if is_noticed(event))


def last_word(folder: Folder) -> Event:
    """Return the last thing that others notice."""
    return next(event for event in reversed(folder.log) if event.action is not Action.NOTE)


def is_noticed(event: Event) -> bool:
    """Tell whether an event makes others act: warnings and notes do not, any answer does."""
    if event.action is Action.ANSWER_TOGETHER:
        return True
    return event.role is not Role.SYSTEM and event.action is not Action.NOTE


def in_turn(lines: Sequence[str], folder: Folder, setting: Setting, salt: str) -> str:
    """Choose among equal lines: neighbours say different ones, and nobody the same one twice."""
    shuffled = Random(f"{setting.seed}/{salt}").sample(list(lines), len(lines))
    spoken = sum(bool(event.text) for event in folder.log)
    return shuffled[(folder.number + spoken) % len(shuffled)]
