"""When a campaign is open, when a fact must be checked again, and what a library file may hold."""

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

CHECK_AFTER = timedelta(days=90)
HOST_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


class Opening(StrEnum):
    UPCOMING = "upcoming"
    OPEN = "open"
    ENDED = "ended"


def opening(opens_on: date, closes_on: date | None, today: date) -> Opening:
    """Return where a campaign stands; both its first and its last day are open."""
    if today < opens_on:
        return Opening.UPCOMING
    if closes_on is not None and today > closes_on:
        return Opening.ENDED
    return Opening.OPEN


def is_open(opens_on: date, closes_on: date | None, today: date) -> bool:
    return opening(opens_on, closes_on, today) is Opening.OPEN


def oldest_trusted_check(today: date) -> date:
    """Return the first day on which a check still counts; what was checked before is stale."""
    return today - CHECK_AFTER


def channel_link(kind: str, address: str) -> str:
    """Return where a channel's address leads, or nothing when it is a name and not an address."""
    if kind == "web" and HOST_NAME.fullmatch(address):
        return f"https://{address}/"
    if kind in {"phone", "sms"} and address.isdigit():
        return f"{'tel' if kind == 'phone' else 'sms'}:{address}"
    return ""


class LibraryError(ValueError):
    """A file of starting content holds something that it may not, or lacks something."""


def check_keys(
    table: Mapping[str, Any],
    *,
    required: Collection[str],
    optional: Collection[str] = (),
    where: str,
) -> None:
    """Raise LibraryError, naming the place and the key, unless `table` has just these keys."""
    for key in table:
        if key not in required and key not in optional:
            raise LibraryError(f"{where}: unknown key “{key}”")
    for key in required:
        if key not in table:
            raise LibraryError(f"{where}: key “{key}” is missing")
