"""Rules, holidays and exercises that come as files or forms."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from ..domain.rules import CONTENT, Problem
from ..models import Holiday, RulePack, Scenario, TimeLimit
from ..selectors.packs import problems_with
from ..selectors.rules import mapping_of
from .publishing import SHOWN, settle

COLUMNS = ("version", "valid_from", "checked_on", "warn_percent", "warn_source")


class PackRefused(Exception):
    """The pack cannot be stored; `problems` names everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


@transaction.atomic
def replace_holidays(*, year: int, place: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Replace one year's holidays of one place by `rows`; return how many.

    A row has date, name, kind and decree. An empty place stands for the whole country.
    """
    Holiday.objects.filter(date__year=year, place=place).delete()
    bulk_create_with_history([Holiday(**row, place=place) for row in rows], Holiday)
    return len(rows)


@transaction.atomic
def load_rule_pack(*, pack: Mapping[str, Any]) -> RulePack:
    """Store a rule pack as its file holds it, unless its version is there already."""
    stored = RulePack.objects.filter(version=pack["version"]).first()
    return stored or store_pack(pack=pack)


@transaction.atomic
def import_pack(*, pack: Mapping[str, Any], scenarios: Iterable[Scenario], today: date) -> RulePack:
    """Store `pack` as a new version and let `scenarios` start by it. Raises PackRefused.

    No stored pack is overwritten, and attempts keep the pack that they started with.
    """
    list(RulePack.objects.select_for_update())  # one import after another: versions rise
    if problems := problems_with(pack, today):
        raise PackRefused(problems)
    stored = store_pack(pack=pack)
    use_pack(pack=stored, scenarios=scenarios)
    return stored


@transaction.atomic
def store_pack(*, pack: Mapping[str, Any]) -> RulePack:
    rules = RulePack.objects.create(
        **{name: pack[name] for name in COLUMNS},
        title=pack["id"]["title"],
        title_en=pack["en"]["title"],
        note=pack["id"]["note"],
        note_en=pack["en"]["note"],
        opens=pack["office_hours"]["opens"],
        closes=pack["office_hours"]["closes"],
        hours_source=pack["office_hours"]["source"],
        content={name: pack[name] for name in CONTENT if name in pack},
    )
    for limit in pack["time_limit"]:
        TimeLimit.objects.create(pack=rules, **limit)
    return RulePack.objects.get(pk=rules.pk)  # its hours as times


@transaction.atomic
def use_pack(*, pack: RulePack, scenarios: Iterable[Scenario]) -> None:
    """Let exercises start by `pack` from now on; attempts keep theirs.

    What trainees saw waits until it has passed a test with this pack.
    """
    for scenario in scenarios:
        if scenario.rules_id != pack.pk:
            scenario.rules = pack
            settle(scenario)
            scenario.save(update_fields=["rules", *SHOWN])


@transaction.atomic
def settle_uses(*, pack: RulePack, before: Mapping[str, Any]) -> None:
    """Let exercises that start by a pack wait for their test if it was changed since `before`."""
    changed = RulePack.objects.get(pk=pack.pk)
    for scenario in changed.scenarios.all() if mapping_of(changed) != before else ():
        settle(scenario)
        scenario.save(update_fields=SHOWN)


@transaction.atomic
def load_scenario(*, scenario: Mapping[str, Any], rules: RulePack) -> Scenario:
    """Store a scenario that ships, for trainees to see, unless its code is there already."""
    stored, _created = Scenario.objects.get_or_create(
        code=scenario["code"], defaults={**scenario, "rules": rules, "is_published": True}
    )
    return stored
