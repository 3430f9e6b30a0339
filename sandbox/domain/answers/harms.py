"""What would do harm in an officer's answer: the reporter's identity, and blame."""

import re
from collections.abc import Mapping

from .words import Words, asserted, cleaned, normal, normal_names, pattern, unique

FIRST_NAME = 4  # letters; a shorter name alone is too often another word
SHORT_NAME = 3  # letters, after "Bapak" or "Ibu"
DIGITS = 7  # from here on a piece is a number, however it is broken up
LETTER = re.compile(r"[^\W\d_]")


def leaks_in(
    clean: str, identity: tuple[str, ...], offices: tuple[str, ...], words: Words
) -> tuple[str, ...]:
    """Return what `clean` text holds of `identity`; an office's name is nobody's."""
    text = normal(clean, words)
    found = (leak_of(piece, clean, text, offices, words) for piece in identity)
    return unique(leak for leak in found if leak)


def leak_of(piece: str, clean: str, text: str, offices: tuple[str, ...], words: Words) -> str:
    """Return as much of `piece` as the text holds: all of it, a name of it, or nothing."""
    piece = cleaned(piece)
    digits = re.sub(r"\D", "", piece)
    if len(digits) >= DIGITS and not LETTER.search(piece):
        return piece if holds_number(clean, digits) else ""
    names = [name for name in piece.split() if normal(name, words) not in words.titles]
    whole = normal(" ".join(names), words)
    is_common = not whole or whole in words.common
    if not is_common and f" {whole} " in f" {text} ":
        return piece
    plain = {name: normal(name, words) for name in names}
    if not any(f" {word}" in f" {text}" for word in plain.values()):
        return ""
    return name_of(plain, pattern(normal_names(offices, words)).sub("·", text), words)


def holds_number(clean: str, digits: str) -> bool:
    """Find a number however it is broken up, a telephone number with 0 or 62 in front."""
    own = re.sub(r"^(?:62|0)", "", digits)
    if own not in re.sub(r"\D", "", clean):
        return False
    rest = r"[ .\-]?".join(own)
    return bool(re.search(rf"(?<!\d)(?:\+?62|0)?[ .\-)]?{rest}(?!\d)", clean))


def name_of(plain: Mapping[str, str], text: str, words: Words) -> str:
    """Return a name that stands alone in `text`: the first one, or any after "Bapak" or "Ibu".

    `plain` are all names of a person, each as `text` would hold it.
    """
    if not all(name[0].isupper() and word.isalpha() for name, word in plain.items()):
        return ""  # no name, but an address or a description
    for place, (name, word) in enumerate(plain.items()):
        if place == 0 and word in words.places:
            return ""
        is_first = place == 0 and len(word) >= FIRST_NAME and word not in words.common
        if is_first and f" {word} " in f" {text} ":
            return name
        is_there = len(word) >= SHORT_NAME and f" {word}" in text
        if is_there and pattern(words.titles, (word,)).search(text):
            return name
    return ""


def blames_in(sentence: str, words: Words) -> list[str]:
    sentence = pattern(words.blameless).sub("·", sentence)
    after = pattern(words.accusation, words.blamed, gaps=(1,))
    before = pattern(words.blamed, words.fault, gaps=(6,))
    appeals = pattern(words.appeal).search(sentence)
    because = pattern(words.cause, words.blamed, words.shortfall, gaps=(1, 5))
    return [
        *asserted(after, words.negation, sentence, reach=1),
        *([] if appeals else asserted(before, words.condition, sentence, reach=8)),
        *asserted(because, words.negation, sentence, reach=1),
        *asserted(pattern(words.blame), words.negation, sentence, reach=1),
    ]
