"""Filling what families leave open: alternatives, places, times, people and amounts."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .regions import Region, Row, Site
from .styles import Speech, Style

SLOT = re.compile(r"\{(\w+)\}")
CHOICE = re.compile(r"\[([^\[\]]*)\]")
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat")  # offices are open
ALL_DAY = (6, 21)  # when invented incidents happen: first hour and last
PARTS_OF_DAY = {"malam": (19, 23), "pagi": (6, 10)}
MINUTES = ("00", "15", "30", "45")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
TWICE_A_DAY = re.compile(  # "pada kemarin", "tanggal hari Senin", as a form and its words may meet
    r"\b(?:(?:pada|tanggal|tgl|hari) (?=(?:kemarin|semalam|tadi pagi|minggu lalu)\b)"
    r"|(?:tanggal|tgl) (?=(?:hari|tanggal|tgl|senin|selasa|rabu|kamis|jumat)\b)"
    r"|hari (?=(?:hari|tanggal|tgl)\b))(\w)",
    re.IGNORECASE,
)
DEEPEST = 6  # slots in slots; a pack's patterns hold slots of their own
LONGEST_VALUE = 1000  # characters; what fills a slot is a few words
LANES, BLOCKS = 12, "ABCDEFGH"
ESTATE = re.compile(r"^(?:Perumahan|Perum|Komplek|Kompleks) ")  # forms say it themselves
FARTHEST = 400  # days back that a report looks

ANYONE = Speech()

Maker = Callable[["Draws"], str]


def choose_all(text: str, random: Random, speech: Speech = ANYONE) -> str:
    """Settle every `[one|other]` of a text, as somebody speaks there."""
    return CHOICE.sub(lambda found: random.choice(speech.at_home(found[1].split("|"))), text)


def once(found: re.Match[str]) -> str:
    """Leave out the first of two words for a day."""
    return found[1].upper() if found[0][0].isupper() else found[1]


def one_of(forms: Sequence[str], random: Random) -> str:
    return forms[int(random.random() * len(forms))]


@dataclass(frozen=True)
class Scene:
    """Where and when reports are written, and in which forms times and amounts are said."""

    region: Region
    site: Site
    style: Style
    today: date


class Draws:
    """The open values of one incident: each slot is drawn once and stays the same throughout.

    `own` are the family's words, `given` is what is known already: the reporter, for one.
    """

    def __init__(
        self,
        random: Random,
        scene: Scene,
        own: Mapping[str, Sequence[str]],
        given: Mapping[str, str],
    ) -> None:
        self.random, self.own = random, own
        self.region, self.site, self.style = scene.region, scene.site, scene.style.tables
        self.speech = scene.style.speech(scene.region, scene.site, random)
        self.day = scene.today - timedelta(days=int(1 + random.random() ** 3 * FARTHEST))
        self.values: dict[str, str] = dict(given)
        self.assets: dict[str, Row] = {}
        self.is_brief = False  # whether places are said in few words
        self.within: list[str] = []  # slots that are being filled, each in the one before it

    def say(self, text: str) -> str:
        """Settle what a text leaves open, in the words of somebody who lives there."""
        said = self.fill(self.speech.local(choose_all(text, self.random, self.speech)))
        return TWICE_A_DAY.sub(once, said) if "{date}" in text else said

    def fill(self, text: str) -> str:
        """Fill the slots of a text. Raises KeyError for one that nobody knows.

        A slot that would be filled from itself, or words of the family's own in such words, stay
        as they are written: they could grow without end.
        """
        return SLOT.sub(lambda slot: self[slot[1]], text) if "{" in text else text

    def __getitem__(self, name: str) -> str:
        if name in self.values:
            return self.values[name]
        if self.is_endless(name):
            return f"{{{name}}}"
        self.within.append(name)
        try:
            self.values[name] = self.draw(name)[:LONGEST_VALUE]
        finally:
            self.within.pop()
        return self.values[name]

    def is_endless(self, name: str) -> bool:
        within_own = name in self.own and any(each in self.own for each in self.within)
        return within_own or name in self.within or len(self.within) > DEEPEST

    def draw(self, name: str) -> str:
        if name in self.own:
            return self.say(one_of(self.speech.at_home(self.own[name]), self.random))
        if maker := MAKERS.get(name):
            return maker(self)
        rows = self.site.assets.get(name)
        if not rows:
            raise KeyError(name)
        self.assets[name] = row = rows[int(self.random.random() * len(rows))]
        return row["name"]

    def address(self) -> str:
        """Say where in one of the region's ways, in a message rather in a short one."""
        ways = self.region.about["address"]
        drawn = [one_of(ways, self.random) for _ in range(1 + self.is_brief)]
        return self.fill(min(drawn, key=len))

    def hour(self) -> str:
        """Say a time of the part of day that has been said, if one has."""
        said = self.values.get("date", "")
        part = next((hours for word, hours in PARTS_OF_DAY.items() if word in said), ALL_DAY)
        return f"{self.random.randint(*part):02}.{one_of(MINUTES, self.random)}"

    def date(self) -> str:
        """Say a day, without a part of it where the hour has been said."""
        forms = self.style["date"]["forms"]
        if "hour" in self.values:
            forms = [form for form in forms if not any(part in form for part in PARTS_OF_DAY)]
        return self.fill(one_of(forms, self.random))

    def form(self, name: str) -> str:
        """Say a time, an amount or a place in one of its forms, with numbers of its own."""
        return self.fill(one_of(self.style[name]["forms"], self.random))


def fresh(low: int, high: int) -> Maker:
    return lambda draws: str(draws.random.randint(low, high))


MAKERS: Mapping[str, Maker] = {
    "village": lambda draws: one_of(draws.site.villages, draws.random),
    "district": lambda draws: draws.site.names["district"],
    "regency": lambda draws: draws.site.names["regency"] or draws.region.about["id"]["name"],
    "province": lambda draws: str(draws.region.about["id"]["province"]),
    "gov": lambda draws: str(draws.region.about["id"]["government"]),
    "weekday": lambda draws: one_of(WEEKDAYS, draws.random),
    "hour": lambda draws: draws.hour(),
    "where": lambda draws: draws.address(),
    "since": lambda draws: draws.form("since"),
    "date": lambda draws: draws.date(),
    "amount": lambda draws: draws.form("amount"),
    "n": fresh(2, 9),
    "day": lambda draws: str(draws.day.day),
    "number": lambda draws: str(draws.day.month),
    "month": lambda draws: MONTHS[draws.day.month - 1],
    "year": lambda draws: str(draws.day.year),
    "thousands": lambda draws: str(5 * draws.random.randint(2, 190)),
    "rt": lambda draws: f"{draws.random.randint(1, LANES):02}",
    "rw": lambda draws: f"{draws.random.randint(1, LANES):02}",
    "km": fresh(1, 19),
    "block": lambda draws: f"{one_of(BLOCKS, draws.random)}{draws.random.randint(1, 24)}",
    "lane": lambda draws: one_of(draws.region.about["lanes"], draws.random),
    "hamlet": lambda draws: one_of(draws.region.about["hamlets"], draws.random),
    "estate": lambda draws: ESTATE.sub("", draws["housing_estate"]),
    "nickname": lambda draws: draws["name"].split()[0],
}
