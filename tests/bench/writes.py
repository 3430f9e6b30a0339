"""What a deed writes, and the same writes sent by a bare cursor: nothing can be cheaper."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection, models, transaction

from sandbox.models import AnswerKey, Case, LogEntry, Run

WRITING = ("INSERT", "UPDATE", "DELETE")
KEYED: tuple[type[models.Model], ...] = (Run, Case, AnswerKey, LogEntry)
IMMEDIATE = "SET CONSTRAINTS ALL IMMEDIATE"
Keys = dict[str, tuple[int, bool]]


class WroteNothing(Exception):
    """A statement sent again met no row: it was not the same write."""


class Written(NamedTuple):
    """One statement, with whether it gives keys back."""

    sql: str
    params: Any
    returns: bool


@contextmanager
def never_kept() -> Iterator[None]:
    """Roll back wherever a transaction would commit, so that a deed can be done once more.

    What a commit checks is checked. Its own cost is left out on both sides, which makes every
    ratio to the raw writes larger than it is in life.
    """

    def check_and_roll_back() -> None:
        if connection.vendor == "postgresql":
            connection.cursor().execute(IMMEDIATE)
        connection.rollback()

    connection.commit = check_and_roll_back  # type: ignore[method-assign]
    try:
        yield
    finally:
        del connection.commit


class RawWrites:
    """The statements that a deed writes with, and the keys that its new rows got."""

    def __init__(self, deed: Callable[[], object]) -> None:
        self.statements: list[Written] = []
        self.keys = next_keys()
        self.rows = 0
        with connection.execute_wrapper(self.note):
            deed()

    def note(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql.startswith(WRITING):
            cursor = context["cursor"]
            self.statements.append(Written(sql, params, cursor.description is not None))
        return result

    def prepare(self) -> None:
        """Let new rows get the keys that the later statements name."""
        with connection.cursor() as cursor:
            for sequence, (value, is_called) in self.keys.items():
                cursor.execute("SELECT setval(%s, %s, %s)", [sequence, value, is_called])

    def send(self) -> None:
        """Write the very same rows in one transaction."""
        rows = 0
        with transaction.atomic(), connection.cursor() as wrapped:
            cursor = wrapped.cursor
            for sql, params, returns in self.statements:
                cursor.execute(sql, params)
                changed = len(cursor.fetchall()) if returns else cursor.rowcount
                if changed < 1:
                    raise WroteNothing(sql)
                rows += changed
        self.rows = rows


def next_keys() -> Keys:
    """Return where PostgreSQL's sequences stand; SQLite takes its keys back by itself."""
    if connection.vendor != "postgresql":
        return {}
    found: Keys = {}
    with connection.cursor() as cursor:
        for model in KEYED:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
            sequence = cursor.fetchone()[0]
            cursor.execute(f"SELECT last_value, is_called FROM {sequence}")
            found[sequence] = cursor.fetchone()
    return found
