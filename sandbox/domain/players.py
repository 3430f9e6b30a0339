"""Robots that know less than the expert: they show that an exercise tells skill from its absence.

Like the expert they are pure: the same room and the same dice are always played in the same way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from .answers import Flaw
from .folders import Folder
from .library.regions import Region
from .robots import Move, next_look
from .room import Room, may_take
from .workflow import (
    AT_A_UNIT,
    Action,
    Role,
    State,
    StepIncomplete,
    check_complete,
    needs_of,
)

MINIMAL_LOOKS = 3  # whoever does the minimum looks in on some mornings, then hands in
RANDOM_MORNINGS = 8
OFTEN = 0.4  # of the mornings on which a report gets a random step
RATINGS = "12345"
HALF = 0.5
WHATEVER = (
    "",
    "Baik.",
    "Mohon diperiksa kembali.",
    "Akan kami koordinasikan dengan pihak terkait.",
    "Sudah kami terima dan kami catat.",
)
MUST_BE_EXPLAINED = "Mohon diperiksa kembali."
LEVELS = ("province", "central", "vertical", "state_owned")


@dataclass(frozen=True)
class Offers:
    """What the forms of a desk offer to choose from, in the order of the forms."""

    units: Sequence[str]
    agencies: Sequence[str]
    destinations: Sequence[str]
    officers: Sequence[str]
    classes: Sequence[str]
    categories: Sequence[str]
    reasons: Sequence[str]
    missing: Sequence[str]


def offers_of(region: Region, rules: Mapping[str, Any], missing: Sequence[str]) -> Offers:
    """Return what forms offer in a region by the mapping of a rule pack."""
    return Offers(
        units=[office["code"] for office in region.units],
        agencies=[office["code"] for office in region.agencies],
        destinations=[office["code"] for office in region.destinations],
        officers=[officer["code"] for officer in region.officers],
        classes=[table["code"] for table in rules["class"]],
        categories=list(rules["categories"]["main"]),
        reasons=[table["code"] for table in rules["archive_reason"]],
        missing=list(missing),
    )


# The minimal robot


def minimal_move(folder: Folder, role: Role, offers: Offers) -> Move | None:
    """Return the one step that gets a report off the desk with the least reading and writing."""
    state = folder.position.state
    if role is Role.REPORTER:
        return minimal_report(folder)
    if role is Role.SUPERVISOR:
        return Move(Action.APPROVE) if folder.position.draft else None
    if role is Role.LIAISON_OFFICER and state in AT_A_UNIT:
        return Move(Action.ANSWER, {"evidence": ""}, WHATEVER[3])
    if role is Role.NATIONAL_ADMIN and state is State.TRANSFERRING:
        return Move(Action.ACCEPT, {"agency": offers.agencies[0]}, WHATEVER[4])
    if state is State.UNVERIFIED:
        return Move(Action.ARCHIVE, {"reason": offers.reasons[0]}, WHATEVER[4])
    return None


def minimal_report(folder: Folder) -> Move | None:
    """Write a word for a report, and let every answer pass unread."""
    if not folder.is_submitted:
        return Move(Action.SUBMIT, {"title": "Laporan"}, "Mohon ditindaklanjuti.")
    if folder.position.state is State.FOLLOWED_UP:
        return Move(Action.CLOSE, {"rating": RATINGS[-1]})
    return None


def play_minimally(room: Room, until: datetime, offers: Offers) -> Room:
    """Play an opened room with as little work as gets everything off the desk."""
    desk = room.setting.desk
    for _ in range(MINIMAL_LOOKS):
        for folder in room.folders.values() if room.outage is None else ():
            move = minimal_move(folder, desk.role, offers)
            if move and not folder_done(folder) and may_take(folder, move.action, desk):
                room.act(folder.number, move.action, move.choices, move.text)
        following = next_look(room)
        if following is None or following > until:
            break
        room.advance(max(following, room.clock))
    return room


def folder_done(folder: Folder) -> bool:
    """Tell whether this trainee has done something to a report: once is enough for them."""
    steps = [event for event in folder.log if event.is_own]
    return bool(steps) and steps[-1].action is not Action.SUBMIT


# The random robot


def play_at_random(room: Room, until: datetime, offers: Offers, dice: Random) -> Room:
    """Play an opened room with any legal step at any time; most reports get one a morning."""
    for _ in range(RANDOM_MORNINGS):
        for number in sorted(room.folders) if room.outage is None else ():
            move = random_move(room, number, offers, dice) if dice.random() < OFTEN else None
            if move and (move.action is not Action.LINK_DUPLICATE or can_hang(room, number, move)):
                room.act(number, move.action, move.choices, move.text)
        morning = room.setting.terms.office.next_opening(room.clock)
        if morning > until:
            break
        room.advance(morning)
    return room


def can_hang(room: Room, number: int, move: Move) -> bool:
    return room.may_link(room.folders[number], str(move.choices["parent"]))


def random_move(room: Room, number: int, offers: Offers, dice: Random) -> Move | None:
    """Return any step that the desk offers on a case, with any of the choices that forms offer."""
    folder, desk = room.folders[number], room.setting.desk
    allowed = [action for action in Action if may_take(folder, action, desk)]
    if not allowed:
        return None
    action = dice.choice(allowed)
    text = dice.choice([*WHATEVER, folder.facts["text"]])
    if needs_of(action, desk.role).words:
        text = text.strip() or MUST_BE_EXPLAINED
    choices = random_choices(action, room, folder, offers, dice)
    try:
        check_complete(action, desk.role, choices, text)
    except StepIncomplete:  # there was nothing to choose from, or nothing was ticked
        return None
    return Move(action, choices, text)


def random_choices(
    action: Action, room: Room, folder: Folder, offers: Offers, dice: Random
) -> dict[str, Any]:
    makers: dict[Action, Callable[[], dict[str, Any]]] = {
        Action.SUBMIT: lambda: {"title": "Laporan", "anonymous": dice.random() < HALF},
        Action.VERIFY: lambda: {
            "class": dice.choice(offers.classes),
            "category": dice.choice(offers.categories),
            "agency": dice.choice(offers.agencies),
        },
        Action.HOLD: lambda: {"missing": dice.choice(offers.missing)},
        Action.ARCHIVE: lambda: {"reason": dice.choice(offers.reasons)},
        Action.DISPOSE: lambda: {"unit": dice.choice(offers.units)},
        Action.DECLINE: lambda: {"unit": dice.choice(offers.units)},
        Action.INVITE: lambda: {"unit": dice.choice(offers.units)},
        Action.RETURN: lambda: {
            "level": dice.choice(LEVELS),
            "destination": dice.choice(offers.destinations),
        },
        Action.ACCEPT: lambda: {"agency": dice.choice(offers.agencies)},
        Action.SEND_BACK: lambda: {"flaw": str(dice.choice(list(Flaw)))},
        Action.CLOSE: lambda: {"rating": dice.choice(RATINGS)},
        Action.LINK_DUPLICATE: lambda: {"parent": str(dice.choice(sorted(room.folders)))},
        Action.CHANGE_SECRECY: lambda: {"secrecy": dice.choice(["secret", "open"])},
        Action.MARK_URGENT: lambda: {"urgency": dice.choice(["urgent", "ordinary"])},
        Action.MASK: lambda: {"details": some(folder.facts["details"], dice)},
        Action.HAND_OVER: lambda: {
            "from": folder.facts.get("officer", ""),
            "to": dice.choice(offers.officers or [""]),
        },
    }
    answers = (Action.ANSWER, Action.INTERIM, Action.DRAFT)
    if action in answers:
        codes = [item["code"] for item in folder.facts["evidence"]]
        return {"evidence": dice.choice(["", *codes])}
    return makers.get(action, dict)()


def some(details: Sequence[Mapping[str, Any]], dice: Random) -> list[str]:
    return [detail["text"] for detail in details if dice.random() < HALF]
