"""The site behind a real server on loopback, and the CPU that it and its database use."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

WORKERS = 2
START_SECONDS = 60
NANOSECONDS = 1e-9
TICKS = os.sysconf("SC_CLK_TCK")


class ServerStopped(Exception):
    """The server did not come up."""


@contextmanager
def running_server() -> Iterator[tuple[int, int]]:
    """Serve this database until the block ends; gives port and process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "tests.bench.wsgi", "--bind", f"127.0.0.1:{port}"]
    quiet = ["--workers", str(WORKERS), "--no-control-socket", "--log-level", "error"]
    server = subprocess.Popen([*command, *quiet], cwd=settings.BASE_DIR)
    try:
        wait_until_it_answers(server, port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def wait_until_it_answers(server: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise ServerStopped


def database_process() -> int | None:
    """Return PostgreSQL's first process where it runs on this machine."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        status = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    return parent_of(status) if status.exists() else None


def parent_of(stat: Path) -> int:
    return int(fields_of(stat)[1])


def fields_of(stat: Path) -> list[str]:
    """Return the fields of /proc/…/stat after the program's name."""
    return stat.read_text().rpartition(")")[2].split()


def cpu_seconds(*roots: int | None) -> float:
    """Return user + system time of these process trees, ended children included."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = fields_of(stat)
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended while we looked
    trees = {root for root in roots if root}
    grown = True
    while grown:
        children = {pid for pid, fields in parents.items() if int(fields[1]) in trees} - trees
        trees |= children
        grown = bool(children)
    return sum(own_seconds(pid) + waited_seconds(parents[pid]) for pid in trees if pid in parents)


def own_seconds(pid: int) -> float:
    """Return the scheduler's own count, which is finer than the clock ticks of `stat`."""
    try:
        threads = list(Path(f"/proc/{pid}/task").glob("*/schedstat"))
        return sum(int(thread.read_text().split()[0]) for thread in threads) * NANOSECONDS
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def waited_seconds(fields: list[str]) -> float:
    return (int(fields[13]) + int(fields[14])) / TICKS
