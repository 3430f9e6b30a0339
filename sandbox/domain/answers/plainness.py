"""How plain an officer's answer is: officialese, long sentences, long words."""

import re

from .words import Words, count, pattern, unique

LONG_SENTENCE = 25  # words
LONG_WORD = 5  # syllables; affixes make words of four ordinary in Indonesian
EASY_SENTENCE, HARD_SENTENCE = 8, 28  # words on average
HARD_SHARE = 0.3  # of long words


def is_long(sentence: str) -> bool:
    return count(sentence) > LONG_SENTENCE


def jargon_in(text: str, words: Words) -> tuple[tuple[str, str], ...]:
    found = unique(m[0] for m in pattern(tuple(entry for entry, _ in words.jargon)).finditer(text))
    return tuple(
        (
            phrase,
            next(plain for entry, plain in words.jargon if pattern((entry,)).fullmatch(phrase)),
        )
        for phrase in found
    )


SYLLABLE = re.compile(r"(?:ai|au|oi|ei)(?=(?:nya|lah|kah|mu|ku)?$)|[aeiou]")  # pulau, but la-ut


def syllables(word: str) -> int:
    return len(SYLLABLE.findall(word))


def readability(sentences: list[str]) -> int:
    """Return 100 for the easiest text, 0 for the hardest or none.

    A yardstick of our own, not a published formula: constants of Flesch and the like were fitted
    to English and would call all affixed Indonesian hard. It takes off up to 50 each for the
    average length of sentences and for the share of words of LONG_WORD or more syllables,
    in even steps between bounds set by eye on plain and on official Indonesian.
    """
    words = [word for sentence in sentences for word in sentence.split()]
    if not words:
        return 0
    average = len(words) / len(sentences)
    share = sum(syllables(word) >= LONG_WORD for word in words) / len(words)
    length = (average - EASY_SENTENCE) / (HARD_SENTENCE - EASY_SENTENCE)
    return round(100 - 50 * min(max(length, 0), 1) - 50 * min(share / HARD_SHARE, 1))
