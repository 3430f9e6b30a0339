"""Every family that ships, told in every region that ships."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from sandbox.domain.cases import CaseLibrary, Order, SyntheticCase, make_cases
from sandbox.domain.library.regions import Region
from sandbox.domain.library.telling import fits
from tests.domain.desks import FAMILIES, ROUTING, SANDBOX, START, STOCK, STYLE, region

PACKS = tuple(sorted(file.parent.name for file in SANDBOX.glob("region_library/*/region.toml")))
PROVINCES = ("bali", "nusa_lestari", "sumatera_barat", "yogyakarta")
REGENCIES = ("badung", "sleman", "tangerang", "tirta_asri")
PEOPLE = ["Wayan Contoh", "Sari Rekaan", "Budi Misalnya", "Yohana Umpama"]


class Told(NamedTuple):
    pack: str
    family: Mapping[str, Any]
    case: SyntheticCase

    @property
    def said(self) -> str:
        return f"{self.case.facts['title']}\n{self.case.facts['text']}"


@cache
def there(pack: str) -> Region:
    return region(pack)


@cache
def library_of(pack: str, office: str = "") -> CaseLibrary:
    """Return everything that ships, in one region."""
    return CaseLibrary(there(pack), ROUTING, STYLE, tuple(FAMILIES.values()), STOCK, office)


def told_in(pack: str, code: str, seed: int = 1) -> list[SyntheticCase]:
    """Return the reports of one incident of a family."""
    alone = replace(library_of(pack), families=(FAMILIES[code],))
    (group,) = alone.groups(FAMILIES[code])
    return make_cases(alone, Order({group: 1}, 1), seed, PEOPLE, START.date())


def telling_of(code: str, packs: Sequence[str] = PACKS, seeds: Sequence[int] = (1,)) -> list[Told]:
    """Return every report of a family in the regions that it fits."""
    return [
        Told(pack, FAMILIES[code], case)
        for pack in packs
        if fits(FAMILIES[code], there(pack))
        for seed in seeds
        for case in told_in(pack, code, seed)
    ]


def strings(value: Any) -> Iterator[str]:
    """Yield every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
