"""What ships as files: people, their lines, how they write, who is competent. Read once."""

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..domain.answers import words_of
from ..domain.folders import Cast, Persona
from ..domain.library.routing import Routing, read_routing
from ..domain.library.telling import Style
from ..domain.library.texture import Slang
from ..models import in_language

SANDBOX = Path(__file__).resolve().parents[1]
FAMILIES = SANDBOX / "case_library/families"
STYLE = SANDBOX / "style_library"
ROUTING = SANDBOX / "routing_library"
PEOPLE = SANDBOX / "people_library"


def parsed(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def style() -> Style:
    """Return how people write."""
    rows = csv.DictReader((STYLE / "slang.csv").read_text(encoding="utf-8").splitlines())
    return Style(parsed(STYLE / "texture.toml"), Slang(tuple(rows)))


@cache
def routing() -> Routing:
    """Return who is competent for what."""
    return read_routing(parsed(ROUTING / "routing.toml"), parsed(ROUTING / "duties.toml"))


@cache
def stock() -> dict[str, Any]:
    """Return what stands in where a family has no words of its own."""
    return parsed(PEOPLE / "stock.toml")


def region_in(folder: Path) -> dict[str, Any]:
    """Return a region pack as its files hold it."""
    tables = {
        table: list(csv.DictReader((folder / f"{table}.csv").read_text("utf-8").splitlines()))
        for table in ("offices", "places", "assets")
    }
    return {"region": parsed(folder / "region.toml"), **tables}


def shipped_families() -> list[dict[str, Any]]:
    """Return the case families that ship."""
    return [parsed(file) for file in sorted(FAMILIES.glob("*.toml"))]


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
