"""Lists of words and the small language of their phrases, by which answers are read.

A phrase is matched against `normal` text: lower-case words in ordinary spelling, parted by single
spaces. people_library/words.toml explains the signs ~ ^ * # … and what each list is for.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Any


@dataclass(frozen=True, eq=False)  # known by identity: what is kept per `Words` is found at once
class Words:
    """The lists of people_library/words.toml."""

    finding: tuple[str, ...]
    visitors: tuple[str, ...]
    inspect: tuple[str, ...]
    action: tuple[str, ...]
    evidence: tuple[str, ...]
    no_evidence: tuple[str, ...]
    next_step: tuple[str, ...]
    courtesy: tuple[str, ...]
    padding: tuple[str, ...]
    promise: tuple[str, ...]
    no_promise: tuple[str, ...]
    condition: tuple[str, ...]
    reporters_turn: tuple[str, ...]
    hand_on: tuple[str, ...]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    deadlines: tuple[str, ...]
    coming: tuple[str, ...]
    today: tuple[str, ...]
    each: tuple[str, ...]
    bygone: tuple[str, ...]
    already: tuple[str, ...]
    not_later: tuple[str, ...]
    since: tuple[str, ...]
    past: tuple[str, ...]
    limit: tuple[str, ...]
    negation: tuple[str, ...]
    beyond: tuple[str, ...]
    lacking: tuple[str, ...]
    undone: tuple[str, ...]
    retold: tuple[str, ...]
    unreal: tuple[str, ...]
    blamed: tuple[str, ...]
    accusation: tuple[str, ...]
    fault: tuple[str, ...]
    cause: tuple[str, ...]
    shortfall: tuple[str, ...]
    blameless: tuple[str, ...]
    appeal: tuple[str, ...]
    blame: tuple[str, ...]
    not_ours: tuple[str, ...]
    titles: tuple[str, ...]
    places: tuple[str, ...]
    common: tuple[str, ...]
    abbreviations: tuple[str, ...]
    spelling: tuple[tuple[str, str], ...]
    jargon: tuple[tuple[str, str], ...]

    @cached_property
    def spelled(self) -> Mapping[str, str]:
        return dict(self.spelling)


def words_of(mapping: Mapping[str, Any]) -> Words:
    """Make `Words` of a parsed words.toml. Raises KeyError if a list is missing."""
    lists: dict[str, Any] = {
        field.name: tuple(value.items()) if isinstance(value, Mapping) else tuple(value)
        for field in fields(Words)
        for value in [mapping[field.name]]
    }
    return Words(**lists)


# Text: from what was typed to sentences, and to normal words

UNSEEN = {"Mn", "Cf", "Cs"}  # Unicode: accents, invisible characters, halves of characters
SENTENCE_END = re.compile(
    r"(?<=[.!?])[\"')\]]*\s+|\n\n+|(?<=[,:;])\n|\n(?=[-•*]|\d{1,2}[.)])"
    r"|(?<=[a-z]{3}[.!?])(?=[A-Z][a-z])"  # no space typed
)
LAST_WORD = 12  # characters in which an abbreviation or the number of a list item fits
TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[./-]\d+)*")
APOSTROPHE = re.compile(r"(?<=\w)['’‘`](?=\w)")  # Jum'at


def cleaned(text: str) -> str:
    """Return `text` in plain letters with single spaces; line breaks stay."""
    shown = text
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text)
        shown = "".join(c for c in letters if unicodedata.category(c) not in UNSEEN)
    lines = re.sub(r"[^\S\n]+", " ", re.sub(r"\r\n?", "\n", shown))
    return re.sub(r" ?\n ?", "\n", lines).strip()


def sentences_in(clean: str, words: Words) -> list[str]:
    """Part `clean` text into sentences; "Yth." and "1." end none."""
    found, start = [], 0
    for end in SENTENCE_END.finditer(clean):
        last = "".join(clean[max(start, end.start() - LAST_WORD) : end.start()].split()[-1:])
        stem = last.rstrip(".").lower()
        ends = "\n" in end[0] or not (len(stem) == 1 or stem in words.abbreviations)
        if ends:
            found.append(clean[start : end.end()])
            start = end.end()
    found.append(clean[start:])
    return [" ".join(sentence.split()) for sentence in found if TOKEN.search(sentence)]


def normal(clean: str, words: Words) -> str:
    """Return the lower-case words of `clean` in ordinary spelling, parted by single spaces."""
    spelled = words.spelled
    tokens = TOKEN.findall(APOSTROPHE.sub("", clean.lower()))
    return " ".join([spelled.get(token, token) for token in tokens])


@lru_cache(maxsize=512)
def normal_names(names: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """Return names as `normal` text holds them."""
    return tuple(normal(name, words) for name in names)


def count(sentence: str) -> int:
    return len(sentence.split())


def unique(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


# Phrases

NUMBER = (
    r"(?:\d+|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|empat belas"
    r"|dua belas|dua puluh|tiga puluh|enam puluh)"
)
NASAL = {"k": "ng", "p": "m", "t": "n", "s": "ny"}  # me + kirim = mengirim
VERB = r"(?:di|ter|ber?|me(?:nge|ng|ny|n|m)?|memper|diper)"
AFFIX = rf"(?:{VERB}|se|ke|pe(?:nge|ng|ny|n|m|r)?|keber|keter|pember|penge)?"
ENDING = "(?:kan|i)?(?:nya|lah|pun|kah)?"  # of verbs
ACTOR = "(?:kami|petugas|tim|regu|sudah|telah|akan|kita)"


def affixed(stem: str, before: str, nasal: str) -> str:
    """Match `stem` with a prefix of `before`, or with its first letter melted into a nasal."""
    forms = [before + re.escape(stem)]
    if stem[0] in NASAL:
        forms.append(nasal + NASAL[stem[0]] + re.escape(stem[1:]))
    return f"(?:{'|'.join(forms)})"


def word_expression(word: str) -> str:
    match word[0], word[1:]:
        case "#", "":
            return NUMBER
        case "~", "":
            return r"\S+"
        case "~", stem:
            return affixed(stem, AFFIX, "(?:me|pe)") + r"\w*"
        case "^", stem:
            bare = rf"{ACTOR} {re.escape(stem)}"
            return rf"(?:{affixed(stem, VERB, 'me')}|{bare}){ENDING}"
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)


def phrase_expression(phrase: str) -> str:
    parts = phrase.replace("… ", "…").split(" ")
    return " ".join(
        r"(?:\S+ ){0,3}?" + word_expression(part[1:]) if part[0] == "…" else word_expression(part)
        for part in parts
    )


def one_of(phrases: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(map(phrase_expression, phrases))})" if phrases else "(?!)"


@lru_cache(maxsize=1024)
def pattern(*lists: tuple[str, ...], gaps: tuple[int, ...] = ()) -> re.Pattern[str]:
    """Match a phrase of each list in turn, with up to so many words in the `gaps` between them."""
    between = [rf" (?:\S+ ){{0,{gap}}}?" for gap in gaps] or [" "] * (len(lists) - 1)
    expression = "".join(map("".join, zip(map(one_of, lists), [*between, ""], strict=True)))
    return re.compile(rf"(?<!\S){expression}(?!\S)")


@lru_cache(maxsize=8)
def dates(words: Words) -> re.Pattern[str]:
    """Match a day that can be found in a calendar, or a named limit."""
    months, weekdays = "|".join(words.months), "|".join(words.weekdays)
    shapes = (
        rf"\d{{1,2}} (?:{months})(?: \d{{2,4}})?",
        rf"(?:{months}) \d{{4}}",
        r"(?:0?[1-9]|[12]\d|3[01])[/-](?:0?[1-9]|1[0-2])(?:[/-]\d{2,4})?",
        r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.\d{2,4}",
        rf"(?:{weekdays})",
        one_of(words.coming + words.today + words.deadlines),
    )
    return re.compile(rf"(?<!\S)(?<!rt )(?<!rw )(?:{'|'.join(shapes)})(?!\S)")


LOOK_BACK = 80  # characters in which the words before a phrase are sought


def words_before(found: re.Match[str], number: int) -> str:
    near = found.string[max(0, found.start() - LOOK_BACK) : found.start()]
    return " ".join(near.split()[-number:])


def asserted(
    phrases: re.Pattern[str], unless: tuple[str, ...], sentence: str, reach: int = 3
) -> list[str]:
    """Return what `phrases` match with no word of `unless` within the `reach` words before."""
    doubt = pattern(unless)
    return [
        found[0]
        for found in phrases.finditer(sentence)
        if not doubt.search(words_before(found, reach))
    ]
