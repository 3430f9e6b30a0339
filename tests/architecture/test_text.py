"""Prose holds no rule numbers and no personal data; every interface string is translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation import template as django_template

from sandbox.domain.privacy import personal_data_in
from tests.architecture.source import OURS, ROOT, lines_of, name_of, python_files, templates, tree

PROSE = sorted((ROOT / "learning/course_library").rglob("*.toml")) + sorted(
    (ROOT / "content/site_library").rglob("*.toml")
)
LIBRARIES = [
    *PROSE,
    *sorted((ROOT / "content/reference_library").rglob("*.toml")),
    *sorted((ROOT / "sandbox/case_library").rglob("*.toml")),
    *sorted((ROOT / "sandbox/rule_packs").rglob("*.toml")),
    ROOT / "config/demo_people.toml",
]
# Time limits are data with a source: "3 hari", "14-day", "hari 5" have no place in prose.
COUNTED_DAYS = re.compile(r"\d\s*-?\s*(?:hari|days?|working days?)\b|\b(?:hari|days?)\s+\d", re.I)
LANDLINE = re.compile(r"(?<![\d.,])\(?0\d{2,3}\)?[ .\-]\d{5,8}(?!\d)")

CATALOGUE = ROOT / "config/locale/id/LC_MESSAGES/django.po"
GETTEXT = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2,
           "ngettext_lazy": 2, "pgettext": 2, "pgettext_lazy": 2, "npgettext": 3}  # fmt: skip
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(
    rf"\b(_|n?p?gettext)\(\s*({LITERAL})(?:\s*,\s*({LITERAL}))?(?:\s*,\s*({LITERAL}))?"
)

Message = tuple[str | None, str]  # context, English text


@pytest.mark.parametrize("path", PROSE, ids=name_of)
def test_prose_counts_no_days(path):
    found = [line for line in lines_of(path) if COUNTED_DAYS.search(line.text)]
    assert found == []


@pytest.mark.parametrize("path", LIBRARIES, ids=name_of)
def test_libraries_hold_nobodys_data(path):
    found = [
        line for line in lines_of(path) if personal_data_in(line.text) or LANDLINE.search(line.text)
    ]
    assert found == []


def messages() -> set[Message]:
    """Return every string that our code and templates ask gettext for."""
    found = {message for path in python_files(*OURS) for message in in_python(path)}
    return found.union(*(in_template(path) for path in templates()))


def in_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call):
            continue
        function = getattr(node.func, "attr", getattr(node.func, "id", ""))
        words = [word.value for word in node.args[: GETTEXT.get(function, 0)] if is_text(word)]
        if words:
            yield message(function, words)


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def in_template(path: Path) -> Iterator[Message]:
    """Read what Django itself hands to gettext for a template."""
    code = django_template.templatize(path.read_text(encoding="utf-8"), origin=name_of(path))
    for name, *literals in CALL.findall(code):
        yield message(name, [ast.literal_eval(literal) for literal in literals if literal])


def message(function: str, words: list[str]) -> Message:
    return (words[0], words[1]) if function.startswith(("p", "np")) else (None, words[0])


def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_the_indonesian_catalogue_has_every_string_and_no_other():
    kept = {(entry.msgctxt, entry.msgid) for entry in catalogue() if not entry.obsolete}
    assert sorted(messages() - kept, key=str) == []
    assert sorted(kept - messages(), key=str) == []


def test_every_string_is_translated_for_certain():
    unsure = [e.msgid for e in catalogue() if not e.obsolete and (e.fuzzy or not e.translated())]
    assert unsure == []
    assert [entry.msgid for entry in catalogue().obsolete_entries()] == []


def test_a_translation_fills_the_same_gaps():
    """A placeholder that a translation forgets or invents breaks the page."""
    broken = []
    for entry in catalogue():
        wanted = gaps(entry.msgid_plural or entry.msgid)
        texts = filter(None, [entry.msgstr, *entry.msgstr_plural.values()])
        broken += [text for text in texts if not wanted <= gaps(text) <= wanted | gaps(entry.msgid)]
    assert broken == []


def gaps(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|{\w+}", text))


def test_the_compiled_catalogue_is_fresh():
    file = CATALOGUE.with_suffix(".mo")
    assert file.exists()
    compiled = polib.mofile(str(file))
    texts = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in compiled}
    assert texts == {
        (e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in catalogue() if not e.obsolete
    }


def test_english_is_what_the_code_says():
    """English readers get the strings of the code; a catalogue may list them, not change them."""
    changed = [
        entry.msgid
        for file in (ROOT / "config/locale").glob("en*/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(file))
        if entry.msgstr not in {"", entry.msgid}
    ]
    assert changed == []
