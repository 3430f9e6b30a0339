"""A labelled set of synthetic reports, one after another, for whoever needs one.

The same seed gives the same set; a report depends on nothing but the seed and its number.
"""

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import Any

from .regions import Region
from .routing import Reading, Routing, rows_of
from .styles import Style
from .telling import PERSONAL, Report, Teller, fits
from .wording import Draws, Scene

OTHER = "Lainnya"  # the function of nobody in particular
PLACE = "location"
UNLISTED = 0.5  # percent of a main category that the style names no share for
LATELY = 50  # reports ago that it was sent first
COPIES = 0.04  # share of reports that somebody sends a second time

Family = Mapping[str, Any]
People = Mapping[str, str]


@dataclass(frozen=True)
class Samples:
    """Draws families as often as their categories are reported, and tells them."""

    families: Sequence[Family]
    regions: Sequence[Region]
    routing: Routing
    style: Style
    people: Sequence[People]
    today: date

    @cached_property
    def weighed(self) -> Sequence[tuple[Sequence[Family], Sequence[float]]]:
        """Return, for each region, the families that fit it with their running weights."""
        return [
            self.weigh([f for f in self.families if fits(f, region)]) for region in self.regions
        ]

    def weigh(self, families: Sequence[Family]) -> tuple[Sequence[Family], Sequence[float]]:
        """Weigh families so that each main category gets its share."""
        shares = self.style.tables["categories"]
        weights = [self.weight(family) for family in families]
        sums: dict[str, float] = {}
        for family, weight in zip(families, weights, strict=True):
            category = family["key"]["category"]
            sums[category] = sums.get(category, 0) + weight
        return families, list(
            accumulate(
                shares.get(family["key"]["category"], UNLISTED)
                * weight
                / sums[family["key"]["category"]]
                for family, weight in zip(families, weights, strict=True)
            )
        )

    def weight(self, family: Family) -> float:
        """Weigh a family within its category: what the centre answers is reported less often."""
        rows, own = rows_of(family), family["key"].get("route")
        duty = own[0]["duty"] if own else self.routing.rows[rows[0]]["competent"] if rows else ""
        function = self.routing.function(duty) if duty else OTHER
        own = float(family.get("weight", 1))
        return own * float(self.style.tables["functions"].get(function, 1))

    def draw(self, seed: int, count: int) -> Iterator[dict[str, Any]]:
        """Yield `count` labelled reports; now and then one comes a second time."""
        for number in range(count):
            random, is_copy = self.dice(seed, number)
            row = self.one(random)
            yield {**row, "flags": [*row["flags"], "resubmitted"]} if is_copy else row

    def dice(self, seed: int, number: int) -> tuple[Random, bool]:
        """Return the dice of a report; who sends one a second time throws those of the first."""
        random = Random(f"{seed}/{number}")
        if number and random.random() < COPIES:
            earlier = random.randrange(max(0, number - LATELY), number)
            return self.dice(seed, earlier)[0], True
        return random, False

    def one(self, random: Random) -> dict[str, Any]:
        """Return one report with its labels."""
        place = int(random.random() * len(self.regions))
        region, (families, sums) = self.regions[place], self.weighed[place]
        family = families[bisect(sums, random.random() * sums[-1])]
        site = region.sites[int(random.random() * len(region.sites))]
        person = self.people[int(random.random() * len(self.people))]
        scene = Scene(region, site, self.style, self.today)
        draws = Draws(random, scene, family.get("slots", {}), person)
        report = Teller(family, draws, self.style, random, complete=False).tell()
        reading = Reading(family, self.routing, region, site)
        return labelled(report, reading, draws)


def labelled(report: Report, reading: Reading, draws: Draws) -> dict[str, Any]:
    family = reading.family
    key = family["key"]
    office = reading.competent if reading.routes else None
    duty = reading.routes[0]["duty"] if reading.routes else ""
    missing = [key["hold"]["missing"]] if family["decision"] == "hold" else []
    return {
        "text": report.text,
        "title": report.title,
        "channel": report.channel,
        "region": draws.region.about["official_code"],
        "class": key["class"],
        "category": key["category"],
        "agency": office["name"] if office else "",
        "agency_function": reading.routing.function(duty) if duty else OTHER,
        "family": family["code"],
        "difficulty": family.get("difficulty", 1),
        "missing": missing + ([PLACE] if report.lacks_place and PLACE not in missing else []),
        "flags": flags(report, key, draws),
    }


def flags(report: Report, key: Mapping[str, Any], draws: Draws) -> list[str]:
    """Return what else is so about a report, by name."""
    found = {
        "anonymous": report.anonymous,
        "secret": report.secret,
        "must_be_secret": key.get("secret"),
        "urgent": key.get("urgent"),
        "photo": report.refers_to_photo,
        "personal_data": any(draws.values.get(name, "\0") in report.text for name in PERSONAL),
    }
    return [name for name, is_so in found.items() if is_so]
