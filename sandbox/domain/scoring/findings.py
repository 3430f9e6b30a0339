"""Judging one expectation by the log of one case: what part of it was met, and by which event.

Here are the judges that need nothing but what the pack declares; looks.py has those that read more
out of a log than one choice of one event.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..deadlines import STEP_OF_STATE
from ..events import Event
from ..workflow import Action
from .expectations import Distance, Expectation, Kind, Pack
from .records import Record, why_of

IN_TIME, LATE = "in_time", "late"
OF_CLASS = "class"  # explained by the pack's own sentence about the class


class Finding(NamedTuple):
    """How far an expectation was met: a part of its points, and what that rests on.

    `why` stands in for the rule's sentence where the key, or a distance, has more to say, and
    `better` for the expectation's own where that would not fit.
    """

    share: float
    event: Event | None
    chosen: str
    expected: str
    why: Mapping[str, str] | None = None
    better: Mapping[str, str] | None = None


class Asked(NamedTuple):
    """An expectation put to a case, by a pack."""

    expectation: Expectation
    record: Record
    pack: Pack

    def worth(self, distance: Distance) -> float:
        """Return the part of the points at this distance: nothing unless it is honoured here."""
        if distance not in self.expectation.distance:
            return 0.0
        return self.pack.distances[distance].share

    def sentence(self, distance: Distance) -> Mapping[str, str] | None:
        honoured = distance in self.expectation.distance
        return self.pack.distances[distance].why if honoured else None

    def own(self) -> list[Event]:
        return self.record.own(self.expectation.actions)

    def last(self) -> Event | None:
        return self.record.last(self.expectation.actions)


# must and any_of: one choice of one event


def choice(asked: Asked) -> Finding | None:
    """Compare a choice of the event that counts with what the key accepts.

    Where it accepts nothing, as a unit for what is another agency's, nothing is asked.
    """
    wanted, record = asked.expectation, asked.record
    accepted = accepted_values(asked)
    if not accepted:
        return None
    events = asked.own()
    event = (events[0] if wanted.first else events[-1]) if events else None
    chosen = chosen_in(event, wanted)
    if is_guess(asked, event):
        known = None if chosen in accepted else said_by_pack(asked, next(iter(accepted)))
        return Finding(0.0, event, chosen, next(iter(accepted)), known or record.explanation())
    if chosen in accepted:
        share, why = after_detours(asked, events, accepted, accepted[chosen])
    else:
        share, why = beside(asked, event, chosen, next(iter(accepted)))
    why = why or reason(asked, chosen) or said_by_pack(asked, next(iter(accepted)))
    return Finding(share, event, chosen, next(iter(accepted)), why)


def chosen_in(event: Event | None, wanted: Expectation) -> str:
    if event is None:
        return ""
    if wanted.decides:
        return wanted.decides.get(event.action, "")
    return str(event.choices.get(wanted.choice, "")) if wanted.choice else str(event.action)


def accepted_values(asked: Asked) -> dict[str, float]:
    """Return what earns points, the best first, and which part of them."""
    wanted, record = asked.expectation, asked.record
    if wanted.routes:
        return {route["unit"]: route["share"] for route in record.value(wanted.routes) or ()}
    best = wanted.value or str(wanted.actions[0])
    if wanted.path:
        best = str(record.value(wanted.path))
    others = (record.value(wanted.also) or ()) if wanted.also else ()
    return dict.fromkeys((wanted.reads.get(best, best), *others), 1.0)


def is_guess(asked: Asked, event: Event | None) -> bool:
    """Tell whether a report was judged before its gap was asked about: luck earns nothing."""
    if asked.record.key["decision"] != "hold" or not asked.expectation.after_asking:
        return False
    question = next((one for one in asked.record.log if one.action is Action.HOLD), None)
    return question is None or (event is not None and event.number < question.number)


def after_detours(
    asked: Asked, events: list[Event], accepted: Mapping[str, float], share: float
) -> tuple[float, Mapping[str, str] | None]:
    """Lower the share for each wrong address that the case was sent to before."""
    distance = Distance.AFTER_RETURN
    if distance not in asked.expectation.distance:
        return share, None
    wrong = sum(chosen_in(event, asked.expectation) not in accepted for event in events)
    return share * asked.worth(distance) ** wrong, asked.sentence(distance) if wrong else None


def beside(
    asked: Asked, event: Event | None, chosen: str, expected: str
) -> tuple[float, Mapping[str, str] | None]:
    """Return what a choice is worth that is not accepted, by its distance to what is."""
    wanted, record = asked.expectation, asked.record
    near = (record.value(wanted.near) or ()) if wanted.near else ()
    if chosen in near or any({chosen, expected} == set(pair) for pair in wanted.pairs):
        return asked.worth(Distance.NEAR), None
    is_trap = any(trap["code"] == chosen for trap in record.key.get("trap", ()))
    if event is not None and chosen and is_same_level(asked, event):
        sentence = None if is_trap else asked.sentence(Distance.SAME_LEVEL)
        return asked.worth(Distance.SAME_LEVEL), sentence
    return 0.0, None


def is_same_level(asked: Asked, event: Event) -> bool:
    """Tell whether a wrong office at least lies at the right level of government."""
    if asked.expectation.routes:
        return True  # units are all of the agency's own level
    level = asked.record.value("return.level")
    return level is not None and event.choices.get("level") == level


def reason(asked: Asked, chosen: str) -> Mapping[str, str] | None:
    """Return what the key says about a choice, or about the case."""
    wanted, record = asked.expectation, asked.record
    if wanted.why in ("", OF_CLASS):
        return None
    routes = (record.value(wanted.routes) or ()) if wanted.routes else ()
    traps = {trap["code"]: trap for trap in record.key.get("trap", ())}
    known = traps | {route["unit"]: route for route in routes} | traps
    if chosen in known:
        return why_of(known[chosen])
    if routes:
        return why_of(routes[0])
    return record.explanation() if wanted.why == "decision" else why_of(record.value(wanted.why))


def said_by_pack(asked: Asked, expected: str) -> Mapping[str, str] | None:
    """Return what the pack says about the choice expected, in a case whose key does not."""
    if asked.expectation.why == OF_CLASS:
        return asked.pack.class_reasons.get(expected)
    return filled(asked.expectation.reason, "{expected}", expected)


def filled(sentence: Mapping[str, str] | None, place: str, words: str) -> Mapping[str, str] | None:
    """Return a sentence in each language with words put into their place."""
    if sentence is None:
        return None
    return {language: text.replace(place, words) for language, text in sentence.items()}


# before and within: the order of events


def before(asked: Asked) -> Finding:
    """Judge that a step was taken, and stood, before another."""
    wanted, record = asked.expectation, asked.record
    border = record.first(wanted.before)
    expected = wanted.value or str(wanted.actions[0])
    events = asked.own()
    early = [event for event in events if border is None or event.number < border.number]
    if early and chosen_in(early[-1], wanted) == expected:
        return Finding(1.0, early[-1], expected, expected)
    late = [event for event in events if event not in early]
    if late and chosen_in(late[-1], wanted) == expected:
        distance = Distance.LATE
        return Finding(asked.worth(distance), late[-1], LATE, expected, asked.sentence(distance))
    event = events[-1] if events else None
    return Finding(0.0, event, chosen_in(event, wanted), expected)


def within(asked: Asked) -> Finding:
    """Judge that the step came before its limit passed, which the log notes at the minute."""
    wanted, record = asked.expectation, asked.record
    sendings = {sent.step.number: sent.sending for sent in record.sent}
    for step in asked.own():
        waits = step.action is Action.DRAFT and step.number not in sendings
        if waits or is_hollow(asked, step):
            continue
        done = sendings.get(step.number, step).number
        passed = any(
            event.action is Action.BREACH
            and event.number < done
            and event.source is not None
            and STEP_OF_STATE.get(event.source) is wanted.limit
            for event in record.log
        )
        return Finding(float(not passed), step, LATE if passed else IN_TIME, IN_TIME)
    return Finding(0.0, None, "", IN_TIME)


def is_hollow(asked: Asked, step: Event) -> bool:
    """Tell whether a step has a flaw with which it stops no clock here."""
    flaws = asked.expectation.flaws
    return bool(flaws) and not set(flaws).isdisjoint(asked.record.flaws_of(step))


# if_then: what follows from what others do


def if_then(asked: Asked) -> Finding | None:
    """Judge that each event of others that calls for a step was followed by that step."""
    wanted = asked.expectation
    waiting: list[Event] = []
    missed: list[Event] = []
    answered, last = 0, None
    for event in asked.record.log:
        if calls(asked, event):
            waiting.append(event)
        elif waiting and heeds(asked, event):
            answered, last = answered + len(waiting), event
            waiting = []
        elif waiting and event.action in (*wanted.until, *wanted.unless):
            missed += [call for call in waiting if not is_excused(asked, call, event)]
            waiting = []
    missed += waiting
    if not answered and not missed:
        return None
    share = answered / (answered + len(missed))
    if missed:
        return Finding(share, missed[0], "", str(wanted.actions[0]))
    return Finding(share, last, str(last.action) if last else "", str(wanted.actions[0]))


def is_excused(asked: Asked, call: Event, end: Event) -> bool:
    """Tell whether others settled a call on its very day, before the trainee could answer it.

    What comes after the office has closed is a call of the next working day.
    """
    office = asked.record.setting.terms.office
    came = call.at.astimezone(office.zone)
    read = office.next_opening(came) if came.time() >= office.closes else came
    ended = end.at.astimezone(office.zone)
    return end.action in asked.expectation.unless and ended.date() <= read.date()


def heeds(asked: Asked, event: Event) -> bool:
    """Tell whether this is the step that was called for, with its choice made if it has one."""
    wanted = asked.expectation
    is_step = event.is_own and event.action in wanted.actions and not is_hollow(asked, event)
    return is_step and (not wanted.choice or bool(chosen_in(event, wanted)))


def calls(asked: Asked, event: Event) -> bool:
    wanted = asked.expectation
    if event.is_own or event.action not in wanted.trigger:
        return False
    if wanted.trigger_from and event.source not in wanted.trigger_from:
        return False
    if asked.record.lay_elsewhere(event):
        return False
    return wanted.sound is None or wanted.sound is not bool(asked.record.flaws_of(event))


JUDGES: Mapping[Kind, Callable[[Asked], Finding | None]] = {
    Kind.MUST: choice,
    Kind.ANY_OF: choice,
    Kind.BEFORE: before,
    Kind.WITHIN: within,
    Kind.IF_THEN: if_then,
}
