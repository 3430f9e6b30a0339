"""A finished run explained, from its frozen score and its log."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator

from ..domain.deadlines import OfficeTime
from ..domain.events import Event
from ..domain.folders import Folder
from ..domain.reporters import feelings, persona_of
from ..domain.robots import play_expertly
from ..domain.room import Room
from ..domain.scoring import percent
from ..domain.scoring.records import explained
from ..domain.workflow import Action, Role
from ..domain.working_days import CalendarTooShort
from ..models import AnswerMark, Case, Run
from .files import localized
from .names import Names, names_of
from .notices import Notice, notices
from .phrases import personas_of
from .replays import Past, past_of, whole

# Expectations that name one right office: by which steps a case is sent there, and their choice.
ROUTES: Mapping[str, tuple[tuple[Action, ...], str]] = {
    "unit": ((Action.DISPOSE,), "unit"),
    "decline": ((Action.DECLINE,), "unit"),
    "agency": ((Action.VERIFY, Action.ACCEPT), "agency"),
    "destination": ((Action.RETURN,), "destination"),
}
NOWHERE = ""  # no office was chosen
MODEL_DAYS = 15  # working days for which the model route goes on
STRONG, SOME = 3, 2  # times that the same wrong way was taken
PAGE_SIZE = 25
EVERYTHING = "semua"  # in an address: show also what was worked on but not scored
NO_CASE = 0


@dataclass(frozen=True)
class Felt:
    """One change of a reporter's trust: by which event, what was noticed, from what to what.

    What was heard from outside has the words of an announcement instead of an event.
    """

    event: Event | None
    cue: str
    before: int
    after: int
    at: datetime
    heard: Mapping[str, str] | None = None

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Cell:
    """How often cases of one office were sent to another; `shade` 0 stands for never."""

    chosen: str
    times: int
    is_right: bool
    shade: int


@dataclass(frozen=True)
class Matrix:
    """Which office was right, and which was chosen: one row for each right one."""

    columns: list[str]
    rows: list[tuple[str, list[Cell]]]
    total: int
    right: int
    worst: tuple[str, str, int] | None

    @property
    def percent(self) -> int:
        return percent(self.right, self.total)

    @property
    def detours(self) -> list[tuple[str, Cell]]:
        """Every wrong way that was taken, the most frequent first."""
        wrong = [(row, cell) for row, cells in self.rows for cell in cells if not cell.is_right]
        taken = [(row, cell) for row, cell in wrong if cell.times]
        return sorted(taken, key=lambda way: -way[1].times)


@dataclass(frozen=True)
class JudgedCase:
    """One case with its receipts, beside a model route, and how its reporter felt."""

    case: Case
    lines: list[dict[str, Any]]
    takeaway: Mapping[str, str]
    concerns_me: bool  # whether the takeaway speaks to the desk that was played
    why: Mapping[str, str]
    route: list[Event]
    model: list[Event]
    felt: list[Felt]
    trust: int
    persona: Mapping[str, Any]
    comment: str = ""

    @property
    def points(self) -> int:
        return sum(line["points"] for line in self.lines)

    @property
    def out_of(self) -> int:
        return sum(line["out_of"] for line in self.lines)

    @property
    def is_right(self) -> bool:
        return self.points == self.out_of

    @property
    def has_slip(self) -> bool:
        return any(line["fatal"] for line in self.lines)

    @property
    def trust_now(self) -> int:
        return self.felt[-1].after if self.felt else self.trust


@dataclass(frozen=True)
class Debrief:
    """A finished run explained: slips first, then per criterion and case, and what is next."""

    criteria: list[dict[str, Any]]
    cases: list[JudgedCase]
    page: Page[int]
    shows_all: bool
    unscored: int  # cases that the trainee worked on, and that earn no points
    weakest: str | None
    advice: Mapping[str, str]
    slips: list[dict[str, Any]]
    matrix: Matrix | None
    names: Names
    first: int
    office: OfficeTime
    notices: list[Notice]
    left_out: int  # cases that asked for no step, and got none

    @property
    def query(self) -> str:
        """What an address says to come to the next page of the same list."""
        return f"lihat={EVERYTHING}" if self.shows_all else ""


def debrief(run: Run, asked: Mapping[str, str] | None = None) -> Debrief:
    """Read the frozen score, cases with lost points first; nothing is judged again.

    `asked` is what an address asks for: everything, a page, or the page with one case.
    """
    lines, asked = run.result["lines"], asked or {}
    past = past_of(run)
    scored, worked_on = in_order(lines), worked_on_in(past)
    unscored = sorted(worked_on.difference(scored))
    page, shows_all = page_of(scored, unscored, asked)
    return Debrief(
        criteria=share_by(lines, "criterion"),
        cases=judged_cases(past, list(page)),
        page=page,
        shows_all=shows_all,
        unscored=len(unscored),
        weakest=(weak := weakest(lines)),
        advice=next((line["rule"] for line in lines if line["expectation"] == weak), {}),
        slips=[line for line in lines if line["fatal"]],
        matrix=matrix_of(lines, past),
        names=names_of(run, past.cases.values()),
        first=past.first,
        office=past.start.setting.terms.office,
        notices=notices(run)[::-1],
        left_out=len(past.cases) - len(scored) - len(unscored),
    )


def in_order(lines: Iterable[Mapping[str, Any]]) -> list[int]:
    """Return the cases that have receipts: privacy slips first, then lost points, then the rest."""
    rank: dict[int, tuple[bool, bool]] = {}
    for line in sorted(lines, key=lambda line: int(line["case"])):
        slipped, lost = rank.get(line["case"], (False, False))
        is_lost = line["points"] < line["out_of"]
        rank[line["case"]] = (slipped or line["fatal"], lost or is_lost)
    return sorted(rank, key=lambda case: (not rank[case][0], not rank[case][1]))


def worked_on_in(past: Past) -> set[int]:
    return {entry.case for entry in past.log if isinstance(entry, Event) and entry.is_own}


def page_of(
    scored: list[int], unscored: list[int], asked: Mapping[str, str]
) -> tuple[Page[int], bool]:
    """Return the numbers of the cases to show, and whether those without points are among them."""
    wanted = whole(asked.get("kasus", ""), NO_CASE)
    shows_all = asked.get("lihat") == EVERYTHING or wanted in unscored
    shown = [*scored, *unscored] if shows_all else scored
    paginator = Paginator(shown, PAGE_SIZE)
    if wanted in shown:
        return paginator.page(shown.index(wanted) // PAGE_SIZE + 1), shows_all
    return paginator.get_page(asked.get("page")), shows_all


def judged_cases(past: Past, shown: Sequence[int]) -> list[JudgedCase]:
    """Return cases with their receipts, in the order given."""
    run, room = past.run, past.end
    comments = comments_on(run) if run.needs_marking else {}
    people = personas_of(run)
    found = []
    model = model_of(past, shown)
    for number in shown:
        case, folder = past.cases[number], room.folders[number]
        persona = persona_of(folder, room.setting)
        own = (line for line in run.result["lines"] if line["case"] == number)
        lines = [with_step(line, folder.events) for line in own]
        found.append(
            JudgedCase(
                case=past.row_in(room, number),
                lines=sorted(lines, key=lambda line: line["verdict"] == "right"),
                takeaway=run.result["takeaways"][str(case.number)],
                concerns_me=concerns(run, folder.key),
                why=explained(folder.key),
                route=folder.log,
                model=model.folders[number].log,
                felt=felt_in(folder, room),
                trust=persona.trust,
                persona=in_my_language(people[persona.code]),
                comment=comments.get(number, ""),
            )
        )
    return found


def concerns(run: Run, key: Mapping[str, Any]) -> bool:
    """Tell whether the takeaway of a case is about what this desk decides.

    It speaks to whoever passes a report on; to a unit only where the report is not its own, or
    its answer has to wait.
    """
    if run.role == Role.LIAISON_OFFICER:
        return key.get("group") == "misrouted" or bool(key.get("answer", {}).get("waits"))
    return run.role in (Role.NATIONAL_ADMIN, Role.AGENCY_ADMIN)


def with_step(line: Mapping[str, Any], events: Iterable[Event]) -> dict[str, Any]:
    """Return a receipt beside the event that it rests on, if there is one."""
    return {**line, "step": next((one for one in events if one.number == line["event"]), None)}


def comments_on(run: Run) -> dict[int, str]:
    """Return what a trainer wrote about the answers, by case number."""
    marks = AnswerMark.objects.filter(case__run=run).exclude(comment="")
    return dict(marks.values_list("case__number", "comment"))


def in_my_language(persona: Mapping[str, Any]) -> dict[str, str]:
    return {f"{field}_here": localized(persona, field) for field in ("name", "about")}


def felt_in(folder: Folder, room: Room) -> list[Felt]:
    """Return how the reporter's trust moved, each time with the event that moved it."""
    events = {event.number: event for event in folder.events}
    outside = room.setting.injects.all
    trust, found = persona_of(folder, room.setting).trust, []
    for feeling in feelings(folder, room.setting):
        event = events[feeling.event] if feeling.event is not None else None
        inject = next((each for each in outside if each.place == feeling.inject), None)
        at = event.at if event else inject.at if inject else room.clock
        heard = inject.title if inject else None
        found.append(Felt(event, feeling.cue, trust, feeling.trust, at, heard))
        trust = feeling.trust
    return found


def model_of(past: Past, numbers: Iterable[int]) -> Room:
    """Return the run as the expert would have played these cases: same people, same seed."""
    room = past.room_at(past.first)
    first = {room.folders[number].key.get("duplicate_of") or number for number in numbers}
    with suppress(CalendarTooShort):  # what comes after the decreed holidays is left out
        play_expertly(room, until(past), first.union(numbers))
    return room


def until(past: Past) -> datetime:
    office = past.start.setting.terms.office
    day = past.run.started_at.astimezone(office.zone).date()
    return max(office.at(office.calendar.add(day, MODEL_DAYS), office.closes), past.run.clock)


def share_by(lines: Iterable[Mapping[str, Any]], field: str) -> list[dict[str, Any]]:
    """Add up points by `field`, in order of first appearance, with what waits for a mark."""
    sums: dict[str, list[int]] = {}
    for line in lines:
        total = sums.setdefault(line[field], [0, 0, 0])
        total[0] += line["points"]
        total[1] += line["out_of"]
        total[2] += line["pending"]
    return [
        {
            field: name,
            "points": points,
            "out_of": out_of,
            "pending": pending,
            "percent": percent(points, out_of),
        }
        for name, (points, out_of, pending) in sums.items()
    ]


def weakest(lines: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the expectation with the lowest share, or None where nothing was lost."""
    judged = [line for line in lines if not line["pending"]]
    slips = [line["expectation"] for line in judged if line["fatal"]]
    shares = share_by(judged, "expectation")
    lost = [share for share in shares if share["points"] < share["out_of"]]
    if slips or not lost:
        return slips[0] if slips else None
    return str(min(lost, key=lambda share: share["percent"])["expectation"])


def matrix_of(lines: Sequence[Mapping[str, Any]], past: Past) -> Matrix | None:
    """Count which office was right and which was chosen; None where no case had to be sent on."""
    ways = Counter(
        (str(line["expected"]), chosen)
        for line in lines
        if line["expectation"] in ROUTES
        for chosen in routes_of(line, past)
    )
    if not ways:
        return None
    right_offices = sorted({right for right, _chosen in ways})
    others = sorted({chosen for _right, chosen in ways} - {*right_offices, NOWHERE})
    columns = [*right_offices, *others]
    if any(chosen == NOWHERE for _right, chosen in ways):
        columns.append(NOWHERE)
    made = Matrix(
        columns=columns,
        rows=[
            (right, [cell(right, chosen, ways) for chosen in columns]) for right in right_offices
        ],
        total=ways.total(),
        right=sum(ways[office, office] for office in right_offices),
        worst=None,
    )
    sent = [(right, each) for right, each in made.detours if each.chosen != NOWHERE]
    return replace(made, worst=standing_out(sent))


def standing_out(sent: Sequence[tuple[str, Cell]]) -> tuple[str, str, int] | None:
    """Return the wrong way that was taken more often than every other, if there is one."""
    times = [each.times for _right, each in sent]
    if not sent or times[0] < SOME or times[0] in times[1:]:
        return None
    right, most = sent[0]
    return right, most.chosen, most.times


def routes_of(line: Mapping[str, Any], past: Past) -> list[str]:
    """Return where the trainee sent a case, one way after the other; as right counts as right."""
    actions, choice = ROUTES[line["expectation"]]
    folder = past.end.folders[line["case"]]
    right = {route["unit"] for route in folder.key.get("route", ())} if choice == "unit" else set()
    sent = [
        str(event.choices.get(choice, ""))
        for event in folder.log
        if event.is_own and event.action in actions
    ]
    ways = [line["expected"] if way in right else way for way in sent if way]
    return list(dict.fromkeys(ways)) or [NOWHERE]


def cell(right: str, chosen: str, ways: Counter[tuple[str, str]]) -> Cell:
    times = ways[right, chosen]
    shade = 3 if times >= STRONG else 2 if times == SOME else min(times, 1)
    return Cell(chosen, times, right == chosen, shade)
