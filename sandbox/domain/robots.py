"""A robot that reads the answer key: it plays demonstrations and shows that it can be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .workflow import Action, State


@dataclass(frozen=True)
class Move:
    """One step that a player takes: its scored choices, and a text."""

    action: Action
    choices: Mapping[str, str]
    text: str = ""


def expert_move(state: State, key: Mapping[str, Any], *, was_held: bool) -> Move | None:
    """Return the right next step of the agency admin, or None while there is nothing to do."""
    if state is State.VERIFIED:
        return Move(Action.DISPOSE, {"unit": key["route"][0]["unit"]})
    if state is not State.UNVERIFIED:
        return None
    reason = explanation_in_words(key)
    match key["decision"]:
        case "hold" if not was_held:
            return Move(Action.HOLD, {"missing": key["hold"]["missing"]}, reason)
        case "return":
            right = key["return"]
            choices = {"level": right["level"], "destination": right["destination"]}
            return Move(Action.RETURN, choices, reason)
        case "archive":
            return Move(Action.ARCHIVE, {"reason": key["archive"]["reason"]}, reason)
    return Move(Action.VERIFY, {"class": key["class"], "category": key["category"]})


def explanation_in_words(key: Mapping[str, Any]) -> str:
    part = key.get(key["decision"], {})
    return str(part.get("why_id", ""))
