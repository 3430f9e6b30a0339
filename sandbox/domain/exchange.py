"""Files that sites exchange: several things of one kind, each a table of its own."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import tomli_w

from .rules import NotAPack, Problem, are_tables, read_toml
from .simulation import COMMENT

LARGEST = 3 * 1024 * 1024  # bytes; all families that ship have three quarters of it
MOST_LINES = 60_000  # of a file; reading more keys than that takes seconds
MOST_MARKS = 120_000  # commas and equals signs: keys and items also share a line
FORMAT = 1
LONGEST_QUOTE = 80
NONE_THERE = ("nothing_there", "too_many")  # after which nothing else is read


def written(kind: str, tables: Sequence[Mapping[str, Any]]) -> str:
    """Return tables as one file that people can read and another site can import."""
    content = {"format": FORMAT, kind: list(tables)}
    return COMMENT + tomli_w.dumps(content, multiline_strings=True)


def read_exchange(raw: bytes, kind: str, alone_has: str) -> dict[str, Any]:
    """Return what an exchange file holds, whoever wrote it. Raises NotAPack.

    The file of a single thing, as those that ship, will do as well: it has `alone_has`.
    """
    marks = raw.count(b"=") + raw.count(b",")
    if len(raw) <= LARGEST and (raw.count(b"\n") > MOST_LINES or marks > MOST_MARKS):
        raise NotAPack("many_lines", most=MOST_LINES)
    content = read_toml(raw, LARGEST)
    if kind not in content and alone_has in content:
        return {"format": FORMAT, kind: [content]}
    return content


def problems_of_file(content: Mapping[str, Any], kind: str, most: int) -> Iterator[Problem]:
    """Yield what is wrong with a file beside its tables; see NONE_THERE."""
    for name in content:
        if name not in ("format", kind):
            yield Problem(name[:LONGEST_QUOTE], "unknown")
    if content.get("format") != FORMAT:
        yield Problem("format", "format", {"known": FORMAT})
    tables = content.get(kind)
    if not are_tables(tables) or not tables:
        yield Problem(kind, "nothing_there")
    elif len(tables) > most:
        yield Problem(kind, "too_many", {"most": most})
    else:
        codes = Counter(code_of(table) for table in tables)
        for code, times in codes.items():
            if code and times > 1:
                yield Problem(code, "twice", {"name": code, "times": times})


def code_of(table: Mapping[str, Any]) -> str:
    return str(table.get("code", ""))[:LONGEST_QUOTE]


def named(kind: str, tables: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield the tables of a file, each with its code, or with its number where it has none."""
    for number, table in enumerate(tables, start=1):
        yield code_of(table) or f"{kind}[{number}]", table
