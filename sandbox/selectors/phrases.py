"""What simulated people say in a run, and what they would say now; each edition is read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..domain.folders import Cast
from ..domain.phrases import PERSONAS, part_of, read_cast
from ..models import PhraseBook, Run
from .files import words

EDITIONS_KEPT = 32


@dataclass(frozen=True)
class Spoken:
    """An edition as the practice room needs it: its people, and their names by code."""

    cast: Cast
    personas: Mapping[str, Mapping[str, Any]]


@lru_cache(maxsize=EDITIONS_KEPT)
def spoken(pk: int) -> Spoken:
    """Return one edition; editions never change."""
    content = PhraseBook.objects.values_list("content", flat=True).get(pk=pk)
    people = {persona["code"]: persona for persona in part_of(content, PERSONAS)}
    return Spoken(read_cast(content, words()), people)


def cast_of(run: Run) -> Cast:
    """Return the simulated people of the edition that a run keeps."""
    return spoken(run.phrases_id).cast


def personas_of(run: Run) -> Mapping[str, Mapping[str, Any]]:
    return spoken(run.phrases_id).personas


def newest_book() -> int:
    """Return the key of the newest edition. Raises LookupError where none is loaded."""
    found = PhraseBook.objects.values_list("pk", flat=True).first()
    if found is None:
        raise LookupError("no phrase book is loaded; run manage.py load_practice_room")
    return int(found)


def newest_cast() -> Cast:
    return spoken(newest_book()).cast


def newest_personas() -> Mapping[str, Mapping[str, Any]]:
    """Return the characters that new attempts meet, by code; none before a book is loaded."""
    try:
        return spoken(newest_book()).personas
    except LookupError:
        return {}
