"""What ships as files: how people write and are read, who is competent. Read once."""

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..domain.answers import Words, words_of
from ..domain.library.routing import Routing, read_routing
from ..domain.library.styles import Style
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
    """Return what stands in where a family has no words of its own, with its kinds."""
    kinds = {file.stem: parsed(file) for file in sorted((PEOPLE / "stock").glob("*.toml"))}
    return parsed(PEOPLE / "stock.toml") | {"kind": kinds}


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
def words() -> Words:
    """Return what people's answers are read by."""
    return words_of(parsed(PEOPLE / "words.toml"))


def shipped_book() -> dict[str, Any]:
    """Return the phrase book that ships."""
    return {name: parsed(PEOPLE / f"{name}.toml") for name in ("reporters", "officers")}


def localized(entry: Mapping[str, Any], field: str = "name") -> str:
    """Return `field` of a library entry in the reader's language."""
    return in_language(entry[f"{field}_id"], entry[f"{field}_en"])
