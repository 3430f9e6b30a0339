"""Judging what no single choice shows: sets of names, drafts, links, and what was left alone."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ..answers import Flaw, Words
from ..answers.days import coming_day
from ..answers.sayings import said
from ..events import Event
from ..folders import ANSWERING
from ..workflow import Action
from .expectations import Distance, Expectation, Kind, Look
from .findings import JUDGES, Asked, Finding, chosen_in, filled
from .records import Record, Sent, evidence_of, why_of

LINKING = (Action.LINK_DUPLICATE, Action.UNLINK_DUPLICATE)
AWAIT_DRAFT = "await_draft"  # expected where no draft has come that could be read
NOTHING = "none"  # chosen and expected where something had to be left alone
SHORTEST_NAME = 3  # letters: PLN
INITIALS = re.compile(r"\b[A-Z]{3,}\b")
HOUR = re.compile(r"\b\d{1,2}[.:]\d{2}\b")


def find(asked: Asked) -> Finding | None:
    """Return how far the expectation was met, or None where it asks nothing of this case."""
    look = asked.expectation.look
    if asked.expectation.kind is Kind.MUST_NOT:
        return restraint(asked)
    return LOOKERS[look](asked) if look else JUDGES[asked.expectation.kind](asked)


def of_sets(event: Event | None, chosen: Iterable[str], expected: Iterable[str]) -> Finding:
    """Judge several things named at once: each right one counts, each needless one against it."""
    named, right = set(chosen), set(expected)
    hits = len(named & right) - len(named - right)
    share = max(0, hits) / len(right)
    return Finding(share, event, ", ".join(sorted(named)), ", ".join(sorted(right)))


def support(asked: Asked) -> Finding:
    """Compare the units named in support, at the last disposition or invited since."""
    record = asked.record
    disposed = record.own([Action.DISPOSE])[-1:]
    named = [unit for event in disposed for unit in event.choices.get("support", ())]
    invited = record.own([Action.INVITE])
    named += [str(event.choices["unit"]) for event in invited]
    event = next(iter([*disposed, *invited]), None)
    found = of_sets(event, named, record.value("support.units"))
    return found._replace(why=why_of(record.key["support"]))


def link(asked: Asked) -> Finding:
    """Compare where a duplicate hangs at the end with the first report of the same incident."""
    record = asked.record
    event = record.last(LINKING)
    chosen = str(event.choices.get("parent", "")) if event else ""
    expected = str(record.key["duplicate_of"])
    if chosen and chosen != expected and is_same_incident(record, chosen):
        distance = Distance.OTHER_COPY
        share, why = asked.worth(distance), asked.sentence(distance)
        return Finding(share, event, chosen, expected, why)
    return Finding(float(chosen == expected), event, chosen, expected)


def is_same_incident(record: Record, other: str) -> bool:
    return other.isdigit() and record.incident.get(int(other)) == record.root


def transfer(asked: Asked) -> Finding:
    """Judge what became of a case that an agency gave back: where it went, or that it stays."""
    record = asked.record
    event = asked.last()
    chosen = ""
    if event:
        refused = event.action is Action.REFUSE
        chosen = str(Action.REFUSE) if refused else str(event.choices["agency"])
    back = [one for one in record.log if one.action is Action.RETURN and not one.is_own]
    right = str(record.value("agency.code"))
    expected = str(Action.REFUSE) if back and back[-1].office == right else right
    share = float(chosen == expected)
    if chosen in (record.value("agency.near") or ()) and chosen != expected:
        share = asked.worth(Distance.NEAR)
    return Finding(share, event, chosen, expected, why_of(record.key["agency"]))


def evidence(asked: Asked) -> Finding | None:
    """Compare what was attached to the last answer with the evidence that shows the result."""
    offered = asked.record.value("answer.evidence") or ()
    good = next((item["code"] for item in offered if item["good"]), None)
    if good is None:
        return None
    last = asked.record.answers[-1] if asked.record.answers else None
    chosen = last.evidence if last else ""
    item = next((item for item in offered if item["code"] == chosen), None)
    why = why_of(item) if item else None
    return Finding(float(chosen == good), last.step if last else None, chosen, good, why)


def hand_over(asked: Asked) -> Finding | None:
    """Judge that a leaver's case went to someone else, for good, with a note for them.

    A report that never lay with the leaver asks nothing.
    """
    leaver, event, call = str(asked.record.key["leaver"]), None, None
    for step in asked.record.log:
        if step.action is Action.DISPOSE:  # whoever disposes names an officer anew
            event = None
            call = step if step.choices.get("officer") == leaver else call
        elif step.is_own and step.action is Action.HAND_OVER:
            event = step
    if call is None:
        return None
    chosen = str(event.choices["to"]) if event else ""
    if event is None or chosen == leaver:
        return Finding(0.0, event or call, chosen, str(Action.HAND_OVER))
    if event.text.strip():
        return Finding(1.0, event, chosen, chosen)
    distance = Distance.WITHOUT_NOTE
    return Finding(asked.worth(distance), event, chosen, chosen, asked.sentence(distance))


def review(asked: Asked) -> Finding:
    """Judge what became of each draft that was submitted: as a part of all of them."""
    record, verdicts = asked.record, []
    waiting: Event | None = None
    for event in record.log:
        if event.action is Action.DRAFT and not event.is_own:
            verdicts += [verdict(asked, waiting, None)] if waiting else []
            waiting = event
        elif waiting and event.is_own and event.action in (Action.APPROVE, Action.SEND_BACK):
            verdicts.append(verdict(asked, waiting, event))
            waiting = None
    verdicts += [verdict(asked, waiting, None)] if waiting else []
    if not verdicts:
        return Finding(0.0, None, "", AWAIT_DRAFT, better=asked.expectation.instead)
    worst = min(verdicts, key=lambda found: found.share)
    return worst._replace(share=sum(found.share for found in verdicts) / len(verdicts))


def verdict(asked: Asked, draft: Event, event: Event | None) -> Finding:
    found = asked.record.flaws_of(draft)
    expected = str(found[0]) if found else str(Action.APPROVE)
    if event is None:
        return Finding(0.0, draft, "", expected)
    if event.action is Action.APPROVE:
        return Finding(float(not found), event, str(Action.APPROVE), expected)
    named = str(event.choices.get("flaw", ""))
    if named in found:
        return Finding(1.0, event, named, expected)
    distance = Distance.OTHER_FLAW
    share = asked.worth(distance) if found else 0.0
    return Finding(share, event, named, expected, asked.sentence(distance) if found else None)


def names(words: Callable[[Asked], Collection[str]]) -> Callable[[Asked], Finding | None]:
    """Return a judge of reports: they must hold one of `words`, where there are any."""

    def search(asked: Asked, event: Event) -> str:
        text = text_of(event).casefold()
        found = next((word for word in words(asked) if word.casefold() in text), "")
        if not found and asked.expectation.look is Look.NAMES_TIME and (hour := HOUR.search(text)):
            return hour[0]
        return found

    return lambda asked: found_in_texts(asked, search) if words(asked) else None


def text_of(event: Event) -> str:
    return f"{event.choices.get('title', '')} {event.text}"


def found_in_texts(asked: Asked, search: Callable[[Asked, Event], str]) -> Finding:
    """Credit the last text that holds what is searched for; another after it takes nothing away."""
    events = asked.own()
    held = ((event, found) for event in reversed(events) if (found := search(asked, event)))
    event, found = next(held, (events[-1] if events else None, ""))
    return Finding(float(bool(found)), event, found, str(asked.expectation.look))


def told(asked: Asked) -> Finding:
    return found_in_texts(asked, told_by)


def told_by(asked: Asked, event: Event) -> str:
    setting = asked.record.setting
    today = event.at.astimezone(setting.terms.office.zone).date()
    return told_in(text_of(event), asked.expectation, today, setting.cast.words)


def told_in(text: str, wanted: Expectation, today: date, words: Words) -> str:
    """Return what a text, written on a day, holds of what an exercise looks for in it."""
    found = said(text, wanted.words, words, is_fact=wanted.is_fact)
    if not found and wanted.look is Look.NAMES_DATE:
        return coming_day(text, today, words)
    return found


def destination_names(asked: Asked) -> list[str]:
    """Return how the right destination is called: in full, in part, and by its initials."""
    code = str(asked.record.value("return.destination") or "")
    name = asked.record.setting.offices.get(code, "")
    parts = (name, *re.split(r"\s*[–(),]\s*", name), *INITIALS.findall(name))
    return [part for part in parts if len(part) >= SHORTEST_NAME]


def masked(asked: Asked) -> Finding:
    """Judge each detail that was masked, or left, before the case was passed on.

    Each is one decision; hiding nothing that is personal is none at all.
    """
    record = asked.record
    border = record.first(asked.expectation.before)
    hidden = record.masked_by(border.number if border else None)
    personal, needed = record.personal, record.needed
    rightly, needlessly = personal & hidden, sorted(needed & hidden)
    right = len(rightly) + len(needed - hidden) if rightly else 0
    better = filled(asked.expectation.instead, "{kept}", ", ".join(needlessly))
    return Finding(
        share=right / len(personal | needed),
        event=asked.last(),
        chosen=", ".join(sorted(hidden)),
        expected=", ".join(sorted(personal)),
        better=better if needlessly else None,
    )


def approved(asked: Asked) -> Finding:
    """Judge that no answer went out without its draft having been read by the supervisor."""
    direct = asked.record.first(asked.expectation.before)
    drafts = asked.own()
    expected = str(Action.DRAFT)
    if direct or not drafts:
        return Finding(0.0, direct, str(direct.action) if direct else "", expected)
    return Finding(1.0, drafts[-1], expected, expected)


# must_not: what may not be found


def restraint(asked: Asked) -> Finding | None:
    """Judge that something was left alone; a line without an occasion only where it was not."""
    wanted, record = asked.expectation, asked.record
    broken = list(VIOLATIONS.get(wanted.look, own_step)(asked))
    if broken:
        event, chosen = broken[-1]
        steps = [sent.step for sent in record.answers] if is_about_answers(wanted) else []
        if not wanted.fatal and steps and event.number < steps[-1].number:
            distance = Distance.MENDED
            return Finding(asked.worth(distance), event, chosen, NOTHING, asked.sentence(distance))
        return Finding(0.0, event, chosen, NOTHING)
    if not wanted.occasion:
        return None
    occasions = [sent.step for sent in record.sent] if is_about_answers(wanted) else asked.own()
    occasions = [step for step in occasions if step.action in wanted.actions]
    if not occasions:
        return Finding(0.0, None, "", NOTHING)
    return Finding(1.0, occasions[-1], NOTHING, NOTHING)


def is_about_answers(wanted: Expectation) -> bool:
    return wanted.look in (Look.ANSWER_FLAWS, Look.UNSAFE_EVIDENCE)


def own_step(asked: Asked) -> Iterator[tuple[Event, str]]:
    wanted = asked.expectation
    for event in asked.own():
        chosen = chosen_in(event, wanted)
        if not wanted.value or chosen == wanted.value:
            yield event, chosen


def answer_flaws(asked: Asked) -> Iterator[tuple[Event, str]]:
    """Yield what went out with one of the flaws; an interim word can only leak."""
    for sent in asked.record.sent:
        found = asked.record.flaws(sent.text, sent.evidence)
        for flaw in asked.expectation.flaws:
            if flaw in found and (flaw is Flaw.LEAK or is_answer(sent)):
                yield sent.step, str(flaw)


def is_answer(sent: Sent) -> bool:
    return sent.step.action is not Action.INTERIM


def unsafe_evidence(asked: Asked) -> Iterator[tuple[Event, str]]:
    """Yield answers with a picture or paper that shows people; it stands second in every key."""
    offered: Iterable[Any] = asked.record.value("answer.evidence") or ()
    unsafe = [item["code"] for item in offered if not item["good"]][:1]
    for sent in asked.record.sent:
        if sent.evidence in unsafe:
            yield sent.step, sent.evidence


def exposed(asked: Asked) -> Iterator[tuple[Event, str]]:
    """Yield the step that passed on what had to be masked, of the kinds that do harm."""
    record, kinds = asked.record, asked.expectation.kinds
    harmful = [
        detail
        for detail in record.key.get("details", ())
        if detail["personal"] and detail["kind"] in kinds
    ]
    for event in asked.own()[:1]:  # what was masked later came too late
        hidden = record.masked_by(event.number)
        shown = {detail["kind"] for detail in harmful if detail["text"] not in hidden}
        if shown:
            yield event, ", ".join(sorted(shown))


def approved_flaws(asked: Asked) -> Iterator[tuple[Event, str]]:
    """Yield approvals of texts with one of the flaws."""
    for event in asked.own():
        found = set(asked.record.flaws_of(event)).intersection(asked.expectation.flaws)
        yield from ((event, str(flaw)) for flaw in sorted(found))


def false_link(asked: Asked) -> Iterator[tuple[Event, str]]:
    event = asked.record.last(LINKING)
    parent = str(event.choices.get("parent", "")) if event else ""
    if event and parent and not is_same_incident(asked.record, parent):
        yield event, parent


def other_people(asked: Asked) -> Iterator[tuple[Event, str]]:
    """Yield texts of a reporter that hold other people's data."""
    record, kinds = asked.record, asked.expectation.kinds
    others = [
        detail
        for detail in record.key.get("details", ())
        if detail["kind"] in kinds and detail["text"] != record.folder.facts["reporter"]
    ]
    for event in asked.own():
        text = f"{event.choices.get('title', '')} {event.text}".casefold()
        for detail in others:
            if detail["text"].casefold() in text:
                yield event, str(detail["kind"])


def own_name(asked: Asked) -> Iterator[tuple[Event, str]]:
    """Yield texts in which somebody who reports anonymously gives their own name."""
    name = str(asked.record.folder.facts["reporter"]).casefold()
    for event in asked.own() if asked.record.folder.position.anonymous else ():
        if name in text_of(event).casefold():
            yield event, "name"


def says(asked: Asked) -> Iterator[tuple[Event, str]]:
    """Yield texts with one of the words that have no place in them."""
    for event in asked.own():
        if found := told_by(asked, event):
            yield event, found


def closed_unsound(asked: Asked) -> Iterator[tuple[Event, str]]:
    """Yield closings of a case whose last answer does not answer."""
    answer: Event | None = None
    for event in asked.record.log:
        if event.action in ANSWERING:
            answer = event
        elif event.is_own and event.action in asked.expectation.actions and answer:
            found = asked.record.fails(answer.text, evidence_of(answer))
            yield from ((event, str(flaw)) for flaw in found[:1])


LOOKERS: Mapping[Look, Callable[[Asked], Finding | None]] = {
    Look.SUPPORT: support,
    Look.LINK: link,
    Look.TRANSFER: transfer,
    Look.EVIDENCE: evidence,
    Look.HAND_OVER: hand_over,
    Look.REVIEW: review,
    Look.MASKED: masked,
    Look.APPROVED: approved,
    Look.NAMES_PLACE: names(lambda asked: asked.record.folder.facts.get("places", ())),
    Look.NAMES_TIME: names(lambda asked: asked.expectation.words),
    Look.NAMES_SERVICE: names(lambda asked: asked.record.value("answer.words") or ()),
    Look.NAMES_DESTINATION: names(destination_names),
    Look.SAYS: told,
    Look.NAMES_DATE: told,
}
VIOLATIONS: Mapping[Look | None, Callable[[Asked], Iterator[tuple[Event, str]]]] = {
    Look.ANSWER_FLAWS: answer_flaws,
    Look.UNSAFE_EVIDENCE: unsafe_evidence,
    Look.EXPOSED: exposed,
    Look.APPROVED_FLAWS: approved_flaws,
    Look.FALSE_LINK: false_link,
    Look.OTHER_PEOPLE: other_people,
    Look.OWN_NAME: own_name,
    Look.CLOSED_UNSOUND: closed_unsound,
    Look.SAYS: says,
}
