"""A witness of a practice room: after every entry of its log the room must still be sound.

The rules are written down here a second time (procedure.py) and followed by hand; only the fold
of events into positions is the program's, and is compared with what the program has stored.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sandbox.domain.deadlines import LimitedStep, Unit
from sandbox.domain.events import Entry, Event
from sandbox.domain.folders import Folder, Setting, begin
from sandbox.domain.position import MASK, Desk, Position, after, replay
from sandbox.domain.workflow import Action, Role, State
from tests.domain.procedure import CONDITIONS, FINAL, HELD_BY, RULES

UNTIMED = {*FINAL, "transferring"}
MOVES_A_SECRET = {Action.CHANGE_SECRECY, Action.SUBMIT, Action.UNDO}
HAS_OFFICES = (Role.AGENCY_ADMIN, Role.LIAISON_OFFICER, Role.SUPERVISOR)


@dataclass
class Witness:
    """What was seen of a room so far, and where its cases stood."""

    setting: Setting
    beginnings: Mapping[int, Position]
    log: list[Entry] = field(default_factory=list)
    events: dict[int, list[Event]] = field(default_factory=dict)
    positions: dict[int, Position] = field(default_factory=dict)

    @classmethod
    def of(cls, folders: Mapping[int, Folder], setting: Setting) -> "Witness":
        beginnings = {number: begin(folder.facts) for number, folder in folders.items()}
        events: dict[int, list[Event]] = {number: [] for number in folders}
        return cls(setting, beginnings, [], events, dict(beginnings))

    def see(self, entries: Iterable[Entry]) -> set[int]:
        """Check what was added to the log, and return the cases that it was about."""
        touched = set()
        for entry in entries:
            self.is_next_in_the_log(entry)
            if isinstance(entry, Event):
                self.follow(entry)
                touched.add(entry.case)
        return touched

    def is_next_in_the_log(self, entry: Entry) -> None:
        assert entry.number == len(self.log) + 1
        assert not self.log or entry.at >= self.log[-1].at, "time went back"
        self.log.append(entry)

    def follow(self, event: Event) -> None:
        before, terms = self.positions[event.case], self.setting.terms
        seen = [*self.events[event.case], event]
        if event.action is Action.UNDO:
            now = replay(self.beginnings[event.case], seen, terms)
            self.took_back_the_last_step(event, now)
        else:
            now = after(before, event, terms)
            self.followed_the_rules(before, event, now)
            self.kept_the_clocks(before, event, now)
        self.tells_who_when_and_where(before, event)
        self.kept_secrets_and_texts(before, event, now, seen)
        self.is_held_by_somebody(now)
        self.events[event.case], self.positions[event.case] = seen, now

    def took_back_the_last_step(self, event: Event, now: Position) -> None:
        undone = next(each for each in self.events[event.case] if each.number == event.undoes)
        assert undone.is_own
        assert event.is_own
        assert undone.at == event.at
        assert now.state is event.target

    def followed_the_rules(self, before: Position, event: Event, now: Position) -> None:
        if event.action is Action.SUBMIT:
            assert (event.source, event.target, event.role) == (None, "unverified", "reporter")
            assert before.entered_at is None
            return
        rule = RULES[event.source, event.action, event.role]
        expected = rule.target if event.action is not Action.COMPLETE else before.held_from
        assert event.target == expected
        assert before.meets(CONDITIONS[rule.condition])
        assert now.state is event.target

    def tells_who_when_and_where(self, before: Position, event: Event) -> None:
        assert event.role in Role
        assert event.at.tzinfo is not None
        assert event.target in State
        if event.action is not Action.SUBMIT:
            assert event.source is before.state
        if event.is_own:
            assert Desk(event.role, event.office) == self.setting.desk
        if event.action is Action.ARCHIVE:
            assert event.choices["reason"], "no archive without a reason"
            assert event.text.strip(), "no archive without a sentence"

    def kept_the_clocks(self, before: Position, event: Event, now: Position) -> None:
        office = self.setting.terms.office
        is_held, was_held = (one.state == "awaiting_completion" for one in (now, before))
        assert (now.held_from is not None) == is_held
        if now.state in UNTIMED:
            assert (now.due_at, now.warn_at, now.paused_days) == (None, None, None)
        if is_held and not was_held:
            window = self.setting.terms.limits[LimitedStep.COMPLETION_WINDOW]
            assert now.due_at == office.due(event.at, window.amount, window.unit)
            left = before.due_at and office.working_days_left(event.at, before.due_at)
            assert (now.held_from, now.paused_days, now.warn_at) == (before.state, left, None)
        if is_held and was_held:
            kept = ("held_from", "due_at", "paused_days", "settle_at", "settle_days", "entered_at")
            assert [getattr(now, name) for name in kept] == [getattr(before, name) for name in kept]
        if is_held:
            assert now.settle_at is None, "no promise runs on while the reporter is asked"
        if was_held and event.action is Action.COMPLETE:
            assert now.paused_days is None
            left = max(before.paused_days or 0, 0)
            assert now.due_at == office.due(event.at, left, Unit.WORKING_DAY)
        self.kept_the_promise_to_settle(before, event, now)

    def kept_the_promise_to_settle(self, before: Position, event: Event, now: Position) -> None:
        """It begins with the first disposition; afterwards only a hold stops it."""
        if "awaiting_completion" in (before.state, now.state):
            return
        if event.action is Action.DISPOSE and before.settle_at is None and now.classification:
            assert now.settle_at
            return
        assert now.settle_at == before.settle_at

    def kept_secrets_and_texts(
        self, before: Position, event: Event, now: Position, seen: list[Event]
    ) -> None:
        if event.action not in MOVES_A_SECRET:
            assert now.secret is before.secret
        undone = {each.undoes for each in seen}
        text = self.beginnings[event.case].text
        for each in seen:
            if each.number in undone:
                continue
            if each.action is Action.SUBMIT:
                text = each.text or text
            if each.action is Action.MASK:
                for detail in sorted(each.choices["details"], key=len, reverse=True):
                    text = text.replace(detail, MASK)
        assert now.text == text

    def is_held_by_somebody(self, now: Position) -> None:
        if now.entered_at is None:
            return
        role, office = HELD_BY[now.state]
        if now.state == "unverified" and not now.agency:
            role, office = "national_admin", ""
        if now.draft:
            assert now.state in ("disposed", "replied")
            role, office = "supervisor", "A"
        named = {"A": now.agency, "U": now.unit, "": ""}[office]
        assert now.desk == Desk(Role(role), named)
        assert (now.desk.role is Role.SYSTEM) == (now.state in ("closed", "archived"))
        if now.desk.role in HAS_OFFICES:
            assert now.desk.office in self.setting.offices
        if now.parent is not None:
            parent = self.positions[now.parent]
            assert parent.parent is None, "a chain of duplicates would wait for ever"
