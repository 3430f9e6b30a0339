"""A robot that reads the answer key: it shows a sound route, and that every desk can be played."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from .actors import dated, draft_with, given_at, good_evidence, said
from .answers import flaws, read_answer
from .asked import asked_step, words_left_out
from .events import Event
from .folders import ANSWERING, Folder, about
from .letters import archived, letter
from .position import MASK, masked
from .reporters import OBJECTIONS, Cue, line
from .room import Room, may_take
from .workflow import AT_A_UNIT, BEFORE_AN_ANSWER, TIMED_STATES, Action, Role, State

HANDED = Action.HAND_OVER
LEFT_OUT = "…"  # in a report, where somebody else would be named
INTERIM = "interim"  # the draft of a family whose answer has to wait


@dataclass(frozen=True)
class Move:
    """One step that a player takes: its scored choices, and a text."""

    action: Action
    choices: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""


def expert_move(room: Room, number: int) -> Move | None:
    """Return the right next step at the trainee's desk on a case, or None while there is none."""
    folder, desk = room.folders[number], room.setting.desk
    if room.outage:
        return None
    move = move_by_role(room, folder) or asked_move(room, folder)
    if move is None or not may_take(folder, move.action, desk):
        return None
    named = {**room.setting.cast.missing, **room.setting.offices}
    text = move.text or letter(move.action, move.choices, named)
    return replace(move, text=text + words_left_out(room, folder, move.action, text))


def move_by_role(room: Room, folder: Folder) -> Move | None:
    match room.setting.desk.role:
        case Role.REPORTER:
            return reporter_move(room, folder)
        case Role.NATIONAL_ADMIN:
            return national_move(room, folder)
        case Role.AGENCY_ADMIN:
            return agency_move(room, folder)
        case Role.LIAISON_OFFICER:
            return liaison_move(room, folder)
    return supervisor_move(room, folder)


def asked_move(room: Room, folder: Folder) -> Move | None:
    """Return what the exercise asks for without a reason in the case itself."""
    action = asked_step(room, folder)
    if action is None:
        return None
    return Move(action, {"evidence": ""} if action is Action.INTERIM else {})


def play_expertly(room: Room, until: datetime, only: Collection[int] | None = None) -> Room:
    """Play an opened room with the expert at its desk, from event to event, and return it.

    The expert works on all cases, or on some of them `only`.
    """
    numbers = sorted(room.folders if only is None else only)
    while True:
        for number in numbers:
            while move := expert_move(room, number):
                room.act(number, move.action, move.choices, move.text)
        following = next_look(room)
        if following is None or following > until:
            return room
        room.advance(max(following, room.clock))


def next_look(room: Room) -> datetime | None:
    """Return when to look again: next morning while work lies on the desk, or when something is."""
    following, desk = room.next_event_at(), room.setting.desk
    if room.outage:
        return min(following or room.outage.until, room.outage.until)
    cases = [folder.position for folder in room.folders.values() if folder.is_submitted]
    if not any(case.state in TIMED_STATES and case.desk == desk for case in cases):
        return following
    morning = room.setting.terms.office.next_opening(room.clock)
    return min(following or morning, morning)


# Admins


def parent_of(room: Room, folder: Folder) -> str | None:
    """Return the number of the first report of the same incident, once it can be linked to."""
    first = folder.key.get("duplicate_of")
    is_there = first is not None and room.folders[first].is_submitted
    return str(first) if is_there and folder.position.parent is None else None


def agency_move(room: Room, folder: Folder) -> Move | None:
    case, log = folder.position, folder.log
    if case.state is State.CLOSED:
        return Move(Action.REOPEN) if log[-1].action is Action.WRITE else None
    if case.parent is not None:
        return None
    if case.state in BEFORE_AN_ANSWER and (parent := parent_of(room, folder)):
        return Move(Action.LINK_DUPLICATE, {"parent": parent})
    if case.state is State.UNVERIFIED:
        return first_decision(folder)
    if case.state is State.VERIFIED:
        return before_disposing(folder) or disposition(folder)
    is_late = case.state in AT_A_UNIT and follows(log, Action.BREACH, Action.REMIND)
    return Move(Action.REMIND) if is_late else None


def first_decision(folder: Folder, **more: str) -> Move:
    """Hold, return, archive, block or verify a report as its key says."""
    key = folder.key
    match key["decision"]:
        case "hold" if not folder.count(Action.HOLD):
            return Move(Action.HOLD, {"missing": key["hold"]["missing"]})
        case "return" if not more:
            return returning(folder)
        case "archive":
            return Move(Action.ARCHIVE, {"reason": key["archive"]["reason"]}, archived(key))
        case "block" if more:
            return Move(Action.BLOCK, {}, key.get("block", {}).get("why_id", ""))
    return Move(Action.VERIFY, {"class": key["class"], "category": key["category"], **more})


def returning(folder: Folder) -> Move:
    """Say whose matter it is, and name the destination."""
    table = folder.key["return"]
    return Move(Action.RETURN, {name: table[name] for name in ("level", "destination")})


def before_disposing(folder: Folder) -> Move | None:
    """Protect the reporter, and say what cannot wait, before the case is passed on."""
    key, case = folder.key, folder.position
    if key.get("urgent") and not case.urgent:
        return Move(Action.MARK_URGENT, {"urgency": "urgent"})
    if key.get("secret") and not case.secret:
        return Move(Action.CHANGE_SECRECY, {"secrecy": "secret"})
    personal = [each["text"] for each in key.get("details", ()) if each["personal"]]
    if personal and not folder.count(Action.MASK):
        return Move(Action.MASK, {"details": personal})
    return None


def disposition(folder: Folder) -> Move | None:
    """Name the unit; a report that is another agency's after all goes back once more."""
    routes = folder.key.get("route")
    if not routes:
        return back_again(folder)
    support = list(folder.key.get("support", {}).get("units", ()))
    choices: dict[str, Any] = {"unit": routes[0]["unit"]}
    return Move(Action.DISPOSE, choices | ({"support": support} if support else {}))


def back_again(folder: Folder) -> Move | None:
    """Return what is another agency's after all: come back once more, or complete by now."""
    if "return" in folder.key:
        return returning(folder)
    is_other = folder.key["decision"] not in ("dispose", "hold")
    return first_decision(folder) if is_other else None


def follows(log: list[Event], call: Action, response: Action) -> bool:
    """Tell whether `call` came after the last `response`."""
    last = next((event for event in reversed(log) if event.action in (call, response)), None)
    return last is not None and last.action is call


def national_move(room: Room, folder: Folder) -> Move | None:
    case, right = folder.position, str(folder.key.get("agency", {}).get("code", ""))
    if case.parent is not None or not right:
        return None
    if case.state is State.TRANSFERRING:
        returned = folder.last(Action.RETURN)
        stays = returned is not None and returned.office == right
        return Move(Action.REFUSE) if stays else Move(Action.ACCEPT, {"agency": right})
    if case.state is not State.UNVERIFIED or case.agency:
        return None
    if parent := parent_of(room, folder):
        return Move(Action.LINK_DUPLICATE, {"parent": parent})
    return first_decision(folder, agency=right)


# Units and those who watch them


def liaison_move(room: Room, folder: Folder) -> Move | None:
    key, case, setting = folder.key, folder.position, room.setting
    if case.unit != setting.desk.office or case.state not in AT_A_UNIT or case.draft:
        return None
    accepted = [route["unit"] for route in key.get("route", ())]
    if accepted and case.unit not in accepted:
        return Move(Action.DECLINE, {"unit": accepted[0]})
    office = setting.terms.office
    if room.clock < office.next_opening(given_at(folder)):
        return None  # nobody can tell what was found before someone has looked
    if key.get("answer", {}).get("waits"):
        return interim_move(room, folder)
    text = dated(draft_with(folder, "none"), room.clock, folder, setting)
    is_grave = key.get("class") == "supervisory" or key.get("urgent") or key.get("secret")
    action = Action.DRAFT if is_grave else Action.ANSWER
    return Move(action, {"evidence": good_evidence(folder)}, text) if text else None


def interim_move(room: Room, folder: Folder) -> Move | None:
    """Send word, once, where what the reporter asks about is not known yet."""
    if folder.count(Action.INTERIM):
        return None
    text = dated(draft_with(folder, INTERIM), room.clock, folder, room.setting)
    return Move(Action.INTERIM, {"evidence": ""}, text)


def supervisor_move(room: Room, folder: Folder) -> Move | None:
    case, leaver = folder.position, folder.key.get("leaver")
    if leaver and case.is_open and case.officer == leaver:
        choices = {"from": leaver, "to": colleague_of(room, leaver)}
        return Move(HANDED, choices)
    if case.draft:
        return verdict(room, folder)
    warned = folder.last(Action.WARN)
    is_unit_warned = warned is not None and warned.source in AT_A_UNIT
    if (
        is_unit_warned
        and case.state in AT_A_UNIT
        and follows(folder.log, Action.WARN, Action.REMIND)
        and follows(folder.log, Action.WARN, Action.SEND_BACK)
    ):
        return Move(Action.REMIND)
    return None


def colleague_of(room: Room, leaver: str) -> str:
    officers = {str(folder.facts.get("officer", "")) for folder in room.folders.values()}
    return min(officers - {leaver, ""}, default="")


def verdict(room: Room, folder: Folder) -> Move:
    """Approve a draft without flaw; send any other back with the worst."""
    draft = folder.last(Action.DRAFT)
    evidence = str(draft.choices.get("evidence") or "") if draft else ""
    found = found_in(folder.position.draft, evidence, folder, room)
    if found:
        occasion = f"supervisor_sends_back.{found[0]}"
        is_known = occasion in room.setting.cast.officer_lines
        text = said(folder, room.setting, occasion) if is_known else ""
        return Move(Action.SEND_BACK, {"flaw": found[0]}, text)
    return Move(Action.APPROVE, {"evidence": evidence})


def found_in(text: str, evidence: str, folder: Folder, room: Room) -> list[str]:
    subject = about(folder, room.setting, evidence)
    return [str(flaw) for flaw in flaws(read_answer(text, subject, room.setting.cast.words))]


# The reporter


def reporter_move(room: Room, folder: Folder) -> Move | None:
    if not folder.is_submitted:
        return report(folder)
    match folder.position.state:
        case State.AWAITING_COMPLETION:
            return Move(Action.COMPLETE, {}, folder.key.get("hold", {}).get("completion_id", ""))
        case State.FOLLOWED_UP:
            answer = folder.last(*ANSWERING)
            if answer is None:
                return None
            evidence = str(answer.choices.get("evidence") or "")
            found = found_in(answer.text, evidence, folder, room)
            if not found:
                return Move(Action.CLOSE, {"rating": "5"})
            objection = line(folder, room.setting, OBJECTIONS[Cue(found[0])])
            return Move(Action.REPLY, {}, objection)
    return None


def report(folder: Folder) -> Move:
    """Tell the incident with its place, its time and what is asked, without other people's data."""
    facts, key = folder.facts, folder.key
    others = [
        detail["text"]
        for detail in key.get("details", ())
        if detail["personal"] and detail["text"] != facts["reporter"]
    ]
    if facts["anonymous"]:
        others.append(facts["reporter"])
    point = key.get("answer", {}).get("point_id", "")
    where = f"Tempatnya di {facts['places'][1]}, {facts['places'][0]}."
    is_incident = key.get("class") in ("non_supervisory", "supervisory")
    when = "Terakhir saya lihat kemarin." if is_incident else "Keadaannya begitu sampai hari ini."
    added = " ".join([where, when, f"Pertanyaan saya: {point}?"])
    title, told = (
        masked(facts[name], others).replace(MASK, LEFT_OUT) for name in ("title", "text")
    )
    is_secret = facts["secret"] or bool(key.get("secret"))
    choices = {"anonymous": facts["anonymous"], "secret": is_secret}
    return Move(Action.SUBMIT, {"title": title, **choices}, f"{told}\n\n{added}")
