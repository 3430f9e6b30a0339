"""What a self-test says: checks with their figures, and what to mend at which place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_FINDINGS = 40  # of one check; whoever has mended these tests again


@dataclass(frozen=True)
class Finding:
    """One thing to mend. `code` has its sentence in labels, `gaps` fill it."""

    place: str
    code: str
    gaps: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """One question put to an exercise. A skipped one needs the findings before it mended first."""

    code: str
    findings: tuple[Finding, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    skipped: bool = False

    @property
    def passed(self) -> bool:
        return not self.findings and not self.skipped


@dataclass(frozen=True)
class Report:
    """Everything that was found out about an exercise."""

    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)

    @property
    def findings(self) -> list[Finding]:
        return [finding for check in self.checks for finding in check.findings]

    def as_json(self) -> dict[str, Any]:
        return {
            "passed": self.passed,
            "checks": [
                {
                    "code": check.code,
                    "passed": check.passed,
                    "skipped": check.skipped,
                    "figures": dict(check.figures),
                    "findings": [
                        {"place": each.place, "code": each.code, "gaps": dict(each.gaps)}
                        for each in check.findings
                    ],
                }
                for check in self.checks
            ],
        }


def check(code: str, findings: Iterable[Finding], **figures: Any) -> Check:
    """Return a check with each finding once, and no more than people can read."""
    once = {(each.place, each.code, str(each.gaps)): each for each in findings}
    return Check(code, tuple(once.values())[:MOST_FINDINGS], figures)
