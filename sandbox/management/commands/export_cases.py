import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sandbox.selectors.samples import samples

EVERY = 500  # reports between two looks at the progress bar
WIDTH = 40


class Command(BaseCommand):
    help = "Write synthetic reports with their labels as JSON lines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument("--count", type=int, required=True)
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument(
            "--region",
            action="append",
            help="code of a region pack, as often as you like; without it all regions",
        )

    def handle(self, **options: Any) -> None:
        count = options["count"]
        if count < 1:
            raise CommandError("--count must be at least 1")
        try:
            drawn = samples(options["region"])
            with options["out"].open("w", encoding="utf-8") as file:
                for number, row in enumerate(drawn.draw(options["seed"], count), start=1):
                    file.write(json.dumps({"simulation": True} | row, ensure_ascii=False) + "\n")
                    if number % EVERY == 0 or number == count:
                        self.show(number, count)
        except (LookupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} reports in {options['out']}")

    def show(self, number: int, count: int) -> None:
        """Draw the bar for whoever watches; a file or a pipe gets none."""
        if sys.stderr.isatty():
            done = WIDTH * number // count
            end = "\n" if number == count else ""
            self.stderr.write(
                f"\r[{'#' * done}{'.' * (WIDTH - done)}] {number:,}/{count:,}", ending=end
            )
