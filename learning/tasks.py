"""Background work: one line each."""

from django_tasks import task

from .models import Enrolment
from .services import send_invitation


@task(backend="work")
def mail_invitation(pk: int) -> None:
    send_invitation(enrolment=Enrolment.objects.select_related("user", "course").get(pk=pk))
