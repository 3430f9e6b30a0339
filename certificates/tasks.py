"""Background work: one line each."""

from django.utils import timezone
from django_tasks import task

from . import services
from .models import Certificate


@task(backend="work")
def draw_certificate(pk: int) -> None:
    now = timezone.now()  # noqa: TID251 (a task begins by itself, like a command)
    services.draw_certificate(certificate=Certificate.objects.get(pk=pk), now=now)
