"""Promises in an officer's answer: to do what, by when, or only to pass the matter on."""

import re
from functools import lru_cache
from itertools import pairwise

from .words import Words, asserted, count, dates, pattern

GREETING = 3  # words; so short a sentence says nothing


def undated_promises(sentences: list[str], words: Words) -> list[int]:
    """Return the places of sentences that promise work with no day, neither there nor after."""
    return [
        place
        for place, (sentence, then) in enumerate(pairwise([*sentences, ""]))
        if promises(sentence, words)
        and not is_dated(sentence, words)
        and not completes(then, words)
    ]


def promises(sentence: str, words: Words) -> re.Match[str] | None:
    """Find the promise in a sentence; what depends on the reporter is none."""
    if pattern(words.condition, words.reporters_turn, gaps=(5,)).search(sentence):
        return None
    return pattern(words.promise).search(pattern(words.no_promise).sub("·", sentence))


def is_dated(sentence: str, words: Words) -> bool:
    """Whether a day belongs to the promise, not to the complaint or the inspection before it."""
    future = without_past_dates(pattern(words.no_promise).sub("·", sentence), words)
    promise = pattern(words.promise).search(future)
    start = promise.start() if promise else len(future)
    is_past = pattern(words.past + words.finding + words.inspect).search(future[:start])
    return any(date.start() >= start or not is_past for date in dates(words).finditer(future))


def without_past_dates(sentence: str, words: Words) -> str:
    return dates_after_since(words).sub("·", sentence)


@lru_cache(maxsize=8)
def dates_after_since(words: Words) -> re.Pattern[str]:
    date, since = dates(words).pattern, pattern(words.since).pattern
    return re.compile(rf"{since}(?: (?:hari|tanggal|pada))?(?: {date})+")


def completes(sentence: str, words: Words) -> bool:
    """Whether a sentence gives the day that the promise before it lacked."""
    is_limit = pattern(words.limit).search(sentence) and dates(words).search(sentence)
    return bool(is_limit) and not promises(sentence, words)


def is_hollow(sentences: list[str], words: Words) -> bool:
    """Whether the text only passes the matter on, or only is polite, and gives no day."""
    handed_on = [s for s in sentences if asserted(pattern(words.hand_on), words.negation, s)]
    telling = (s for s in sentences if s in handed_on or promises(s, words))
    if any(dates(words).search(without_past_dates(sentence, words)) for sentence in telling):
        return False
    if any(pattern(words.not_ours).search(sentence) for sentence in sentences):
        return False
    return bool(handed_on) or all(is_polite(sentence, words) for sentence in sentences)


def is_polite(sentence: str, words: Words) -> bool:
    polite = pattern(words.courtesy + words.padding)
    return count(sentence) <= GREETING or bool(polite.search(sentence))
