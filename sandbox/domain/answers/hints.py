"""What may be said to somebody who is still writing. Hints inform; they score nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..privacy import PersonalData
from ..workflow import Action
from .reading import Element, Reading

ALL_FIVE = tuple(Element)
ASKED: Mapping[Action, tuple[Element, ...]] = {  # texts to be checked, and what belongs in each
    Action.ANSWER: ALL_FIVE,
    Action.DRAFT: ALL_FIVE,
    Action.INTERIM: (Element.ACTION, Element.NEXT_STEP, Element.COURTESY),
    Action.HOLD: (Element.COURTESY,),
    Action.RETURN: (Element.COURTESY,),
    Action.ARCHIVE: (Element.NEXT_STEP, Element.COURTESY),
    Action.REPLY: (),
}
EASY, HARD = 80, 60  # of 100: from here on easy, below here hard


class Plainness(StrEnum):
    """How easily a text is read."""

    EASY = "easy"
    EFFORT = "effort"
    HARD = "hard"


@dataclass(frozen=True)
class Hints:
    """What is in a draft, what is missing, and what would do harm."""

    is_blank: bool
    elements: tuple[tuple[Element, bool], ...]
    leaks: tuple[str, ...]
    of_reporter: tuple[str, ...]  # those of the leaks that are the reporter's own name
    private: tuple[PersonalData, ...]
    blames: tuple[str, ...]
    promises_without_date: tuple[str, ...]
    is_empty_promise: bool
    lacks_destination: bool
    jargon: tuple[tuple[str, str], ...]
    long_sentences: tuple[str, ...]
    plainness: Plainness

    @property
    def missing(self) -> list[Element]:
        return [element for element, is_there in self.elements if not is_there]

    @property
    def count(self) -> int:
        """How many things a writer may want to look at again."""
        found = (self.leaks, self.private, self.blames, self.promises_without_date)
        plain = (self.jargon, self.long_sentences)
        alone = self.is_empty_promise + self.lacks_destination
        return len(self.missing) + alone + sum(map(len, (*found, *plain)))


def hints_on(
    action: Action, text: str, reading: Reading, private: set[PersonalData], reporter: str = ""
) -> Hints:
    """Return hints on the text of one action; only some elements belong in most texts."""
    return Hints(
        is_blank=not text.strip(),
        elements=tuple((element, element in reading.elements) for element in ASKED[action]),
        leaks=reading.leaks,
        of_reporter=tuple(leak for leak in reading.leaks if leak in reporter),
        private=tuple(sorted(private)),
        blames=reading.blames,
        promises_without_date=reading.promises_without_date,
        is_empty_promise=reading.is_empty_promise and Element.ACTION in ASKED[action],
        lacks_destination=reading.not_ours_without_destination,
        jargon=reading.jargon,
        long_sentences=reading.long_sentences,
        plainness=plainness(reading.readability),
    )


def plainness(readability: int) -> Plainness:
    if readability >= EASY:
        return Plainness.EASY
    return Plainness.EFFORT if readability >= HARD else Plainness.HARD
