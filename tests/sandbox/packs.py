"""Rule packs for tests: next versions, and all rows on which runs stand."""

from copy import deepcopy
from datetime import date
from typing import Any

from django.core import serializers

from sandbox.models import RulePack, Run, Scenario, TimeLimit
from sandbox.selectors.rules import mapping_of

TODAY = date(2026, 11, 21)


def version(pack: RulePack, number: int = 2, **parts: Any) -> dict[str, Any]:
    """Return a pack's content as version `number`, with a limit for verifying of `amount` days."""
    content = deepcopy(mapping_of(pack)) | {"version": number}
    if amount := parts.pop("amount", None):
        content["time_limit"][0]["amount"] = amount
    return content | parts


def everything() -> list[str]:
    """Return all rows on which runs and packs stand, as bytes."""
    models = (RulePack, TimeLimit, Scenario, Run)
    return [serializers.serialize("json", model.objects.order_by("pk")) for model in models]
