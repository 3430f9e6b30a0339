import tomllib
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from sandbox.models import Holiday
from sandbox.selectors import rules_in_force
from sandbox.services import load_rule_pack, load_scenario

SANDBOX = Path(__file__).resolve().parents[2]


class Command(BaseCommand):
    help = "Load the holidays, rule packs and exercises that ship, where they are not there yet."

    def handle(self, **options: Any) -> None:
        if not Holiday.objects.exists():
            for file in sorted((SANDBOX / "holiday_library").glob("*.csv")):
                call_command("load_holidays", file, stdout=self.stdout)
        for file in sorted((SANDBOX / "rule_packs").glob("*.toml")):
            load_rule_pack(pack=tomllib.loads(file.read_text()))
        rules = rules_in_force(timezone.localdate())
        for file in sorted((SANDBOX / "scenario_library").glob("*.toml")):
            load_scenario(scenario=tomllib.loads(file.read_text()), rules=rules)
