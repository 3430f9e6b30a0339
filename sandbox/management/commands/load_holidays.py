import csv
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sandbox.models import Holiday
from sandbox.services import replace_holidays

COLUMNS = {"date", "name", "kind", "decree"}


class Command(BaseCommand):
    help = "Replace each year's holidays of each place in a file: date, name, kind, decree, place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("csv_file", type=Path)

    def handle(self, *, csv_file: Path, **options: Any) -> None:
        by_year: dict[tuple[int, str], list[dict[str, Any]]] = {}
        with csv_file.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines)
            if missing := COLUMNS - set(rows.fieldnames or ()):
                raise CommandError(f"{csv_file}: no column {', '.join(sorted(missing))}")
            for number, row in enumerate(rows, start=2):
                try:
                    day = date.fromisoformat(row["date"])
                except ValueError as error:
                    raise CommandError(f"{csv_file}, line {number}: {error}") from error
                if row["kind"] not in Holiday.Kind.values:
                    raise CommandError(f"{csv_file}, line {number}: unknown kind {row['kind']}")
                holiday = {name: row[name] for name in COLUMNS} | {"date": day}
                by_year.setdefault((day.year, row.get("place") or ""), []).append(holiday)
        for (year, place), holidays in by_year.items():
            count = replace_holidays(year=year, place=place, rows=holidays)
            self.stdout.write(f"{year} {place or 'Indonesia'}: {count} holidays")
