"""What differs between two editions of a region, by file and by what a row is about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .region_files import COLUMNS, REGION, Row

ADDED, CHANGED, REMOVED = "added", "changed", "removed"


@dataclass(frozen=True)
class Difference:
    """A row, or a value of region.toml, that only one edition has or that differs.

    `code` tells it from others of its file and `name` is what people call it. `fields` are its
    columns with their old and new cells; what is new or gone has none.
    """

    file: str
    code: str
    name: str
    kind: str
    fields: tuple[tuple[str, str, str], ...] = ()


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Return what `new` changes, file by file; what it drops comes last in each."""
    before, after = leaves(old["region"]), leaves(new["region"])
    found = [*compared(REGION, before, after)]
    for table in COLUMNS:
        found += compared(f"{table}.csv", by_code(old[table]), by_code(new[table]))
    return found


def going_back(since: Sequence[Difference], now: Sequence[Difference]) -> list[Difference]:
    """Return what of `now` would undo what has changed `since` the edition of an old file."""
    before = {(each.file, each.code): each for each in since}
    return [each for each in now if undoes(each, before.get((each.file, each.code)))]


def undoes(change: Difference, earlier: Difference | None) -> bool:
    if earlier is None:
        return False
    if change.kind == earlier.kind == CHANGED:
        undone = {(column, new, old) for column, old, new in earlier.fields}
        return bool(undone & {*change.fields})
    return {change.kind, earlier.kind} == {ADDED, REMOVED}


def compared(
    file: str, before: Mapping[str, Row], after: Mapping[str, Row]
) -> Iterator[Difference]:
    for code, row in after.items():
        if code not in before:
            yield Difference(file, code, row["name"], ADDED)
        elif fields := tuple(
            (column, before[code].get(column, ""), cell)
            for column, cell in row.items()
            if before[code].get(column, "") != cell
        ):
            yield Difference(file, code, row["name"], CHANGED, fields)
    for code, row in before.items():
        if code not in after:
            yield Difference(file, code, row["name"], REMOVED)


def by_code(rows: Sequence[Row]) -> dict[str, Row]:
    """Return rows by code; assets have none and are told apart by kind, place and name."""
    return {
        row.get("code") or f"{row['kind']} · {row['place']} · {row['name']}": row for row in rows
    }


def leaves(region: Mapping[str, Any], above: str = "") -> dict[str, Row]:
    """Return the values of region.toml, those of a list one by one."""
    found: dict[str, Row] = {}
    for key, value in region.items():
        place = f"{above}.{key}".lstrip(".")
        if isinstance(value, Mapping):
            found |= leaves(value, place)
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, Mapping):
                    found |= leaves(each, f"{place}.{each.get('code', '')}")
                else:
                    found[f"{place}: {each}"] = {"name": str(each)}
        else:
            found[place] = {"name": str(value)}
    return found
