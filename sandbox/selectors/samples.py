"""The raw material of a labelled set: regions, families and invented people."""

from collections.abc import Iterable
from datetime import date
from random import Random

from faker import Faker

from ..domain.cases import identity_of
from ..domain.library.samples import Samples
from ..models import CaseFamily, RegionPack
from .files import routing, style
from .regions import edition, newest

PEOPLE = 2000  # invented names in one set
SEED_OF_NAMES = 7


def samples(regions: Iterable[str] | None = None) -> Samples:
    """Return what draws reports of the named regions, else of all. Raises LookupError."""
    today: date = style().tables["written_on"]
    codes = list(
        regions or RegionPack.objects.order_by("code").values_list("code", flat=True).distinct()
    )
    families = CaseFamily.objects.filter(live=True).order_by("code")
    try:
        found = [edition(newest(code), today) for code in codes]
    except RegionPack.DoesNotExist as error:
        raise LookupError(str(error)) from error
    if not found or not families:
        raise LookupError("no regions or families are loaded; run manage.py load_practice_room")
    return Samples(
        list(families.values_list("content", flat=True)),
        found,
        routing(),
        style(),
        people(),
        today,
    )


def people() -> list[dict[str, str]]:
    """Return invented people, the same for every set."""
    names, random = Faker("id_ID"), Random(SEED_OF_NAMES)
    names.seed_instance(SEED_OF_NAMES)
    full = [f"{names.first_name()} {names.last_name()}" for _ in range(PEOPLE)]
    return [
        identity_of(name, random) | {"other": full[number - 1], "nickname": name.split()[0]}
        for number, name in enumerate(full)
    ]
