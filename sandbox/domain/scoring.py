"""Events + answer key + rubric → receipts, each explaining its points; they add up to the score."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .workflow import Action

FULL_SHARE = 1.0
NEAR_SHARE = 0.5  # a neighbouring office that would pass the case on
AFTER_THE_ANSWER = ("unit", "class", "category")
NEIGHBOURS = {"central", "vertical"}  # both belong to the centre; people mix them up
FIRST_DECISIONS = {
    Action.VERIFY: "dispose",
    Action.HOLD: "hold",
    Action.RETURN: "return",
    Action.ARCHIVE: "archive",
}


@dataclass(frozen=True)
class Event:
    """One step of the learner on a case: its place in the log, and what was chosen."""

    number: int
    action: Action
    choices: Mapping[str, str]


@dataclass(frozen=True)
class Receipt:
    """Points for one expectation: what was expected, what was done, by which event, and why."""

    expectation: str
    criterion: str
    event: int | None
    chosen: str
    expected: str
    points: int
    out_of: int
    why: Mapping[str, str]
    source: str

    @property
    def verdict(self) -> str:
        if self.points == self.out_of:
            return "right"
        return "partial" if self.points else "wrong"


Judgement = tuple[float, str, str, Mapping[str, str]]  # share of the points, chosen, expected, why


def receipts(
    events: Sequence[Event], key: Mapping[str, Any], rubric: Mapping[str, Mapping[str, Any]]
) -> list[Receipt]:
    """Judge one case. `rubric[decision][expectation]` holds `points` and `criterion`.

    Every expectation of the key's decision gives one receipt, also where nothing was done:
    deleting an event can only lower the sum.
    """
    lines = []
    order = list(EXPECTATIONS)  # a database may return a rubric in an order of its own
    expected_here = rubric[key["decision"]].items()
    for expectation, weight in sorted(expected_here, key=lambda line: order.index(line[0])):
        action, judge = EXPECTATIONS[expectation]
        event = judged_event(events, action)
        share, chosen, expected, why = judge(event, key)
        if is_guess(expectation, event, events, key):
            share, why = 0.0, explanation(key)
        lines.append(
            Receipt(
                expectation=expectation,
                criterion=weight["criterion"],
                event=event.number if event else None,
                chosen=chosen,
                expected=expected,
                points=int(share * weight["points"]),
                out_of=weight["points"],
                why=why,
                source=key["source"],
            )
        )
    return lines


def is_guess(
    expectation: str, event: Event | None, events: Sequence[Event], key: Mapping[str, Any]
) -> bool:
    """Tell whether a report was judged before its gap was asked about: luck earns nothing."""
    if key["decision"] != "hold" or expectation not in AFTER_THE_ANSWER:
        return False
    asked = next((step.number for step in events if step.action is Action.HOLD), None)
    return asked is None or (event is not None and event.number < asked)


def judged_event(events: Sequence[Event], action: Action | None) -> Event | None:
    """Return the last event of `action`, or the first decision if no action is named."""
    if action is None:
        return next((event for event in events if event.action in FIRST_DECISIONS), None)
    return next((event for event in reversed(events) if event.action is action), None)


def decision(event: Event | None, key: Mapping[str, Any]) -> Judgement:
    chosen = FIRST_DECISIONS[event.action] if event else ""
    expected = key["decision"]
    return float(chosen == expected), chosen, expected, explanation(key)


def explanation(key: Mapping[str, Any]) -> Mapping[str, str]:
    """Return why the key's first decision is right, in both languages."""
    reason = key.get(key["decision"]) or key["route"][0]
    return {"id": reason["why_id"], "en": reason["why_en"]}


def unit(event: Event | None, key: Mapping[str, Any]) -> Judgement:
    chosen = event.choices["unit"] if event else ""
    routes = {route["unit"]: route for route in key["route"]}
    best = key["route"][0]
    traps = {trap["code"]: trap for trap in key.get("trap", [])}
    reason = traps.get(chosen) or routes.get(chosen) or best
    share = routes[chosen]["share"] if chosen in routes else 0.0
    return share, chosen, best["unit"], {"id": reason["why_id"], "en": reason["why_en"]}


def chosen_equals(
    choice: str, *path: str
) -> Callable[[Event | None, Mapping[str, Any]], Judgement]:
    """Judge that `choice` of the event is the value at `path` of the key."""

    def judge(event: Event | None, key: Mapping[str, Any]) -> Judgement:
        expected: Any = key
        for name in path:
            expected = expected[name]
        chosen = event.choices[choice] if event else ""
        return float(chosen == expected), chosen, expected, explanation(key)

    return judge


def category(event: Event | None, key: Mapping[str, Any]) -> Judgement:
    chosen = event.choices["category"] if event else ""
    accepted = (key["category"], *key.get("also_categories", ()))
    return float(chosen in accepted), chosen, key["category"], explanation(key)


def destination(event: Event | None, key: Mapping[str, Any]) -> Judgement:
    chosen = event.choices["destination"] if event else ""
    right = key["return"]
    traps = {trap["code"]: trap for trap in key.get("trap", [])}
    share = FULL_SHARE if chosen == right["destination"] else 0.0
    if chosen in right.get("near", ()):
        share = NEAR_SHARE
    reason = traps.get(chosen, right)
    return share, chosen, right["destination"], {"id": reason["why_id"], "en": reason["why_en"]}


def level(event: Event | None, key: Mapping[str, Any]) -> Judgement:
    chosen = event.choices["level"] if event else ""
    expected = key["return"]["level"]
    share = FULL_SHARE if chosen == expected else 0.0
    if chosen != expected and {chosen, expected} == NEIGHBOURS:
        share = NEAR_SHARE
    return share, chosen, expected, explanation(key)


EXPECTATIONS: Mapping[
    str, tuple[Action | None, Callable[[Event | None, Mapping[str, Any]], Judgement]]
] = {
    "decision": (None, decision),
    "missing": (Action.HOLD, chosen_equals("missing", "hold", "missing")),
    "unit": (Action.DISPOSE, unit),
    "class": (Action.VERIFY, chosen_equals("class", "class")),
    "category": (Action.VERIFY, category),
    "destination": (Action.RETURN, destination),
    "level": (Action.RETURN, level),
    "archive_reason": (Action.ARCHIVE, chosen_equals("reason", "archive", "reason")),
}


def percent(points: int, out_of: int) -> int:
    """Whole percent, rounded down: a score is never shown higher than it is."""
    return points * 100 // out_of if out_of else 0
