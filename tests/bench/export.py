"""Writing a labelled set, in a process of its own: reports per second, and memory at two sizes."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from .gauge import MEGABYTE

FEW, MANY = 2_000, 20_000  # reports
MORE_MEMORY = 1.1  # times as much for ten times as many is still a stream
KILOBYTE = 1024  # in which Linux counts a process's memory


class ExportFailed(Exception):
    """The command ended with an error."""


class Written(NamedTuple):
    """What one export cost, the start of its process included."""

    count: int
    cpu_seconds: float
    peak_mb: float


class Exported(NamedTuple):
    few: Written
    many: Written

    @property
    def per_second(self) -> float:
        """Return the reports that one core writes in a second; starting up is left out."""
        seconds = self.many.cpu_seconds - self.few.cpu_seconds
        return (self.many.count - self.few.count) / seconds

    @property
    def is_stream(self) -> bool:
        return self.many.peak_mb <= MORE_MEMORY * self.few.peak_mb


def exported(folder: Path) -> Exported:
    return Exported(written(FEW, folder), written(MANY, folder))


def written(count: int, folder: Path) -> Written:
    """Export `count` reports, and see that as many came."""
    file = folder / "cases.jsonl"
    command = [sys.executable, "manage.py", "export_cases", "--seed", "1", "--count", str(count)]
    child = subprocess.Popen(
        [*command, "--out", str(file)], cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    with file.open(encoding="utf-8") as lines:
        if child.returncode or sum(1 for _line in lines) != count:
            raise ExportFailed
    seconds = usage.ru_utime + usage.ru_stime
    return Written(count, seconds, usage.ru_maxrss * KILOBYTE / MEGABYTE)
