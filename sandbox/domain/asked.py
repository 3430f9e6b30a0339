"""What an exercise itself asks for beside its answer keys, for a robot that plays it soundly."""

from collections.abc import Iterator, Mapping
from typing import Any

from .folders import Folder
from .room import Room
from .scoring.expectations import Kind, Look
from .scoring.records import Record
from .workflow import Action

FREE_STEPS = (Action.NOTE, Action.REMIND, Action.INTERIM)  # no answer key gives a reason for them


def asks_of(room: Room, folder: Folder) -> Iterator[Mapping[str, Any]]:
    """Yield what the exercise expects of a case as a step, or in words."""
    setting = room.setting
    if not setting.asks or not folder.is_submitted:
        return
    others = list(room.folders.values())
    record = Record(folder, setting, {folder.number: folder.number}, others)
    for table in setting.asks:
        is_plain = table.get("look") == Look.SAYS or not {"look", "choice"} & table.keys()
        is_wanted = table["kind"] in (Kind.MUST, Kind.ANY_OF) and is_plain
        if is_wanted and setting.desk.role in table["roles"] and is_judged(table, record):
            yield table


def is_judged(table: Mapping[str, Any], record: Record) -> bool:
    points = table["points"]
    is_worth = isinstance(points, int) or record.key["decision"] in points
    return is_worth and record.meets(table.get("when", {}))


def asked_step(room: Room, folder: Folder) -> Action | None:
    """Return a step for which the case itself gives no reason, once."""
    for table in asks_of(room, folder):
        action = Action(table["actions"][0])
        if action in FREE_STEPS and not any(
            event.is_own and event.action is action for event in folder.log
        ):
            return action
    return None


def words_left_out(room: Room, folder: Folder, action: Action, text: str) -> str:
    """Return the words that the exercise wants to read in a text and that are not there."""
    said = text.casefold()
    missing = [
        str(table["words"][0])
        for table in asks_of(room, folder)
        if action in table["actions"]
        and "words" in table
        and not any(word.casefold() in said for word in table["words"])
    ]
    return "".join(f" {words[:1].upper()}{words[1:]}." for words in missing)
