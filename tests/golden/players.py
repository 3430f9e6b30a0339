"""Scripted trainees: from where a room stands to the next command, each with one vice at most.

A player is a pure function, so that the same room is always played in the same way. All of them
know the answer key, as the robot does; what they make of it is theirs.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from random import Random

from sandbox.domain.actors import dated, draft_with
from sandbox.domain.events import Entry
from sandbox.domain.folders import Folder
from sandbox.domain.replay import Command, Take, Wait, obey
from sandbox.domain.robots import Move, expert_move, next_look
from sandbox.domain.room import Room, may_take
from sandbox.domain.workflow import TIMED_STATES, Action, State
from tests.domain.desks import START, TERMS
from tests.domain.plays import any_step

Player = Callable[[Room], Command | None]
Habit = Callable[[Room, int], Move | None]
A = Action
OFFICE = TERMS.office
WORKING_DAYS = 20
RANDOM_STEPS = 6  # a morning, about
PROTECTING = (A.MASK, A.CHANGE_SECRECY)
LETTERS = (A.ANSWER, A.DRAFT)
WITHOUT = {  # what a key says where it gives no reason for a step
    A.MASK: {"details": ()},
    A.CHANGE_SECRECY: {"secret": False},
    A.LINK_DUPLICATE: {"duplicate_of": None},
}


def played(room: Room, player: Player) -> list[Entry]:
    """Open a room, let a player at its desk, and return the whole log."""
    log = list(room.open())
    while command := player(room):
        log += obey(room, command)
    return log


def by_habit(habit: Habit, days: int = WORKING_DAYS) -> Player:
    """Return a player who does what `habit` says case by case, then looks again."""
    until = OFFICE.at(OFFICE.calendar.add(START.date(), days), OFFICE.opens)

    def player(room: Room) -> Command | None:
        for number, folder in sorted(room.folders.items()):
            move = habit(room, number)
            if move and may_take(folder, move.action, room.setting.desk):
                return Take(0, number, move.action, move.choices, move.text)
        following = next_look(room)
        if following is None or following > until:
            return None
        return Wait(0, max(at_the_desk(following), room.clock))

    return player


def at_the_desk(moment: datetime) -> datetime:
    """Return when an officer reads what happened: what came in after hours, the next morning."""
    local = moment.astimezone(OFFICE.zone)
    is_open = OFFICE.opens <= local.time() < OFFICE.closes
    if is_open and OFFICE.calendar.is_working(local.date()):
        return moment
    return OFFICE.next_opening(moment)


def expert_without(*actions: Action) -> Habit:
    """Return the expert's habit, blind to some steps and to all reasons for them."""

    def habit(room: Room, number: int) -> Move | None:
        folder = room.folders[number]
        while (move := expert_move(room, number)) and move.action in actions:
            folder = blinded(folder, move.action)
            room = replace(room, folders={**room.folders, number: folder}, foreseen={})
        return move

    return habit


def blinded(folder: Folder, action: Action) -> Folder:
    """Return a copy of a folder in which the key gives no reason for a step."""
    return replace(folder, key={**folder.key, **WITHOUT[action]})


# Liaison officers


def writing(flaw: str) -> Habit:
    """Return the habit of writing with a flaw, until the supervisor has sent such a draft back."""

    def habit(room: Room, number: int) -> Move | None:
        move, folder = expert_move(room, number), room.folders[number]
        if move is None or move.action not in LETTERS or folder.count(A.SEND_BACK):
            return move
        return replace(move, text=dated(draft_with(folder, flaw), room.clock, folder, room.setting))

    return habit


def lazy(room: Room, number: int) -> Move | None:
    """Promise to coordinate, once, whoever's task it is; what the reporter replies is left."""
    folder = room.folders[number]
    if folder.position.unit != room.setting.desk.office or folder.count(A.ANSWER):
        return None
    return Move(A.ANSWER, {"evidence": ""}, draft_with(folder, "empty"))


# Agency admins


def late(room: Room, number: int) -> Move | None:
    """Do the right thing once the limit has passed."""
    case = room.folders[number].position
    is_in_time = case.state in TIMED_STATES and not case.breached
    return None if is_in_time else expert_move(room, number)


def over_holding(room: Room, number: int) -> Move | None:
    """Ask every reporter where it happened before reading further."""
    folder = room.folders[number]
    if folder.position.state is State.UNVERIFIED and not folder.count(A.HOLD):
        return Move(A.HOLD, {"missing": "location"}, "Mohon dilengkapi tempat kejadiannya.")
    return expert_move(room, number)


def always_archive(room: Room, number: int) -> Move | None:
    if room.folders[number].position.state is not State.UNVERIFIED:
        return None
    return Move(A.ARCHIVE, {"reason": "no_substance"}, "Laporan tidak memuat hal yang jelas.")


def wrong_level(room: Room, number: int) -> Move | None:
    """Return what is the agency's own, and keep what is not."""
    folder = room.folders[number]
    move = expert_move(room, number)
    key, state = folder.key, folder.position.state
    if move is None or folder.count(A.RETURN):
        return move
    if move.action is A.RETURN and state is State.UNVERIFIED:
        return Move(A.VERIFY, {"class": key["class"], "category": key["category"]})
    if move.action is A.RETURN:
        return Move(A.DISPOSE, {"unit": trap(folder)})
    if move.action is A.VERIFY and not key.get("duplicate_of"):
        return Move(A.RETURN, {"level": "province", "destination": "PROV_PU"}, "Bukan urusan kami.")
    return move


def trap(folder: Folder) -> str:
    """Return the unit that looks right at first sight for what is another agency's."""
    return next((str(each["code"]) for each in folder.key.get("trap", ())), "BINAMARGA")


def at_random(room: Room) -> Command | None:
    """Take any step that is legal; the dice know nothing but the seed and the length of the log."""
    until = OFFICE.at(OFFICE.calendar.add(START.date(), WORKING_DAYS // 2), OFFICE.opens)
    dice = Random(f"{room.setting.seed}/{room.length}")
    if dice.randrange(RANDOM_STEPS):
        number = dice.choice(sorted(room.folders))
        step = any_step(room, number, dice)
        if step and is_possible(room, step):
            return step
    morning = OFFICE.next_opening(room.clock)
    return Wait(0, morning) if morning <= until else None


def is_possible(room: Room, step: Take) -> bool:
    parent = step.choices.get("parent")
    return parent is None or room.may_link(room.folders[step.case], str(parent))


PERFECT = by_habit(expert_move)
VICES: dict[str, Player] = {
    "lazy": by_habit(lazy),
    "rude": by_habit(writing("blame")),
    "leaking": by_habit(writing("leak")),
    "unmasking": by_habit(expert_without(*PROTECTING)),
    "late": by_habit(late),
    "over-holding": by_habit(over_holding),
    "always-archive": by_habit(always_archive),
    "wrong-level": by_habit(wrong_level),
    "duplicate-blind": by_habit(expert_without(A.LINK_DUPLICATE)),
    "random": at_random,
}
PLAYERS = {"perfect": PERFECT, **VICES}
