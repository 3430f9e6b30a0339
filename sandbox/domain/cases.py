"""Synthetic cases from a seed: the same library and seed give the same cases to the letter."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

SLOT = re.compile(r"\{(\w+)\}")
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat")  # offices are open
FIRST_HOUR, LAST_HOUR = 6, 21  # when invented incidents happen
MINUTES = ("00", "15", "30", "45")


@dataclass(frozen=True)
class CaseLibrary:
    """The raw material of one exercise: a region and case families, as their files hold them."""

    region: Mapping[str, Any]
    families: tuple[Mapping[str, Any], ...]
    archive_reasons: tuple[Mapping[str, Any], ...]

    def in_group(self, group: str) -> list[Mapping[str, Any]]:
        return [family for family in self.families if family["group"] == group]

    def office(self, code: str) -> Mapping[str, Any]:
        """Return the unit or destination with `code`. Raises KeyError if the region has none."""
        for office in (*self.region["unit"], *self.region["destination"]):
            if office["code"] == code:
                found: Mapping[str, Any] = office
                return found
        raise KeyError(code)


@dataclass(frozen=True)
class SyntheticCase:
    """What a trainee may read (`facts`) and, kept apart, what is right (`key`)."""

    family: str
    facts: Mapping[str, Any]
    key: Mapping[str, Any]


def group_sizes(composition: Mapping[str, int], number: int) -> dict[str, int]:
    """Share `number` cases among groups by weight; the largest remainders round up.

    Groups come by name: a database may return a composition in an order of its own.
    """
    total = sum(composition.values())
    exact = {group: number * weight / total for group, weight in sorted(composition.items())}
    sizes = {group: int(share) for group, share in exact.items()}
    by_remainder = sorted(exact, key=lambda group: sizes[group] - exact[group])
    for group in by_remainder[: number - sum(sizes.values())]:
        sizes[group] += 1
    return sizes


def draw(
    families: Sequence[Mapping[str, Any]], size: int, seen: Collection[str], random: Random
) -> list[Mapping[str, Any]]:
    """Draw `size` families, those not `seen` first, none twice before all have been drawn."""
    drawn: list[Mapping[str, Any]] = []
    while len(drawn) < size:
        round_ = list(families)
        random.shuffle(round_)
        round_.sort(key=lambda family: family["code"] in seen)
        drawn += round_[: size - len(drawn)]
    return drawn


def make_cases(
    library: CaseLibrary,
    composition: Mapping[str, int],
    number: int,
    seed: int,
    names: Sequence[str],
    seen: Collection[str] = (),
) -> list[SyntheticCase]:
    """Make `number` cases in order of arrival.

    `composition` weighs the groups of families, `names` are reporters, `seen` the families that
    the learner has met before. Cases to be held come first where they would else come last,
    so that their reporters have a day to answer.
    """
    random = Random(seed)
    families = [
        family
        for group, size in group_sizes(composition, number).items()
        for family in draw(library.in_group(group), size, seen, random)
    ]
    random.shuffle(families)
    early, late = families[: number // 2], families[number // 2 :]
    late.sort(key=lambda family: family["decision"] != "hold")  # stable: held ones move up
    holds = sum(family["decision"] == "hold" for family in late)
    order = late[:holds] + early + late[holds:]
    reporters = random.sample(list(names), len(names))
    return [
        tell(family, library, random, reporters[place % len(reporters)])
        for place, family in enumerate(order)
    ]


def tell(
    family: Mapping[str, Any], library: CaseLibrary, random: Random, name: str
) -> SyntheticCase:
    """Let `name` tell one case of `family` with places and details drawn by `random`."""
    telling = random.choice(family["telling"])
    values = fill_slots(family, library.region, random, name)

    def filled(text: str) -> str:
        return SLOT.sub(lambda slot: values[slot[1]], text)

    facts = {
        "title": filled(telling["title"]),
        "text": filled(telling["text"]).strip(),
        "channel": telling["channel"],
        "anonymous": telling["anonymous"],
        "secret": telling["secret"],
        "reporter": name,
        "district": values["district"],
        "notes": {
            language: [filled(note) for note in notes]
            for language, notes in family["facts"].items()
        },
    }
    return SyntheticCase(family["code"], facts, answer_key(family, filled))


def fill_slots(
    family: Mapping[str, Any], region: Mapping[str, Any], random: Random, name: str
) -> dict[str, str]:
    place = random.choice(region["place"])
    values = {
        "name": name,
        "district": place["district"],
        "village": random.choice(place["villages"]),
        "street": random.choice(place["streets"]),
        "landmark": random.choice(place["landmarks"]),
        "weekday": random.choice(WEEKDAYS),
        "hour": f"{random.randint(FIRST_HOUR, LAST_HOUR):02}.{random.choice(MINUTES)}",
    }
    return values | {slot: random.choice(words) for slot, words in family.get("slots", {}).items()}


def answer_key(family: Mapping[str, Any], filled: Any) -> dict[str, Any]:
    """Return the family's key with the texts of this case, its first decision and its source."""

    def fill(value: Any) -> Any:
        if isinstance(value, str):
            return filled(value)
        if isinstance(value, list):
            return [fill(item) for item in value]
        if isinstance(value, Mapping):
            return {name: fill(item) for name, item in value.items()}
        return value

    return {"decision": family["decision"], "source": family["source"], **fill(family["key"])}
