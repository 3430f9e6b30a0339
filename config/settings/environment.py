"""What a deployment chooses by environment variables, read in one place."""

from typing import Any

import environ

from .base import BASE_DIR

env = environ.Env()


def database(default_file: str) -> dict[str, Any]:
    """Return DATABASES["default"] from DATABASE_URL, or SQLite in `default_file`.

    SQLite takes its write lock when a transaction begins (IMMEDIATE), so a second
    writer waits up to 20 s instead of failing, and keeps readers going (WAL).
    """
    settings: dict[str, Any] = env.db("DATABASE_URL", default=f"sqlite:///{default_file}")
    settings |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}  # seconds; connecting is dear
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    return settings


def data_folder() -> str:
    """Folder for the SQLite file and uploads; DATA_DIR, or var/ beside manage.py."""
    folder: str = env("DATA_DIR", default=str(BASE_DIR / "var"))
    return folder
