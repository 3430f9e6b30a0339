import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sandbox.models import Run
from sandbox.services import score


class Command(BaseCommand):
    help = "Score every finished run anew by the pack that it keeps, and name those that differ."

    def handle(self, **options: Any) -> None:
        runs = Run.objects.exclude(score=None).select_related("rules").order_by("pk")
        different = [
            run.pk for run in runs.iterator() if in_bytes(score(run)) != in_bytes(run.score)
        ]
        self.stdout.write(f"{runs.count()} runs scored anew, {len(different)} differ.")
        if different:
            raise CommandError(f"These runs differ: {', '.join(map(str, different))}")


def in_bytes(result: Any) -> bytes:
    """Return a score as the database keeps it, whatever the order of its names."""
    return json.dumps(result, sort_keys=True, ensure_ascii=False).encode()
