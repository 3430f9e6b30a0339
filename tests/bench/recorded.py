"""The ratios of an earlier run, kept beside the code, and what has become worse since."""

import json
from collections.abc import Mapping
from pathlib import Path

from .targets import TOLERATED

FILE = Path(__file__).with_suffix(".json")


def ratios_on(vendor: str) -> dict[str, float]:
    recorded: dict[str, float] = everything().get(vendor, {})
    return recorded


def record(vendor: str, ratios: Mapping[str, float]) -> None:
    kept = {name: round(ratio, 2) for name, ratio in sorted(ratios.items())}
    FILE.write_text(json.dumps(everything() | {vendor: kept}, indent=2, sort_keys=True) + "\n")


def worse(ratios: Mapping[str, float], recorded: Mapping[str, float]) -> list[str]:
    """Return the workloads that cost clearly more than recorded."""
    return [
        name
        for name, ratio in ratios.items()
        if name in recorded and ratio > TOLERATED * recorded[name]
    ]


def everything() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = json.loads(FILE.read_text()) if FILE.exists() else {}
    return found
