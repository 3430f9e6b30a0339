"""Are the catalogues complete, and compiled from what they say now? Needs no gettext."""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402
import polib  # noqa: E402

django.setup()

from django.utils.translation.template import templatize  # noqa: E402

APPS = ("config", "content", "learning", "sandbox", "certificates")
OWN = ROOT / "config" / "locale"
OF_WAGTAIL = ROOT / "config" / "locale_wagtail"
NAMES = {
    "_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1,
    "ngettext": 1, "ngettext_lazy": 1, "pgettext": 2, "pgettext_lazy": 2,
    "npgettext": 2, "npgettext_lazy": 2,
}  # fmt: skip
WORDS = r"""(?:[^"')]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")*"""
CALL = re.compile(rf"\b(?:{'|'.join(NAMES)})\({WORDS}\)")

Key = tuple[str | None, str]


def keys_in_source() -> set[Key]:
    return {key for app in APPS for path in (ROOT / app).rglob("*") for key in _keys_in(path)}


def _keys_in(path: Path) -> Iterator[Key]:
    if path.suffix == ".py":
        yield from _keys_of(path.read_text())
    elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
        # Django writes a template as calls of gettext among nonsense; we read only the calls.
        for call in CALL.findall(templatize(path.read_text())):
            yield from _keys_of(call)


def _keys_of(code: str) -> Iterator[Key]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            size = NAMES.get(name, 0)
            if size and len(words) >= size:
                yield (words[0] if size == 2 else None, words[size - 1])


def entries(catalogue: polib.POFile | polib.MOFile) -> dict[Key, object]:
    return {
        (entry.msgctxt, entry.msgid): tuple(entry.msgstr_plural.values()) or entry.msgstr
        for entry in catalogue
    }


def faults_of_compiled(path: Path) -> list[str]:
    compiled = path.with_suffix(".mo")
    translated = {entry for entry in entries(polib.pofile(path)).items() if any(entry[1])}
    if compiled.exists() and set(entries(polib.mofile(compiled)).items()) == translated:
        return []
    return [f"{compiled.relative_to(ROOT)} is not made from its .po: run .ci/messages"]


def faults_of_words(path: Path, complete: bool) -> list[str]:
    catalogue = polib.pofile(path)
    unsure = [("fuzzy", entry.msgid) for entry in catalogue if entry.fuzzy]
    if complete:
        unsure += [("not translated", entry.msgid) for entry in catalogue.untranslated_entries()]
    unsure += [("obsolete", entry.msgid) for entry in catalogue.obsolete_entries()]
    return [f"{path.relative_to(ROOT)}: {fault}: {msgid!r}" for fault, msgid in unsure]


def faults_of_coverage(path: Path, wanted: set[Key]) -> list[str]:
    known = set(entries(polib.pofile(path)))
    name = path.relative_to(ROOT)
    return [
        f"{name}: missing: {msgid!r}" for _context, msgid in sorted(wanted - known, key=str)
    ] + [
        f"{name}: no longer used: {msgid!r}" for _context, msgid in sorted(known - wanted, key=str)
    ]


def faults() -> list[str]:
    wanted = keys_in_source()
    found = []
    for path in sorted(OWN.glob("*/LC_MESSAGES/django.po")):
        found += faults_of_coverage(path, wanted)
    for path in sorted([*OWN.rglob("*.po"), *OF_WAGTAIL.rglob("*.po")]):
        found += faults_of_words(path, complete="id" in path.parts) + faults_of_compiled(path)
    return found


if __name__ == "__main__":
    found = faults()
    print("\n".join(found) or "The catalogues are complete.")
    sys.exit(bool(found))
