"""A case family between its form and its file: read, composed, and every problem put in place."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from ..domain.library.families import ordered
from ..domain.library.family_checks import breaks
from ..domain.rules import Problem
from ..selectors.families import problems_with
from ..selectors.family_words import family_problem, place_words
from .family_blocks import BLOCKS, in_stream, lines_in, plain, slots_from_form, slots_to_form, typed
from .family_fields import FamilyFields

# Where each field stands in a family.
PLAIN = {
    "stands_for": "archetype", "first_decision": "decision", "source": "source",
    "attachment": "attachment", "copies": "copies", "how_hard": "difficulty",
    "report_class": "key.class", "main_category": "key.category", "secret": "key.secret",
    "urgent": "key.urgent", "debrief_id": "key.debrief.id", "debrief_en": "key.debrief.en",
    "agency_why_id": "key.agency.why_id", "agency_why_en": "key.agency.why_en",
    "support_why_id": "key.support.why_id", "support_why_en": "key.support.why_en",
    "hold_missing": "key.hold.missing", "hold_why_id": "key.hold.why_id",
    "hold_why_en": "key.hold.why_en", "completion_id": "key.hold.completion_id",
    "archive_reason": "key.archive.reason", "archive_why_id": "key.archive.why_id",
    "archive_why_en": "key.archive.why_en", "block_why_id": "key.block.why_id",
    "block_why_en": "key.block.why_en", "point_id": "answer.point_id",
    "point_en": "answer.point_en", "situation_id": "situation.id",
    "situation_en": "situation.en", "regions": "regions", "support": "key.support.duties",
    "also_categories": "key.also_categories", "waits": "answer.waits",
}  # fmt: skip
LINES = {
    "titles": "titles", "short": "short", "extra": "extra", "facts_id": "facts.id",
    "facts_en": "facts.en", "answer_words": "answer.words", "thanks": "reporter.thanks",
    "objects": "reporter.objects", "new_information": "reporter.new_information",
    "asks_back": "reporter.asks_back",
}  # fmt: skip
LISTS = {
    "telling": "telling", "routes": "key.route", "traps": "key.trap", "details": "detail",
    "findings": "answer.finding", "evidence": "answer.evidence", "drafts": "draft",
}  # fmt: skip
WHOLE = {  # parts that say something about a whole, by the field that stands for it
    "hold_missing": "key.hold", "archive_reason": "key.archive", "block_why_id": "key.block",
}  # fmt: skip
PLACES = {"code": "code", "main_row": "row", "slots": "slots", **PLAIN, **LINES, **LISTS, **WHOLE}
FIELDS = sorted(((place, name) for name, place in PLACES.items()), key=lambda each: -len(each[0]))
BEGUN: Mapping[str, tuple[str, ...]] = {  # a part that is begun holds all its lists
    "answer": ("words", "finding", "evidence"),
    "reporter": ("thanks", "objects", "new_information"),
    "facts": ("id", "en"),
}
ALWAYS = ("key.secret", "key.urgent", "key.also_categories")
INDEX = re.compile(r"\[(\d+)\]")
ITEM = re.compile(r"\[(\d+)\](?:\.(\w+))?")


class FamilyForm(FamilyFields):
    """A draft may lack almost anything; what is published passes every check."""

    class Media:
        js = ("sandbox/family-form.js",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in to_form(self.instance.content or {}).items():
            self.initial.setdefault(name, value)
        for name in (*LISTS, "slots"):
            items = in_stream(self.initial.get(name, ()))
            self.initial[name] = self.fields[name].block.to_python(items)
        if self.instance.pk is not None:
            self.fields["code"].disabled = True  # exercises name it

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.errors.keys() - {"code"}:
            return cleaned
        content = from_form({"code": "", **cleaned}, self.instance.content or {})
        problems = [*doubled_slots(plain(cleaned["slots"])), *problems_with(content)]
        if self.is_deferred_validation:
            problems = [problem for problem in problems if breaks(problem)]
        if "code" in self.errors:  # its field has said so
            problems = [problem for problem in problems if problem.place != "code"]
        if problems:
            self.tell(problems, content)
        self.instance.content = content
        return cleaned

    def tell(self, problems: Iterable[Problem], content: Mapping[str, Any]) -> None:
        """Say each problem at the field where it can be mended."""
        by_field: dict[str | None, list[Problem]] = {}
        for problem in problems:
            by_field.setdefault(field_of(problem.place), []).append(problem)
        for name, found in by_field.items():
            if name in LISTS or name == "slots":
                self.add_error(name, in_blocks(name, found, content))
            else:
                self.add_error(name, [said(name, problem) for problem in found])


def field_of(place: str) -> str | None:
    """Return the field that holds a place of a family."""
    for path, name in FIELDS:
        if place == path or place.startswith((f"{path}.", f"{path}[")):
            return name
    return None


def said(name: str | None, problem: Problem) -> str:
    """Return a problem's sentence, with the line that it is about."""
    words = family_problem(problem)
    if name is None:
        return f"{place_words(problem.place)}: {words}" if problem.place else words
    if name in LINES and (found := INDEX.search(problem.place)):
        return _("Line %(number)s: %(problem)s") % {"number": found[1], "problem": words}
    return words


def in_blocks(
    name: str, problems: Iterable[Problem], content: Mapping[str, Any]
) -> StreamBlockValidationError:
    """Return problems of a list, each at its item and field there."""
    whole: list[str] = []
    items: dict[int, dict[str, list[str]]] = {}
    for problem in problems:
        index, part = place_in(name, problem.place, content)
        if index is None:
            whole.append(family_problem(problem))
        else:
            items.setdefault(index, {}).setdefault(part, []).append(family_problem(problem))
    return StreamBlockValidationError(
        {index: in_struct(parts) for index, parts in items.items()}, whole
    )


def in_struct(parts: Mapping[str, list[str]]) -> StructBlockValidationError:
    fields = {part: ValidationError(words) for part, words in parts.items() if part}
    return StructBlockValidationError(fields, parts.get(""))


def place_in(name: str, place: str, content: Mapping[str, Any]) -> tuple[int | None, str]:
    """Return the number of the item that a place lies in, counted from none, and its field."""
    if name == "slots":
        slot = place.removeprefix("slots").lstrip(".").split("[")[0]
        slots = list(content.get("slots", {}))
        if slot in slots:
            return slots.index(slot), "words" if "[" in place else "name"
        return None, ""
    found = ITEM.match(place.removeprefix(LISTS[name]))
    if not found:
        return None, ""
    part = found[2] or ""
    if name == "telling" and part in ("anonymous", "secret"):
        part = "hides"
    return int(found[1]) - 1, part


def doubled_slots(items: Iterable[Mapping[str, Any]]) -> list[Problem]:
    names = Counter(item.get("name", "") for item in items)
    return [Problem("slots", "twice", {"name": name}) for name, times in names.items() if times > 1]


# Between the form and the file


def at(content: Mapping[str, Any], path: str) -> Any:
    """Return what stands at a place of a family, or None."""
    found: Any = content
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def put(content: dict[str, Any], path: str, value: Any) -> None:
    """Write a value at a place of a family; what is empty is left out."""
    if value in ("", None, [], False) and path not in ALWAYS:
        return
    *tables, name = path.split(".")
    for step in tables:
        content = content.setdefault(step, {})
    content[name] = value


def to_form(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a family as values of its form's fields."""
    rows = content.get("row", [])
    first, *others = rows if isinstance(rows, list) and rows else [rows or ""]
    values = {name: at(content, path) for name, path in PLAIN.items()}
    values |= {name: "\n".join(at(content, path) or ()) for name, path in LINES.items()}
    values |= {"main_row": first, "other_rows": ", ".join(map(str, others))}
    for name, path in LISTS.items():
        values[name] = [BLOCKS[path][1](item) for item in at(content, path) or ()]
    values["slots"] = slots_to_form(content.get("slots", {}))
    return {name: value for name, value in values.items() if value is not None}


def from_form(cleaned: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    """Return the family that a form describes; what the form does not ask stays as it was."""
    content = unasked(old) | {"code": cleaned["code"], "telling": []}
    content.setdefault("key", {})
    put(content, "row", rows_in(cleaned))
    for name, path in PLAIN.items():
        put(content, path, typed(cleaned[name]))
    for name, path in LINES.items():
        put(content, path, lines_in(cleaned[name]))
    for name, path in LISTS.items():
        put(content, path, [BLOCKS[path][2](item) for item in plain(cleaned[name])])
    put(content, "slots", slots_from_form(plain(cleaned["slots"])) or None)
    for part, lists in BEGUN.items():
        for each in lists if part in content else ():
            content[part].setdefault(each, [])
    whole: dict[str, Any] = ordered(content)
    return whole


def unasked(content: Mapping[str, Any], place: str = "") -> dict[str, Any]:
    """Return what a family says and its form does not ask."""
    asked = PLACES.values()
    found: dict[str, Any] = {}
    for name, value in content.items():
        where = f"{place}.{name}".lstrip(".")
        is_part = any(path.startswith(f"{where}.") for path in asked)
        if is_part and isinstance(value, Mapping):
            found[name] = unasked(value, where)
        elif where not in asked:
            found[name] = value
    return {name: value for name, value in found.items() if value != {}}


def rows_in(cleaned: Mapping[str, Any]) -> Any:
    """Return the routing rows of a form: none, one, or several."""
    first = [int(cleaned["main_row"])] if cleaned["main_row"] else []
    rows = first + [int(each) for each in re.findall(r"\d+", cleaned["other_rows"])]
    return rows if len(rows) > 1 else rows[0] if rows else None
