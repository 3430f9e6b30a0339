"""Production as it is deployed, on loopback: no TLS, and tables made without migrations."""

from config.settings.production import *  # noqa: F403

ROOT_URLCONF = "tests.bench.floor"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "sesi"
CSRF_COOKIE_NAME = "csrf"


class NoMigrations:
    """Tables are made from the models, as the tests make them."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


MIGRATION_MODULES = NoMigrations()
