"""Guided exercises: what the last decision was worth, said at once."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from ..domain.events import Event
from ..domain.folders import Folder
from ..domain.scoring import Receipt, judge
from ..domain.scoring.expectations import Expectation
from ..domain.workflow import Action
from ..models import Case
from .names import Names, names_of
from .rooms import room_of
from .rules import judged_in


@dataclass(frozen=True)
class Explanation:
    """A trainee's last decision on a case: what was right or wrong, and why."""

    event: Event
    lines: list[dict[str, Any]]
    names: Names
    can_undo: bool

    @property
    def right(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["verdict"] == "right"]

    @property
    def amiss(self) -> list[dict[str, Any]]:
        """What was wrong or right in part only."""
        return [line for line in self.lines if line["verdict"] != "right"]


def explained(case: Case) -> Explanation | None:
    """Return what the trainee's last decision on a case was worth, by the rules of the run.

    None where the mode explains at the end, or nothing has been decided.
    """
    run = case.run
    if not run.allows.explains_at_once:
        return None
    room = room_of(run, [case])
    folder = room.folders[case.number]
    event = last_own(folder)
    if event is None:
        return None
    pack = replace(judged_in(run), weights={})  # they weigh whole runs
    score = judge([folder], room.setting, pack)
    here = [wanted for wanted in pack.expectations if run.desk.role in wanted.roles]
    lost = lost_by(event, folder, here)
    lines = [
        {**asdict(line), "verdict": line.verdict, "step": step_of(line, folder)}
        for line in score.lines
        if line.event == event.number or (line.verdict == "wrong" and line.expectation in lost)
    ]
    return Explanation(event, lines, names_of(run, [case]), can_undo(case, folder, event))


def step_of(line: Receipt, folder: Folder) -> Event | None:
    return next((event for event in folder.log if event.number == line.event), None)


def lost_by(event: Event, folder: Folder, expectations: Iterable[Expectation]) -> set[str]:
    """Return what can no longer be met since a step: what had to come before it.

    Only the first such step closes the way; what came after it was lost already.
    """
    earlier = {one.action for one in folder.log if one.is_own and one.number < event.number}
    return {
        wanted.code
        for wanted in expectations
        if event.action in (border := (*wanted.until, *wanted.before))
        and earlier.isdisjoint(border)
    }


def last_own(folder: Folder) -> Event | None:
    return next((event for event in reversed(folder.log) if event.is_own), None)


def can_undo(case: Case, folder: Folder, event: Event) -> bool:
    """Tell whether the step is the newest, no time has passed, and it reached no other case."""
    run = case.run
    if not (run.is_open and run.allows.undo):
        return False
    is_newest = folder.log[-1] is event and event.at == run.clock
    shared = run.log.filter(action=Action.ANSWER_TOGETHER, number__gt=event.number)
    return is_newest and not shared.filter(choices__parent=str(case.number)).exists()
