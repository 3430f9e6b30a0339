#!/usr/bin/env python3
"""Join and minify our stylesheets into one file, config/static/css/site.css.

python .ci/build_css.py           # writes site.css and prints its size
python .ci/build_css.py --check   # exit 1 when site.css is stale or over budget
"""

import gzip
import re
import sys
from pathlib import Path

CSS = Path(__file__).resolve().parent.parent / "config/static/css"
PARTS = ("tokens.css", "govuk.css", "base.css", "components.css", "practice.css", "print.css")
BUDGET = 20 * 1024


def minify(text: str) -> str:
    """Drop comments (not licences) and blanks; strings and calc() operators stay as they are."""
    licences = re.findall(r"/\*!.*?\*/", text, re.S)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    pieces = re.split(r"(\"[^\"]*\"|'[^']*')", text)
    for i in range(0, len(pieces), 2):
        piece = re.sub(r"\s+", " ", pieces[i])
        piece = re.sub(r" ?([{};,>]) ?", r"\1", piece)
        piece = piece.replace(": ", ":")
        piece = re.sub(r"(?<![\w.])0\.(\d)", r".\1", piece)
        pieces[i] = piece.replace(";}", "}")
    return "".join(licences) + "".join(pieces).strip()


def build() -> str:
    return "".join(minify((CSS / part).read_text()) for part in PARTS) + "\n"


def size(css: str) -> int:
    return len(gzip.compress(css.encode(), 9, mtime=0))


def main() -> int:
    css = build()
    target = CSS / "site.css"
    if "--check" in sys.argv:
        stale = not target.exists() or target.read_text() != css
        if stale:
            print("site.css is stale: run python .ci/build_css.py")
    else:
        target.write_text(css)
        stale = False
    over = size(css) > BUDGET
    print(f"site.css {len(css)} bytes, {size(css)} gzip -9 (budget {BUDGET})")
    return int(stale or over)


if __name__ == "__main__":
    sys.exit(main())
