"""One family told once: what is said, how long, through which channel, and in whose manner."""

import math
import re
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import Any

from .pictures import ON_PAPER
from .regions import Region
from .texture import Slang, Texture
from .wording import MAKERS, SLOT, Draws, choose_all, one_of

CLERK, PORTAL, CHAT = "clerk", "portal", "chat"
COUNTER, WEB = "walk_in", "web"
PLACE, DATE, EVIDENCE = "location", "date", "evidence"
ROUTE, HOLD = "route", "hold"
CHAT_CHANNELS = ("sms", "whatsapp", "instagram")
SHORTEST_STORY = 18  # words; what is shorter is told in one sentence
LONG_STORY, MORE_WORDS = 130, 3
LONGEST_NOTE = 45  # words that a one-sentence report with additions usually has at most
STREETS = ("where", "street")
PLACES = ("where", "street", "village", "district", "landmark")
GIVES = {PLACE: frozenset(PLACES), DATE: frozenset({"date", "day", "weekday"})}  # by what lacks
NAME_FIRST, PLACE_FIRST = 0.4, 0.25  # shares of those who say it at all
FEW = 2  # additions to a report in an exercise
SOME, LONG_WORD = 5, 4  # titles that compete, and letters of a word that counts
BRIEF = 0.45  # share of one-sentence reports with nothing around them
THANKED = ("terima kasih", "terimakasih", "makasih", "trims", "suwun", "wassalam", "nuhun")
PERSONAL = {"name": "name", "phone": "phone", "nik": "national_id"}

Family = Mapping[str, Any]
Telling = Mapping[str, Any]


@dataclass(frozen=True)
class Style:
    """How people of any region write: the tables of `style_library`."""

    tables: Mapping[str, Any]
    slang: Slang

    @cached_property
    def channels(self) -> tuple[Sequence[str], Sequence[float]]:
        shares = self.tables["channels"]
        return list(shares), list(accumulate(shares.values()))

    @cached_property
    def greetings(self) -> tuple[Sequence[Sequence[str]], Sequence[float]]:
        groups = self.tables["greeting"]
        return (
            [group["forms"] for group in groups],
            list(accumulate(group["weight"] for group in groups)),
        )

    def channel(self, random: Random) -> str:
        names, sums = self.channels
        return names[bisect(sums, random.random() * sums[-1])]

    def profile(self, channel: str) -> Mapping[str, Any]:
        profile: Mapping[str, Any] = self.tables[self.tables["profile_of"][channel]]
        return profile


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


@dataclass
class Teller:
    """One person who tells a family's incident.

    `complete` tells a report on which a trainee can decide: a whole telling with few additions,
    and a place where the family has one. Without it half of the reports lack a place, many are
    one sentence, and some ramble, as they do in life.
    """

    family: Family
    draws: Draws
    style: Style
    random: Random
    complete: bool = True

    def tell(self, telling: Telling | None = None) -> Report:
        """Tell the incident, by a given telling or one that suits channel and length."""
        channel = telling.get("channel", "") if telling else ""
        channel = channel or self.channel()
        profile = self.style.profile(channel)
        length = self.length(profile)
        if telling is None:
            telling = self.telling(channel, length)
        said = self.said(telling, channel, length, profile)
        names_place = self.names_place(" ".join(said))
        must = self.places_matter and self.complete and not names_place
        may = self.may_say(PLACE) and not self.names_street(said)
        if must or (may and not self.complete and self.has(profile, "address")):
            said, names_place = self.with_address(said), True
        if not self.complete and self.may_say(DATE) and self.has(profile, "when"):
            said.append(self.phrase("when"))
        photo = self.has(profile, "photo") and self.may_say(EVIDENCE) and self.can_show
        if photo:
            said.append(
                self.phrase("paper" if self.family.get("attachment") in ON_PAPER else "photo")
            )
        said = self.framed(said, channel, profile)
        text = joined(said)
        texture = Texture(
            profile, self.style.slang, self.random, self.regional, self.emoji, self.kept(text)
        )
        is_chat = bool(telling and self.is_chat(telling))
        anonymous, secret = self.hiding(telling)
        return Report(
            title=self.title(telling, profile, text),
            text=texture.shape(text, is_chat=is_chat).strip(),
            channel=channel,
            anonymous=anonymous,
            secret=secret,
            lacks_place=self.places_matter and not names_place,
            refers_to_photo=photo,
        )

    # Choices

    def has(self, profile: Mapping[str, Any], habit: str) -> bool:
        return self.random.random() < float(profile[habit])

    def channel(self) -> str:
        """Draw a channel; only a family with a clerk's note comes in by way of a clerk."""
        channel = self.style.channel(self.random)
        is_clerk = self.style.tables["profile_of"][channel] == CLERK
        if is_clerk and not any(map(is_note, self.family["telling"])):
            return WEB
        return channel

    def length(self, profile: Mapping[str, Any]) -> int:
        """Draw how many words this person writes."""
        words = profile["words"]
        drawn = math.exp(self.random.gauss(words["mu"], words["sigma"]))
        return int(min(max(drawn, words["least"]), words["most"]))

    def telling(self, channel: str, length: int) -> Telling | None:
        """Choose a telling of about the right length, or none where one sentence will do."""
        is_clerk = self.style.tables["profile_of"][channel] == CLERK
        tellings = [each for each in self.family["telling"] if is_note(each) == is_clerk]
        if not (is_clerk or self.complete) and self.family.get("short"):
            share = 1.0 if length < SHORTEST_STORY else 0.5 if length < LONGEST_NOTE else 0.25
            if self.random.random() < share:
                return None
        near: list[Telling] = sorted(
            tellings, key=lambda each: abs(len(each["text"].split()) - length)
        )
        return near[int(self.random.random() * min(3, len(near)))]

    def is_chat(self, telling: Telling) -> bool:
        return telling.get("register") == CHAT or telling.get("channel") in CHAT_CHANNELS

    @property
    def asks_something(self) -> bool:
        """Tell whether somebody wants something done; spam and thanks do not."""
        return self.family["decision"] in (ROUTE, HOLD)

    def may_say(self, what: str) -> bool:
        """Tell whether an addition may name this: not what the family leaves out."""
        return self.missing != what and self.asks_something

    @property
    def missing(self) -> str:
        """Return what the reporter has left out and will be asked for, if anything."""
        is_held = self.family["decision"] == HOLD
        return str(self.family["key"]["hold"]["missing"]) if is_held else ""

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

    def filled(self, text: str) -> str:
        return self.draws.fill(choose_all(text, self.random)).strip()

    def phrase(self, name: str) -> str:
        return self.filled(one_of(self.harmless(self.style.tables[name]["forms"]), self.random))

    def harmless(self, forms: Sequence[str]) -> Sequence[str]:
        """Leave out the forms that would give away what this family leaves out."""
        barred = GIVES.get(self.missing, frozenset())
        return [form for form in forms if barred.isdisjoint(SLOT.findall(form))]

    def said(
        self, telling: Telling | None, channel: str, length: int, profile: Mapping[str, Any]
    ) -> list[str]:
        """Return the matter itself, with as many additions as the length leaves room for."""
        body = telling["text"] if telling else one_of(self.family["short"], self.random)
        said = [self.filled(body)]
        extras = list(self.family.get("extra", ())) if not (telling and is_note(telling)) else []
        self.random.shuffle(extras)
        if self.complete:
            extras = extras[:FEW]
        elif length > LONG_STORY:  # who writes at length says the same thing again in other words
            shorts = list(self.family.get("short", ()))
            extras = self.random.sample(shorts, min(MORE_WORDS, len(shorts))) + extras
        words = said[0].count(" ") + 1
        while extras and words + 6 < length:
            more = self.filled(extras.pop())
            words += more.count(" ") + 1
            said.append(more)
        if self.has(profile, "anger"):
            said.append(self.phrase("anger"))
        if self.has(profile, "again"):
            said.append(self.phrase("again"))
        return said

    def framed(self, said: list[str], channel: str, profile: Mapping[str, Any]) -> list[str]:
        """Add what stands around the matter: greeting, who writes, a plea, thanks."""
        before: list[str] = []
        after: list[str] = []
        body = " ".join(said).casefold()
        if body.count(" ") < SHORTEST_STORY and self.random.random() < BRIEF:
            return said
        if self.has(profile, "greeting") and not body.startswith(self.greeted):
            groups, sums = self.style.greetings
            forms = groups[bisect(sums, self.random.random() * sums[-1])]
            before.append(self.regional_or("greetings", forms))
        if self.has(profile, "personal"):
            (before if self.random.random() < NAME_FIRST else after).append(self.phrase("personal"))
        if self.has(profile, "plea") and self.asks_something:
            after.append(self.phrase("pleas"))
        if self.has(profile, "thanks") and not any(word in body for word in THANKED):
            after.append(self.regional_or("thanks", self.style.tables["thanks"]["forms"]))
        return before + said + after

    def regional_or(self, name: str, forms: Sequence[str]) -> str:
        """Say it as everyone does, or now and then as people of the region do."""
        own: Sequence[str] = self.draws.region.about.get(name, ())
        if own and self.random.random() < self.style.tables["regional"][name]:
            forms = own
        return self.filled(one_of(self.harmless(forms), self.random))

    @property
    def greeted(self) -> tuple[str, ...]:
        """Return the first words by which a telling greets already."""
        return tuple(self.style.tables["greeted"]["starts"])

    def with_address(self, said: list[str]) -> list[str]:
        """Say where: at a street only where the family happens in streets.

        Another matter's place is a school, a river or a road with an owner of its own, which a
        street must not contradict; for what happens nowhere, people say where they live.
        """
        somewhere = self.mentions((*PLACES, *self.draws.site.assets))
        forms = "address" if self.mentions(STREETS) else "area" if somewhere else "home"
        address = self.phrase(forms)
        return [address, *said] if self.random.random() < PLACE_FIRST else [*said, address]

    def title(self, telling: Telling | None, profile: Mapping[str, Any], text: str) -> str:
        """Return the telling's own title, or the one that shares most words with what is said."""
        own = telling.get("title", "") if telling else ""
        titles = [self.filled(own)] if own else [self.filled(each) for each in self.titles]
        said = words_of(text)
        title = max(titles, key=lambda each: len(words_of(each) & said))
        if self.has(profile, "title_case"):
            title = " ".join(word[:1].upper() + word[1:] for word in title.split(" "))
        return title

    @property
    def titles(self) -> list[str]:
        """Return some of the family's titles, in an order of this person's own."""
        titles = list(self.family.get("titles", ("",)))
        return self.random.sample(titles, min(SOME, len(titles)))

    # What the words hold

    @property
    def can_show(self) -> bool:
        """Tell whether there is something to attach; a trainee looks for what a report promises."""
        return not self.complete or bool(self.family.get("attachment"))

    @cached_property
    def places_matter(self) -> bool:
        """Tell whether a place belongs to the matter; who is asked for one has left it out."""
        if self.family["decision"] == HOLD:
            return False
        return self.mentions(STREETS)

    def mentions(self, slots: Iterable[str]) -> bool:
        """Tell whether the family's reports may name one of some slots."""
        return any(f"{{{slot}}}" in self.words for slot in slots)

    @cached_property
    def words(self) -> str:
        family = self.family
        return "".join((*family.get("short", ()), *(each["text"] for each in family["telling"])))

    def names_place(self, text: str) -> bool:
        values = self.draws.values
        drawn = [values[name] for name in PLACES if name in values]
        drawn += [asset["name"] for asset in self.draws.assets.values()]
        return any(place in text for place in drawn)

    def names_street(self, said: Sequence[str]) -> bool:
        """Tell whether a report says more about its place than the village."""
        values, text = self.draws.values, " ".join(said)
        return any(values[name] in text for name in STREETS if name in values)

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


def words_of(text: str) -> set[str]:
    """Return the longer words of a text, as it is told."""
    return {word for word in re.findall(r"[a-z]+", text.casefold()) if len(word) >= LONG_WORD}


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
