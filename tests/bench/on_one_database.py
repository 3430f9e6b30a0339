"""The whole benchmark on the database that DATABASE_URL names, which must be empty."""

import argparse
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 – needs the apps
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models.signals import post_migrate  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from tests.bench import export, gauge, recorded, report, weight  # noqa: E402
from tests.bench.deeds import Desks, deeds, set_desks  # noqa: E402
from tests.bench.gauge import Gauged, gauged_all  # noqa: E402
from tests.bench.measure import Bench  # noqa: E402
from tests.bench.others import OTHERS, add_other_runs  # noqa: E402
from tests.bench.seed import SIZE_S, SMALL, Cast, grow, load_what_ships  # noqa: E402
from tests.bench.server import running_server  # noqa: E402
from tests.bench.statements import Count, counts  # noqa: E402
from tests.bench.targets import PDF_BYTES  # noqa: E402
from tests.bench.workloads import WORKLOADS, Workload  # noqa: E402
from tests.conftest import CHROMIUM_ARGUMENTS, seed  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--record", action="store_true", help="keep what this run finds")
    options = parser.parse_args()
    if connection.introspection.table_names():
        sys.exit("DATABASE_URL names a database with tables in it; give an empty one.")
    small, desks, few = fill_a_little()
    large, cast = fill_up()
    report.print_statements(small, large)
    found, failures = served(cast, options.rounds, compares=not options.record)
    labelled = export.exported(Path(settings.DATA_DIR))
    if options.record:
        recorded.keep(connection.vendor, found, large, few, labelled)
    failures += practice_room(desks, few)
    report.print_export(labelled, recorded.export_on(connection.vendor))
    failures += [] if labelled.is_stream else ["the labelled export takes more memory for more"]
    failures += recorded.more_statements(small, large)
    failures += ["the certificate's PDF is too big"] if cast.pdf_bytes > PDF_BYTES else []
    for failure in failures:
        print(f"FAILED  {failure}")
    sys.exit(bool(failures))


def served(cast: Cast, rounds: int, *, compares: bool) -> tuple[dict[str, float], list[str]]:
    """Weigh and measure the pages of a running site; return their ratios, and what fails."""
    with running_server() as (port, server):
        weights = weigh(port, cast)
        report.print_weights(weights, cast.pdf_bytes)
        bench = Bench(port, server, cast)
        bench.warm_up()
        found = ratios(bench, WORKLOADS, rounds)
        report.print_ratios(bench.figures, recorded.ratios_on(connection.vendor))
        costlier = costlier_twice(bench, found, rounds) if compares else []
        return found, [*costlier, *weight.over_budget(weights)]


def fill_a_little() -> tuple[Mapping[str, Count], Desks, Mapping[str, Gauged]]:
    """Build the small site; count there, and gauge the practice room among few runs."""
    post_migrate.connect(seed)
    call_command("migrate", run_syncdb=True, verbosity=0)
    load_what_ships()
    small = counts(WORKLOADS, grow(SMALL))
    desks = set_desks()
    return small, desks, gauged_all(deeds(desks))


def fill_up() -> tuple[Mapping[str, Count], Cast]:
    """Grow the site to size S and count again."""
    start = time.monotonic()
    cast = grow(SIZE_S)
    print(f"\n{connection.vendor}: size S was built in {time.monotonic() - start:.0f} s\n")
    return counts(WORKLOADS, cast), cast


def practice_room(desks: Desks, few: Mapping[str, Gauged]) -> list[str]:
    sync = gauge.sync_ms(Path(settings.DATA_DIR))
    report.print_deeds(few, recorded.deeds_on(connection.vendor), sync)
    return among_others(desks, few)


def among_others(desks: Desks, few: Mapping[str, Gauged]) -> list[str]:
    """Gauge once more among very many runs; return a sentence for what has grown, twice."""
    if connection.vendor != "postgresql":
        return []
    start = time.monotonic()
    add_other_runs(desks.full)
    print(f"{OTHERS:,} other runs were written in {time.monotonic() - start:.0f} s\n")
    many = gauged_all(deeds(desks))
    report.print_among_others(few, many, OTHERS)
    suspects = gauge.grown(few, many)
    again = gauged_all(deed for deed in deeds(desks) if deed.name in suspects)
    lines = [f"{name} takes other statements" for name in gauge.more_statements(few, many)]
    return lines + [
        f"{name} takes {again[name].cpu_ms:.1f} ms among many runs, {few[name].cpu_ms:.1f} before"
        for name in suspects
        if gauge.grown({name: few[name]}, again)
    ]


def weigh(port: int, cast: Cast) -> dict[str, weight.Weight]:
    found = weight.pages(cast)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS
        )
        return weight.weigh_all(chromium, f"http://127.0.0.1:{port}", found)


def ratios(bench: Bench, workloads: Sequence[Workload], rounds: int) -> dict[str, float]:
    for number in range(rounds):
        bench.round(workloads, number)
    return {workload.name: bench.figures[workload.name].ratio for workload in workloads}


def costlier_twice(bench: Bench, found: Mapping[str, float], rounds: int) -> list[str]:
    """Measure again what costs more than recorded; return a sentence for what still does."""
    before = recorded.ratios_on(connection.vendor)
    suspects = recorded.costlier(found, before)
    if not suspects:
        return []
    print(f"Measured again, being costlier than recorded: {', '.join(suspects)}\n")
    for name in suspects:
        bench.figures[name].ratios.clear()
    again = ratios(bench, [each for each in WORKLOADS if each.name in suspects], rounds)
    return [
        f"{name} costs {again[name]:.2f} times its floor, recorded {before[name]:.2f}"
        for name in recorded.costlier(again, before)
    ]


if __name__ == "__main__":
    main()
