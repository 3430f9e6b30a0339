"""Synthetic cases from a seed: the same library and seed give the same cases to the letter."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from random import Random
from typing import Any

from .library.filling import Filler
from .library.regions import Region, Site
from .library.routing import DISPOSE, RETURN, Reading, Routing
from .library.stock import stock_for
from .library.styles import Style
from .library.telling import Report, Teller, fits, spoken
from .library.wording import Draws, Scene, choose_all

OURS, MISROUTED, DUPLICATE, URGENT = "ours", "misrouted", "duplicate", "urgent"
SUPERVISORY, WAITING = "supervisory", "waiting"
LEAK, NAME = "leak", "name"
ATTACHES = 0.3  # share of reports with a picture of which they say nothing; our own choice
LANGUAGES = ("id", "en")
BY_PLACE = ("route", "trap", "support")  # parts of a key that name offices, not duties
Family = Mapping[str, Any]


@dataclass(frozen=True)
class CaseLibrary:
    """The raw material of one exercise: a region, who is competent there, and case families.

    `office` is the unit whose officer is played, if one is. `stock` holds what every family has
    that does not say it in words of its own: drafts, evidence, findings.
    """

    region: Region
    routing: Routing
    style: Style
    families: tuple[Family, ...]
    stock: Mapping[str, Any] = field(default_factory=dict)
    office: str = ""

    def reading(self, family: Family, site: Site | None = None) -> Reading:
        return Reading(family, self.routing, self.region, site or self.region.sites[0])

    def reports(self, composition: Mapping[str, int], number: int) -> int:
        """Count the reports of `number` incidents: several people may tell of the same one."""
        return sum(
            size * max((family.get("copies", 1) for family in self.in_group(group)), default=1)
            for group, size in group_sizes(composition, number).items()
        )

    def reports_of(self, order: "Order") -> int:
        """Count the reports of an order, those that come in floods too."""
        floods = (self.reports({group: 1}, number) for group, number in order.floods)
        return self.reports(order.composition, order.number) + sum(floods)

    def in_group(self, group: str) -> list[Family]:
        return list(self.by_group.get(group, ()))

    @cached_property
    def by_group(self) -> Mapping[str, Sequence[Family]]:
        """The families by the group from which a composition draws them."""
        groups: dict[str, list[Family]] = {}
        for family in self.families:
            for group in self.groups(family) if fits(family, self.region) else ():
                groups.setdefault(group, []).append(family)
        return groups

    def groups(self, family: Family) -> set[str]:
        """Return the groups of a family: what is special about it, else its first decision.

        At a unit's desk it is either ours, with an answer now or one that has to wait, or one that
        comes to us by mistake.
        """
        reading, key = self.reading(family), family["key"]
        if self.office:
            is_ours = reading.decision == DISPOSE and reading.competent["code"] == self.office
            astray = [trap["code"] for trap in reading.key()["trap"]]
            is_astray = reading.decision == DISPOSE and self.office in astray
            if is_ours:
                return {WAITING} if family.get("answer", {}).get("waits") else {OURS}
            return {MISROUTED} if is_astray else set()
        if family.get("copies", 1) > 1:
            return {DUPLICATE}
        if key.get("urgent"):
            return {URGENT}
        if key["class"] == SUPERVISORY and reading.decision == DISPOSE:
            return {SUPERVISORY}
        return {reading.decision}


@dataclass(frozen=True)
class SyntheticCase:
    """What a trainee may read (`facts`) and, kept apart, what is right (`key`).

    What comes in a flood has its number from 1, and `turn`: the first reports of all its
    incidents come before the second ones.
    """

    family: str
    facts: Mapping[str, Any]
    key: Mapping[str, Any]
    flood: int = 0
    turn: int = 0


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
    families: Sequence[Family], size: int, seen: Collection[str], random: Random
) -> list[Family]:
    """Draw `size` families, those not `seen` first, none twice before all have been drawn.

    Each difficulty gets the same share in every draw, so that a retry is as hard as the first.
    """
    by_difficulty: dict[str, list[Family]] = {}
    for family in families:
        by_difficulty.setdefault(str(family.get("difficulty", 1)), []).append(family)
    sizes = group_sizes({name: len(group) for name, group in by_difficulty.items()}, size)
    return [
        family
        for name, share in sizes.items()
        for family in draw_equals(by_difficulty[name], share, seen, random)
    ]


def draw_equals(
    families: Sequence[Family], size: int, seen: Collection[str], random: Random
) -> list[Family]:
    drawn: list[Family] = []
    while len(drawn) < size:
        round_ = list(families)
        random.shuffle(round_)
        round_.sort(key=lambda family: family["code"] in seen)
        drawn += round_[: size - len(drawn)]
    return drawn


@dataclass
class Maker:
    """Makes the cases of one run: who reports, where, and on which virtual day."""

    library: CaseLibrary
    names: Sequence[str]
    random: Random
    today: date
    whole: bool = True

    def incidents(self, order: "Order", seen: Collection[str]) -> list[tuple[str, Family]]:
        """Return the incidents in order of arrival, each with its group.

        Cases to be held come first where they would else come last, so that their reporters have
        a day to answer.
        """
        drawn = [
            (group, family)
            for group, size in group_sizes(order.composition, order.number).items()
            for family in draw(self.library.in_group(group), size, seen, self.random)
        ]
        self.random.shuffle(drawn)
        half = order.number // 2
        early, late = drawn[:half], drawn[half:]
        late.sort(key=lambda each: each[1]["decision"] != "hold")  # stable: held ones move up
        holds = sum(family["decision"] == "hold" for _group, family in late)
        return late[:holds] + early + late[holds:]

    def tell_all(self, family: Family, group: str, place: int) -> list[SyntheticCase]:
        """Let one incident be told by as many people as the family says, each in their words."""
        copies = family.get("copies", 1)
        site = self.random.choice(self.library.region.sites)
        style, random = self.library.style, self.random
        scene = Scene(self.library.region, site, style, self.today)
        first = Draws(random, scene, family.get("slots", {}), {})
        tellings: Sequence[Any] = [None]
        if copies > 1:
            tellings = random.sample(spoken(family["telling"], first.speech, copies), copies)
        cases = []
        for copy, telling in enumerate(tellings):
            person = self.names[(place + copy) % len(self.names)]
            other = self.names[(place + copy + len(self.names) // 2) % len(self.names)]
            first.values |= identity_of(person, random) | {
                "other": other,
                "nickname": person.split()[0],
            }
            report = Teller(family, first, style, random).tell(telling)
            cases.append(self.case(family, group, report, first, place + copy))
            if copy:
                key = dict(cases[-1].key) | {"duplicate_of": place + 1}
                cases[-1] = SyntheticCase(cases[-1].family, cases[-1].facts, key)
        return cases

    def case(
        self, family: Family, group: str, report: Report, draws: Draws, place: int
    ) -> SyntheticCase:
        """Return a report with the facts that may be read, and the key that may not."""
        library, values = self.library, draws.values
        values["matter"] = report.title
        filled = Filler(draws, report.text)
        reading = library.reading(family, draws.site)
        key = {"duplicate_of": None} | answer_key(family, reading, filled)
        stock = self.stock(family, reading, report)
        key |= {"group": group, "answer": filled(family.get("answer") or stock.get("answer", {}))}
        key["draft"] = self.drafts(family, filled, stock.get("draft", []))
        if "hold" in key:  # told only once the reporter has named them
            owners = filled.owners(key["hold"]["completion_id"], offices_in(key))
            key["hold"] = {**key["hold"], "notes": owners}
        if "archive" in key:
            letters = library.stock.get("archived", {})
            letter = letters.get(key["archive"]["reason"], "")
            key["archive"] = {**key["archive"], "letter": letter}
        if not self.whole:
            key.pop("agency", None)
        details = filled.details(family)
        officers = library.region.officers
        officer = officers[place % len(officers)]["code"] if officers else ""
        leaver = officers[0]["code"] if officers and self.whole else None
        key |= {
            "details": details if self.whole else [],
            "leaver": leaver if officer == leaver else None,
        }
        facts = {
            "title": report.title,
            "text": report.text,
            "channel": report.channel,
            "anonymous": report.anonymous,
            "secret": report.secret,
            "reporter": values["name"],
            "identity": filled.identity(family),
            "district": draws["district"],
            "places": [draws[place] for place in ("village", "street", "landmark", "district")],
            "officer": officer,
            "details": [{"text": each["text"], "kind": each["kind"]} for each in details],
            "situation": filled(self.situation(family)),
            "findings": {
                language: [finding[language] for finding in key["answer"].get("finding", ())]
                for language in LANGUAGES
            },
            "evidence": [
                {name: item[name] for name in ("code", "label_id", "label_en")}
                for item in key["answer"].get("evidence", ())
            ],
            "notes": self.notes(family, filled, offices_in(key), key["details"]),
            "attachment": self.attached(family, report),
            "manner": report.manner,
        }
        return SyntheticCase(family["code"], facts, key)

    def attached(self, family: Family, report: Report) -> str:
        """Return what the reporter attached: whoever speaks of a picture has one, others may."""
        kind: str = family.get("attachment", "")
        return kind if report.refers_to_photo or self.random.random() < ATTACHES else ""

    def stock(self, family: Family, reading: Reading, report: Report) -> Mapping[str, Any]:
        """Return what stands in for the family's own words, with dice of the report's own."""
        duty = reading.routes[0]["duty"] if reading.routes else ""
        return stock_for(family, duty, self.library.stock, Random(report.text))

    def drafts(
        self, family: Family, filled: Filler, stock: list[dict[str, str]]
    ) -> list[dict[str, str]]:
        """Return one draft for each flaw.

        A draft that should leak, but only what this report does not hold, gives way to the one in
        stock, which names the reporter.
        """
        drafts: list[dict[str, str]] = filled(family.get("draft") or stock)
        identity = filled.identity(family)
        for place, draft in enumerate(drafts):
            if draft["flaw"] == LEAK and not any(piece in draft["text"] for piece in identity):
                drafts[place : place + 1] = filled([each for each in stock if each["flaw"] == LEAK])
        return drafts

    def situation(self, family: Family) -> Mapping[str, str]:
        """Return what the reporter has lived through; without words of its own, a neighbour's."""
        if "situation" in family:
            situation: Mapping[str, str] = family["situation"]
            return situation
        told = choose_all((family.get("short") or [family["telling"][0]["text"]])[0], self.random)
        stock = self.library.stock.get("situation", {})
        return {language: words.replace("{told}", told) for language, words in stock.items()}

    def notes(
        self,
        family: Family,
        filled: Filler,
        offices: Collection[str],
        details: Sequence[Mapping[str, Any]],
    ) -> dict[str, list[str]]:
        """Return the declared facts: the family's own, who owns what the report names, and
        whether whoever acts has to know the name in it.
        """
        told = [filled(family.get("facts", {})), filled.owners(filled.text, offices)]
        if any(each["kind"] == NAME and not each["personal"] for each in details):
            told.append(self.library.stock.get("by_name", {}))
        return {name: [note for each in told for note in each.get(name, ())] for name in LANGUAGES}


def offices_in(key: Mapping[str, Any]) -> set[str]:
    """Return the offices that a key speaks of, as right or as wrong."""
    named = [route["unit"] for route in key.get("route", ())]
    named += [trap["code"] for trap in key.get("trap", ())]
    if "return" in key:
        named += [key["return"]["destination"], *key["return"]["near"]]
    return set(named)


@dataclass(frozen=True)
class Order:
    """What an exercise asks for: how many incidents, of which groups, and how much is scored.

    Without `whole` only the first decision about a report is asked. `floods` are further groups
    that come in later, each with its number of incidents.
    """

    composition: Mapping[str, int]
    number: int
    whole: bool = True
    floods: tuple[tuple[str, int], ...] = ()


def make_cases(
    library: CaseLibrary,
    order: Order,
    seed: int,
    names: Sequence[str],
    today: date,
    seen: Collection[str] = (),
) -> list[SyntheticCase]:
    """Make the cases of an order in order of arrival.

    `names` are reporters, `today` is the virtual day, `seen` are the families that the learner
    has met before. An incident that several people report gives several cases.
    """
    random = Random(seed)
    maker = Maker(library, random.sample(list(names), len(names)), random, today, order.whole)
    made: list[SyntheticCase] = []
    for group, family in maker.incidents(order, seen):
        made += maker.tell_all(family, group, len(made))
    for flood, (group, number) in enumerate(order.floods, start=1):
        met = {*seen, *(case.family for case in made)}
        for family in draw(library.in_group(group), number, met, random):
            told = maker.tell_all(family, group, len(made))
            made += [replace(case, flood=flood, turn=turn) for turn, case in enumerate(told)]
    return made


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


def answer_key(family: Family, reading: Reading, filled: Callable[[Any], Any]) -> dict[str, Any]:
    """Return the family's key with the offices of this place and the texts of this case."""
    own = filled(family["key"])
    key = {name: value for name, value in own.items() if name not in BY_PLACE}
    key |= filled(reading.key())
    if "support" in key and "why_id" in own.get("support", {}):
        key["support"] |= {name: own["support"][name] for name in ("why_id", "why_en")}
    if reading.decision not in (RETURN, "hold"):
        key.pop("return", None)
    return {
        **key,
        "decision": reading.decision,
        "source": family["source"],
        "reporter": filled(family.get("reporter", {})),
    }
