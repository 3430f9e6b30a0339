"""What is wrong with a phrase book, all of it at once, each with the place where it stands.

Shape comes first; what has none is passed over afterwards. Nothing of a book is trusted.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .library.wording import SLOT
from .pack_checks import problems_of_leaves
from .phrases import (
    BOOK,
    LINES,
    MISSING_WORDS,
    PERSONAS,
    SLOTS,
    TONES,
    Says,
)
from .privacy import personal_data_in
from .rules import Problem

LEAST = 3  # lines: who speaks twice about a report repeats nothing, and neighbours differ
LONGEST_SENTENCE = 24  # words
PRODUCT = "SP4N-LAPOR!"  # the one name with a digit and an exclamation mark
SENTENCE_END = re.compile(r"(?<=[.?!…])\s+")
SAME = re.compile(r"\W+")
UNSAFE = ("too_deep", "formula")  # control characters are found with the shape
NO_SLOTS = Says(())
WORDED = ("name_id", "name_en", "about_id", "about_en")
MARKS: Mapping[str, re.Pattern[str]] = {
    "exclamation": re.compile("!"),
    "link": re.compile(r"https?:|www\.|\.(?:go|co|or|ac)\.id\b|\.com\b", re.I),
    "alternatives": re.compile(r"[\[\]|]"),
}


def check_book(book: Any) -> list[Problem]:
    """Return everything that keeps a book from being spoken from."""
    unsafe = [each for each in problems_of_leaves(book) if each.code in UNSAFE]
    if any(problem.code == "too_deep" for problem in unsafe):
        return unsafe
    return [
        *BOOK.problems(book, ""),
        *unsafe,
        *problems_of_personas(book),
        *problems_of_words(book),
        *problems_of_number(book),
        *problems_of_repeats(book),
    ]


def problems_of_personas(book: Any) -> Iterator[Problem]:
    """Yield codes that occur twice, and tones that nobody speaks in."""
    people = personas_in(book)
    first: dict[Any, int] = {}
    for number, persona in enumerate(people, start=1):
        code = persona.get("code")
        if isinstance(code, str) and first.setdefault(code, number) != number:
            yield Problem(f"{PERSONAS}[{number}].code", "code_twice", {"first": first[code]})
    spoken = [persona.get("tone") for persona in people]
    yield from (
        Problem(PERSONAS, "no_tone", {"tone": tone}) for tone in TONES if tone not in spoken
    )


def problems_of_words(book: Any) -> Iterator[Problem]:
    """Yield what no sentence may hold, wherever it stands."""
    for place, says in LINES.items():
        for number, line in listed(book, place):
            yield from problems_of_line(f"{place}[{number}]", line, says)
    missing = found_at(book, MISSING_WORDS)
    texts = {f"{MISSING_WORDS}.{name}": words for name, words in tables(missing).items()}
    for number, persona in enumerate(personas_in(book), start=1):
        texts |= {f"{PERSONAS}[{number}].{name}": persona.get(name) for name in WORDED}
    for place, text in texts.items():
        if isinstance(text, str):
            yield from problems_of_line(place, text, NO_SLOTS)


def problems_of_line(place: str, line: str, says: Says) -> Iterator[Problem]:
    text = line.replace(PRODUCT, "")
    if kinds := personal_data_in(text):
        yield Problem(place, "personal", {"kinds": sorted(kinds)})
    elif re.search(r"\d", text):
        yield Problem(place, "digits")
    yield from (Problem(place, code) for code, mark in MARKS.items() if mark.search(text))
    longest = max(len(sentence.split()) for sentence in SENTENCE_END.split(text))
    if longest > LONGEST_SENTENCE:
        yield Problem(place, "long_sentence", {"most": LONGEST_SENTENCE, "there": longest})
    yield from problems_of_slots(place, line, says)


def problems_of_slots(place: str, line: str, says: Says) -> Iterator[Problem]:
    used = SLOT.findall(line)
    for name in dict.fromkeys(used):
        if name not in SLOTS:
            yield Problem(place, "unknown_slot", {"name": name})
        elif name not in says.slots:
            yield Problem(place, "slot_elsewhere", {"name": name})
    if re.search(r"[{}]", SLOT.sub("", line)):
        yield Problem(place, "braces")
    if says.needs and says.needs not in used:
        yield Problem(place, "needs_slot", {"name": says.needs})


def problems_of_number(book: Any) -> Iterator[Problem]:
    """Yield occasions on which people would soon repeat themselves."""
    for place in LINES:
        there = len(listed(book, place))
        if isinstance(found_at(book, place), list) and there < LEAST:
            yield Problem(place, "few_lines", {"least": LEAST, "there": there})


def problems_of_repeats(book: Any) -> Iterator[Problem]:
    """Yield lines that stand in the book already, whatever their marks and capitals."""
    first: dict[str, str] = {}
    for place in LINES:
        for number, line in listed(book, place):
            here = f"{place}[{number}]"
            there = first.setdefault(SAME.sub(" ", line.casefold()).strip(), here)
            if there != here:
                yield Problem(here, "repeats", {"place": there})


# Reading what has no trusted shape


def found_at(book: Any, place: str) -> Any:
    """Return what stands at a place, or nothing."""
    value = book
    for name in place.split("."):
        value = tables(value).get(name)
    return value


def listed(book: Any, place: str) -> list[tuple[int, str]]:
    """Return the texts of a list with their numbers, counted from one."""
    value = found_at(book, place)
    texts = value if isinstance(value, list) else []
    return [(number, each) for number, each in enumerate(texts, 1) if isinstance(each, str)]


def personas_in(book: Any) -> Sequence[Mapping[str, Any]]:
    value = found_at(book, PERSONAS)
    return [tables(each) for each in value] if isinstance(value, list) else []


def tables(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
