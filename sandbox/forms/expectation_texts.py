"""Lists and tables of an expectation as lines that people type."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

QUOTE, BETWEEN = '"', "|"
QUOTES = "“”„‟"  # what keyboards and texts make of quotation marks
PAIR = 2


def lines_in(typed: str) -> list[str]:
    return [line for line in typed.split("\n") if line.strip()]


def words_to_text(words: Iterable[str]) -> str:
    """Write a word a line; one with a space at an end stands in quotation marks."""
    return "\n".join(f"{QUOTE}{word}{QUOTE}" if is_fragile(word) else word for word in words)


def is_fragile(word: str) -> bool:
    return word != word.strip() or unquoted(word) != word


def words_from_text(typed: str) -> list[str]:
    return [unquoted(line.strip()) for line in lines_in(typed)]


def unquoted(line: str) -> str:
    quotes = QUOTE + QUOTES
    is_quoted = len(line) > len(QUOTE * 2) and line[0] in quotes and line[-1] in quotes
    return line[1:-1] if is_quoted else line


def pairs_to_text(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(f" {BETWEEN} ".join(row) for row in rows)


def pairs_from_text(typed: str) -> list[list[str]]:
    return [[part.strip() for part in line.split(BETWEEN)] for line in lines_in(typed)]


def two_on_each_line(typed: str) -> None:
    """Refuse lines of anything but two words."""
    if any(len(row) != PAIR or not all(row) for row in pairs_from_text(typed)):
        raise ValidationError(_("Write two words on each line, with | between them."))


def table_to_text(table: Mapping[str, str]) -> str:
    return pairs_to_text(table.items())


def table_from_text(typed: str) -> dict[str, str]:
    return {row[0]: row[-1] for row in pairs_from_text(typed)}


def sound_to_text(sound: bool) -> str:
    return "yes" if sound else "no"


def sound_from_text(typed: str) -> bool:
    return typed == "yes"


TO_TEXT: Mapping[str, Callable[[Any], Any]] = {
    "words": words_to_text,
    "pairs": pairs_to_text,
    "decides": table_to_text,
    "reads": table_to_text,
    "sound": sound_to_text,
}
FROM_TEXT: Mapping[str, Callable[[Any], Any]] = {
    "words": words_from_text,
    "pairs": pairs_from_text,
    "decides": table_from_text,
    "reads": table_from_text,
    "sound": sound_from_text,
}
