"""Whether a text says what an exercise wants to read in it, or never wants to read in one."""

import re
from collections.abc import Iterator

from .reading import QUOTED
from .words import Words, cleaned, normal, pattern, sentences_in, words_before

REACH = 3  # words before a phrase in which it may be denied
# A comma before a number parts no clause (Jumat, 13 Maret); an apology is one of its own.
CLAUSE_END = re.compile(r"[,;:]\s+(?!\d)|\s[–—-]\s|(?<=maaf)\s+")
PART = re.compile(r"…?(?:#|~[^\W_]*|\^[^\W_]+|[^\W_]+\*?)")


def is_phrase(text: str) -> bool:
    """Tell whether a text is a phrase as people_library/words.toml explains them."""
    parts = text.replace("… ", "…").split()
    return bool(parts) and all(map(PART.fullmatch, parts))


def clauses_in(text: str, words: Words) -> Iterator[str]:
    """Yield the clauses of a text in normal words; what it quotes is not its own."""
    for sentence in sentences_in(QUOTED.sub("", cleaned(text)), words):
        yield from (normal(clause, words) for clause in CLAUSE_END.split(sentence))


def said(text: str, phrases: tuple[str, ...], words: Words, *, is_fact: bool = False) -> str:
    """Return the first of `phrases` that a text asserts, as it stands there, or nothing.

    What is denied is not said. With `is_fact` neither is what is only planned or asked for.
    """
    doubts = words.negation + words.beyond + (words.undone if is_fact else ())
    for clause in clauses_in(text, words):
        for phrase in phrases:
            plain = " ".join(phrase.lower().split())
            own = len(pattern(doubts).findall(plain))
            for found in pattern((plain,)).finditer(clause):
                if len(doubts_about(found, doubts, words)) <= own:
                    return found[0]
    return ""


def doubts_about(found: re.Match[str], doubts: tuple[str, ...], words: Words) -> list[str]:
    """Return the doubts before or within what was found, and denials right after it."""
    near = f"{words_before(found, REACH)} {found[0]}"
    after = " ".join(found.string[found.end() :].split()[:REACH])
    return [*pattern(doubts).findall(near), *pattern(words.lacking).findall(after)]
