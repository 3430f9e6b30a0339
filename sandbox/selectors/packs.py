"""Rule packs as editors meet them: checked, compared, put into words, written as a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import tomli_w
from django.db.models import Max

from ..domain.deadlines import LimitedStep
from ..domain.pack_checks import check_pack
from ..domain.rules import Change, Problem, changed_steps, compare
from ..domain.simulation import COMMENT
from ..labels import ROLE_LABELS, STEP_LABELS
from ..models import CaseFamily, RulePack, Scenario, TimeLimit, in_language
from .impact import Use, exercises, uses_of
from .pack_words import value_words
from .rules import limit_rows, mapping_of, rules_in_force


def as_toml(rules: RulePack) -> str:
    """Return a stored pack as a file that can be imported again."""
    return COMMENT + tomli_w.dumps(mapping_of(rules), multiline_strings=False)


def problems_with(pack: Mapping[str, Any], today: date) -> list[Problem]:
    """Return everything that keeps `pack` from being stored as the newest pack."""
    last = RulePack.objects.aggregate(version=Max("version"), valid_from=Max("valid_from"))
    return check_pack(
        pack,
        today=today,
        last=last if last["version"] else None,
        families=families_played(),
    )


def families_played() -> list[Mapping[str, Any]]:
    """Return the case families that exercises can draw from."""
    return list(CaseFamily.objects.filter(live=True).values_list("content", flat=True))


def is_used(rules: RulePack) -> bool:
    """Tell whether an attempt or an exercise keeps the pack."""
    return bool(rules.runs.exists() or rules.scenarios.exists())


def next_version(rules: RulePack) -> RulePack:
    """Return an unsaved copy of a pack with its time limits, one version above the highest."""
    values = {
        each.attname: getattr(rules, each.attname)
        for each in RulePack._meta.concrete_fields
        if not each.primary_key
    }
    last = RulePack.objects.aggregate(last=Max("version"))["last"]
    copy = RulePack(**values | {"version": last + 1})
    copy.time_limits = [TimeLimit(**row) for row in limit_rows(rules)]
    return copy


def in_tables(rules: RulePack) -> dict[str, Any]:
    """Return what a pack holds as tables for a reader: titles, and rows of words."""
    content = mapping_of(rules)
    expectations = content["expectation"]
    return {
        "limits": rules.time_limits.all(),
        "not_simulated": [
            (words(each, "label"), words(each, "limit"), words(each, "why"), each["source"])
            for each in content.get("not_simulated", ())
        ],
        "reasons": [
            (words(each, "label"), words(each, "help"), each["source"])
            for each in content["archive_reason"]
        ],
        "classes": [
            (words(each, "label"), words(each, "why"), each["source"]) for each in content["class"]
        ],
        "categories": content["categories"],
        "expectations": [
            (label, [expected(each) for each in expectations if role in each["roles"]])
            for role, label in ROLE_LABELS.items()
            if any(role in each["roles"] for each in expectations)
        ],
        "distances": [
            (f"{table['share'] * 100:.0f}%", in_language(table["id"], table["en"]), table["source"])
            for table in content["distance"].values()
        ],
        "points_source": content["points_source"],
        "rubric": rubric_words(content.get("answer_rubric")),
        "scenarios": rules.scenarios.all(),
        "waiting": rules.scenarios.filter(is_held_back=True).exists(),
        "attempts": rules.runs.count(),
    }


def words(table: Mapping[str, Any], name: str) -> str:
    return in_language(table[f"{name}_id"], table[f"{name}_en"])


def rubric_words(table: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if table is None:
        return None
    return {
        "points": table["points"],
        "source": table["source"],
        "rules": [words(element, "rule") for element in table["element"]],
    }


def expected(table: Mapping[str, Any]) -> dict[str, str]:
    return {
        "code": table["code"],
        "rule": words(table, "rule"),
        "points": value_words("points", table["points"]),
        "criterion": value_words("criterion", table["criterion"]),
        "source": table["source"],
    }


@dataclass(frozen=True)
class Preview:
    """What a pack would change, and who uses what changes."""

    old: RulePack | None
    changes: list[Change]
    uses: list[Use]
    exercises: list[tuple[Scenario, list[Change]]]

    @property
    def steps(self) -> list[str]:
        """The names of the steps whose time limits change."""
        return [
            str(STEP_LABELS[step]) for step in LimitedStep if step in changed_steps(self.changes)
        ]


def preview(pack: Mapping[str, Any], today: date) -> Preview:
    """Compare `pack` with the one in force; where none is, everything is new."""
    try:
        old = rules_in_force(today)
    except RulePack.DoesNotExist:
        return Preview(None, [], [], list(exercises([])))
    changes = compare(mapping_of(old), pack)
    return Preview(old, changes, uses_of(changes), list(exercises(changes)))
