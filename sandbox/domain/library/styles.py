"""How people write everywhere, and what a writer's own place adds to it.

Whoever writes uses no language that nobody speaks there, and may call offices as its people do.
"""

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from random import Random
from typing import Any

from .regions import Region, Site
from .texture import Slang

SPOKEN = re.compile(r"[a-z]+")
TEXTS = 2**16  # texts whose language is remembered, several times all that ship
ANGRY = "angry"
PLAIN = "plain"  # what is neither of the manners in the tables
EVERYWHERE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Names:
    """What people of a place call its offices and areas, by the word used elsewhere."""

    words: Mapping[str, str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        longest_first = sorted(map(re.escape, self.words), key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)

    def used_in(self, text: str) -> str:
        return self.pattern.sub(self.own, text)

    def own(self, found: re.Match[str]) -> str:
        word = self.words[found[0].lower()]
        return word[0].upper() + word[1:] if found[0][0].isupper() else word


@dataclass(frozen=True)
class Speech:
    """How one writer's place shows in what they write."""

    strange: frozenset[str] = EVERYWHERE  # words of languages that nobody speaks there
    names: Names | None = None

    def knows(self, text: str) -> bool:
        return not self.strange or is_free_of(text, self.strange)

    def at_home(self, texts: Sequence[str]) -> Sequence[str]:
        """Leave out what is in a language of elsewhere, unless nothing else is left."""
        return [text for text in texts if self.knows(text)] or texts

    def local(self, text: str) -> str:
        return self.names.used_in(text) if self.names else text


@dataclass(frozen=True)
class Style:
    """How people write: the tables of `style_library`."""

    tables: Mapping[str, Any]
    slang: Slang

    @cached_property
    def channels(self) -> tuple[Sequence[str], Sequence[float]]:
        shares = self.tables["channels"]
        return list(shares), list(accumulate(shares.values()))

    @cached_property
    def greetings(self) -> tuple[Sequence[Mapping[str, Any]], Sequence[float]]:
        groups = self.tables["greeting"]
        return groups, list(accumulate(group["weight"] for group in groups))

    def channel(self, random: Random) -> str:
        names, sums = self.channels
        return names[bisect(sums, random.random() * sums[-1])]

    def profile(self, channel: str) -> Mapping[str, Any]:
        profile: Mapping[str, Any] = self.tables[self.tables["profile_of"][channel]]
        return profile

    @cached_property
    def manners(self) -> Mapping[str, re.Pattern[str]]:
        """Return what gives away each manner, the strongest first."""
        return {
            manner: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
            for manner, words in self.tables["manners"].items()
        }

    def manner(self, text: str) -> str:
        """Tell how somebody speaks, before any typing: angry, polite, or plain as most do."""
        said = text.casefold()
        return next((name for name, word in self.manners.items() if word.search(said)), PLAIN)

    @cached_property
    def strange(self) -> Mapping[str, frozenset[str]]:
        """Return, by culture, the words of languages that are spoken elsewhere only."""
        own = {culture: frozenset(words) for culture, words in self.tables["tongues"].items()}
        every = frozenset[str]().union(*own.values())
        return {culture: every - words for culture, words in own.items()} | {"": every}

    @cached_property
    def names(self) -> Sequence[tuple[Mapping[str, Any], Names]]:
        return [(table, Names(table["words"])) for table in self.tables["local"]]

    def speech(self, region: Region, site: Site, random: Random) -> Speech:
        """Return how a writer at a site speaks; where many peoples live, some speak as at home."""
        culture = region.about.get("culture", "")
        is_mixed = culture not in self.strange
        if is_mixed and random.random() < self.tables["regional"]["mixed"]:
            return Speech()
        strange = self.strange["" if is_mixed else culture]
        for table, names in self.names:
            is_here = table.get("town", site.is_town) == site.is_town
            if is_here and table["culture"] == culture and random.random() < table["share"]:
                return Speech(strange, names)
        return Speech(strange)


@lru_cache(TEXTS)
def is_free_of(text: str, strange: frozenset[str]) -> bool:
    return strange.isdisjoint(SPOKEN.findall(text.lower()))
