"""Reading what an officer writes: its elements, harms, promises, plainness. It scores nothing."""

from .reading import About, Element, Flaw, Reading, automatic_fails, flaws, read_answer
from .words import Words, words_of

__all__ = [
    "About",
    "Element",
    "Flaw",
    "Reading",
    "Words",
    "automatic_fails",
    "flaws",
    "read_answer",
    "words_of",
]
