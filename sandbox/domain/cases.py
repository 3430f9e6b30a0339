"""Synthetic cases from a seed: the same library and seed give the same cases to the letter."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

SLOT = re.compile(r"\{(\w+)\}")
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat")  # offices are open
FIRST_HOUR, LAST_HOUR = 6, 21  # when invented incidents happen
PLACES = ("village", "street", "landmark", "district")
MINUTES = ("00", "15", "30", "45")


@dataclass(frozen=True)
class CaseLibrary:
    """The raw material of one exercise: a region and case families, as their files hold them."""

    region: Mapping[str, Any]
    families: tuple[Mapping[str, Any], ...]

    @property
    def home(self) -> str:
        """Code of the agency whose desk is played."""
        return str(self.region["agency"]["code"])

    @property
    def officers(self) -> tuple[Mapping[str, str], ...]:
        """The liaison officers among whom cases are shared; the first is about to leave."""
        return tuple(self.region.get("officer", ()))

    def reports(self, composition: Mapping[str, int], number: int) -> int:
        """Count the reports of `number` incidents: several people may tell of the same one."""
        return sum(
            size * max((family.get("copies", 1) for family in self.in_group(group)), default=1)
            for group, size in group_sizes(composition, number).items()
        )

    def in_group(self, group: str) -> list[Mapping[str, Any]]:
        return [family for family in self.families if family["group"] == group]

    def office(self, code: str) -> Mapping[str, Any]:
        """Return the unit or destination with `code`. Raises KeyError if the region has none."""
        agency = self.region["agency"]
        for office in (*self.region["unit"], *self.region["destination"], agency):
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
    """Draw `size` families, those not `seen` first, none twice before all have been drawn.

    Each difficulty gets the same share in every draw, so that a retry is as hard as the first.
    """
    by_difficulty: dict[str, list[Mapping[str, Any]]] = {}
    for family in families:
        by_difficulty.setdefault(str(family.get("difficulty", 1)), []).append(family)
    sizes = group_sizes({name: len(group) for name, group in by_difficulty.items()}, size)
    return [
        family
        for name, share in sizes.items()
        for family in draw_equals(by_difficulty[name], share, seen, random)
    ]


def draw_equals(
    families: Sequence[Mapping[str, Any]], size: int, seen: Collection[str], random: Random
) -> list[Mapping[str, Any]]:
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
    """Make the cases of `number` incidents in order of arrival.

    `composition` weighs the groups of families, `names` are reporters, `seen` the families that
    the learner has met before. An incident that several people report gives several cases.
    Cases to be held come first where they would else come last, so that their reporters have
    a day to answer.
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
    reporters = random.sample(list(names), len(names))
    made: list[SyntheticCase] = []
    for family in late[:holds] + early + late[holds:]:
        made += tell_all(family, library, random, reporters, len(made))
    return made


def tell_all(
    family: Mapping[str, Any],
    library: CaseLibrary,
    random: Random,
    reporters: Sequence[str],
    place: int,
) -> list[SyntheticCase]:
    """Let one incident be told by as many people as the family says, each in their own words."""
    copies = family.get("copies", 1)
    name = reporters[place % len(reporters)]
    values = fill_slots(family, library.region, random, name)
    tellings = random.sample(family["telling"], copies)
    cases = []
    for copy, telling in enumerate(tellings):
        person = reporters[(place + copy) % len(reporters)]
        own = values | identity_of(person, random)
        officer = officer_for(library, place + copy)
        case = tell(family, telling, library, own, officer)
        key = dict(case.key) | {"duplicate_of": place + 1 if copy else None}
        cases.append(SyntheticCase(case.family, case.facts, key))
    return cases


def officer_for(library: CaseLibrary, place: int) -> str:
    officers = library.officers
    return officers[place % len(officers)]["code"] if officers else ""


def tell(
    family: Mapping[str, Any],
    telling: Mapping[str, Any],
    library: CaseLibrary,
    values: Mapping[str, str],
    officer: str,
) -> SyntheticCase:
    """Fill one telling of a family: the facts that may be read, and the key that may not."""

    def filled(text: str) -> str:
        return SLOT.sub(lambda slot: values.get(slot[1], slot[0]), text)

    text = filled(telling["text"]).strip()
    key = answer_key(family, filled)
    details = [detail for detail in key["details"] if detail["text"] in text]
    facts = {
        "title": filled(telling["title"]),
        "text": text,
        "channel": telling["channel"],
        "anonymous": telling["anonymous"],
        "secret": telling["secret"],
        "reporter": values["name"],
        "identity": identity_in(family, text, values),
        "district": values["district"],
        "places": [values[place] for place in PLACES],
        "officer": officer,
        "details": [{"text": detail["text"], "kind": detail["kind"]} for detail in details],
        "situation": family.get("situation", {}).get("id", "")
        and {language: filled(words) for language, words in family["situation"].items()},
        "findings": {
            language: [finding[language] for finding in key["answer"].get("finding", ())]
            for language in ("id", "en")
        },
        "evidence": [
            {name: item[name] for name in ("code", "label_id", "label_en")}
            for item in key["answer"].get("evidence", ())
        ],
        "notes": {
            language: [filled(note) for note in notes]
            for language, notes in family["facts"].items()
        },
    }
    leaver = library.officers[0]["code"] if library.officers else None
    key |= {"details": details, "leaver": leaver if officer == leaver else None}
    return SyntheticCase(family["code"], facts, key)


def identity_in(family: Mapping[str, Any], text: str, values: Mapping[str, str]) -> list[str]:
    """Return what would give the reporter away: name, numbers, and the telling's personal details.

    A detail counts whole and by each of its invented parts; places stay public.
    """
    found = [values["name"], values["phone"], values["nik"]]
    for detail in family.get("detail", []):
        slots = [slot for slot in SLOT.findall(detail["text"]) if slot in values]
        filled = SLOT.sub(lambda slot: values.get(slot[1], slot[0]), detail["text"])
        if detail["personal"] and filled in text:
            found += [filled, *(values[slot] for slot in slots if slot not in PLACES)]
    return list(dict.fromkeys(found))


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


def identity_of(name: str, random: Random) -> dict[str, str]:
    """Return a person's data that cannot exist.

    No province has the code 99, no month the number 13; no phone number in the world has
    sixteen digits with its country code (ITU-T E.164 allows fifteen).
    """
    birthday = f"{random.randint(32, 39)}13{random.randint(0, 99):02}"
    return {
        "name": name,
        "nik": f"99{random.randint(0, 9999):04}{birthday}0000",
        "phone": f"0810-0000-0000-{random.randint(0, 999):03}",
    }


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

    return {
        "decision": family["decision"],
        "group": family["group"],
        "source": family["source"],
        "details": fill(family.get("detail", [])),
        "answer": fill(family.get("answer", {})),
        "draft": fill(family.get("draft", [])),
        "reporter": fill(family.get("reporter", {})),
        **fill(family["key"]),
    }
