"""News from below becomes one call to a service."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from sandbox.models import Run
from sandbox.signals import run_finished

from .services import record_run


@receiver(run_finished)
def on_run_finished(*, run: Run, now: datetime, **kwargs: Any) -> None:
    record_run(run=run, now=now)
