"""Rule packs as pure values: read from a file, and compared with one another.

What is wrong with a pack is said by pack_checks; a pack that is compared has passed them.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

LARGEST = 200 * 1024  # bytes; the pack that ships has a quarter of it
# A key of nine parts and more; whoever writes thousands keeps the reader of TOML busy for minutes.
DEEP_KEY = re.compile(r"""(?:(?:[\w-]{1,40}|"[^"\n]{0,40}"|'[^'\n]{0,40}')[ \t]*\.[ \t]*){9}""")
PLACE = re.compile(r"line (\d+), column (\d+)")
LANGUAGES = ("id", "en")
SCALARS = ("version", "valid_from", "checked_on", "warn_percent", "warn_source", "points_source")
LISTS = ("time_limit", "not_simulated", "archive_reason", "class")
JUDGED_BY = ("expectation", "distance", "answer_rubric")  # read by domain.packs
# Stored as they are.
CONTENT = (
    "points_source",
    "not_simulated",
    "archive_reason",
    "class",
    "categories",
    *JUDGED_BY,
)
NAMED_BY = {"time_limit": "step"}  # else by "code"


@dataclass(frozen=True)
class Problem:
    """What is wrong at one place; `code` has its sentence in labels, `gaps` fill it."""

    place: str
    code: str
    gaps: Mapping[str, Any] = field(default_factory=dict)


class NotAPack(Exception):
    """The bytes are no TOML file of a bearable size; `problem` says why."""

    def __init__(self, code: str, **gaps: Any) -> None:
        super().__init__(code)
        self.problem = Problem("", code, gaps)


def read_toml(raw: bytes, largest: int = LARGEST) -> dict[str, Any]:
    """Return what a file holds, whoever wrote it. Raises NotAPack."""
    if len(raw) > largest:
        raise NotAPack("too_large", most=largest // 1024)
    try:
        words = raw.decode("utf-8-sig")
        if DEEP_KEY.search(words):
            raise NotAPack("too_deep")
        return tomllib.loads(words)
    except UnicodeDecodeError as error:
        raise NotAPack("encoding") from error
    except RecursionError as error:
        raise NotAPack("too_deep") from error
    except ValueError as error:  # also a number of five thousand digits
        if found := PLACE.search(str(error)):
            raise NotAPack("toml_at", line=found[1], column=found[2]) from error
        raise NotAPack("toml") from error


def are_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, Mapping) for each in value)


def tables_of(pack: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return a list of tables, or none where the pack has something else there."""
    value = pack.get(name)
    return value if isinstance(value, list) and are_tables(value) else []


def names_in(pack: Mapping[str, Any], part: str) -> list[str]:
    """Return what a part's tables are named, or the categories."""
    if part == "categories":
        table = pack.get(part)
        found = table.get("main") if isinstance(table, Mapping) else None
        return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []
    by = NAMED_BY.get(part, "code")
    return [table[by] for table in tables_of(pack, part) if isinstance(table.get(by), str)]


@dataclass(frozen=True)
class Change:
    """One value that differs between two packs.

    `item` is the step, code or name that it belongs to; "" is the part as a whole. `field` is ""
    where the whole item is new or gone. None stands for what is not there.
    """

    part: str
    item: str
    field: str
    old: Any
    new: Any


Items = dict[tuple[str, str], dict[str, Any]]
ORDER = "order"


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Return what `new` changes, in the order of its parts; what it drops comes last.

    The version is no change: every pack has its own.
    """
    before, after = items_of(old), items_of(new)
    changes: list[Change] = []
    for key, fields in after.items():
        if key not in before:
            changes.append(Change(*key, "", None, fields))
        else:
            changes += differences(key, before[key], fields)
    changes += [
        Change(*key, "", fields, None) for key, fields in before.items() if key not in after
    ]
    return changes


def differences(
    key: tuple[str, str], old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    part, item = key
    for name in [*new, *(name for name in old if name not in new)]:
        was, is_now = old.get(name), new.get(name)
        if name == ORDER:  # what came or went is told elsewhere
            was = [each for each in old[ORDER] if each in new[ORDER]]
            is_now = [each for each in new[ORDER] if each in old[ORDER]]
        if was != is_now:
            yield Change(part, item, name, was, is_now)


def items_of(pack: Mapping[str, Any]) -> Items:
    """Return all values of a pack by part, item and field."""
    items: Items = {("pack", ""): {name: pack[name] for name in SCALARS if name != "version"}}
    for language in LANGUAGES:
        for name, value in pack[language].items():
            items["pack", ""][f"{name}_{language}"] = value
    items["office_hours", ""] = dict(pack["office_hours"])
    for part in (*LISTS, "expectation"):
        items |= listed(part, pack.get(part, []))
    categories = pack["categories"]
    items["categories", ""] = {"source": categories["source"], ORDER: categories["main"]}
    items |= {("categories", name): {"name": name} for name in categories["main"]}
    items |= {("distance", name): dict(table) for name, table in pack["distance"].items()}
    if rubric := pack.get("answer_rubric"):
        whole = {name: value for name, value in rubric.items() if name != "element"}
        items |= listed("answer_rubric", rubric["element"])
        items["answer_rubric", ""] |= whole
    return items


def listed(part: str, tables: list[Mapping[str, Any]]) -> Items:
    """Return the tables of one part by name; what shares a name is told apart by its place."""
    by, seen, found = NAMED_BY.get(part, "code"), Counter[str](), Items()
    for table in tables:
        roles = f" – {', '.join(table['roles'])}" if "roles" in table else ""
        seen[table[by] + roles] += 1
        place = seen[table[by] + roles]
        item = table[by] + (f" ({place})" if place > 1 else "") + roles
        found[part, item] = {each: value for each, value in table.items() if each != by}
    return {(part, ""): {ORDER: [item for _, item in found]}, **found}


def changed_steps(changes: list[Change]) -> set[str]:
    """Return the steps whose time limit, or its source, is no longer the same."""
    return {change.item for change in changes if change.part == "time_limit" and change.item}
