#!/usr/bin/env python3
"""Cut the interface font and the certificate fonts from the packed variable font (OFL-1.1).

    npm pack @fontsource-variable/atkinson-hyperlegible-next    # unpack it, then
    python .ci/subset_font.py <folder with the package>          # needs fonttools and brotli

The interface gets one variable file (Latin-1 and the punctuation we print, weight 400 to 700).
Certificates get static regular and bold with Latin Extended, because names need it.
"""

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "config/static/fonts"
PDF = ROOT / "certificates/static/certificates/fonts"
ACCENTED = "ÀÁÂÄÇÈÉÊËÍÎÏÑÓÔÖÙÚÛÜàáâäåçèéêëíîïñóôöøùúûüß"
PUNCTUATION = [0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2190, 0x2192,
               0x2212, 0x2713, 0xD7, 0xB7]  # fmt: skip


def cut(font, unicodes, features, hinting=False):
    options = subset.Options()
    options.layout_features = features
    options.hinting = hinting
    options.desubroutinize = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    tool = subset.Subsetter(options)
    tool.populate(unicodes=unicodes)
    tool.subset(font)
    return font


def save(font, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    font.flavor = "woff2"
    font.save(path)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")


def main(package: Path) -> None:
    name = "atkinson-hyperlegible-next-{}-wght-normal.woff2"
    latin = package / "files" / name.format("latin")
    extended = package / "files" / name.format("latin-ext")

    wanted = [
        *range(0x20, 0x7F),
        0xA0,
        0xA9,
        0xAB,
        0xB0,
        0xB1,
        0xBB,
        *map(ord, ACCENTED),
        *PUNCTUATION,
    ]
    web = cut(TTFont(latin), wanted, WEB_FEATURES)
    web = instancer.instantiateVariableFont(web, {"wght": (400, 700)})
    save(web, WEB / "atkinson-hyperlegible-next.woff2")

    for weight, label in ((400, "regular"), (700, "bold")):
        for part, source in (("latin", latin), ("latin-ext", extended)):
            font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight})
            save(font, PDF / f"atkinson-hyperlegible-next-{part}-{label}.woff2")
    for folder in (WEB, PDF):
        shutil.copyfile(package / "LICENSE", folder / "OFL.txt")


WEB_FEATURES = ["tnum", "kern"]

if __name__ == "__main__":
    main(Path(sys.argv[1]))
