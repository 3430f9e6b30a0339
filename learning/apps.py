from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"

    def ready(self) -> None:
        from sandbox.selectors.impact import register_use  # noqa: PLC0415

        from . import receivers  # noqa: F401, PLC0415
        from .selectors.uses import pages_using, questions_using  # noqa: PLC0415

        register_use(pages_using)
        register_use(questions_using)
