"""Who tells something: which of all stock phrases suit the matter, the channel and the place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any

from .styles import Style
from .wording import SLOT, Draws, one_of

PORTAL = "portal"
PLACE, DATE = "location", "date"
ROUTE, HOLD = "route", "hold"
STREETS = ("where", "street")
PLACES = ("where", "street", "village", "district", "landmark")
GIVES = {PLACE: frozenset(PLACES), DATE: frozenset({"date", "day", "weekday"})}  # by what lacks
ONCE = (*PLACES, "regency", "estate", "name", "nickname", "phone", "nik")  # said one time is enough
URGENT = "urgent"

Family = Mapping[str, Any]


@dataclass
class Speaker:
    """One person who has something to tell, and how this person says what everyone says.

    `voice` is whose habits the channel has.
    """

    family: Family
    draws: Draws
    style: Style
    random: Random
    complete: bool = True
    voice: str = field(default=PORTAL, init=False)

    def has(self, profile: Mapping[str, Any], habit: str) -> bool:
        return self.random.random() < float(profile[habit])

    # Words

    def filled(self, text: str) -> str:
        return self.draws.say(text).strip()

    def own(self, part: str) -> Sequence[str]:
        """Return what the family says in one of its lists, but for languages of elsewhere."""
        return self.draws.speech.at_home(self.family.get(part, ()))

    def phrase(self, name: str, said: str = "") -> str:
        """Say something in one of its usual forms; nothing where all that fits is said already."""
        return self.one_of(self.suited(self.style.tables[name]), said)

    def one_of(self, forms: Sequence[str], said: str = "") -> str:
        fresh = self.fresh(self.harmless(forms), said)
        return self.filled(one_of(fresh, self.random)) if fresh else ""

    def suited(self, table: Mapping[str, Any]) -> Sequence[str]:
        """Return the forms of a table for this matter or this channel, else those for all."""
        key = self.family["key"]
        kinds = (URGENT if key.get("urgent") else "", key["class"], self.voice)
        forms: Sequence[str] = table[next((kind for kind in kinds if kind in table), "forms")]
        return forms

    def harmless(self, forms: Sequence[str]) -> Sequence[str]:
        """Leave out the forms that would give away what this family leaves out."""
        barred = GIVES.get(self.missing, frozenset())
        forms = self.draws.speech.at_home(forms)
        return [form for form in forms if barred.isdisjoint(SLOT.findall(form))]

    def fresh(self, forms: Sequence[str], said: str) -> Sequence[str]:
        """Leave out the forms that say a name or a place which has been said."""
        values = self.draws.values
        told = {slot for slot in ONCE if slot in values and values[slot] in said}
        if not told.isdisjoint(PLACES):
            told.add("where")
        return [form for form in forms if told.isdisjoint(SLOT.findall(form))]

    # What the matter is

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

    def names_street(self, text: str) -> bool:
        """Tell whether a report says more about its place than the village."""
        values = self.draws.values
        return any(values[name] in text for name in STREETS if name in values)
