"""Reading an officer's draft answer: what is in it, what is missing, what would do harm.

It reads with lists of words (`Words`), never with a model of the language, so that a trainee can
be shown the very words behind every finding.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from .harms import blames_in, leaks_in
from .plainness import is_long, jargon_in, readability
from .promises import GREETING, is_hollow, undated_promises
from .words import (
    Words,
    asserted,
    cleaned,
    count,
    dates,
    normal,
    normal_names,
    pattern,
    sentences_in,
    unique,
    words_of,
)

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


class Element(StrEnum):
    """The five elements of a good answer."""

    FINDING = "finding"
    ACTION = "action"
    EVIDENCE = "evidence"
    NEXT_STEP = "next_step"
    COURTESY = "courtesy"


class Flaw(StrEnum):
    EMPTY = "empty"
    NO_DATE = "no_date"
    NO_FINDING = "no_finding"
    LEAK = "leak"
    BLAME = "blame"
    BESIDE = "beside"
    NO_DESTINATION = "no_destination"


SUBSTANCE = {Element.FINDING, Element.ACTION}
BETWEEN = " · "  # sentences; no phrase of words holds it


@dataclass(frozen=True)
class About:
    """What an answer is about: the case, as far as a reader must know it."""

    identity: tuple[str, ...]  # the reporter's personal data as in the report
    point_words: tuple[str, ...]  # lower-case stems; with none of them the point is missed
    offices: tuple[str, ...]  # names that count as a destination
    evidence_chosen: bool


@dataclass(frozen=True)
class Reading:
    """What is in an answer. Phrases are in lower case and normal spelling, sentences as typed."""

    elements: frozenset[Element]
    leaks: tuple[str, ...]
    promises_without_date: tuple[str, ...]
    blames: tuple[str, ...]
    jargon: tuple[tuple[str, str], ...]  # (found, plainer)
    long_sentences: tuple[str, ...]
    readability: int  # 0..100, higher is easier
    is_empty_promise: bool
    not_ours_without_destination: bool
    addresses_point: bool


# What an answer quotes, such as the title of the report, is not the officer's own word.
QUOTED = re.compile(r"«[^«»\n]*»")


@lru_cache(maxsize=1024)  # the texts of some runs, each read by several people
def read_answer(text: str, about: About, words: Words) -> Reading:
    clean = cleaned(text)
    typed = sentences_in(QUOTED.sub("", clean), words)
    sentences = [normal(sentence, words) for sentence in typed]
    undated = undated_promises(sentences, words)
    leaks = leaks_in(clean, about.identity, about.offices, words)
    blames = unique(blame for sentence in sentences for blame in blames_in(sentence, words))
    elements = elements_in(sentences, about, words)
    if leaks or blames:
        elements -= {Element.COURTESY}
    whole = BETWEEN.join(sentences)
    return Reading(
        elements=elements,
        leaks=leaks,
        promises_without_date=tuple(typed[place] for place in undated),
        blames=blames,
        jargon=jargon_in(whole, words),
        long_sentences=tuple(s for s, n in zip(typed, sentences, strict=True) if is_long(n)),
        readability=readability(sentences),
        is_empty_promise=not elements & SUBSTANCE and is_hollow(sentences, words),
        not_ours_without_destination=lacks_destination(whole, about, words),
        addresses_point=addresses_point(whole, about, words),
    )


def automatic_fails(reading: Reading) -> tuple[Flaw, ...]:
    """Return what no answer may do, whatever else is good in it; worst first."""
    found = {
        Flaw.LEAK: bool(reading.leaks),
        Flaw.EMPTY: reading.is_empty_promise,
        Flaw.NO_DESTINATION: reading.not_ours_without_destination,
        Flaw.BESIDE: not reading.addresses_point,
    }
    return tuple(flaw for flaw, is_there in found.items() if is_there)


def flaws(reading: Reading) -> tuple[Flaw, ...]:
    """Return all flaws, worst first."""
    found = {
        Flaw.BLAME: bool(reading.blames),
        Flaw.NO_FINDING: Element.FINDING not in reading.elements,
        Flaw.NO_DATE: bool(reading.promises_without_date),
    }
    return automatic_fails(reading) + tuple(flaw for flaw, is_there in found.items() if is_there)


# Elements


def elements_in(sentences: list[str], about: About, words: Words) -> frozenset[Element]:
    whole = BETWEEN.join(sentences)
    present = {
        Element.FINDING: has_finding(sentences, words) or tells_owner(whole, about, words),
        Element.ACTION: any(has_action(sentence, words) for sentence in sentences),
        Element.EVIDENCE: about.evidence_chosen or bool(pattern(words.no_evidence).search(whole)),
        Element.NEXT_STEP: bool(pattern(words.next_step).search(whole)),
        Element.COURTESY: bool(pattern(words.courtesy).search(whole)),
    }
    return frozenset(element for element, is_there in present.items() if is_there)


def has_finding(sentences: list[str], words: Words) -> bool:
    """Whether something was found; a plain statement after a visit with its day says so too."""
    return any(
        states_finding(sentence, words)
        or (
            tells_visit(sentence, words)
            and (says_why(sentence, words) or is_statement(then, words))
        )
        for sentence, then in pairwise([*sentences, ""])
    )


def says_why(sentence: str, words: Words) -> bool:
    return bool(pattern(words.cause).search(sentence))


def states_finding(sentence: str, words: Words) -> bool:
    return bool(asserted(pattern(words.finding), words.unreal, sentence))


def tells_visit(sentence: str, words: Words) -> bool:
    visit = pattern(words.visitors, words.inspect, gaps=(3,))
    looked = asserted(visit, words.unreal, sentence) and pattern(words.past).search(sentence)
    return bool(looked or dates(words).search(sentence)) and is_statement(sentence, words)


def is_statement(sentence: str, words: Words) -> bool:
    """Whether a sentence tells how things are: no courtesy, promise, limit or word on the reply."""
    lists = (words.courtesy, words.next_step, words.evidence, words.promise, words.limit)
    is_other = any(pattern(phrases).search(sentence) for phrases in (*lists, words.condition))
    passes_on = asserted(pattern(words.hand_on), words.negation, sentence)
    return count(sentence) > GREETING and not is_other and not passes_on


def has_action(sentence: str, words: Words) -> bool:
    """Whether real work is told; to look is work only where the sentence is no finding."""
    doubt = words.negation + words.retold
    if asserted(pattern(words.action), doubt, sentence):
        return True
    looked = asserted(pattern(words.inspect), doubt, sentence)
    return bool(looked) and not states_finding(sentence, words)


# Destination and point


def is_not_ours(text: str, words: Words) -> bool:
    return bool(pattern(words.not_ours).search(text))


def names_office(text: str, about: About, words: Words) -> bool:
    """Whether an office is named, other than the one of which the text says "not ours"."""
    names = tuple(name for office in about.offices for name in short_names(office))
    offices = normal_names(names, words)
    rest = pattern(words.not_ours, offices).sub("·", text)
    return bool(pattern(offices).search(rest))


def lacks_destination(text: str, about: About, words: Words) -> bool:
    return is_not_ours(text, words) and not names_office(text, about, words)


def tells_owner(text: str, about: About, words: Words) -> bool:
    """Whether the text says whose task it is instead; of a matter not ours that is the finding."""
    return is_not_ours(text, words) and names_office(text, about, words)


def short_names(office: str) -> list[str]:
    """Return the full name, and what stands before a dash or bracket if that is a name too."""
    first = re.split(r" [–—-] | \(", office)[0]
    return [office, first] if " " in first or first.isupper() else [office]


def addresses_point(text: str, about: About, words: Words) -> bool:
    stems = tuple("~" + normal(stem, words).replace(" ", " ~") for stem in about.point_words)
    return not stems or bool(pattern(stems).search(text))
