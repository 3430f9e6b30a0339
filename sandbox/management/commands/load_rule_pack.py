from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from sandbox.domain.rules import NotAPack, Problem, read_toml
from sandbox.models import Scenario
from sandbox.selectors.pack_words import change_words, problem_words
from sandbox.selectors.packs import preview, problems_with
from sandbox.selectors.selftests import held_back
from sandbox.services import PackRefused, import_pack


class Command(BaseCommand):
    help = (
        "Check a rule pack and show what it would change; store it as a new version with --store."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("toml_file", type=Path)
        parser.add_argument("--store", action="store_true", help="store it, if nothing is wrong")
        parser.add_argument(
            "--keep",
            nargs="*",
            default=[],
            metavar="CODE",
            help="exercises that go on with their pack; all others start by the new one",
        )

    def handle(self, *, toml_file: Path, store: bool, keep: list[str], **options: Any) -> None:
        today = localdate()
        pack = self.read(toml_file)
        if problems := problems_with(pack, today):
            raise CommandError(in_lines(problems))
        for line in what_changes(pack, today):
            self.stdout.write(line)
        if not store:
            self.stdout.write("Nothing is stored; add --store.")
            return
        unknown = set(keep) - set(Scenario.objects.values_list("code", flat=True))
        if unknown:
            raise CommandError(f"no such exercise: {', '.join(sorted(unknown))}")
        try:
            scenarios = Scenario.objects.exclude(code__in=keep)
            stored = import_pack(pack=pack, scenarios=scenarios, today=today)
        except PackRefused as refused:
            raise CommandError(in_lines(refused.problems)) from refused
        self.stdout.write(f"Stored as version {stored.version}.")
        if waiting := [scenario.code for scenario in held_back()]:
            self.stdout.write(f"Hidden until tested: manage.py test_scenarios {' '.join(waiting)}")

    def read(self, file: Path) -> dict[str, Any]:
        try:
            return read_toml(file.read_bytes())
        except OSError as error:
            raise CommandError(str(error)) from error
        except NotAPack as error:
            raise CommandError(problem_words(error.problem)) from error


def in_lines(problems: list[Problem] | tuple[Problem, ...]) -> str:
    return "\n".join(f"{problem.place}: {problem_words(problem)}" for problem in problems)


def what_changes(pack: Mapping[str, Any], today: date) -> Iterator[str]:
    seen = preview(pack, today)
    for row in map(change_words, seen.changes):
        yield f"{row.part} · {row.item} · {row.field}: {row.old} → {row.new}"
    for use in seen.uses:
        yield f"{use.kind} {use.language} ({use.state}) {use.name}: {'; '.join(use.items)}"
    for scenario, changes in seen.exercises:
        yield f"{scenario.code}: version {scenario.rules.version}, {len(changes)} changes"
