"""How the simulated reporter reacts when the clock moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .workflow import Action, Role


@dataclass(frozen=True)
class Reaction:
    """What a simulated party does to a case, and what it says."""

    action: Action
    role: Role
    at: datetime
    text: str


def reaction(
    *,
    asked_for: str,
    key: Mapping[str, Any],
    answers_at: datetime,
    expires_at: datetime | None,
    now: datetime,
) -> Reaction | None:
    """Return how the parties of a held case have reacted by virtual time `now`, if at all.

    A reporter who was asked for what is really missing adds it at `answers_at`. One who
    was asked for something else cannot help; the case expires when its window closes.
    """
    hold = key.get("hold")
    if hold and asked_for == hold["missing"] and answers_at <= now:
        return Reaction(Action.COMPLETE, Role.REPORTER, answers_at, hold["completion_id"])
    if expires_at is not None and expires_at < now:
        return Reaction(Action.EXPIRE, Role.SYSTEM, expires_at, "")
    return None
