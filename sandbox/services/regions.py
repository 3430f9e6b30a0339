"""Region packs and case families that come as files."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max

from ..domain.library.region_files import Problem
from ..models import CaseFamily, RegionPack
from ..selectors.region_packs import newest_of, problems_with

CORRECTED = (
    "name", "name_en", "acronym", "does", "does_en", "valid_from", "valid_to", "source",
)  # fmt: skip
LONGEST_NOTE = 200


class RegionRefused(Exception):
    """The region cannot be stored so; `problems` names everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


class RegionChanged(Exception):
    """Somebody else has made an edition since this one was looked at."""


@transaction.atomic
def store_region(
    *, content: Mapping[str, Any], note: str = "", by: AbstractBaseUser | None = None
) -> RegionPack:
    """Store a region as its next edition. What is stored already makes none."""
    code = content["region"]["code"]
    editions = RegionPack.objects.select_for_update().filter(code=code)
    newest = editions.first()
    if newest is not None and newest.content == content:
        return newest
    last = editions.aggregate(last=Max("edition"))["last"] or 0
    return RegionPack.objects.create(
        code=code, edition=last + 1, content=content, note=note, made_by_id=by.pk if by else None
    )


@transaction.atomic
def load_region(*, content: Mapping[str, Any]) -> RegionPack:
    """Store a region that ships, unless the site has an edition of its own."""
    stored = RegionPack.objects.filter(code=content["region"]["code"]).first()
    return stored or store_region(content=content)


@transaction.atomic
def import_region(
    *,
    content: Mapping[str, Any],
    seen: int,
    today: date,
    note: str = "",
    by: AbstractBaseUser | None = None,
) -> RegionPack:
    """Store an imported region as its next edition. Raises RegionRefused or RegionChanged.

    `seen` is the edition with which the import was compared, 0 for a region that was new.
    """
    if problems := problems_with(content, today):
        raise RegionRefused(problems)
    newest = newest_of(content["region"]["code"])
    if (newest.edition if newest else 0) != seen:
        raise RegionChanged
    return store_region(content=content, note=note, by=by)


@transaction.atomic
def correct_office(
    *,
    code: str,
    office: str,
    values: Mapping[str, str],
    seen: int,
    today: date,
    by: AbstractBaseUser | None = None,
) -> RegionPack:
    """Store a region's next edition with one office corrected; what is the same makes none.

    `seen` is the edition in which the office was read. Raises RegionRefused where the correction
    would be wrong, and RegionChanged where somebody else has corrected the same office since.
    """
    editions = RegionPack.objects.select_for_update().filter(code=code)
    newest, read = editions[0], editions.filter(edition=seen).first()
    row = row_of(newest, office)
    if row is None or read is None or row != row_of(read, office):
        raise RegionChanged
    corrected = row | {column: values[column] for column in CORRECTED}
    rows = [corrected if each is row else each for each in newest.content["offices"]]
    content = newest.content | {"offices": rows}
    if problems := problems_with(content, today):
        before = problems_with(newest.content, today)  # what was wrong already is not theirs
        if new := [each for each in problems if each not in before]:
            raise RegionRefused(new)
    names = dict.fromkeys((row["name"], corrected["name"]))
    return store_region(content=content, note=" → ".join(names)[:LONGEST_NOTE], by=by)


def row_of(pack: RegionPack, office: str) -> dict[str, str] | None:
    """Return an office's row in an edition, if it is there."""
    rows: list[dict[str, str]] = pack.content["offices"]
    return next((row for row in rows if row["code"] == office), None)


@transaction.atomic
def load_families(*, families: Sequence[Mapping[str, Any]]) -> int:
    """Store the families that ship, unless the site has them; return how many are new."""
    there = set(CaseFamily.objects.values_list("code", flat=True))
    new = [
        CaseFamily(code=family["code"], content=family, live=True)
        for family in families
        if family["code"] not in there
    ]
    for family in new:
        family.fill_columns()
    CaseFamily.objects.bulk_create(new)
    return len(new)
