"""A region pack as a zip of four files that anybody may have edited: read with care, and written.

Nothing is unpacked to a disk. What a file says about its own size is not believed.
"""

import csv
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import tomli_w

from ..pack_checks import UNPRINTABLE
from ..rules import NotAPack, read_toml
from ..simulation import COMMENT, WARNING

LARGEST = 2_000_000  # bytes of the zip; the largest that ships has a twentieth of it
LARGEST_UNPACKED = 8_000_000  # bytes of its files together
MOST_MEMBERS = 20  # of which strangers are named one by one
MOST_ROWS = {"offices": 2_000, "places": 20_000, "assets": 5_000}  # no province has as many
MOST_COLUMNS = 40
LONGEST_LINE = 20_000  # characters; the longest that ships has 534
REGION = "region.toml"
EDITION = "edition"  # in region.toml: the edition from which the file was made
COLUMNS: Mapping[str, Sequence[str]] = {
    "offices": (
        "code", "kind", "parent", "name", "name_en", "acronym", "level", "function", "duties",
        "area", "does", "does_en", "valid_from", "valid_to", "confidence", "source",
    ),
    "places": ("code", "kind", "parent", "name", "source"),
    "assets": ("kind", "name", "owner", "place", "note", "note_en"),
}  # fmt: skip
REGION_KEYS = (
    "code", "official_code", "kind", "timezone", "holidays", "fictional", "culture", "address",
    "greetings", "thanks", "hamlets", "lanes", "id", "en", "terms", "words", "officer",
)  # fmt: skip
FILES = (REGION, *(f"{table}.csv" for table in COLUMNS))
HEADING = "# Paket wilayah untuk ruang praktik. Kolom source menyebut asal tiap baris.\n\n"
ENCRYPTED = 0x1  # flag of a member
BROKEN = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
LONGEST_NAME = 80  # characters of what is quoted

Row = dict[str, str]


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell; `code` has its sentence in selectors.region_words.

    `row` counts as a spreadsheet does, the header being 1, and 0 is the file as a whole.
    `column` is that of a table or the name of a value in region.toml.
    """

    file: str
    row: int
    column: str
    code: str
    gaps: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What could be read of a pack, and what could not."""

    content: dict[str, Any]
    problems: list[Problem]
    edition: int = 0  # from which the pack was downloaded, as far as it says so


def read_region(raw: bytes) -> Reading:
    """Return the pack in a zip, whoever made it, with everything that keeps it from being read."""
    if len(raw) > LARGEST:
        return Reading({}, [too_large()])
    try:
        with ZipFile(BytesIO(raw)) as archive:
            if problems := list(wrong_members(archive.infolist())):
                return Reading({}, problems)
            unpacked = {name_in(info): unpack(archive, info) for info in files_in(archive)}
    except BROKEN:
        return Reading({}, [Problem("", 0, "", "zip")])
    content: dict[str, Any] = {}
    found: list[Problem] = []
    for file in FILES:
        table, problems = parsed(file, unpacked[file])
        found += problems
        if table is not None:
            content[file.partition(".")[0]] = table
    return Reading(content, found, taken_out(content.get("region", {})))


def taken_out(region: dict[str, Any]) -> int:
    """Take the edition out of region.toml: it is about the file and no part of the region."""
    edition = region.pop(EDITION, 0)
    return edition if type(edition) is int and edition > 0 else 0


def too_large() -> Problem:
    return Problem("", 0, "", "too_large", {"most": LARGEST // 1_000_000})


def files_in(archive: ZipFile) -> list[ZipInfo]:
    return [info for info in archive.infolist() if not info.is_dir()]


def name_in(info: ZipInfo) -> str:
    """Return a member's name without the one folder that all may lie in."""
    return info.filename.rpartition("/")[2]


def unpack(archive: ZipFile, info: ZipInfo) -> bytes:
    """Return a member's bytes; zipfile stops where the checked size ends, whatever follows."""
    with archive.open(info) as member:
        raw = member.read(LARGEST_UNPACKED + 1)
    if len(raw) > LARGEST_UNPACKED:
        raise BadZipFile(info.filename)
    return raw


def wrong_members(members: Sequence[ZipInfo]) -> Iterator[Problem]:
    """Yield what a zip holds too much, too little, twice, or not so that it can be read."""
    files = [info for info in members if not info.is_dir()]
    if len(files) > MOST_MEMBERS:
        yield Problem("", 0, "", "members")
        return
    if sum(info.file_size for info in files) > LARGEST_UNPACKED:
        yield Problem("", 0, "", "unpacks", {"most": LARGEST_UNPACKED // 1_000_000})
    folders = [info.filename.rpartition("/")[0] for info in files if name_in(info) == REGION]
    folder = folders[0] if folders and "/" not in folders[0] else ""
    seen = []
    for info in files:
        name = info.filename.removeprefix(f"{folder}/") if folder else info.filename
        if name not in FILES:
            yield Problem(quoted(name), 0, "", "member")
        elif name in seen:
            yield Problem(name, 0, "", "member_twice")
        elif info.flag_bits & ENCRYPTED or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            yield Problem(name, 0, "", "locked")
        seen.append(name)
    yield from (Problem(file, 0, "", "file_missing") for file in FILES if file not in seen)


def quoted(words: str) -> str:
    """Return somebody's words so that they can be shown."""
    return UNPRINTABLE.sub("?", words)[:LONGEST_NAME]


def parsed(file: str, raw: bytes) -> tuple[Any, list[Problem]]:
    """Return what a file holds, or nothing where it cannot be read, and its problems."""
    if file == REGION:
        return region_in(raw)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        return None, [Problem(file, row, "", "encoding")]
    return table_in(file, text)


def region_in(raw: bytes) -> tuple[dict[str, Any] | None, list[Problem]]:
    try:
        return read_toml(raw), []
    except NotAPack as error:
        gaps = error.problem.gaps
        code = "large" if error.problem.code == "too_large" else error.problem.code
        return None, [Problem(REGION, int(gaps.get("line", 0)), "", code, gaps)]


def cells_in(file: str, text: str) -> tuple[list[list[str]], Problem | None]:
    """Return a table's cells row by row, and what keeps the rest from being read."""
    most = MOST_ROWS[file.partition(".")[0]]
    for number, line in enumerate(StringIO(text), start=1):
        if len(line) > LONGEST_LINE:
            return [], Problem(file, number, "", "long_line", {"most": LONGEST_LINE})
    lines: list[list[str]] = []
    try:
        for cells in csv.reader(StringIO(text, newline=""), delimiter=delimiter(text), strict=True):
            row = len(lines) + 1
            if len(cells) > MOST_COLUMNS:
                return lines, Problem(file, row, "", "many_columns", {"most": MOST_COLUMNS})
            lines.append([cell.strip(" \u00a0") for cell in cells])
            if row > most + 1:
                return lines, Problem(file, row, "", "rows", {"most": most})
    except csv.Error:
        return lines, Problem(file, len(lines) + 1, "", "csv")
    return lines, None


def table_in(file: str, text: str) -> tuple[list[Row] | None, list[Problem]]:
    """Return the rows of a table; one that breaks off has none."""
    table = file.partition(".")[0]
    lines, problem = cells_in(file, text)
    if problem:
        return None, [problem]
    while lines and not any(lines[-1]):
        lines.pop()
    if not lines:
        return None, [Problem(file, 1, "", "empty_file")]
    columns, *rest = lines
    problems = list(wrong_columns(file, columns))
    problems += [
        Problem(file, row, "", "cells", {"number": len(cells), "wanted": len(columns)})
        for row, cells in enumerate(rest, start=2)
        if any(cells) and len(cells) != len(columns)
    ]
    return [
        {
            column: cells[number] if number < len(cells) else ""
            for number, column in enumerate(columns)
            if column in COLUMNS[table]
        }
        for cells in rest
    ], problems


def delimiter(text: str) -> str:
    """Return what parts the cells: spreadsheets in Indonesian write semicolons."""
    header = text.partition("\n")[0]
    return ";" if header.count(";") > header.count(",") else ","


def wrong_columns(file: str, columns: Sequence[str]) -> Iterator[Problem]:
    known = COLUMNS[file.partition(".")[0]]
    for number, column in enumerate(columns):
        if column not in known:
            yield Problem(file, 1, quoted(column), "column")
        elif column in columns[:number]:
            yield Problem(file, 1, column, "column_twice")
    yield from (Problem(file, 1, each, "column_missing") for each in known if each not in columns)


def write_region(content: Mapping[str, Any], edition: int = 0) -> bytes:
    """Return a pack as a zip that can be imported again; the same pack gives the same bytes."""
    if edition:
        content = {**content, "region": {**content["region"], EDITION: edition}}
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for file in FILES:
            member = ZipInfo(file)  # dated 1980, so that the hour of writing shows nowhere
            member.compress_type, member.create_system = ZIP_DEFLATED, 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, written(file, content))
        archive.comment = WARNING.encode()
    return target.getvalue()


def written(file: str, content: Mapping[str, Any]) -> bytes:
    if file == REGION:
        region = content["region"]
        ordered = {key: region[key] for key in (EDITION, *REGION_KEYS) if key in region}
        if "words" in ordered:
            ordered["words"] = dict(sorted(ordered["words"].items()))
        return (COMMENT + HEADING + tomli_w.dumps(ordered)).encode()
    table = file.partition(".")[0]
    text = StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS[table], lineterminator="\r\n", restval="")
    writer.writeheader()
    writer.writerows(content[table])
    return text.getvalue().encode("utf-8-sig")  # spreadsheets know UTF-8 by its mark
