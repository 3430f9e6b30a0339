"""Folders + a rule pack → receipts, each explaining its points; they add up to the score."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from math import floor

from ..folders import Folder, Setting, oldest_stalled
from ..workflow import Role
from .expectations import HIGHEST_MARK, AnswerRubric, Criterion, Expectation, Pack, RubricElement
from .findings import Asked
from .looks import find
from .receipts import Receipt
from .records import Record
from .weights import weighted

RUBRIC = "rubric"  # the kind of a line that a trainer marks
EXACT = 6  # decimals of a share; a third of three is one
Marks = Mapping[int, Mapping[str, int]]


@dataclass(frozen=True)
class Score:
    """All receipts of a run. Every number of the score is counted from them."""

    lines: tuple[Receipt, ...]

    @property
    def points(self) -> int:
        return sum(line.points for line in self.lines)

    @property
    def out_of(self) -> int:
        return sum(line.out_of for line in self.lines)

    @property
    def percent(self) -> int:
        return percent(self.points, self.out_of)

    @property
    def slips(self) -> int:
        return sum(line.fatal for line in self.lines)

    @property
    def pending(self) -> int:
        """How many lines still wait for a trainer's mark."""
        return sum(line.pending for line in self.lines)

    def passes(self, pass_percent: int) -> bool:
        """Tell whether the run is passed: never with a privacy slip, nor before it is marked."""
        return not self.slips and not self.pending and self.percent >= pass_percent


def judge(
    folders: Sequence[Folder], setting: Setting, pack: Pack, marks: Marks | None = None
) -> Score:
    """Judge a run at the trainee's desk. `marks` is None where no trainer marks its answers.

    Every expectation that asks something of a case gives one receipt, also where nothing was
    done: leaving a required step out can only lower the score.
    """
    incident = {
        folder.number: folder.key.get("duplicate_of") or folder.number for folder in folders
    }
    role = setting.desk.role
    asked_here = [wanted for wanted in pack.expectations if role in wanted.roles]
    oldest = cache(partial(oldest_stalled, folders, setting))
    lines: list[Receipt] = []
    for folder in folders:
        record = Record(folder, setting, incident, oldest)
        lines += receipts(record, asked_here, pack)
        if role is Role.LIAISON_OFFICER and marks is not None and pack.rubric:
            lines += rubric_lines(record, pack.rubric, marks.get(folder.number, {}))
    return Score(weighted(lines, pack.weights) if pack.weights else tuple(lines))


def receipts(record: Record, asked_here: Sequence[Expectation], pack: Pack) -> Iterator[Receipt]:
    """Yield the lines of one case, in the order of the pack."""
    for wanted in asked_here:
        out_of = wanted.points_for(record.key["decision"])
        if not out_of or not record.meets(wanted.when):
            continue
        found = find(Asked(wanted, record, pack))
        if found is None:
            continue
        points = floor(round(found.share * out_of, EXACT))
        limit = source_of_limit(record, wanted, pack)
        yield Receipt(
            case=record.folder.number,
            expectation=wanted.code,
            kind=str(wanted.kind),
            criterion=str(wanted.criterion),
            event=found.event.number if found.event else None,
            chosen=found.chosen,
            expected=found.expected,
            points=points,
            out_of=out_of,
            fatal=wanted.fatal and found.share == 0 and found.event is not None,
            pending=False,
            why=found.why or wanted.rule,
            better=found.better or wanted.better,
            rule=wanted.rule,
            source=wanted.source.replace("{key}", record.key["source"]).replace("{limit}", limit),
            unanswered=found.event is not None and not found.event.is_own,
        )


def source_of_limit(record: Record, wanted: Expectation, pack: Pack) -> str:
    """Return where the limit stands that applied: in the pack, or in a change during the run."""
    begun = record.entered(wanted.limit) if wanted.limit else None
    change = record.setting.injects.change_of(wanted.limit, begun) if begun else None
    declared = pack.limit_sources.get(str(wanted.limit), "")
    return f"{declared}; {change.title['id']}" if change else declared


def rubric_lines(
    record: Record, rubric: AnswerRubric, marks: Mapping[str, int]
) -> Iterator[Receipt]:
    """Yield one line per element of an answer; what nobody has marked yet is pending."""
    if not record.meets({"mine": True}):
        return
    for element in rubric.elements:
        yield rubric_line(record, rubric, element, marks.get(element.code))


def rubric_line(
    record: Record, rubric: AnswerRubric, element: RubricElement, mark: int | None
) -> Receipt:
    """Return an element's points; an answer that was never sent has nothing to be marked."""
    last = record.answers[-1] if record.answers else None
    level = (mark or 0) if last else 0
    return Receipt(
        case=record.folder.number,
        expectation=str(element.code),
        kind=RUBRIC,
        criterion=str(Criterion.QUALITY),
        event=last.step.number if last else None,
        chosen=str(level) if last and mark is not None else "",
        expected=str(HIGHEST_MARK),
        points=level * rubric.points // HIGHEST_MARK,
        out_of=rubric.points,
        fatal=False,
        pending=last is not None and mark is None,
        why=element.levels[level] if last and mark is not None else element.rule,
        better=element.better,
        rule=element.rule,
        source=rubric.source,
    )


def percent(points: int, out_of: int) -> int:
    """Whole percent, rounded down: a score is never shown higher than it is."""
    return points * 100 // out_of if out_of else 0
