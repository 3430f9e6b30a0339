"""The texture of real reports: a writer's informality is drawn first, then it shapes every word.

Shares come from `style_library/texture.toml`, which says where they were measured. Whatever stands
in `kept` stays as it is: names, places and other details that somebody has to find in the text.
"""

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import Any

WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
SHORTENED = ("Jl", "jl", "Jln", "jln", "Gg", "Br", "Kec", "kec", "Kel", "kel", "Yth", "No", "Kp")
SENTENCE_END = re.compile(
    r"(?<=[.!?])" + "".join(rf"(?<!\b{word}\.)" for word in SHORTENED) + r"\s+(?=\S)"
)
END = re.compile("".join(rf"(?<!\b{word})" for word in SHORTENED) + r"[.,](?=\s|$)", re.IGNORECASE)
DOUBLED = re.compile(r"\b([a-z]{2,})-\1\b")
PASSIVE = re.compile(r"\bdi([a-z]{4,}(?:kan|i|nya)?)\b")
PLACE_WORDS = (
    "depan", "mana", "sana", "sini", "situ", "atas", "bawah", "dalam", "rumah", "jalan", "kantor",
    "sekolah", "sekitar", "samping", "pinggir", "dekat", "lokasi", "wilayah", "daerah", "desa",
)  # fmt: skip
PREPOSITION = re.compile(rf"\b(di|ke) ({'|'.join(PLACE_WORDS)})\b")
NEIGHBOURS = dict(zip("abcdefghijklmnopqrstuvwxyz", "snvfrgjkojklknipwrdrtcwzuz", strict=True))
TOLONG = re.compile(r"(?<![Mm]inta )\b[Tt]olong\b(?! (?:saya|sy|kami|aku|menolong)\b)")
LEAST_TYPO, LEAST_SHOUT = 5, 5  # letters
STREET = "jalan"
ASKS = re.compile(  # a last sentence that could be a question
    r"\b(?:apa|apakah|kapan|kenapa|mengapa|bagaimana|gimana|berapa|siapa|mana|dimana|bisa|boleh|kok"
    r"|masa|apkh|knp|gmn|brp|kpn)\b[^.!?\n]*[.!]?\s*$",
    re.IGNORECASE,
)
LONG_ENOUGH = 25  # words, before anyone breaks a line
NO_PASSIVE = re.compile(
    r"di(?:nas|ri|siplin|gital|rinya|pan|skusi|strik|stribusi|rektur|esel|are|ni|lema|mensi|ploma"
    r"|alog|ngin|nding|sabilitas|skon|spensasi|visi)"
)
# How the habits work once a writer has them: shares of cases, our own choice.
SECOND_TYPO, NO_FULL_STOP, LOWER_THROUGHOUT = 0.4, 0.35, 0.6
PARAGRAPHS, SPACED_BREAK, PLAIN_BREAK = 0.5, 0.35, 0.6
MOST_DIALECT = 2  # words of a regional language in one report
MISSING, WRONG, EXTRA = 0.38, 0.70, 0.98  # running shares of typos, as measured; the rest swap
WORDS_PER_TYPO = 90


@dataclass(frozen=True)
class Slang:
    """Other ways of writing a word, by kind (short, spoken, spelling), with their frequency."""

    rows: Sequence[Mapping[str, str]]

    @cached_property
    def forms(self) -> Mapping[str, Mapping[str, tuple[Sequence[str], Sequence[float]]]]:
        """Return, by family of kinds and by standard word, the forms and their summed weights."""
        found: dict[str, dict[str, list[tuple[str, float]]]] = {"slang": {}, "spelling": {}}
        for row in self.rows:
            kind = "spelling" if row["kind"] == "spelling" else "slang"
            words = found[kind].setdefault(row["standard"], [])
            words.append((row["form"], float(row["per_10k_words"])))
        return {
            kind: {
                word: ([form for form, _ in pairs], list(accumulate(weight for _, weight in pairs)))
                for word, pairs in words.items()
            }
            for kind, words in found.items()
        }

    @cached_property
    def phrases(self) -> Mapping[str, re.Pattern[str]]:
        """Return what finds each standard form in a text; half of a doubled word is none."""
        return {
            kind: re.compile(
                r"(?<![\w-])("
                + "|".join(sorted(map(abbreviated, words), key=len, reverse=True))
                + r")(?![\w-])"
            )
            for kind, words in self.forms.items()
        }

    @cached_property
    def standard(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        """Return what finds an abbreviation, and what each stands for."""
        words = {row["form"]: row["standard"] for row in self.rows if row["kind"] == "short"}
        return re.compile(r"\b(" + "|".join(map(re.escape, words)) + r")\b(?!\.)"), words

    def written_out(self, text: str) -> str:
        pattern, words = self.standard
        return pattern.sub(lambda form: words[form[1]], text)

    def other(self, kind: str, word: str, random: Random) -> str:
        forms, sums = self.forms[kind][word]
        return forms[bisect(sums, random.random() * sums[-1])]


@dataclass
class Texture:
    """One writer's habits at work on one text."""

    profile: Mapping[str, Any]
    slang: Slang
    random: Random
    regional: Mapping[str, str] = field(default_factory=dict)
    emoji: Sequence[str] = ()
    kept: Sequence[str] = ()

    def has(self, habit: str) -> bool:
        return self.random.random() < float(self.profile[habit])

    def shape(self, text: str, *, is_chat: bool = False) -> str:
        """Return the text as this person typed it. What is chat already gets no more slang."""
        if self.has("line_breaks") and text.count(" ") > LONG_ENOUGH:
            text = self.broken(text)
        text, hidden = self.hide(text)
        if self.has("no_question"):
            text = re.sub(r"\?+(?=\s|$)", ".", text)
        if self.has("tolong_mohon"):
            text = TOLONG.sub(lambda word: "Mohon" if word[0][0] == "T" else "mohon", text)
        if self.has("written_out"):
            text = self.slang.written_out(text)
            is_chat = False
        if not is_chat:
            text = self.with_slang(text)
        text = self.misspelt(text)
        text = self.punctuated(text)
        text = self.cased(text)
        return self.show(text, hidden)

    # What must stay

    def hide(self, text: str) -> tuple[str, list[str]]:
        """Put a mark where kept words stand, longest first."""
        hidden: list[str] = []
        for words in sorted(set(self.kept), key=len, reverse=True):
            if words and words in text:
                text = text.replace(words, f"\x00{len(hidden)}\x01")
                hidden.append(words)
        return text, hidden

    def show(self, text: str, hidden: Sequence[str]) -> str:
        for number, words in enumerate(hidden):
            text = text.replace(f"\x00{number}\x01", words)
        return text

    # Words

    def with_slang(self, text: str) -> str:
        if self.has("slang"):
            count = 1 + self.random.randrange(2)
            if self.random.random() < self.profile["slang_more"]:
                count = 3 + int(self.random.expovariate(1 / 5))
            text = self.replaced(text, "slang", count)
        if self.regional and self.has("regional"):
            text = self.in_dialect(text)
        return text

    def misspelt(self, text: str) -> str:
        if self.has("spelling"):
            text = self.replaced(text, "spelling", 1 + self.random.randrange(3))
        if self.has("split_passive"):
            text = PASSIVE.sub(split_passive, text, count=1 + self.random.randrange(3))
        if self.has("joined_preposition"):
            text = PREPOSITION.sub(r"\1\2", text, count=1 + self.random.randrange(3))
        if self.has("doubled"):
            text = DOUBLED.sub(r"\g<1>2", text)
        if self.has("typo"):
            for _ in range(
                1 + (self.random.random() < SECOND_TYPO) + text.count(" ") // WORDS_PER_TYPO
            ):
                text = self.mistyped(text)
        return text

    def replaced(self, text: str, kind: str, count: int) -> str:
        """Write up to `count` different words in another way, every time that they occur."""
        found = list(dict.fromkeys(self.slang.phrases[kind].findall(text)))
        self.random.shuffle(found)
        chosen = {word: self.slang.other(kind, word, self.random) for word in found[:count]}
        if not chosen:
            return text
        return self.slang.phrases[kind].sub(lambda word: chosen.get(word[1], word[1]), text)

    def in_dialect(self, text: str) -> str:
        """Let a word or two of the writer's region slip in."""
        words = list(self.regional.items())
        self.random.shuffle(words)
        done = 0
        for standard, own in words:
            changed = re.sub(rf"\b{re.escape(standard)}\b", own, text, count=1)
            done += changed != text
            text = changed
            if done == MOST_DIALECT:
                break
        return text

    def mistyped(self, text: str) -> str:
        """Miss, double or mistake one letter of a longer word."""
        words = [word for word in WORD.finditer(text) if word.end() - word.start() >= LEAST_TYPO]
        if not words:
            return text
        word = words[int(self.random.random() * len(words))]
        at = word.start() + 1 + int(self.random.random() * (word.end() - word.start() - 2))
        letter, dice = text[at], self.random.random()
        if dice < MISSING:
            new = ""
        elif dice < WRONG:
            new = NEIGHBOURS.get(letter, letter)
        elif dice < EXTRA:
            new = letter * 2
        else:
            return text[:at] + text[at + 1 : at + 2] + letter + text[at + 2 :]
        return text[:at] + new + text[at + 1 :]

    # Marks and lines

    def punctuated(self, text: str) -> str:
        if self.has("dots"):
            mark = ("..", "...", "....", ",,", "!!", "...")[self.random.randrange(6)]
            ends = [end.start() for end in END.finditer(text)]
            for at in sorted(self.random.sample(ends, min(len(ends), 2)), reverse=True):
                text = text[:at] + mark + text[at + 1 :]
        if self.has("exclamation"):
            text = re.sub(r"\.?$", "!", text, count=1)
        if self.has("question_mark") and "?" not in text and ASKS.search(text):
            text = re.sub(r"\.?$", "?", text, count=1)
        if self.emoji and self.has("emoji"):
            text = f"{text} {self.random.choice(self.emoji)}"
        if self.random.random() < NO_FULL_STOP:
            text = text.rstrip(".")
        return text

    def broken(self, text: str) -> str:
        """Break lines: after each sentence, or between paragraphs of a few."""
        if "\n" in text:
            return text
        parts = SENTENCE_END.split(text)
        is_spaced = self.random.random() < PARAGRAPHS
        share, joint = (SPACED_BREAK, "\n\n") if is_spaced else (PLAIN_BREAK, "\n")
        joints = [joint if self.random.random() < share else " " for _ in parts[:-1]]
        return "".join(part + after for part, after in zip(parts, [*joints, ""], strict=True))

    def cased(self, text: str) -> str:
        if self.has("all_caps"):
            return text.upper()
        if self.has("no_capitals"):
            return text.lower()
        if self.has("lower_start"):
            text = text[:1].lower() + text[1:]
            if self.random.random() < LOWER_THROUGHOUT:
                text = re.sub(r"([.!?]\s+)([A-Z])(?=[a-z])", lower_second, text)
        elif self.has("capital_start"):
            text = text[:1].upper() + text[1:]
        if self.has("shout"):
            text = self.shouted(text)
        return text

    def shouted(self, text: str) -> str:
        words = [word for word in WORD.finditer(text) if word.end() - word.start() >= LEAST_SHOUT]
        if not words:
            return text
        first = int(self.random.random() * len(words))
        last = min(first + int(self.random.random() * 3), len(words) - 1)
        start, end = words[first].start(), words[last].end()
        return text[:start] + text[start:end].upper() + text[end:]


def abbreviated(word: str) -> str:
    """Return what finds a word that is written in another way; a street only before its name."""
    return re.escape(word) + (r"(?= \x00)" if word == STREET else "")


def split_passive(word: re.Match[str]) -> str:
    return word[0] if NO_PASSIVE.fullmatch(word[0]) else f"di {word[1]}"


def lower_second(found: re.Match[str]) -> str:
    return found[1] + found[2].lower()
