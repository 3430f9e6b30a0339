"""News from learning."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from learning.models import Enrolment

from . import services, tasks


def on_course_completed(*, enrolment: Enrolment, now: datetime, **kwargs: Any) -> None:
    certificate = services.issue_certificate(enrolment=enrolment, now=now)
    transaction.on_commit(partial(tasks.draw_certificate.enqueue, certificate.pk))
