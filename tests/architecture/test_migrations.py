"""Other tests make their tables without migrations, so one runs them all, from empty."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.architecture.source import ROOT


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[str]:
    """The address of a new database of the kind that the suite runs on."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    name = f"migrations_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"{server.rpartition('/')[0]}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def manage(*words: str, **environment: str) -> str:
    command = [sys.executable, "manage.py", *words]
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_an_empty_database_can_be_migrated_to_the_end(empty_database):
    manage("migrate", "--verbosity", "0", DATABASE_URL=empty_database)
    assert "[ ]" not in manage("showmigrations", DATABASE_URL=empty_database)


def test_every_change_of_a_model_has_its_migration():
    assert "No changes" in manage("makemigrations", "--check", "--dry-run")


def test_the_first_language_is_chosen_before_the_first_migration():
    """Wagtail's first locale is made from it and cannot change later."""
    assert settings.LANGUAGE_CODE == "id"
