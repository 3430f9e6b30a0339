"""What robots show by playing an exercise: that skill tells, and that nothing is a dead end."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from random import Random
from typing import Any

from ..cases import Family, Order, SyntheticCase, make_cases
from ..folders import Folder, begin
from ..players import play_at_random, play_minimally
from ..position import Position, after
from ..robots import play_expertly
from ..room import Room
from ..scoring import Score, judge
from ..scoring.expectations import Criterion, Kind
from ..scoring.receipts import Receipt
from ..workflow import TIMED_STATES, Action
from .material import Material
from .reports import Check, Finding, check
from .values import PLAYED_DAYS

EXPERT, MINIMAL, RANDOM, IDLE = "expert", "minimal", "random", "idle"
LEAST_EXPERT, MOST_MINIMAL, MOST_RANDOM, MOST_AGAIN = 95, 40, 25, 25  # percent
SEEDS: Mapping[str, int] = {EXPERT: 5, MINIMAL: 5, RANDOM: 20, IDLE: 2}
MANY = 60  # cases: luck evens out within an attempt as large as that, so that fewer show the same
SEEDS_OF_MANY: Mapping[str, int] = {EXPERT: 2, MINIMAL: 2, RANDOM: 10, IDLE: 2}
ROOM_FOR = 24  # families of the pool that one room holds
WORDS_A_MINUTE, WRITTEN_A_MINUTE, STEPS_A_MINUTE = 180, 40, 6
Player = Callable[[Room, datetime], Room]


@dataclass(frozen=True)
class Play:
    """One attempt of a robot. `families` are those of its cases, by number."""

    seed: int
    room: Room
    score: Score
    families: Mapping[int, str]

    def lost(self) -> Iterator[Receipt]:
        return (line for line in self.score.lines if line.points < line.out_of)

    @cached_property
    def percent_of(self) -> Mapping[str, tuple[int, int]]:
        """Points and their most by family, but for time: that hangs on the day of arrival."""
        sums: dict[str, tuple[int, int]] = {}
        for line in self.score.lines:
            if line.criterion == Criterion.TIME:
                continue
            family = self.families[line.case]
            points, out_of = sums.get(family, (0, 0))
            sums[family] = (points + line.points, out_of + line.out_of)
        return sums


@dataclass
class Plays:
    """All attempts at an exercise, each robot's played when they are first asked for."""

    material: Material
    played: dict[str, list[Play]] = field(default_factory=dict)

    @cached_property
    def until(self) -> datetime:
        office = self.material.office
        day = self.material.plan.starts_at.astimezone(office.zone).date()
        return office.at(office.calendar.add(day, PLAYED_DAYS), office.opens)

    def player(self, robot: str, seed: int) -> Player:
        offers = self.material.offers
        players: Mapping[str, Player] = {
            EXPERT: play_expertly,
            MINIMAL: partial(play_minimally, offers=offers),
            RANDOM: partial(play_at_random, offers=offers, dice=Random(seed)),
            IDLE: advanced,
        }
        return players[robot]

    def of(self, robot: str) -> list[Play]:
        if robot not in self.played:
            is_large = self.material.scenario["number"] > MANY
            attempts = (SEEDS_OF_MANY if is_large else SEEDS)[robot]
            seeds = range(1, attempts + 1)
            self.played[robot] = [self.play(robot, seed, *self.opened(seed)) for seed in seeds]
        return self.played[robot]

    def opened(self, seed: int) -> tuple[list[SyntheticCase], Room]:
        return self.material.opened(seed)

    def play(self, robot: str, seed: int, made: Sequence[SyntheticCase], room: Room) -> Play:
        self.player(robot, seed)(room, self.until)
        score = judge(list(room.folders.values()), room.setting, self.material.pack)
        return Play(seed, room, score, {n: case.family for n, case in enumerate(made, start=1)})

    @cached_property
    def of_pool(self) -> list[Play]:
        """The expert's attempts at every family from which the composition draws, once each."""
        return [
            self.play(EXPERT, seed, *self.rooms_of(chunk, seed))
            for seed, chunk in enumerate(chunks(self.material.pool), start=1)
        ]

    def rooms_of(
        self, chunk: Sequence[tuple[str, Family]], seed: int
    ) -> tuple[list[SyntheticCase], Room]:
        material = self.material
        composition: dict[str, int] = {}
        for group, _family in chunk:
            composition[group] = composition.get(group, 0) + 1
        families = tuple(family for _group, family in chunk)
        order = Order(composition, len(chunk), material.order.whole)
        return material.opened(seed, order, replace(material.library, families=families))

    @property
    def all(self) -> Iterator[tuple[str, Play]]:
        for robot, plays in self.played.items():
            yield from ((robot, play) for play in plays)
        yield from ((EXPERT, play) for play in self.of_pool)


def advanced(room: Room, until: datetime) -> Room:
    room.advance(until)
    return room


def chunks(pool: Mapping[str, Sequence[Family]]) -> list[list[tuple[str, Family]]]:
    """Share the families of a pool among rooms that are quick to play."""
    once = {family["code"]: (group, family) for group in pool for family in pool[group]}
    listed = list(once.values())
    return [listed[place : place + ROOM_FOR] for place in range(0, len(listed), ROOM_FOR)]


# The checks


def expert(plays: Plays) -> Check:
    """The expert gets nearly everything, and passes, without a slip."""
    attempts, findings = plays.of(EXPERT), []
    pass_percent = plays.material.scenario["pass_percent"]
    for play in attempts:
        score = play.score
        if not score.out_of:
            findings.append(Finding("composition", "nothing_scored"))
        elif score.percent < LEAST_EXPERT or score.percent < pass_percent:
            gaps = {"percent": score.percent, "least": max(LEAST_EXPERT, pass_percent)}
            findings.append(Finding("expert", "expert_low", gaps))
            findings += losses(play)
        if score.slips:
            findings += [
                Finding(family_at(play, line), "expert_slips", {"expectation": line.expectation})
                for line in score.lines
                if line.fatal
            ]
    return check(EXPERT, findings, **figures(attempts), least=LEAST_EXPERT)


def losses(play: Play) -> Iterator[Finding]:
    for line in play.lost():
        yield Finding(family_at(play, line), "expert_loses", {"expectation": line.expectation})


def family_at(play: Play, line: Receipt) -> str:
    return f"families.{play.families[line.case]}"


def figures(attempts: Sequence[Play]) -> dict[str, Any]:
    percents = [play.score.percent for play in attempts]
    return {
        "attempts": len(attempts),
        "lowest": min(percents),
        "highest": max(percents),
        "average": round(sum(percents) / len(percents), 1),
    }


def minimal(plays: Plays) -> Check:
    """Whoever does the least does not get far, and never passes."""
    attempts = plays.of(MINIMAL)
    highest = max(attempts, key=lambda play: play.score.percent)
    percent, findings = highest.score.percent, []
    if percent > MOST_MINIMAL:
        gaps = {"percent": percent, "most": MOST_MINIMAL, "expectations": paid_most(highest)}
        findings.append(Finding("composition", "minimal_high", gaps))
    if percent >= plays.material.scenario["pass_percent"]:
        gaps = {"percent": percent, "pass": plays.material.scenario["pass_percent"]}
        findings.append(Finding("pass_percent", "minimal_passes", gaps))
    return check(MINIMAL, findings, **figures(attempts), most=MOST_MINIMAL)


def paid_most(play: Play) -> str:
    """Name the expectations that paid most for nothing much."""
    sums: dict[str, int] = {}
    for line in play.score.lines:
        sums[line.expectation] = sums.get(line.expectation, 0) + line.points
    return ", ".join(sorted(sums, key=lambda code: -sums[code])[:3])


def at_random(plays: Plays) -> Check:
    """Luck is worth little on average."""
    attempts = plays.of(RANDOM)
    found = figures(attempts)
    findings = []
    if found["average"] > MOST_RANDOM:
        gaps = {"percent": found["average"], "most": MOST_RANDOM}
        findings.append(Finding("composition", "random_high", gaps))
    return check(RANDOM, findings, **found, most=MOST_RANDOM)


def branches(plays: Plays) -> Check:
    """Each family that may be drawn can be decided to the end, and each group has one."""
    findings = []
    for play in plays.of_pool:
        for family, (points, out_of) in play.percent_of.items():
            if points * 100 < LEAST_EXPERT * out_of:
                findings += [loss for loss in losses(play) if loss.place == f"families.{family}"]
        findings += left_over(play)
        findings += orphans(play)
    met = {family for play in plays.of_pool for family in play.families.values()}
    return check("branches", findings, families=len(met), groups=len(plays.material.pool))


def left_over(play: Play) -> Iterator[Finding]:
    """Yield families whose case lies on the desk past its limit: the expert had no way on.

    A word in between is a way on, where the result of a test is awaited.
    """
    for number, folder in play.room.folders.items():
        case = folder.position
        is_mine = case.is_submitted and case.desk == play.room.setting.desk
        is_late = case.breached and case.state in TIMED_STATES
        if is_mine and is_late and not folder.count(Action.INTERIM):
            yield Finding(f"families.{play.families[number]}", "dead_end", {"state": case.state})


def orphans(play: Play) -> Iterator[Finding]:
    for number, folder in play.room.folders.items():
        first = folder.key.get("duplicate_of")
        if first is not None and (first not in play.room.folders or first >= number):
            yield Finding(f"families.{play.families[number]}", "duplicate_without_parent")


def retry(plays: Plays) -> Check:
    """A second attempt is about other matters than the first, in nearly all of its cases."""
    material = plays.material
    met = set(plays.of(EXPERT)[0].families.values())
    day = material.plan.starts_at.date()
    made = make_cases(material.library, material.order, 2, material.names, day, met)
    groups = {case.family: case.key["group"] for case in made}
    again = Counter(group for family, group in groups.items() if family in met)
    findings = []
    if again.total() * 100 > MOST_AGAIN * len(groups):
        asked = Counter(groups.values())
        for group, times in again.items():
            place = f"composition.{group}" if group in material.order.composition else "injects"
            gaps = {"again": times, "families": asked[group], "most": MOST_AGAIN}
            findings.append(Finding(place, "comes_again", gaps))
    return check("retry", findings, again=again.total(), families=len(groups))


def expectations(plays: Plays) -> Check:
    """Whatever is asked can be met, and not by doing nothing."""
    idle = plays.of(IDLE)
    best = best_shares(
        line for play in plays.of(EXPERT) + plays.of_pool for line in play.score.lines
    )
    findings = [
        Finding(f"rules.expectation.{code}", "never_met", {"rule": rule})
        for (code, rule), share in best.items()
        if share < 1
    ]
    findings += [
        Finding(
            f"rules.expectation.{line.expectation}",
            "met_by_nothing",
            {"family": play.families[line.case], "rule": line.rule["id"]},
        )
        for play in idle
        for line in play.score.lines
        if line.points
    ]
    return check("expectations", findings, expectations=len(best))


def best_shares(lines: Iterable[Receipt]) -> dict[tuple[str, str], float]:
    """Return the best share of its points that each expectation was worth to the expert.

    What was asked only because something forbidden had been done is left out.
    """
    best: dict[tuple[str, str], float] = {}
    for line in lines:
        if line.kind != Kind.MUST_NOT or line.points:
            asked = (line.expectation, line.rule["id"])
            best[asked] = max(best.get(asked, 0), line.points / line.out_of)
    return best


def deadlines(plays: Plays) -> Check:
    """Every limit and every reminder of an officer falls on a working day."""
    office, findings, seen = plays.material.office, [], set()
    for _robot, play in plays.all:
        for number, folder in play.room.folders.items():
            for case in stations(folder, play.room):
                for name, at in moments(case):
                    day = at.astimezone(office.zone).date()
                    seen.add(day)
                    if not office.calendar.is_working(day):
                        gaps = {"day": day.isoformat(), "state": str(case.state), "limit": name}
                        place = f"families.{play.families[number]}"
                        findings.append(Finding(place, "limit_on_a_free_day", gaps))
    return check("deadlines", findings, days=len(seen))


def stations(folder: Folder, room: Room) -> Iterator[Position]:
    """Yield where a case stood after each event; the log holds what was undone, too."""
    case = begin(folder.facts)
    for event in folder.log:
        case = after(case, event, room.setting.terms)
        yield case


def moments(case: Position) -> Iterator[tuple[str, datetime]]:
    """Yield the limits that bind officers; a reporter may answer on any day."""
    if case.state in TIMED_STATES:
        if case.due_at is not None:
            yield "step", case.due_at
        if case.warn_at is not None:
            yield "warning", case.warn_at
    if case.settle_at is not None:
        yield "settlement", case.settle_at


def time(plays: Plays) -> Check:
    """Who reads and writes at an ordinary pace gets done in the minutes that are named."""
    minutes = plays.material.scenario["minutes"]
    needed = max(map(minutes_of, plays.of(EXPERT)))
    findings = []
    if minutes < needed:
        findings.append(
            Finding("minutes", "too_little_time", {"minutes": minutes, "needed": needed})
        )
    return check("time", findings, needed=needed, minutes=minutes)


def minutes_of(play: Play) -> int:
    """Estimate how long the expert's attempt takes a person, who reads what needs a step."""
    folders = play.room.folders
    own = [event for folder in folders.values() for event in folder.log if event.is_own]
    touched = {event.case for event in own}
    read = sum(len(folders[number].facts["text"].split()) for number in touched)
    written = sum(len(event.text.split()) for event in own)
    return round(read / WORDS_A_MINUTE + written / WRITTEN_A_MINUTE + len(own) / STEPS_A_MINUTE)
