from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates.models import Certificate
from certificates.services import draw_certificate


class Command(BaseCommand):
    help = "Draw the PDF of each certificate that has none, such as those a crash lost."

    def handle(self, **options: Any) -> None:
        undrawn = list(Certificate.objects.undrawn())
        for certificate in undrawn:
            draw_certificate(certificate=certificate, now=timezone.now())
        self.stdout.write(f"{len(undrawn)} certificates drawn")
