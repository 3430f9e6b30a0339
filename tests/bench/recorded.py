"""What an earlier run found, kept beside the code, and what has become worse since."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .export import Exported
from .gauge import Gauged
from .statements import Count
from .targets import TOLERATED

FILE = Path(__file__).with_suffix(".json")


def everything() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text()) if FILE.exists() else {}
    return found


def ratios_on(vendor: str) -> dict[str, float]:
    recorded: dict[str, float] = everything().get(vendor, {})
    return recorded


def deeds_on(vendor: str) -> dict[str, Any]:
    recorded: dict[str, Any] = everything().get(f"practice room, {vendor}", {})
    return recorded


def export_on(vendor: str) -> dict[str, float]:
    recorded: dict[str, float] = everything().get(f"labelled export, {vendor}", {})
    return recorded


def keep(
    vendor: str,
    ratios: Mapping[str, float],
    counted: Mapping[str, Count],
    gauged: Mapping[str, Gauged],
    exported: Exported,
) -> None:
    table = everything() | {
        vendor: {name: round(ratio, 2) for name, ratio in ratios.items()},
        "statements": {name: count.statements for name, count in counted.items()},
        f"practice room, {vendor}": {name: figures_of(found) for name, found in gauged.items()},
        f"labelled export, {vendor}": {
            "per_second": round(exported.per_second),
            "peak_mb": round(exported.many.peak_mb),
        },
    }
    FILE.write_text(json.dumps(table, indent=2, sort_keys=True) + "\n")


def figures_of(found: Gauged) -> dict[str, float]:
    figures: dict[str, float] = {
        "cpu_ms": round(found.cpu_ms, 1),
        "statements": found.statements,
        "peak_mb": round(found.peak_mb, 2),
    }
    return figures | ({"times_raw": round(found.ratio, 2)} if found.ratio else {})


def costlier(ratios: Mapping[str, float], recorded: Mapping[str, float]) -> list[str]:
    """Return the workloads that cost clearly more CPU than recorded."""
    return [
        name
        for name, ratio in ratios.items()
        if name in recorded and ratio > TOLERATED * recorded[name]
    ]


def more_statements(small: Mapping[str, Count], large: Mapping[str, Count]) -> list[str]:
    """Return a sentence for each workload that sends more on a larger site, or than recorded."""
    recorded = everything().get("statements", {})
    lines = [f"{name} grows with the site" for name in large if small[name] != large[name]]
    for name, count in large.items():
        most = recorded.get(name, count.statements)
        if count.statements > most:
            lines.append(f"{name} sends {count.statements} statements, recorded {most}")
    return lines
