"""What a page may weigh, what the content policy forbids, and colours that can be read."""

import gzip
import re
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT, name_of, templates

CSS = ROOT / "config/static/css"
LIMIT = 20 * 1024  # bytes, compressed
TEXT, CONTROL = 4.5, 3.0  # least contrast, WCAG 2.2 AA
TEXT_PAIRS = [
    ("tinta", "latar"), ("tinta", "permukaan"), ("tinta-2", "latar"), ("tinta-2", "permukaan"),
    ("aksi-teks", "aksi"), ("kop-teks", "kop"), ("kop-teks", "kop-2"), ("bahaya-teks", "bahaya"),
    ("toska", "latar"), ("toska", "permukaan"),
    ("toska-tua", "toska-muda"), ("tinta", "toska-muda"),
    ("kunjung", "latar"), ("kunjung", "permukaan"),
    ("ungu", "latar"), ("ungu", "permukaan"), ("ungu-tua", "ungu-muda"), ("tinta", "ungu-muda"),
    ("sukses", "permukaan"), ("sukses", "sukses-muda"), ("tinta", "sukses-muda"),
    ("bahaya", "permukaan"), ("bahaya", "bahaya-muda"), ("tinta", "bahaya-muda"),
    ("awas", "permukaan"), ("awas", "awas-muda"), ("tinta", "awas-muda"),
    ("info", "permukaan"), ("info", "info-muda"), ("tinta", "info-muda"),
]  # fmt: skip
CONTROL_PAIRS = [
    ("garis", "latar"),
    ("garis", "permukaan"),
    ("aksi", "latar"),
    ("aksi", "permukaan"),
]
INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "script without nonce": re.compile(r"<script\b(?![^>]*\b(?:src|nonce)=)", re.I),
}


def tokens(selector: str) -> dict[str, str]:
    """Return the colours that one block of tokens.css defines, without the two dashes."""
    css = (CSS / "tokens.css").read_text(encoding="utf-8")
    block = re.search(re.escape(selector) + r"\s*\{(.*?)\}", css, re.S)
    assert block, f"tokens.css has no {selector}"
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block[1]))


LIGHT = tokens("\n:root")
DARK = tokens(':root[data-theme="dark"]')


def colour(theme: dict[str, str], name: str) -> tuple[float, ...]:
    """Return red, green and blue from 0 to 1, following var() to its end."""
    value = theme[name]
    if reference := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(theme, reference[1])
    digits = value.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return tuple(int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))


def luminance(rgb: tuple[float, ...]) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(theme: dict[str, str], one: str, other: str) -> float:
    dark, light = sorted(luminance(colour(theme, name)) for name in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, LIGHT | DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "least"), [(TEXT_PAIRS, TEXT), (CONTROL_PAIRS, CONTROL)], ids=["text", "control"]
)
def test_colours_can_be_told_apart(theme, pairs, least):
    weak = {pair: round(contrast(theme, *pair), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < least} == {}


def test_a_dark_system_and_a_chosen_dark_theme_look_the_same():
    assert tokens(':root:not([data-theme="light"])') == DARK


def test_the_stylesheet_is_built_from_its_parts_and_within_budget():
    build = [sys.executable, ROOT / ".ci/build_css.py", "--check"]
    result = subprocess.run(build, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_pages_load_one_stylesheet_and_one_font():
    shell = (ROOT / "config/templates/base.html").read_text(encoding="utf-8")
    assert re.findall(r"css/[\w.-]+\.css", shell) == ["css/site.css"]
    assert len(gzip.compress((CSS / "site.css").read_bytes(), 9)) <= LIMIT
    assert len(list((ROOT / "config/static/fonts").glob("*.woff*"))) == 1


@pytest.mark.parametrize("kind", INLINE)
def test_templates_hold_nothing_that_the_content_policy_forbids(kind):
    found = [
        name_of(path)
        for path in templates()
        if INLINE[kind].search(re.sub(r"{#.*?#}|{%.*?%}", "", path.read_text(encoding="utf-8")))
    ]
    assert found == []
