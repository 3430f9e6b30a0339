from typing import Any

from django.core.management.base import BaseCommand

from config.groups import load_groups


class Command(BaseCommand):
    help = "Make the groups and their permissions say what config/groups.py says."

    def handle(self, **options: Any) -> None:
        groups = load_groups()
        self.stdout.write(f"{len(groups)} groups")
