"""Which rules are in force, for pages that quote them, and by which rules a run is judged."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ..domain.rules import LANGUAGES
from ..domain.scoring.expectations import Pack
from ..domain.scoring.packs import read_pack
from ..models import RulePack, Run, Scenario, TimeLimit

LIMIT = ("step", "amount", "unit", "clock", "pauses", "source", "confidence")


def rules_in_force(today: date) -> RulePack:
    """Return the newest rule pack that is valid. Raises RulePack.DoesNotExist where none is."""
    packs = RulePack.objects.prefetch_related("time_limits").filter(valid_from__lte=today)
    return packs.latest("valid_from", "version")


def time_limits(steps: Iterable[str], today: date) -> dict[str, Any]:
    """Return the limits of `steps` in that order, with the pack in force that they stand in."""
    return limits_of(rules_in_force(today), steps)


def limits_of(pack: RulePack, steps: Iterable[str]) -> dict[str, Any]:
    """Return a pack with its limits of `steps`, in that order."""
    by_step: dict[str, TimeLimit] = {limit.step: limit for limit in pack.time_limits.all()}
    return {"pack": pack, "limits": [by_step[step] for step in steps if step in by_step]}


def mapping_of(rules: RulePack) -> dict[str, Any]:
    """Return a stored pack as its file would hold it."""
    words = zip(LANGUAGES, (rules.title, rules.title_en), (rules.note, rules.note_en), strict=True)
    return {
        "version": rules.version,
        "valid_from": rules.valid_from,
        "checked_on": rules.checked_on,
        "warn_percent": rules.warn_percent,
        "warn_source": rules.warn_source,
        **{language: {"title": title, "note": note} for language, title, note in words},
        "office_hours": {
            "opens": f"{rules.opens:%H:%M}",
            "closes": f"{rules.closes:%H:%M}",
            "source": rules.hours_source,
        },
        "time_limit": limit_rows(rules),
        **rules.content,
    }


def limit_rows(rules: RulePack) -> list[Mapping[str, Any]]:
    return [{name: getattr(limit, name) for name in LIMIT} for limit in rules.time_limits.all()]


def judged_by(rules: RulePack) -> Pack:
    """Return the part of a stored pack by which runs are judged."""
    return read_pack({**rules.content, "time_limit": limit_rows(rules)})


def judged_in(run: Run | Scenario) -> Pack:
    """Return by what a run, or an exercise that starts now, is judged."""
    return run.play.pack(judged_by(run.rules))
