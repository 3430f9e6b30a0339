"""Scenarios that test themselves: may this exercise be shown to trainees?

`examine` puts one question after the other, so that whoever waits sees how far it has come.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from ..workflow import ActionNotAllowed
from ..working_days import CalendarTooShort
from . import families, plays, texts, values
from .material import Material
from .plays import Plays
from .reports import Check, Finding, Report, check

Static = Callable[[Material], Iterable[Finding]]
# What is looked at before anything is played, in this order. Without the first nothing can be.
BASIC: Mapping[str, Static] = {
    "desk": values.desk,
    "rules": families.rules,
    "declared": values.declared,
    "start": values.start,
    "families": values.chosen,
    "references": families.references,
    "people": lambda material: families.people(material.cast),
    "groups": values.groups,
}
STATIC: Mapping[str, Static] = {
    "names": values.names,
    "languages": families.languages,
    "reading": families.reading,
    "slots": families.slots,
    "passing": values.passing,
}
PLAYED: Mapping[str, Callable[[Plays], Check]] = {
    plays.EXPERT: plays.expert,
    plays.MINIMAL: plays.minimal,
    plays.RANDOM: plays.at_random,
    "branches": plays.branches,
    "retry": plays.retry,
    "expectations": plays.expectations,
    "deadlines": plays.deadlines,
    "time": plays.time,
    "generated": texts.generated,
}
CHECKS = (*BASIC, *STATIC, "privacy", *PLAYED)
STOPS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    ActionNotAllowed,
    CalendarTooShort,
)


def examine(material: Material) -> Iterator[Check]:
    """Yield the checks of an exercise in the order of CHECKS; one stopped by another is skipped."""
    is_sound = True
    for code, find in BASIC.items():
        done = tried(code, partial(looked_at, code, find, material), is_sound)
        is_sound = done.passed
        yield done
    for code, find in STATIC.items():
        yield tried(code, partial(looked_at, code, find, material))
    yield tried("privacy", partial(texts.written, material))
    played = Plays(material)
    for code, look in PLAYED.items():
        done = tried(code, partial(look, played), is_sound)
        is_sound = is_sound and not broke_off(done)
        yield done


def looked_at(code: str, find: Static, material: Material) -> Check:
    return check(code, find(material))


def tried(code: str, work: Callable[[], Check], can_be: bool = True) -> Check:
    """Do one check; what an author wrote may stop it anywhere, and that is a finding too."""
    if not can_be:
        return Check(code, skipped=True)
    try:
        return work()
    except STOPS as error:
        gaps = {"error": f"{type(error).__name__}: {error}"}
        return check(code, [Finding("", "broke_off", gaps)])


def broke_off(done: Check) -> bool:
    return any(finding.code == "broke_off" for finding in done.findings)


def report(material: Material) -> Report:
    """Return the whole report at once."""
    return Report(tuple(examine(material)))


__all__ = ["CHECKS", "Check", "Finding", "Material", "Report", "check", "examine", "report"]
