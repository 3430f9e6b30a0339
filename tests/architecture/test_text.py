"""Prose holds no rule numbers and no personal data; translations fill the gaps of the original.

That they are complete and compiled is checked by `.ci/messages --check`.
"""

import re

import polib
import pytest

from sandbox.domain.privacy import personal_data_in
from tests.architecture.source import ROOT, lines_of, name_of

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


def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


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


def test_english_is_what_the_code_says():
    """English readers get the strings of the code; a catalogue may list them, not change them."""
    changed = [
        entry.msgid
        for file in (ROOT / "config/locale").glob("en*/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(file))
        if entry.msgstr not in {"", entry.msgid}
    ]
    assert changed == []
