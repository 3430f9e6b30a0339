"""One case as whoever judges it sees it: its events sorted, its key, what was sent to whom."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from ..answers import Flaw, Reading, automatic_fails, flaws, read_answer
from ..deadlines import STEP_OF_STATE, LimitedStep
from ..events import Event
from ..folders import Folder, Setting, about, is_stalled
from ..workflow import Action, Role

INTAKE = (Action.VERIFY, Action.ARCHIVE, Action.BLOCK)


class Sent(NamedTuple):
    """A text that reached the reporter: the trainee's step, and the event that sent it."""

    step: Event
    sending: Event
    text: str
    evidence: str


@dataclass(frozen=True)
class Record:
    """A folder to be judged. `incident` names all cases that tell the same, by their numbers.

    `oldest_stalled` is asked for what only a comparison with the run's other folders tells.
    """

    folder: Folder
    setting: Setting
    incident: Mapping[int, int]
    oldest_stalled: Callable[[], int | None] = lambda: None

    @property
    def key(self) -> Mapping[str, Any]:
        return self.folder.key

    @property
    def root(self) -> int:
        return self.incident[self.folder.number]

    @cached_property
    def is_stalled(self) -> bool:
        """Tell whether the case missed a limit at an office where nobody acts."""
        return is_stalled(self.folder, self.setting)

    @cached_property
    def log(self) -> list[Event]:
        return self.folder.log

    def lay_elsewhere(self, event: Event) -> bool:
        """Tell whether another agency had the case when something happened to it.

        Who returned a report, perhaps once it was complete, is not called upon there.
        """
        accepted = [each for each in self.log if each.action is Action.ACCEPT]
        agencies = [each.choices.get("agency") for each in accepted if each.number < event.number]
        is_home = self.setting.desk.office == self.setting.home
        return is_home and bool(agencies) and agencies[-1] != self.setting.home

    @cached_property
    def by_action(self) -> Mapping[Action, list[Event]]:
        """The trainee's own steps."""
        found: dict[Action, list[Event]] = defaultdict(list)
        for event in self.log:
            if event.is_own:
                found[event.action].append(event)
        return found

    def own(self, actions: Iterable[Action]) -> list[Event]:
        """Return the trainee's steps of these actions, in order."""
        found = [event for action in actions for event in self.by_action.get(action, ())]
        return sorted(found, key=lambda event: event.number)

    def first(self, actions: Iterable[Action]) -> Event | None:
        return next(iter(self.own(actions)), None)

    def last(self, actions: Iterable[Action]) -> Event | None:
        return next(reversed(self.own(actions)), None)

    def value(self, path: str) -> Any:
        """Return what the key holds at a dotted path, or None."""
        found: Any = self.key
        for name in path.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        return found

    @cached_property
    def sent(self) -> list[Sent]:
        """What the trainee let reach the reporter: answers, and drafts that were approved."""
        found, draft = [], None
        for event in self.log:
            if event.is_own and event.action in (Action.ANSWER, Action.INTERIM):
                found.append(Sent(event, event, event.text, evidence_of(event)))
            elif event.is_own and event.action is Action.DRAFT:
                draft = event
            elif event.action is Action.APPROVE and draft:
                found.append(Sent(draft, event, event.text or draft.text, evidence_of(draft)))
                draft = None
        return found

    @cached_property
    def answers(self) -> list[Sent]:
        return [sent for sent in self.sent if sent.step.action is not Action.INTERIM]

    @cached_property
    def readings(self) -> dict[tuple[str, bool], Reading]:
        return {}

    def reading(self, text: str, evidence: str) -> Reading:
        """Read a text as the room's people do; each text is read once."""
        kept = (text, bool(evidence))  # which evidence it is does not change the reading
        if kept not in self.readings:
            subject = about(self.folder, self.setting, evidence)
            self.readings[kept] = read_answer(text, subject, self.setting.cast.words)
        return self.readings[kept]

    def fails(self, text: str, evidence: str) -> tuple[Flaw, ...]:
        return automatic_fails(self.reading(text, evidence))

    def flaws(self, text: str, evidence: str) -> tuple[Flaw, ...]:
        return flaws(self.reading(text, evidence))

    def flaws_of(self, answer: Event) -> tuple[Flaw, ...]:
        return self.flaws(answer.text, evidence_of(answer))

    @property
    def personal(self) -> frozenset[str]:
        """The details that no other desk needs to read."""
        return frozenset(
            detail["text"] for detail in self.key.get("details", ()) if detail["personal"]
        )

    @property
    def needed(self) -> frozenset[str]:
        """The details that stay readable, since whoever acts needs them.

        A name by which a file is found may stay or go: neither is judged.
        """
        open_ = [each for each in self.key.get("details", ()) if not each["personal"]]
        return frozenset(each["text"] for each in open_ if each["kind"] != "name") - self.personal

    def entered(self, step: LimitedStep) -> datetime | None:
        """Return when the case last came to a step that has a limit."""
        came = [
            event.at
            for event in self.log
            if STEP_OF_STATE.get(event.target) is step
            and (event.source is None or STEP_OF_STATE.get(event.source) is not step)
        ]
        return came[-1] if came else None

    def masked_by(self, number: int | None) -> frozenset[str]:
        """Return what the trainee had masked before an event, or at the end."""
        steps = self.by_action.get(Action.MASK, ())
        return frozenset(
            detail
            for step in steps
            if number is None or step.number < number
            for detail in step.choices.get("details", ())
        )

    def explanation(self) -> Mapping[str, str]:
        return explained(self.key)

    def meets(self, conditions: Mapping[str, Any]) -> bool:
        for name, wanted in conditions.items():
            if isinstance(wanted, bool):
                if CONDITIONS[name](self) is not wanted:
                    return False
            elif self.key.get(name) not in wanted:
                return False
        return True


def evidence_of(event: Event) -> str:
    return str(event.choices.get("evidence") or "")


def explained(key: Mapping[str, Any]) -> Mapping[str, str]:
    """Return why a key's first decision is right, in both languages."""
    routes = key.get("route") or [None]
    return why_of(key.get(key["decision"]) or routes[0] or key.get("debrief", {}))


def why_of(table: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the explanation in a table of the key, whichever way its fields are named."""
    return {name: str(table.get(f"why_{name}") or table.get(name, "")) for name in ("id", "en")}


def is_sensitive(record: Record) -> bool:
    key = record.key
    is_supervisory = key.get("class") == "supervisory"
    return is_supervisory or bool(key.get("urgent") or key.get("secret"))


def accepted_units(record: Record) -> list[str]:
    return [route["unit"] for route in record.key.get("route", ())]


def is_intake(record: Record) -> bool:
    """Tell whether the trainee's desk is the first that decides about the report."""
    if record.setting.desk.role is Role.NATIONAL_ADMIN:
        return not record.folder.facts.get("agency")
    return not any(event.action in INTAKE and not event.is_own for event in record.log)


def is_duplicate(record: Record) -> bool:
    """Tell whether the report is to hang on another; a national admin may leave that to others."""
    if record.setting.desk.role is Role.NATIONAL_ADMIN and not record.own([Action.LINK_DUPLICATE]):
        return False
    return record.key.get("duplicate_of") is not None


def is_returned(record: Record) -> bool:
    """Tell whether another agency gave the case back, or has reason to."""
    came_back = any(event.action is Action.RETURN and not event.is_own for event in record.log)
    agency = record.folder.facts.get("agency")
    return came_back or bool(agency and agency != record.value("agency.code"))


CONDITIONS: Mapping[str, Callable[[Record], bool]] = {
    "desk": lambda record: "agency" in record.key,
    "urgent": lambda record: bool(record.key.get("urgent")),
    "secret": lambda record: bool(record.key.get("secret")),
    "reported_secret": lambda record: bool(record.folder.facts.get("secret")),
    "duplicate": is_duplicate,
    "support": lambda record: bool(record.value("support.units")),
    "personal": lambda record: bool(record.personal),
    "sensitive": is_sensitive,
    "intake": is_intake,
    "addressed": lambda record: bool(record.folder.facts.get("agency")),
    "returned": is_returned,
    "mine": lambda record: record.setting.desk.office in accepted_units(record),
    "astray": lambda record: (
        record.key.get("group") == "misrouted"
        and bool(accepted_units(record))
        and record.setting.desk.office not in accepted_units(record)
    ),
    "leaver": lambda record: bool(record.key.get("leaver")),
    "drafts": lambda record: bool(record.key.get("draft")),
    "waits": lambda record: bool(record.value("answer.waits")),
    "warned": lambda record: any(
        event.action in (Action.WARN, Action.BREACH) for event in record.log
    ),
    "stalled": lambda record: record.is_stalled,
    "oldest": lambda record: record.oldest_stalled() == record.folder.number,
}
