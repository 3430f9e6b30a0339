"""A developer's machine and the demo: SQLite, no worker, mail on the console."""

from pathlib import Path

from .base import *  # noqa: F403
from .environment import data_folder, database, env

DEBUG = False  # the demo shows people the real error pages
SECRET_KEY = "only-for-the-demo-on-loopback"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
DATA_DIR = Path(data_folder())
DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": database(str(DATA_DIR / "ruang-latih.sqlite3"))}
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
TASKS["work"] = {"BACKEND": "config.thread_tasks.ThreadBackend"}  # noqa: F405
REQUIRE_SECOND_FACTOR = False  # so that the demo's accounts open with a passphrase alone
SITE_URL = WAGTAILADMIN_BASE_URL = env(
    "SITE_URL", default=f"http://127.0.0.1:{env('PORT', default='8000')}"
)
SERVE_MEDIA = True
ALLOW_DEMO = True
