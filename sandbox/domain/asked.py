"""What an exercise itself asks for beside its answer keys, for a robot that plays it soundly."""

from collections.abc import Iterator, Mapping
from typing import Any

from .actors import dated
from .folders import Folder
from .room import Room
from .scoring.expectations import Kind
from .scoring.looks import told_in
from .scoring.packs import TOLD, expectation_of
from .scoring.records import Record
from .workflow import Action

FREE_STEPS = (Action.NOTE, Action.REMIND, Action.INTERIM)  # no answer key gives a reason for them


def asks_of(room: Room, folder: Folder, *actions: Action) -> Iterator[Mapping[str, Any]]:
    """Yield what the exercise expects of a case as one of these steps, or in their words."""
    setting = room.setting
    if not setting.asks or not folder.is_submitted:
        return
    role, wanted = setting.desk.role, set(actions)
    record = Record(folder, setting, {folder.number: folder.number}, room.oldest_stalled)
    for table in setting.asks:
        if wanted.isdisjoint(table.get("actions", ())) or role not in table["roles"]:
            continue
        if is_plain(table) and is_judged(table, record):
            yield table


def is_plain(table: Mapping[str, Any]) -> bool:
    is_step = table.get("look") in TOLD or not ("look" in table or "choice" in table)
    return is_step and table["kind"] in (Kind.MUST, Kind.ANY_OF)


def is_judged(table: Mapping[str, Any], record: Record) -> bool:
    points = table["points"]
    is_worth = isinstance(points, int) or record.key["decision"] in points
    return is_worth and record.meets(table.get("when", {}))


def asked_step(room: Room, folder: Folder) -> Action | None:
    """Return a step for which the case itself gives no reason, once."""
    done = {event.action for event in folder.log if event.is_own}
    left = [action for action in FREE_STEPS if action not in done]
    first_steps = (Action(table["actions"][0]) for table in asks_of(room, folder, *left))
    return next((action for action in first_steps if action in left), None)


def words_left_out(room: Room, folder: Folder, action: Action, text: str) -> str:
    """Return sentences for what the exercise wants to read in a text and that is not there."""
    setting, clock = room.setting, room.clock
    today = clock.astimezone(setting.terms.office.zone).date()
    sentences = (
        dated(example_of(table), clock, folder, setting)
        for table in asks_of(room, folder, action)
        if table.get("look") in TOLD
        and not told_in(text, expectation_of(table), today, setting.cast.words)
    )
    return "".join(f" {sentence}" for sentence in sentences)


def example_of(table: Mapping[str, Any]) -> str:
    """Return a sentence with what an expectation wants to read."""
    phrases = [f"{words[:1].upper()}{words[1:]}." for words in table.get("words", ())]
    return str(table.get("example") or [*phrases, "{soon}."][0])
