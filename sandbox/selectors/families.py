"""Case families as authors meet them: what they may name, what is wrong, who uses them, files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..domain.exchange import NONE_THERE, named, problems_of_file
from ..domain.library.families import KIND, MOST, Difference, Family, compare, ordered, written
from ..domain.library.family_checks import Known, check_family
from ..domain.library.regions import UNIT, Region
from ..domain.library.telling import fits
from ..domain.rules import Problem
from ..models import Case, CaseFamily, Holiday, RegionPack, RulePack, Scenario, in_language
from .files import localized, routing
from .regions import called, edition, library_for, newest, region_for

Choice = tuple[Any, Any]


# What a family may name


def newest_rules() -> RulePack | None:
    """Return the rule pack of the highest version: its categories are what one can choose."""
    found: RulePack | None = RulePack.objects.order_by("-version").first()
    return found


def newest_regions() -> list[RegionPack]:
    """Return the newest edition of every region, in the order of their names."""
    packs = {pack.code: pack for pack in RegionPack.objects.order_by("code", "edition")}
    return sorted(packs.values(), key=lambda pack: pack.name)


def categories() -> list[Choice]:
    pack = newest_rules()
    return [(name, name) for name in pack.content["categories"]["main"]] if pack else []


def reasons() -> list[Choice]:
    pack = newest_rules()
    listed = pack.content["archive_reason"] if pack else ()
    return [(reason["code"], localized(reason, "label")) for reason in listed]


def duties() -> list[Choice]:
    return sorted(
        ((code, f"{localized(duty)} ({code})") for code, duty in routing().duties.items()),
        key=lambda each: str(each[1]),
    )


def routing_rows() -> list[Choice]:
    return [(number, f"{number} – {topic(row)}") for number, row in routing().rows.items()]


def topic(row: Mapping[str, Any]) -> str:
    return localized(row, "topic")


def region_names() -> list[Choice]:
    return [(pack.code, pack.name) for pack in newest_regions()]


def units_by_region(first: str = "") -> list[Choice]:
    """Return the units of every region, under its name; those of one region may come first."""
    return [
        (
            pack.name,
            [
                (office["code"], f"{called(office)} ({office['code']})")
                for office in pack.content["offices"]
                if office["kind"] == UNIT
            ],
        )
        for pack in sorted(newest_regions(), key=lambda pack: pack.code != first)
    ]


def holiday_places() -> list[Choice]:
    """Return the places with holidays of their own; a region that is one lends its name."""
    names = dict(region_names())
    places = Holiday.objects.exclude(place="").order_by("place").values_list("place", flat=True)
    return [(place, names.get(place, place)) for place in places.distinct()]


def known() -> Known:
    """Return what this site has for families to name."""
    packs = newest_regions()
    return Known(
        rows=routing().rows.keys(),
        duties=routing().duties.keys(),
        categories={name for name, _label in categories()},
        reasons={code for code, _label in reasons()},
        regions={pack.code for pack in packs},
        assets={asset["kind"] for pack in packs for asset in pack.content["assets"]},
    )


# What is wrong


def problems_with(family: Family) -> list[Problem]:
    """Return everything that keeps a family from being told in an exercise."""
    return check_family(family, known())


def latest(family: CaseFamily) -> dict[str, Any]:
    """Return a family as its authors see it: with what has been written since it was published."""
    newest = family.latest_revision
    content: dict[str, Any] = newest.content["content"] if newest else family.content
    return content


# Who uses it


@dataclass(frozen=True)
class Use:
    """One exercise that draws from a family, or would once it is published."""

    scenario: Scenario
    groups: tuple[str, ...]
    is_named: bool
    is_alone: bool  # nothing else fills one of the groups

    @property
    def needs_it(self) -> bool:
        return self.is_named or self.is_alone


def uses_of(family: CaseFamily) -> list[Use]:
    """Return the exercises that draw from a family, in the order of their codes."""
    return [use for scenario in Scenario.objects.all() if (use := use_in(scenario, family))]


def use_in(scenario: Scenario, family: CaseFamily) -> Use | None:
    is_named = family.code in scenario.families
    try:
        region = region_for(scenario)
    except RegionPack.DoesNotExist:
        return Use(scenario, (), True, False) if is_named else None
    library = library_for(scenario, region)
    own = next((each for each in library.families if each["code"] == family.code), None)
    if own is None or not fits(own, region):
        return Use(scenario, (), True, False) if is_named else None
    groups = tuple(sorted(library.groups(own) & scenario.composition.keys()))
    if not groups and not is_named:
        return None
    others = [each for each in library.families if each["code"] != family.code]
    is_alone = any(
        not any(fits(each, region) and group in library.groups(each) for each in others)
        for group in groups
    )
    return Use(scenario, groups, is_named, is_alone)


def attempts_with(family: CaseFamily) -> int:
    """Count the attempts in which somebody has met a family."""
    cases = Case.objects.everyone().filter(family=family.code, run__attempt__gt=0)
    return int(cases.values("run").distinct().count())


# Files between sites


def as_file(families: Iterable[CaseFamily]) -> str:
    """Return families as one file: as they are published, or else as their draft is."""
    return written([family.content if family.live else latest(family) for family in families])


def problems_in_file(content: Mapping[str, Any]) -> list[tuple[str, Problem]]:
    """Return everything wrong with a file and with each of its families, by the family's name."""
    wrong = [("", problem) for problem in problems_of_file(content, KIND, MOST)]
    if any(problem.code in NONE_THERE for _code, problem in wrong):
        return wrong
    there = known()
    return wrong + [
        (code, problem)
        for code, family in named(KIND, content[KIND])
        for problem in check_family(family, there)
    ]


@dataclass(frozen=True)
class Imported:
    """What a file would do here."""

    new: list[Family] = field(default_factory=list)
    changed: list[tuple[CaseFamily, list[Difference]]] = field(default_factory=list)
    same: list[CaseFamily] = field(default_factory=list)

    @property
    def waiting(self) -> list[CaseFamily]:
        """Those that are here as the file has them, but as drafts."""
        return [each for each in self.same if not each.live or each.has_unpublished_changes]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.waiting)


def compared(families: Sequence[Family]) -> Imported:
    """Compare the families of a file with those that are here, drafts included."""
    codes = [family["code"] for family in families]
    here = {
        family.code: family
        for family in CaseFamily.objects.filter(code__in=codes).select_related("latest_revision")
    }
    found = Imported()
    for content in families:
        family = here.get(content["code"])
        if family is None:
            found.new.append(content)
        elif changes := compare(latest(family), content):
            found.changed.append((family, changes))
        else:
            found.same.append(family)
    return found


def in_order(family: Family) -> dict[str, Any]:
    """Return a family in the order of its file."""
    content: dict[str, Any] = ordered(family)
    return content


def regions_at(day: Any) -> Iterator[Region]:
    """Yield every region in its newest edition, as it stands on `day`."""
    for pack in newest_regions():
        yield edition(newest(pack.code), day)


def sentence(table: Mapping[str, Any], name: str) -> str:
    """Return a sentence of a family in the reader's language."""
    return in_language(table.get(f"{name}_id", ""), table.get(f"{name}_en", ""))
