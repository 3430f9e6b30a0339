#!/usr/bin/env python3
"""Vendor the parts of govuk-frontend that this site uses.

Run by hand when the pinned version changes (needs npm for one download and tinycss2):

    python .ci/vendor_frontend.py

It packs the pinned release, checks its sha512, keeps the components listed in KEEP, drops the font
faces, asset URLs, crown and header of GOV.UK, and hands every size, colour and typeface over to our
own tokens. The result is committed, so neither CI nor a server needs Node.
"""

import base64
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

import tinycss2

NAME, VERSION = "govuk-frontend", "6.6.0"
SHA512 = "xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg=="
MEMBER = "package/dist/govuk/govuk-frontend.min.css"
KEEP = [
    "back-link",
    "breadcrumbs",
    "button",
    "button-group",
    "checkboxes",
    "details",
    "error-message",
    "error-summary",
    "fieldset",
    "file-upload",
    "form-group",
    "hint",
    "input",
    "inset-text",
    "label",
    "link",
    "notification-banner",
    "pagination",
    "panel",
    "radios",
    "select",
    "skip-link",
    "summary-card",
    "summary-list",
    "table",
    "tag",
    "task-list",
    "textarea",
    "visually-hidden",
    "visually-hidden-focusable",
    "date-input",
]
# Variants inside kept components that no template uses.
DROP = re.compile(
    r"(--inverse|--start|start-icon|--muted|--text-colour|link-image|drop-zone|file-upload-button|"
    r"input__wrapper|input__prefix|input__suffix|--extra-letter|--no-visited-state|--small|"
    r"table__caption--|table__header--numeric--|--small-text|\.govuk-tag--|\.govuk-label--|"
    r"\.govuk-fieldset__legend--|js-enabled|frontend-supported|:disabled|\.govuk-table--|"
    r"\.govuk-pagination--block|no-underline|\.govuk-link--|\[href|-wrapper)"
)
# The focus ring is ours; only controls that paint their own box keep a focus rule.
FOCUS_OK = re.compile(r"(radios__input|checkboxes__input|skip-link|visually-hidden)")
DROP_PROPS = {
    "font-family", "font-size", "line-height", "-webkit-font-smoothing", "-moz-osx-font-smoothing",
    "-webkit-text-decoration-skip-ink", "-webkit-text-decoration-skip", "text-decoration-skip-ink",
    "-webkit-appearance", "-moz-appearance", "text-underline-offset", "text-decoration-thickness",
    "-ms-touch-action",
}  # fmt: skip
PLAIN = {("font-weight", "400"), ("border-radius", "0"), ("border-radius", "1px")}
ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "config/static/css/govuk.css"
RECORD = ROOT / "config/static/vendor/VENDORED.json"
LICENCE = ROOT / "config/static/vendor/govuk-frontend.LICENSE.txt"
MIT = """The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of
the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS
FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def keep_selector(selector: str) -> bool:
    classes = re.findall(r"\.([A-Za-z][\w-]*)", selector)
    if not classes or DROP.search(selector):
        return False
    if ":focus" in selector and not FOCUS_OK.search(selector):
        return False
    return all(
        name.startswith("govuk-") and re.split(r"__|--", name[6:])[0] in KEEP for name in classes
    )


def declarations(tokens) -> str:
    kept = []
    for node in tinycss2.parse_declaration_list(tokens, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration" or node.lower_name in DROP_PROPS:
            continue
        value = tinycss2.serialize(node.value).strip()
        if "/assets/" in value or node.lower_name == "font":
            continue
        # Our tokens always define the variable, so its fallback is dead weight.
        value = re.sub(r"var\((--govuk-[\w-]+),\s*[^()]+\)", r"var(\1)", value)
        # Literal colours and square corners are ours to set; regular weight is inherited anyway.
        if re.search(r"#[0-9a-f]{3,6}\b", value) or (node.lower_name, value) in PLAIN:
            continue
        kept.append(f"{node.name}:{value}{'!important' if node.important else ''}")
    return ";".join(kept)


def walk(rules) -> str:
    out = []
    for rule in rules:
        if rule.type == "qualified-rule":
            prelude = tinycss2.serialize(rule.prelude).strip()
            chosen = [s.strip() for s in split_selectors(prelude) if keep_selector(s.strip())]
            body = declarations(rule.content) if chosen else ""
            if body:
                out.append(f"{','.join(chosen)}{{{body}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            query = tinycss2.serialize(rule.prelude)
            if ("-ms-" in query and "forced-colors" not in query) or not query.isascii():
                continue
            inner = walk(tinycss2.parse_rule_list(rule.content, True, True))
            if inner:
                out.append(f"@media{query.rstrip()}{{{inner}}}")
    return "".join(out)


def split_selectors(prelude: str) -> list[str]:
    parts, depth, current = [], 0, ""
    for char in prelude:
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += char
    return [*parts, current]


def main() -> None:
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run(["npm", "pack", "--silent", f"{NAME}@{VERSION}"], cwd=tmp, check=True)
        tarball = Path(tmp) / f"{NAME}-{VERSION}.tgz"
        digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
        if digest != SHA512:
            raise SystemExit(f"{tarball.name}: sha512 is {digest}, expected {SHA512}")
        with tarfile.open(tarball) as archive:
            css = archive.extractfile(MEMBER).read().decode()
            readme = archive.extractfile("package/README.md").read().decode()
    if "MIT License" not in readme and "MIT licence" not in readme:
        raise SystemExit("licence statement not found in the package")
    banner = (
        f"/*! {NAME} {VERSION}, MIT, Copyright (c) Crown Copyright (Government Digital Service); "
        "reduced and re-skinned, see vendor/VENDORED.json */"
    )
    LICENCE.parent.mkdir(parents=True, exist_ok=True)
    LICENCE.write_text(MIT)
    OUT.write_text(banner + walk(tinycss2.parse_stylesheet(css, True, True)) + "\n")
    RECORD.parent.mkdir(parents=True, exist_ok=True)
    record = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    record[NAME] = {
        "version": VERSION,
        "licence": "MIT",
        "licence_file": LICENCE.name,
        "integrity": f"sha512-{SHA512}",
        "source_member": MEMBER,
        "output": str(OUT.relative_to(ROOT)),
        "output_sha256": hashlib.sha256(OUT.read_bytes()).hexdigest(),
        "changes": "component subset; typeface, sizes, focus ring, asset URLs, crown and header removed",
    }
    RECORD.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
