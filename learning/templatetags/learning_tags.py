"""Small words for progress, and rule data inside lessons."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import template
from django.utils.timezone import localdate  # noqa: TID251 – a box is shown on a day

from sandbox.selectors import time_limits

from ..domain.completion import Status
from ..selectors import CohortRow, OutlineModule

register = template.Library()


@register.filter
def status_in(key: UUID, statuses: Mapping[UUID, Status]) -> Status:
    return statuses[key]


@register.filter
def module_done(items: Iterable[Any], done: Any) -> bool:
    return all(item.step.key in done for item in items)


@register.filter
def module_locked(items: Iterable[Any], statuses: Mapping[UUID, Status]) -> bool:
    return all(statuses[item.step.key] is Status.LOCKED for item in items)


@register.inclusion_tag("sandbox/_rules.html")
def rule_box(steps: Iterable[str]) -> dict[str, Any]:
    """Show time limits as the rule pack in force says today."""
    return {"rules": time_limits(list(steps), localdate())}


HEAT_STEPS = 4


@register.simple_tag
def module_share(row: CohortRow, module: OutlineModule) -> dict[str, int]:
    """Say how many of a module's steps a participant has done, and how dark its cell is."""
    done = sum(item.step.key in row.percents for item in module.items)
    total = len(module.items)
    return {"done": done, "total": total, "step": done * HEAT_STEPS // total if total else 0}
