"""One family told once: what is said, how long, through which channel, and in whose manner."""

import math
import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .pictures import ON_PAPER
from .regions import Region
from .speaking import DATE, PLACE, PLACES, STREETS, Family, Speaker
from .styles import ANGRY, Speech
from .texture import Texture
from .wording import MAKERS, SLOT, one_of

CLERK, CHAT = "clerk", "chat"
COUNTER, WEB = "walk_in", "web"
FORMAL = "formal"
EVIDENCE = "evidence"
CHAT_CHANNELS = ("sms", "whatsapp", "instagram")
SHORTEST_STORY = 18  # words; what is shorter is told in one sentence
LONG_STORY, MORE_WORDS, DIGRESSION = 130, 4, 45
LONGEST_NOTE = 45  # words that a one-sentence report with additions usually has at most
NEAREST = 3  # tellings of about the right length
NAME_FIRST, PLACE_FIRST = 0.4, 0.25  # shares of those who say it at all
EVENT = 0.7  # share of those who say when an event was, and not since when it is so
FEW = 2  # additions to a report in an exercise
SOME, LONG_WORD = 5, 4  # titles that compete, and letters of a word that counts
LEAST_TITLE, LONGEST_TITLE = 3, 7  # words
CLAUSE_END = re.compile(r"[.,!?:;(\n]")
LOOSE = (
    "di", "ke", "dari", "yang", "dan", "atau", "untuk", "dengan", "karena", "tapi", "oleh", "pada",
    "saya", "kami", "itu", "dekat", "padahal", "no", "jl", "jalan",
)  # fmt: skip
BRIEF = 0.45  # share of one-sentence reports with nothing around them
THANKED = ("terima kasih", "terimakasih", "makasih", "trims", "suwun", "wassalam", "nuhun")
PLEA = re.compile(r"\b(?:mohon|mhn|tolong|tlg|tulung|harap|semoga|minta)\b")
TIMED = re.compile(
    r"\b(?:kemarin|kmrn|semalam|tadi|td|barusan|sejak|tanggal|tgl|pukul|jam \d"
    r"|(?:hari|minggu|bulan|tahun) (?:ini|lalu|kemarin|terakhir)"
    r"|(?:se|dua |tiga |empat |lima |enam |\d+ )(?:hari|minggu|bulan|bln|tahun|thn))\b"
)
SALAM = "alaikum"  # answers its like only
PERSONAL = {"name": "name", "phone": "phone", "nik": "national_id"}

Telling = Mapping[str, Any]


@dataclass(frozen=True)
class Report:
    """A report as it comes in."""

    title: str
    text: str
    channel: str
    anonymous: bool
    secret: bool
    lacks_place: bool
    refers_to_photo: bool
    manner: str  # polite, plain or angry


@dataclass
class Teller(Speaker):
    """One person who tells a family's incident.

    `complete` tells a report on which a trainee can decide: a whole telling with few additions,
    and a place where the family has one. Without it half of the reports lack a place, many are
    one sentence, and some ramble, as they do in life.
    """

    def tell(self, telling: Telling | None = None) -> Report:
        """Tell the incident, by a given telling or one that suits channel and length."""
        channel = telling.get("channel", "") if telling else ""
        channel = channel or self.channel()
        profile = self.style.profile(channel)
        self.voice = self.style.tables["profile_of"][channel]
        self.draws.is_brief = self.voice == CHAT
        length = self.length(profile)
        if telling is None:
            telling = self.telling(length)
        is_chat = bool(telling and self.is_chat(telling))
        self.voice = CHAT if is_chat else self.voice
        said = self.said(telling, length, profile)
        matter = joined(said)
        said = self.located(said, profile)
        names_place = self.names_place(" ".join(said))
        photo = self.has(profile, "photo") and self.may_say(EVIDENCE) and self.can_show
        said += self.more(profile, said, photo)
        said = self.framed(said, profile)
        text = joined(said)
        texture = Texture(
            profile, self.style.slang, self.random, self.regional, self.emoji, self.kept(text)
        )
        anonymous, secret = self.hiding(telling)
        return Report(
            title=self.title(telling, profile, matter),
            text=texture.shape(text, is_chat=is_chat).strip(),
            channel=channel,
            anonymous=anonymous,
            secret=secret,
            lacks_place=self.places_matter and not names_place,
            refers_to_photo=photo,
            manner=self.style.manner(text),
        )

    # Choices

    def channel(self) -> str:
        """Draw a channel; only a family with a clerk's note comes in by way of a clerk."""
        channel = self.style.channel(self.random)
        is_clerk = self.style.tables["profile_of"][channel] == CLERK
        return WEB if is_clerk and not any(map(is_note, self.tellings)) else channel

    @cached_property
    def tellings(self) -> Sequence[Telling]:
        return spoken(self.family["telling"], self.draws.speech)

    def length(self, profile: Mapping[str, Any]) -> int:
        """Draw how many words this person writes."""
        words = profile["words"]
        drawn = math.exp(self.random.gauss(words["mu"], words["sigma"]))
        return int(min(max(drawn, words["least"]), words["most"]))

    def telling(self, length: int) -> Telling | None:
        """Choose a telling of about the right length, or none where one sentence will do."""
        is_clerk = self.voice == CLERK
        tellings = [each for each in self.tellings if is_note(each) == is_clerk]
        if not (is_clerk or self.complete) and self.family.get("short"):
            share = 1.0 if length < SHORTEST_STORY else 0.5 if length < LONGEST_NOTE else 0.25
            if self.random.random() < share:
                return None
        if self.voice == CHAT:  # nobody sends a letter as a message
            loose = [each for each in tellings if each.get("register") != FORMAL]
            tellings = loose if len(loose) >= NEAREST else tellings
        near: list[Telling] = sorted(
            tellings, key=lambda each: abs(len(each["text"].split()) - length)
        )
        return near[int(self.random.random() * min(NEAREST, len(near)))]

    def is_chat(self, telling: Telling) -> bool:
        return telling.get("register") == CHAT or telling.get("channel") in CHAT_CHANNELS

    def hiding(self, telling: Telling | None) -> tuple[bool, bool]:
        """Return whether the reporter hides their name and the report: as told, or as many do."""
        if telling and "anonymous" in telling:
            return telling["anonymous"], telling["secret"]
        shares, dice = self.style.tables["hidden"], self.random.random()
        if dice < shares["anonymous"]:
            return True, False
        if dice < shares["anonymous"] + shares["both"]:
            return True, True
        return False, dice < shares["anonymous"] + shares["both"] + shares["secret"]

    # Words

    def said(self, telling: Telling | None, length: int, profile: Mapping[str, Any]) -> list[str]:
        """Return the matter itself, with as many additions as the length leaves room for."""
        body = telling["text"] if telling else one_of(self.own("short"), self.random)
        said = [self.filled(body)]
        extras = [] if telling and is_note(telling) else self.extras(length)
        words = said[0].count(" ") + 1
        while extras and words + 6 < length:
            more = self.filled(extras.pop())
            words += more.count(" ") + 1
            said.append(more)
        said += [self.phrase(habit) for habit in ("anger", "again") if self.has(profile, habit)]
        return said

    def extras(self, length: int) -> list[str]:
        """Return what may be added, the last first.

        Who writes at length digresses, and says the same thing again in other words.
        """
        extras = list(self.own("extra"))
        self.random.shuffle(extras)
        if self.complete:
            return extras[:FEW]
        if length > LONG_STORY and self.asks_something:
            shorts = self.own("short")
            extras += self.random.sample(self.style.tables["ramble"]["forms"], length // DIGRESSION)
            self.random.shuffle(extras)
            extras = self.random.sample(shorts, min(MORE_WORDS, len(shorts))) + extras
        return extras

    def located(self, said: list[str], profile: Mapping[str, Any]) -> list[str]:
        """Say where, at a street only where the family happens in streets.

        Another matter's place is a school, a river or a road with an owner of its own, which a
        street must not contradict; for what happens nowhere, people say where they live.
        """
        text = " ".join(said)
        must = self.places_matter and self.complete and not self.names_place(text)
        may = self.may_say(PLACE) and not self.names_street(text) and not self.complete
        if not (must or (may and self.has(profile, "address"))):
            return said
        somewhere = self.mentions((*PLACES, *self.draws.site.assets))
        forms = "address" if self.mentions(STREETS) else "area" if somewhere else "home"
        address = self.phrase(forms, text)
        comes_first = self.random.random() < PLACE_FIRST and not self.greets(said)
        return [address, *said] if comes_first else [*said, address]

    def more(self, profile: Mapping[str, Any], said: list[str], photo: bool) -> list[str]:
        """Say since when, where nothing has been said of time, and speak of what is attached."""
        more = []
        text = " ".join(said).casefold()
        may = self.may_say(DATE) and not (self.complete or text.endswith("?"))
        if may and self.has(profile, "when") and not TIMED.search(text):
            is_event = self.mentions(("date", "hour")) and self.random.random() < EVENT
            more.append(self.phrase("happened" if is_event else "when"))
        if photo:
            on_paper = self.family.get("attachment") in ON_PAPER
            more.append(self.phrase("paper" if on_paper else "photo"))
        return more

    def framed(self, said: list[str], profile: Mapping[str, Any]) -> list[str]:
        """Add what stands around the matter: greeting, who writes, a plea, thanks."""
        before: list[str] = []
        after: list[str] = []
        text = " ".join(said)
        body = text.casefold()
        if body.count(" ") < SHORTEST_STORY and self.random.random() < BRIEF:
            return said
        is_calm = self.style.manner(text) != ANGRY
        if self.has(profile, "greeting") and is_calm and not self.greets(said):
            groups, sums = self.style.greetings
            group = groups[bisect(sums, self.random.random() * sums[-1])]
            before.append(self.regional_or("greetings", self.suited(group), text))
        if self.has(profile, "personal"):
            who = self.phrase("personal", " ".join((*before, text)))
            (before if self.random.random() < NAME_FIRST else after).append(who)
        if self.has(profile, "plea") and self.asks_something and not PLEA.search(said[-1].lower()):
            after.append(self.phrase("pleas"))
        if self.has(profile, "thanks") and not any(word in body for word in THANKED):
            forms = self.suited(self.style.tables["thanks"])
            if SALAM not in " ".join((*before, body)).casefold():
                forms = [form for form in forms if SALAM not in form]
            after.append(self.regional_or("thanks", forms))
        return before + said + after

    def regional_or(self, name: str, forms: Sequence[str], said: str = "") -> str:
        """Say it as everyone does, or now and then as people of the region do."""
        own: Sequence[str] = self.draws.region.about.get(name, ())
        if own and self.random.random() < self.style.tables["regional"][name]:
            forms = own
        return self.one_of(forms, said)

    def greets(self, said: Sequence[str]) -> bool:
        """Tell whether somebody has been greeted already."""
        starts = tuple(self.style.tables["greeted"]["starts"])
        return any(part.casefold().startswith(starts) for part in said)

    def title(self, telling: Telling | None, profile: Mapping[str, Any], text: str) -> str:
        """Return the telling's own title, or one that shares words with what is said.

        Who finds none begins with the first words of the report, as many do; a trainee reads
        drafts that name the matter by its title, which has to be one of the family's.
        """
        own = telling.get("title", "") if telling else ""
        title = self.filled(own) if own else self.fitting(words_of(text)) or opening(text)
        title = title or self.filled(self.titles[0])
        if self.has(profile, "title_case"):
            title = " ".join(word[:1].upper() + word[1:] for word in title.split(" "))
        return title

    def fitting(self, said: set[str]) -> str:
        """Return the title nearest to what is said: of some, or of all where none of them is."""
        best = ""
        for titles in (self.some(self.titles), self.titles):
            best = max(map(self.filled, titles), key=lambda title: len(words_of(title) & said))
            if words_of(best) & said:
                return best
        return best if self.complete else ""

    def some(self, titles: Sequence[str]) -> Sequence[str]:
        return self.random.sample(titles, min(SOME, len(titles)))

    @property
    def titles(self) -> Sequence[str]:
        """Return the family's titles that say nothing new."""
        drawn = self.draws.values.keys()
        every = self.own("titles") or ("",)
        return [each for each in every if drawn >= set(SLOT.findall(each))] or every

    # What the words hold

    @property
    def can_show(self) -> bool:
        """Tell whether there is something to attach; a trainee looks for what a report promises."""
        return not self.complete or bool(self.family.get("attachment"))

    def kept(self, text: str) -> list[str]:
        """Return what the texture leaves alone: details, places and people."""
        values = self.draws.values
        names = (*PLACES, *PERSONAL, "other", "regency")
        kept = [values[name] for name in names if name in values]
        kept += [asset["name"] for asset in self.draws.assets.values()]
        kept += [self.draws.fill(each["text"]) for each in self.family.get("detail", ())]
        return [words for words in kept if words in text]

    @property
    def regional(self) -> Mapping[str, str]:
        words: Mapping[str, str] = self.draws.region.about.get("words", {})
        return words

    @property
    def emoji(self) -> Sequence[str]:
        forms: Sequence[str] = self.style.tables["emoji"]["forms"]
        return forms


def opening(text: str) -> str:
    """Return the first words of a text as far as they make a title."""
    words = CLAUSE_END.split(text, maxsplit=1)[0].split()[:LONGEST_TITLE]
    while words and words[-1].casefold() in LOOSE:
        words.pop()
    return " ".join(words) if len(words) >= LEAST_TITLE else ""


def words_of(text: str) -> set[str]:
    """Return the longer words of a text, as it is told."""
    return {word for word in re.findall(r"[a-z]+", text.casefold()) if len(word) >= LONG_WORD}


def spoken(tellings: Sequence[Telling], speech: Speech, least: int = 1) -> Sequence[Telling]:
    """Leave out tellings in a language of elsewhere, unless fewer than `least` are left."""
    known = [each for each in tellings if speech.knows(each["text"])]
    return known if len(known) >= least else tellings


def slots_of(family: Family) -> set[str]:
    """Return every slot that a family's reports may use, those in its own words too."""
    said = [*family.get("short", ()), *family.get("extra", ()), *family.get("titles", ())]
    said += [
        telling[part]
        for telling in family["telling"]
        for part in ("title", "text")
        if part in telling
    ]
    said += [word for words in family.get("slots", {}).values() for word in words]
    return set(SLOT.findall(" ".join(said)))


def fits(family: Family, region: Region) -> bool:
    """Tell whether a family can happen in a region: all that it names exists there."""
    if region.about["code"] not in family.get("regions", (region.about["code"],)):
        return False
    known = {*MAKERS, *PERSONAL, *family.get("slots", {}), "other", "nickname"}
    return slots_of(family) <= known | region.sites[0].assets.keys()


def is_note(telling: Telling) -> bool:
    """Tell whether a clerk wrote it down for somebody at the counter or on the phone."""
    return telling.get("channel") == COUNTER


def joined(said: Sequence[str]) -> str:
    """Put sentences one after another; each ends before the next begins."""
    parts = [part for part in said if part]
    ended = [part if part[-1] in ".!?,:\n" else f"{part}." for part in parts[:-1]]
    return " ".join([*ended, *parts[-1:]])
