from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sandbox.services import finish_overdue


class Command(BaseCommand):
    help = "Finish exams that were left when their time passed, so that they can be marked."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{finish_overdue(now=timezone.now())} exams finished")
