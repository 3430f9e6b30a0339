from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "certificates"

    def ready(self) -> None:
        from learning.signals import course_completed  # noqa: PLC0415

        from . import checks, receivers  # noqa: F401, PLC0415

        course_completed.connect(receivers.on_course_completed, dispatch_uid="issue_certificate")
