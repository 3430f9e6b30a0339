"""The phrase book: what ships, and what trainers make of it, edition by edition."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from ..domain.phrases import part_of, with_part
from ..domain.rules import Problem
from ..models import PhraseBook
from ..selectors.phrase_books import problems_of_change

FIRST = 1


class PhrasesRefused(Exception):
    """The book cannot be stored so; `problems` names everything that a change makes wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


class PhrasesChanged(Exception):
    """Somebody else has changed the same part since it was looked at."""


@transaction.atomic
def load_phrases(*, content: Mapping[str, Any]) -> PhraseBook:
    """Store the book that ships, unless the site has one."""
    stored = PhraseBook.objects.first()
    return stored or PhraseBook.objects.create(edition=FIRST, content=content)


@transaction.atomic
def change_phrases(
    *, place: str, part: Any, seen: int, note: str = "", by: AbstractBaseUser | None = None
) -> PhraseBook:
    """Store the next edition with another part at `place`; what is the same makes none.

    No place is the whole book. `seen` is the edition in which the part was read. Raises
    PhrasesChanged, or PhrasesRefused for what is wrong and was not before.
    """
    PhraseBook.objects.select_for_update().get(edition=FIRST)  # one change after another
    newest = PhraseBook.objects.all()[0]
    read = PhraseBook.objects.filter(edition=seen).first()
    if read is None or part_of(read.content, place) != part_of(newest.content, place):
        raise PhrasesChanged
    content = with_part(newest.content, place, part)
    if content == newest.content:
        return newest
    if problems := problems_of_change(newest.content, content):
        raise PhrasesRefused(problems)
    return PhraseBook.objects.create(
        edition=newest.edition + 1, content=content, note=note, made_by_id=by.pk if by else None
    )
