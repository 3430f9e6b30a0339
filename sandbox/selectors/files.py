"""What ships as files: regions, case families and simulated people. Read once per process."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..domain.answers import words_of
from ..domain.cases import CaseLibrary
from ..domain.folders import Cast, Persona
from ..models import in_language

SANDBOX = Path(__file__).resolve().parents[1]
LIBRARY = SANDBOX / "case_library"
PEOPLE = SANDBOX / "people_library"


def parsed(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def library(region: str, families: str) -> CaseLibrary:
    """Return a region and its case families."""
    return CaseLibrary(
        region=parsed(LIBRARY / f"{region}.toml"),
        families=tuple(parsed(file) for file in sorted((LIBRARY / families).glob("*.toml"))),
    )


@cache
def cast() -> Cast:
    """Return the simulated people with all their lines."""
    reporters, officers = parsed(PEOPLE / "reporters.toml"), parsed(PEOPLE / "officers.toml")
    return Cast(
        personas=tuple(
            Persona(
                **{
                    name: persona[name]
                    for name in ("code", "tone", "trust", "patience", "outcry", "forgives")
                }
            )
            for persona in reporters["persona"]
        ),
        reporter_lines=reporters["lines"],
        officer_lines=spoken(officers["lines"]),
        missing=officers["missing"],
        words=words_of(parsed(PEOPLE / "words.toml")),
    )


def spoken(occasions: Mapping[str, Any]) -> dict[str, list[str]]:
    """Flatten `occasion` and `occasion.case` into one name each."""
    lines: dict[str, list[str]] = {}
    for occasion, entry in occasions.items():
        if "lines" in entry:
            lines[occasion] = entry["lines"]
        else:
            lines |= {f"{occasion}.{case}": found["lines"] for case, found in entry.items()}
    return lines


@cache
def personas() -> dict[str, dict[str, Any]]:
    """Return the characters of reporters by code, with their names in both languages."""
    listed = parsed(PEOPLE / "reporters.toml")["persona"]
    return {persona["code"]: persona for persona in listed}


def localized(entry: Mapping[str, Any], field: str = "name") -> str:
    """Return `field` of a library entry in the reader's language."""
    return in_language(entry[f"{field}_id"], entry[f"{field}_en"])
