"""The project's own files, for tests that read them."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
APPS = ("content", "learning", "sandbox", "certificates")
OURS = ("config", *APPS)


def python_files(*folders: str) -> Iterator[Path]:
    """Yield hand-written modules: migrations are written by Django."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def templates() -> list[Path]:
    found = [path for folder in OURS for path in (ROOT / folder).glob("**/templates/**/*.html")]
    return sorted(found)


class Line(NamedTuple):
    """One string of a data file, and where it stands: `quiz.toml: id.title`."""

    place: str
    text: str


def lines_of(path: Path) -> Iterator[Line]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for keys, text in strings(data):
        yield Line(f"{name_of(path)}: {keys}", text)


def strings(value: Any, keys: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{keys}.{key}".lstrip("."))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from strings(inner, f"{keys}[{index}]")
