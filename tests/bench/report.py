"""The tables that a run prints."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .export import Exported
from .gauge import Gauged
from .measure import Figures, percentiles
from .statements import Count
from .targets import (
    HTML_KILOBYTES,
    P95_MS,
    PAGES,
    PDF_BYTES,
    VERY_GOOD,
    VERY_GOOD_PDF_BYTES,
    wanted_ratio,
)
from .weight import Weight
from .workloads import FLOORS, WORKLOADS

REACHED, MISSED = "✓", "✗"


def mark(reached: bool) -> str:
    return REACHED if reached else MISSED


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print columns as wide as their widest cell, the first to the left, others to the right."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    for first, *others in lines:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        print("  ".join([first.ljust(widths[0]), *cells]))
    print()


def print_statements(small: Mapping[str, Count], large: Mapping[str, Count]) -> None:
    print("1a. SQL statements (+ those that frame transactions), small and size S: must be equal")
    rows = []
    for name, count in large.items():
        most = VERY_GOOD[name].statements if name in VERY_GOOD else None
        rows.append(
            [
                name,
                written(small[name]),
                written(count),
                "equal" if small[name] == count else "DIFFERS",
                f"≤ {most} {mark(count.statements <= most)}" if most else "",
            ]
        )
    table(["workload", "small", "size S", "", "very good"], rows)


def written(count: Count) -> str:
    return f"{count.statements} + {count.framing}" if count.framing else str(count.statements)


def print_weights(weights: Mapping[str, Weight], pdf_bytes: int) -> None:
    print("1b. A first visit in Chromium, nothing cached (kB moved, compressed)")
    rows = []
    for name, weight in weights.items():
        budget = PAGES[name]
        rows.append(
            [
                name,
                f"{weight.html / 1000:.1f} / {HTML_KILOBYTES} "
                + mark(weight.html <= HTML_KILOBYTES * 1000),
                f"{weight.bytes / 1000:.1f} / {budget.kilobytes} "
                + mark(0 < weight.bytes <= budget.kilobytes * 1000),
                f"{weight.requests} / {budget.requests} "
                + mark(0 < weight.requests <= budget.requests),
                str(weight.nodes),
            ]
        )
    table(["page", "HTML", "all", "requests", "DOM nodes"], rows)
    print(
        f"Certificate PDF: {pdf_bytes} bytes; at most {PDF_BYTES} {mark(pdf_bytes <= PDF_BYTES)}, "
        f"very good {VERY_GOOD_PDF_BYTES} {mark(pdf_bytes <= VERY_GOOD_PDF_BYTES)}\n"
    )


def print_ratios(figures: Mapping[str, Figures], recorded: Mapping[str, float]) -> None:
    """Ratios are what counts; milliseconds are this machine's, now."""
    print("2. CPU per turn, server and database: ratio to the floor, median of the rounds")
    rows = []
    for workload in WORKLOADS:
        name, floor, found = workload.name, workload.floor, figures[workload.name]
        before = f"{recorded[name]:.2f}" if name in recorded else ""
        best, worst = min(found.ratios), max(found.ratios)
        rows.append(
            [
                name,
                f"{found.ratio:.2f} × {floor}",
                f"{best:.2f}–{worst:.2f}",
                compared(name, floor, found.ratio),
                before,
                f"{middle(found.cpu_ms):.2f}",
                f"{found.requests:.0f}",
                latency(found.alone),
                latency(found.crowded),
            ]
        )
    for workload in FLOORS:
        found = figures[workload.name]
        cells = [f"{middle(found.cpu_ms):.2f}", "1", latency(found.alone), latency(found.crowded)]
        rows.append([f"floor {workload.name}", "1", "", "", "", *cells])
    head = ["workload", "ratio", "rounds", "very good", "recorded", "CPU ms", "requests"]
    table([*head, "c=1 p50/p95 ms", "c=8 p50/p95 ms"], rows)
    for name, (alone, crowded) in P95_MS.items():
        found = figures[name]
        reached = percentiles(found.alone)[1] <= alone, percentiles(found.crowded)[1] <= crowded
        print(
            f"{name}, p95 on a quiet machine: alone ≤ {alone} ms {mark(reached[0])}, "
            f"eight at once ≤ {crowded} ms {mark(reached[1])}\n"
        )


def print_deeds(gauged: Mapping[str, Gauged], recorded: Mapping[str, Any], sync: float) -> None:
    print(
        "3. The practice room, each deed rolled back: ms by the clock, CPU ms here and at the "
        "database,\npeak memory, and CPU as a multiple of the same writes by a bare cursor"
    )
    rows = []
    for name, found in gauged.items():
        before = recorded.get(name, {})
        rows.append(
            [
                name,
                f"{found.ms:.1f}",
                f"{found.cpu_ms:.1f}",
                str(found.statements),
                f"{found.peak_mb:.2f}",
                str(found.rows or ""),
                f"{found.raw_cpu_ms:.2f}" if found.rows else "",
                f"{found.ratio:.1f}" if found.ratio else "",
                f"{found.synced(sync):.1f}" if found.rows else "",
                wanted_of(found, sync),
                f"{before['cpu_ms']:.1f}" if before else "",
            ]
        )
    head = ["deed", "ms", "CPU ms", "statements", "MB", "rows", "raw CPU ms", "× raw", "synced"]
    table([*head, "aim", "recorded CPU"], rows)
    print(f"synced: by the clock, with a commit that waits for this disk, {sync:.1f} ms; as {NOTE}")
    per_event = ", ".join(
        f"{1000 * found.cpu_ms / found.deed.events:.0f} µs × {found.deed.events}"
        for name, found in gauged.items()
        if name.startswith("scoring")
    )
    print(f"Scoring, CPU per event: {per_event}\n")


NOTE = "PostgreSQL does unless told otherwise"


def wanted_of(found: Gauged, sync: float) -> str:
    deed = found.deed
    if deed.times is not None and found.ratio:
        return (
            f"≤ {deed.times:.0f} × {mark(found.ratio <= deed.times)}, "
            f"synced {mark(found.synced(sync) <= deed.times)}"
        )
    return f"≤ {deed.cpu_ms:.0f} ms {mark(found.cpu_ms <= deed.cpu_ms)}" if deed.cpu_ms else ""


def print_among_others(few: Mapping[str, Gauged], many: Mapping[str, Gauged], number: int) -> None:
    print(f"4. The same among {number:,} runs of other people")
    rows = [
        [
            name,
            f"{few[name].cpu_ms:.1f}",
            f"{found.cpu_ms:.1f}",
            f"{found.cpu_ms / few[name].cpu_ms:.2f}",
            f"{few[name].ms:.1f}",
            f"{found.ms:.1f}",
            "equal" if few[name].statements == found.statements else "DIFFERS",
            f"{few[name].peak_mb:.2f}",
            f"{found.peak_mb:.2f}",
        ]
        for name, found in many.items()
    ]
    head = ["deed", "CPU ms", "among many", "×", "ms", "among many", "statements", "MB"]
    table([*head, "among many"], rows)


def print_export(exported: Exported, recorded: Mapping[str, float]) -> None:
    few, many = exported
    before = f"; recorded {recorded['per_second']:.0f}" if recorded else ""
    print(
        f"5. Labelled export: {exported.per_second:.0f} reports per second of one core{before}; at "
        f"most {few.peak_mb:.0f} MB for {few.count:,} and {many.peak_mb:.0f} MB for "
        f"{many.count:,} {mark(exported.is_stream)}\n"
    )


def compared(name: str, floor: str, ratio: float) -> str:
    wanted = wanted_ratio(name, floor)
    return f"≤ {wanted:.2f} {mark(ratio <= wanted)}" if wanted else ""


def latency(seconds: Sequence[float]) -> str:
    if not seconds:
        return ""
    half, most = percentiles(seconds)
    return f"{half:.1f} / {most:.1f}"


def middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]
