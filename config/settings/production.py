"""Production. Every host and secret comes from the environment; a missing one stops the start."""

from pathlib import Path

from .base import *  # noqa: F403
from .environment import data_folder, database, env

DEBUG = False
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SITE_URL = WAGTAILADMIN_BASE_URL = env("SITE_URL")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DATA_DIR = Path(data_folder())
DATABASES = {"default": database(str(DATA_DIR / "ruang-latih.sqlite3"))}
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
TASKS["work"] = {  # noqa: F405
    "BACKEND": env("TASK_BACKEND", default="django_tasks_db.DatabaseBackend")
}
EMAIL_CONFIG = env.email_url("EMAIL_URL")
vars().update(EMAIL_CONFIG)
REQUIRE_SECOND_FACTOR = True

# How many proxies of ours append to X-Forwarded-For; failed sign-ins are counted by that address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000  # one year
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sesi"
CSRF_COOKIE_NAME = "__Host-csrf"
