"""Rounds of every workload with the floors in between; only ratios within a round count."""

import itertools
import os
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from statistics import median, quantiles

from .crowd import Person
from .seed import Cast
from .server import cpu_seconds, database_process
from .visitors import HttpVisitor, Visitor
from .workloads import FLOORS, WORKLOADS, Workload

CROWD = 8  # at once
WARM_UP = 4  # turns of each workload before anything counts
FLOORS_PER_ROUND = 3


@dataclass
class Figures:
    """What one workload has cost so far."""

    cpu_ms: list[float] = field(default_factory=list)  # per turn, one figure a round
    ratios: list[float] = field(default_factory=list)  # to its floor, one a round
    alone: list[float] = field(default_factory=list)  # seconds of each request
    crowded: list[float] = field(default_factory=list)
    requests: float = 1  # per turn

    @property
    def ratio(self) -> float:
        return median(self.ratios)


class Bench:
    """Measures against one server; turns are never given twice."""

    def __init__(self, port: int, server: int, cast: Cast) -> None:
        self.port, self.cast = port, cast
        self.processes = [server, database_process()]
        self.here = [os.getpid(), self.processes[1]]
        self.turns: dict[str, itertools.count[int]] = defaultdict(lambda: itertools.count(2))
        self.addresses = itertools.count()
        self.figures: dict[str, Figures] = defaultdict(Figures)

    def warm_up(self) -> None:
        for workload in [*FLOORS, *WORKLOADS]:
            self.play(workload, WARM_UP, 2)

    def round(self, workloads: Sequence[Workload], seed: int) -> None:
        """Play every workload once in a drawn order, the floors before, amid and after."""
        order = list(workloads)
        Random(seed).shuffle(order)
        floors: dict[str, list[float]] = defaultdict(list)
        cpu: dict[str, float] = {}
        breaks = [len(order) * part // (FLOORS_PER_ROUND - 1) for part in range(FLOORS_PER_ROUND)]
        for place in range(len(order) + 1):
            for floor in FLOORS if place in breaks else []:
                floors[floor.name].append(self.measure(floor))
            if place < len(order):
                cpu[order[place].name] = self.measure(order[place])
        for workload in workloads:
            floor_ms = median(floors[workload.floor])
            self.figures[workload.name].ratios.append(cpu[workload.name] / floor_ms)

    def measure(self, workload: Workload) -> float:
        """Play alone, then crowded; return the CPU ms per turn of the crowd, or alone if none."""
        figures = self.figures[workload.name]
        cpu_ms, seconds = self.play(workload, workload.alone, 1)
        figures.alone += seconds
        if workload.crowded:
            cpu_ms, seconds = self.play(workload, workload.crowded, CROWD)
            figures.crowded += seconds
        figures.requests = len(seconds) / (workload.crowded or workload.alone)
        figures.cpu_ms.append(cpu_ms)
        return cpu_ms

    def play(self, workload: Workload, turns: int, at_once: int) -> tuple[float, list[float]]:
        """Play `turns` turns; return CPU ms per turn and the seconds of each request."""
        mine = list(itertools.islice(self.turns[workload.name], turns))
        processes = self.here if workload.here else self.processes
        before = cpu_seconds(*processes)
        if workload.here:
            seconds = [self.one_here(workload, turn) for turn in mine]
        else:
            with ThreadPoolExecutor(at_once) as pool:
                played = pool.map(lambda turn: self.one(workload, turn), mine)
                seconds = [second for turn in played for second in turn]
        return 1000 * (cpu_seconds(*processes) - before) / turns, seconds

    def one(self, workload: Workload, turn: int) -> list[float]:
        seconds: list[float] = []
        workload.play(self.visits(seconds), self.cast, turn)
        return seconds

    def one_here(self, workload: Workload, turn: int) -> float:
        start = time.perf_counter()
        workload.play(self.visits([]), self.cast, turn)
        return time.perf_counter() - start

    def visits(self, seconds: list[float]) -> Callable[[Person | None], Visitor]:
        def visit(person: Person | None) -> Visitor:
            visitor = HttpVisitor(self.port, person.session if person else "", next(self.addresses))
            visitor.seconds = seconds
            return visitor

        return visit


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the 50th and 95th in ms."""
    cuts = quantiles(seconds, n=20, method="inclusive")
    return 1000 * cuts[9], 1000 * cuts[18]
