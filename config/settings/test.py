"""The test suite: fast hashes, tasks at once, the database that DATABASE_URL names."""

from .dev import *  # noqa: F403
from .environment import database

SECRET_KEY = "tests"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES = {"default": database(":memory:") | {"CONN_MAX_AGE": 0}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS["work"] = TASKS["default"]  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
