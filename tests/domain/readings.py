"""Answers about one broken lamp, read by the words that ship."""

import tomllib
from dataclasses import replace
from pathlib import Path

from sandbox.domain.answers import About, read_answer, words_of

SANDBOX = Path(__file__).parents[2] / "sandbox"
WORDS = words_of(tomllib.loads((SANDBOX / "people_library/words.toml").read_text()))
ABOUT = About(
    identity=(
        "Sari Wulandari",
        "0812-0000-0000",
        "Gang Melati Nomor 12, Dusun Krajan",
        "9999000000000001",
    ),
    point_words=("lampu", "nyala"),
    offices=(
        "Dinas Perhubungan",
        "Dinas Perhubungan Provinsi Nusa Lestari",
        "UPT Puskesmas Melati",
        "PLN – Unit Layanan Pelanggan Tirta Asri",
    ),
    evidence_chosen=True,
)


def read(text, **about):
    return read_answer(text, replace(ABOUT, **about), WORDS)
