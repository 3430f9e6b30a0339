"""Time, statements and memory of a deed, and its time as a multiple of its raw writes."""

import gc
import os
import time
import tracemalloc
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import truediv
from pathlib import Path
from statistics import median
from tempfile import NamedTemporaryFile

from django.db import connection
from django.test.utils import CaptureQueriesContext

from .deeds import Deed
from .server import own_seconds
from .statements import TRANSACTION
from .targets import TOLERATED
from .writes import IMMEDIATE, RawWrites, never_kept

AT_MOST, AT_LEAST = 31, 3  # turns
ENOUGH_SECONDS = 0.8  # of one deed; the slow ones are done less often
MEGABYTE = 1_000_000
SYNCS, PAGE = 50, 8192  # bytes


@dataclass(frozen=True)
class Gauged:
    """Medians of several turns; raw writes and deed took turns, and were never kept."""

    deed: Deed
    ms: float
    cpu_ms: float  # of this process and of the one that serves it at the database
    statements: int
    peak_mb: float
    rows: int
    raw_ms: float = 0
    raw_cpu_ms: float = 0
    ratio: float | None = None  # of CPU time, which neighbours disturb less than the clock

    def synced(self, sync_ms: float) -> float:
        """Return the ratio by the clock where a commit waits for the disk, as in production."""
        return (self.ms + sync_ms) / (self.raw_ms + sync_ms)


def gauged_all(deeds: Iterable[Deed]) -> dict[str, Gauged]:
    with never_kept():
        return {deed.name: gauged(deed) for deed in deeds}


def gauged(deed: Deed) -> Gauged:
    deed.do()  # fills what a process keeps
    statements = statements_of(deed)
    peak = peak_of(deed)
    raw = RawWrites(deed.do) if deed.writes else None
    seconds, cpu, raw_seconds, raw_cpu = [], [], [], []
    gc.collect()
    for turn in range(AT_MOST):
        if raw:
            raw.prepare()
            took, busy = timed(raw.send)
            raw_seconds.append(took)
            raw_cpu.append(busy)
        took, busy = timed(deed.do)
        seconds.append(took)
        cpu.append(busy)
        if turn + 1 >= AT_LEAST and sum(seconds) > ENOUGH_SECONDS:
            break
    return Gauged(
        deed=deed,
        ms=1000 * median(seconds),
        cpu_ms=1000 * median(cpu),
        statements=statements,
        peak_mb=peak / MEGABYTE,
        rows=raw.rows if raw else 0,
        raw_ms=1000 * median(raw_seconds) if raw else 0,
        raw_cpu_ms=1000 * median(raw_cpu) if raw else 0,
        ratio=median(map(truediv, cpu, raw_cpu)) if raw else None,
    )


def timed(do: Callable[[], object]) -> tuple[float, float]:
    """Return seconds by the wall clock, and of CPU."""
    busy, start = cpu_here(), time.perf_counter()
    do()
    return time.perf_counter() - start, cpu_here() - busy


def cpu_here() -> float:
    """Return the CPU seconds of this process and of its connection's at PostgreSQL."""
    if connection.vendor != "postgresql":
        return time.process_time()
    server = connection.connection.info.backend_pid
    return time.process_time() + own_seconds(server)


def statements_of(deed: Deed) -> int:
    with CaptureQueriesContext(connection) as captured:
        deed.do()
    return sum(not query["sql"].startswith((*TRANSACTION, IMMEDIATE)) for query in captured)


def peak_of(deed: Deed) -> int:
    """Return the bytes that it held at most beside what was there before."""
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    deed.do()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak - before


def sync_ms(folder: Path) -> float:
    """Return how long this disk takes to keep one page of a log for good."""
    seconds = []
    with NamedTemporaryFile(dir=folder) as file:
        for _ in range(SYNCS):
            start = time.perf_counter()
            os.write(file.fileno(), bytes(PAGE))
            os.fdatasync(file.fileno())
            seconds.append(time.perf_counter() - start)
    return 1000 * median(seconds)


def grown(few: Mapping[str, Gauged], many: Mapping[str, Gauged]) -> list[str]:
    """Return the deeds that take clearly more CPU among many runs."""
    return [name for name in few if many[name].cpu_ms > TOLERATED * few[name].cpu_ms]


def more_statements(few: Mapping[str, Gauged], many: Mapping[str, Gauged]) -> list[str]:
    return [name for name in few if many[name].statements != few[name].statements]
