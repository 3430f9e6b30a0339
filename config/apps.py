from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from . import admin_nonce  # noqa: PLC0415

        admin_nonce.install()
