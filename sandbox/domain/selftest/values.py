"""What the values of an exercise themselves say: its desk, its start, its groups, its words."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..answers.plainness import readability
from ..cases import group_sizes
from ..deadlines import STEP_OF_STATE, LimitedStep
from ..injects import problems_with
from ..library.regions import AGENCY, UNIT, is_valid
from ..modes import Mode
from ..pack_checks import problems_of_scoring
from ..scoring.expectations import Criterion
from ..workflow import Role
from ..working_days import CalendarTooShort
from .material import COLUMNS, Material
from .reports import Finding

PLAYED_DAYS = 20  # working days that robots play
LEAST_PASS = 1
WHOLE = 100  # percent
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
SHORTEST_GOAL, LONGEST_GOAL = 8, 80  # words
LONGEST_SENTENCE: Mapping[str, int] = {"id": 25, "en": 30}  # words
LEAST_READABLE = 40
PLAYED = tuple(role for role in Role if role is not Role.SYSTEM)
SENTENCE = re.compile(r"(?<=[.!?])\s+")
NAMED = ("title", "goal")


def sentences(text: str) -> list[str]:
    return [sentence for sentence in SENTENCE.split(text.strip()) if sentence]


def names(material: Material) -> Iterator[Finding]:
    """Title and goal stand in both languages, and fit where they are kept and read."""
    scenario = material.scenario
    for name in NAMED:
        for place, language in ((name, "id"), (f"{name}_en", "en")):
            text = str(scenario.get(place) or "")
            if not text.strip():
                yield Finding(place, "language_missing", {"language": language})
            elif len(text) > COLUMNS.get(place, len(text)):
                yield Finding(place, "too_long", {"most": COLUMNS[place]})
            elif name == "goal":
                yield from readable(place, text, language, SHORTEST_GOAL, LONGEST_GOAL)
    for place in ("code", "office"):
        if len(str(scenario.get(place) or "")) > COLUMNS[place]:
            yield Finding(place, "too_long", {"most": COLUMNS[place]})


def readable(place: str, text: str, language: str, least: int, most: int) -> Iterator[Finding]:
    """Yield why a text is hard to read; the yardstick of words is made for Indonesian."""
    words = len(text.split())
    if not least <= words <= most:
        yield Finding(place, "length", {"words": words, "least": least, "most": most})
    longest = max(len(sentence.split()) for sentence in sentences(text))
    if longest > LONGEST_SENTENCE[language]:
        yield Finding(
            place, "long_sentence", {"words": longest, "most": LONGEST_SENTENCE[language]}
        )
    if language == "id" and (grade := readability(sentences(text))) < LEAST_READABLE:
        yield Finding(place, "hard", {"grade": grade, "least": LEAST_READABLE})


def desk(material: Material) -> Iterator[Finding]:
    """Role, mode, zone and unit are known, and go together in the region of the day."""
    scenario = material.scenario
    if scenario["role"] not in list(map(str, PLAYED)):
        yield Finding("role", "unknown_value", {"value": scenario["role"]})
        return
    if scenario.get("mode") not in list(map(str, Mode)):
        yield Finding("mode", "unknown_value", {"value": scenario.get("mode", "")})
    zone = scenario.get("zone") or material.region["region"].get("timezone", "")
    if zone not in ZONES or not is_zone(zone):
        yield Finding("zone", "unknown_value", {"value": zone})
    if scenario.get("needs_marking") and scenario["role"] != Role.LIAISON_OFFICER:
        yield Finding("needs_marking", "nothing_to_mark")
    yield from offices(material)


def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def offices(material: Material) -> Iterator[Finding]:
    """The office that is played exists on the day; a supervisor has people to choose among."""
    scenario, day = material.scenario, material.scenario["starts_at"].date()
    rows = material.region["offices"]
    if not any(row["kind"] == AGENCY and is_valid(row, day) for row in rows):
        yield Finding("region", "no_home")
        return
    if scenario["role"] == Role.LIAISON_OFFICER:
        found = [row for row in rows if row["code"] == scenario.get("office")]
        if not any(row["kind"] == UNIT for row in found):
            yield Finding("office", "no_such_unit", {"value": scenario.get("office", "")})
        elif not any(is_valid(row, day) for row in found):
            gaps = {"value": scenario["office"], "day": day.isoformat()}
            yield Finding("office", "unit_not_then", gaps)
    elif scenario.get("office"):
        yield Finding("office", "needless_unit", {"value": scenario["office"]})
    officers = material.region["region"].get("officer", ())
    if scenario["role"] == Role.SUPERVISOR and len(officers) < len(("leaver", "colleague")):
        yield Finding("region", "too_few_officers")


def start(material: Material) -> Iterator[Finding]:
    """The start lies on a working day in office hours, and every limit within the calendar."""
    office, plan = material.office, material.plan
    local = plan.starts_at.astimezone(office.zone)
    calendar = office.calendar
    span = {"first": calendar.first.isoformat(), "last": calendar.last.isoformat()}
    try:
        if not calendar.is_working(local.date()):
            yield Finding("starts_at", "not_a_working_day", {"day": local.date().isoformat()})
        if plan.days_before:
            plan.received_at(0, len(material.names), Role(material.role), office)
    except CalendarTooShort:
        yield Finding("starts_at", "outside_calendar", span)
        return
    if not office.opens <= local.time() < office.closes:
        hours = {"opens": f"{office.opens:%H.%M}", "closes": f"{office.closes:%H.%M}"}
        yield Finding("starts_at", "outside_hours", {"hour": f"{local:%H.%M}", **hours})
    yield from limits_within(material, local, span)


def limits_within(material: Material, local: datetime, span: dict[str, str]) -> Iterator[Finding]:
    """Yield that a limit which begins on the last day played would end beyond the calendar."""
    office, limits = material.office, material.terms.limits
    needed = {step for step in LimitedStep if step in limits} | set(STEP_OF_STATE.values())
    try:
        day = office.calendar.add(local.date(), PLAYED_DAYS)
        for step in sorted(needed):
            limit = limits[step]
            office.due(office.at(day, office.opens), limit.amount, limit.unit)
            office.calendar.check(day)
    except CalendarTooShort:
        yield Finding("starts_at", "limits_outside_calendar", span)


def groups(material: Material) -> Iterator[Finding]:
    """Each group that is asked for is there, has families enough, and gets whole cases."""
    scenario, library = material.scenario, material.library
    composition, number = scenario["composition"], scenario["number"]
    if not is_composition(composition):
        yield Finding("composition", "no_composition")
        return
    if not scenario.get("arrive_later", 0) < number:
        yield Finding("arrive_later", "none_at_start")
    yield from sizes(material)
    for group, size in material.play.floods:
        if size > (have := len(library.in_group(group))):
            yield Finding("injects", "too_few_families", {"cases": size, "families": have})


def sizes(material: Material) -> Iterator[Finding]:
    scenario, library = material.scenario, material.library
    composition, number = scenario["composition"], scenario["number"]
    there = ", ".join(sorted(library.by_group))
    total = sum(composition.values())
    for group, size in group_sizes(composition, number).items():
        place, have = f"composition.{group}", len(library.in_group(group))
        if not have:
            yield Finding(place, "absent_group", {"group": group, "groups": there})
        elif size > have:
            yield Finding(place, "too_few_families", {"cases": size, "families": have})
        if number * composition[group] % total:
            yield Finding(place, "uneven", {"number": number, "total": total})


def is_composition(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(type(weight) is int and weight > 0 for weight in value.values())
    )


def declared(material: Material) -> Iterator[Finding]:
    """Injects, characters, expectations and weights can be used as they are declared."""
    scenario = material.scenario
    for number, name in problems_with(scenario.get("injects") or []):
        yield Finding(f"injects[{number}].{name}".rstrip("."), "wrong_field")
    known = {persona.code for persona in material.cast.personas}
    for code in scenario.get("personas") or ():
        if code not in known:
            yield Finding(
                f"personas.{code}", "unknown_persona", {"known": ", ".join(sorted(known))}
            )
    own = scenario.get("expectations") or []
    for problem in problems_of_scoring({**material.rules, "expectation": own}) if own else ():
        yield Finding(f"expectations ({problem.place})", f"pack_{problem.code}", problem.gaps)
    weights = scenario.get("weights") or {}
    for name in weights:
        if name not in list(map(str, Criterion)):
            yield Finding(f"weights.{name}", "unknown_value", {"value": name})
    if weights and sum(weights.values()) != WHOLE:
        yield Finding("weights", "weights_sum", {"sum": sum(weights.values())})


def passing(material: Material) -> Iterator[Finding]:
    """Passing asks for something, and not for more than the expert shows to be possible."""
    percent, most = material.scenario["pass_percent"], 95
    if not LEAST_PASS <= percent <= most:
        gaps = {"percent": percent, "least": LEAST_PASS, "most": most}
        yield Finding("pass_percent", "pass_out_of_range", gaps)


def chosen(material: Material) -> Iterator[Finding]:
    """Every family that is named is there, once."""
    named = Counter(material.scenario.get("families") or ())
    there = {family["code"] for family in material.families}
    for code, times in named.items():
        if code not in there:
            yield Finding(f"families.{code}", "no_such_family")
        if times > 1:
            yield Finding(f"families.{code}", "named_twice")
    if not there:
        yield Finding("families", "no_families")
