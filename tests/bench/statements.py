"""SQL statements per workload, counted in this process: exact, whatever else the machine does."""

from collections.abc import Iterable
from typing import NamedTuple

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .crowd import Person
from .seed import Cast
from .visitors import InProcessVisitor, Visitor
from .workloads import Workload

TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


class Count(NamedTuple):
    """Statements that read or write, and those that only frame a transaction."""

    statements: int
    framing: int


def visit(person: Person | None) -> Visitor:
    return InProcessVisitor(person.session if person else "")


def statements_of(workload: Workload, cast: Cast) -> list[str]:
    """Return what the second turn sends; the first one warms every cache."""
    workload.play(visit, cast, 0)
    with CaptureQueriesContext(connection) as captured:
        workload.play(visit, cast, 1)
    return [query["sql"] for query in captured]


def count(workload: Workload, cast: Cast) -> Count:
    sent = statements_of(workload, cast)
    framing = sum(sql.startswith(TRANSACTION) for sql in sent)
    return Count(len(sent) - framing, framing)


def counts(workloads: Iterable[Workload], cast: Cast) -> dict[str, Count]:
    cache.clear()
    return {workload.name: count(workload, cast) for workload in workloads}
