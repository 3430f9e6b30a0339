"""What the codes of a run are called: its offices, officers, steps and choices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from ..domain.replay import code_of
from ..labels import (
    ACTION_LABELS,
    CHOICE_LABELS,
    CLASS_LABELS,
    DECISION_LABELS,
    FLAW_LABELS,
    LEVEL_LABELS,
    MISSING_LABELS,
    ROLE_LABELS,
    STATE_LABELS,
    VALUE_LABELS,
)
from ..models import Case, Run, in_language
from .files import localized
from .notices import injects_of
from .regions import called, region_of

SEVERAL = ("support", "masking", "exposed")  # expectations about more than one thing


@dataclass(frozen=True)
class Names:
    """Says what a code is called in the reader's language; what has no name is its own."""

    words: Mapping[str, Any]
    do_not_call_in_templates: ClassVar[bool] = True  # Django would, without a code

    def __call__(self, code: str) -> str:
        return str(self.words.get(code, code))

    def of(self, expectation: str, code: str) -> str:
        """Name what was chosen or expected under one expectation; empty where nothing was."""
        if expectation == "decision" and code in DECISION_LABELS:
            return str(DECISION_LABELS[code])
        if expectation == "missing" and code in MISSING_LABELS:
            return str(MISSING_LABELS[code])
        if expectation == "duplicate" and code.isdigit():
            return code_of(int(code))
        if expectation in SEVERAL:
            return ", ".join(self(part) for part in code.split(", "))
        return self(code)

    def chosen(self, choices: Mapping[str, Any]) -> list[str]:
        """Say what an event's choices were, each with its name; what was left empty is left out."""
        return [
            f"{CHOICE_LABELS.get(name, name)}: {self.value(name, value)}"
            for name, value in choices.items()
            if value not in ("", None, [], ()) and not isinstance(value, Mapping)
        ]

    def value(self, name: str, value: Any) -> str:
        if isinstance(value, list | tuple):
            return ", ".join(self(str(item)) for item in value)
        if name == "parent":
            return code_of(int(value))
        if name == "missing":
            return str(MISSING_LABELS.get(value, value))
        return str(value) if name in ("rating", "title") else self(str(value))


def names_of(run: Run, cases: Iterable[Case]) -> Names:
    """Return the names of everything in a run, with the evidence that its cases offer."""
    region = region_of(run)
    tables = (MISSING_LABELS, LEVEL_LABELS, CLASS_LABELS, VALUE_LABELS, CHOICE_LABELS)
    words: dict[str, Any] = {str(code): name for table in tables for code, name in table.items()}
    for table in (FLAW_LABELS, ROLE_LABELS, STATE_LABELS, ACTION_LABELS):
        words |= {str(code): name for code, name in table.items()}
    words |= {reason["code"]: localized(reason, "label") for reason in run.rules.archive_reasons}
    words |= {officer["code"]: officer["name"] for officer in region.officers}
    words["inject"] = _("Announcement")
    words |= {
        f"inject {inject.place}": in_language(inject.title["id"], inject.title["en"])
        for inject in injects_of(run).all
    }
    for case in cases:
        offered = case.facts.get("evidence", ())
        words |= {item["code"]: localized(item, "label") for item in offered}
    return Names(words | {office["code"]: called(office) for office in region.offices})
