"""The phrase book: when simulated people speak, in which tone, and which slots their lines fill."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import tomli_w

from .answers import Flaw, Words
from .folders import Cast, Persona
from .library.families import (
    MISSING,
    Code,
    Difference,
    Listed,
    OneOf,
    Table,
    Text,
    Whole,
    differing,
    leaves,
    ordered,
)
from .rules import read_toml
from .simulation import COMMENT

TONES = ("polite", "plain", "angry")
SLOTS = ("title", "missing", "destination", "unit")
LONGEST_LINE, LONGEST_NAME, MOST_LINES, MOST_PERSONAS = 300, 80, 40, 30
LONGEST_WAIT = 60  # working days
ALL = 100  # of trust
HEADING = "# Buku kalimat: yang dikatakan pelapor dan petugas simulasi di ruang praktik.\n\n"
EDITION = "edition"  # in a file: the edition from which it was made
PERSONAS, MISSING_WORDS = "reporters.persona", "officers.missing"  # places beside those of lines


class Says(NamedTuple):
    """The slots that lines may fill, and one without which they would not say what they are for."""

    slots: Sequence[str] = ("title",)
    needs: str = ""


BACK = "supervisor_sends_back"
SENT_BACK = tuple(str(flaw) for flaw in Flaw if flaw is not Flaw.NO_DESTINATION)
REPORTERS_SAY: Mapping[str, Says] = {
    "completes_needlessly": Says(("title", "missing")),
    "thanks_interim": Says(),
    "thanks": Says(),
    "objects_empty": Says(),
    "objects_beside": Says(),
    "objects_blame": Says(),
    "objects_leak": Says(),
    "writes_again": Says(),
    "writes_again_after_interim": Says(),
    "accepts_return": Says(("title", "destination")),
    "objects_return": Says(),
    "does_not_understand": Says(),
    "accepts_archive": Says(),
    "objects_archive": Says(),
    "closes_disappointed": Says(),
    "ombudsman": Says(),
}
OFFICERS_SAY: Mapping[str, Says] = {
    "admin_holds": Says(("missing",), needs="missing"),
    "admin_accepts_return": Says(),
    "unit_declines": Says(("title", "unit"), needs="unit"),
    "unit_contributes": Says(),
    "agency_returns": Says(("title", "destination"), needs="destination"),
    "national_accepts": Says(("title", "destination"), needs="destination"),
    "national_refuses": Says(("title", "destination"), needs="destination"),
    "supervisor_reminds": Says(),
    **{f"{BACK}.{flaw}": Says() for flaw in SENT_BACK},
}
# Every list of lines by its place in the book.
LINES: Mapping[str, Says] = {
    **{
        f"reporters.lines.{name}.{tone}": says
        for name, says in REPORTERS_SAY.items()
        for tone in TONES
    },
    **{f"officers.lines.{name}.lines": says for name, says in OFFICERS_SAY.items()},
}

a_line, a_share = Text(LONGEST_LINE), Whole(0, ALL)
lines = Listed(a_line, most=MOST_LINES)
said = Table({"lines": lines})
BOOK = Table(
    {
        "reporters": Table(
            {
                "persona": Listed(
                    Table(
                        {
                            "code": Code(),
                            "name_id": Text(LONGEST_NAME),
                            "name_en": Text(LONGEST_NAME),
                            "about_id": a_line,
                            "about_en": a_line,
                            "tone": OneOf(TONES),
                            "trust": a_share,
                            "patience": Whole(1, LONGEST_WAIT),
                            "outcry": a_share,
                            "forgives": a_share,
                        }
                    ),
                    most=MOST_PERSONAS,
                ),
                "lines": Table(
                    {name: Table(dict.fromkeys(TONES, lines)) for name in REPORTERS_SAY}
                ),
            }
        ),
        "officers": Table(
            {
                "missing": Table(dict.fromkeys(MISSING, a_line)),
                "lines": Table(
                    {
                        **{name: said for name in OFFICERS_SAY if not name.startswith(BACK)},
                        BACK: Table(dict.fromkeys(SENT_BACK, said)),
                    }
                ),
            }
        ),
    }
)

Book = Mapping[str, Any]


def part_of(book: Book, place: str) -> Any:
    """Return what stands at a place; no place is the whole book."""
    part: Any = book
    for name in filter(None, place.split(".")):
        part = part[name]
    return part


def with_part(book: Any, place: str, part: Any) -> Any:
    """Return the book with another part at a place."""
    if not place:
        return part
    name, _, rest = place.partition(".")
    return {**book, name: with_part(book[name], rest, part)}


def read_cast(book: Book, words: Words) -> Cast:
    """Return the simulated people with all that they may say."""
    return Cast(
        personas=tuple(
            Persona(**{name: persona[name] for name in Persona.__dataclass_fields__})
            for persona in part_of(book, PERSONAS)
        ),
        reporter_lines=part_of(book, "reporters.lines"),
        officer_lines={
            name: part_of(book, f"officers.lines.{name}.lines") for name in OFFICERS_SAY
        },
        missing=part_of(book, MISSING_WORDS),
        words=words,
    )


def read_book(raw: bytes) -> tuple[dict[str, Any], int]:
    """Return what a file holds, whoever wrote it, and its edition if it names one.

    Raises NotAPack.
    """
    book = read_toml(raw)
    edition = book.pop(EDITION, 0)
    return book, edition if type(edition) is int and edition > 0 else 0


def written(book: Book, edition: int) -> str:
    """Return a book as a file that people can read and another site can import."""
    content = {EDITION: edition, **ordered(book, BOOK)}
    return COMMENT + HEADING + tomli_w.dumps(content, multiline_strings=True)


def compare(old: Book, new: Book) -> list[Difference]:
    """Return what `new` changes: lists of lines as wholes, characters field by field."""
    return differing(by_place(old), by_place(new))


def by_place(book: Book) -> dict[str, Any]:
    """Return lists and values by place; characters are told apart by code, not by number."""
    people = {persona["code"]: persona for persona in part_of(book, PERSONAS)}
    order = {f"{PERSONAS}.order": list(people)}
    return leaves(with_part(ordered(book, BOOK), PERSONAS, people)) | order
