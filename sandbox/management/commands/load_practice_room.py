import tomllib
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from sandbox.models import Holiday
from sandbox.selectors import rules_in_force
from sandbox.selectors.files import region_in, shipped_book, shipped_families
from sandbox.services import (
    load_families,
    load_phrases,
    load_region,
    load_rule_pack,
    load_scenario,
)

SANDBOX = Path(__file__).resolve().parents[2]


class Command(BaseCommand):
    help = (
        "Load what ships and is not there yet: holidays, regions, cases, lines of simulated "
        "people, rule packs and exercises."
    )

    def handle(self, **options: Any) -> None:
        if not Holiday.objects.exists():
            for file in sorted((SANDBOX / "holiday_library").glob("*.csv")):
                call_command("load_holidays", file, stdout=self.stdout)
        for folder in sorted((SANDBOX / "region_library").iterdir()):
            load_region(content=region_in(folder))
        load_families(families=shipped_families())
        load_phrases(content=shipped_book())
        for file in sorted((SANDBOX / "rule_packs").glob("*.toml")):
            load_rule_pack(pack=tomllib.loads(file.read_text()))
        rules = rules_in_force(timezone.localdate())
        for file in sorted((SANDBOX / "scenario_library").glob("*.toml")):
            load_scenario(scenario=tomllib.loads(file.read_text()), rules=rules)
