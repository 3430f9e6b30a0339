"""The practice room as it ships, a learner with a browser, and threads that meet at a case."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client

from sandbox.models import Run
from tests.factories import UserFactory, a_run


@pytest.fixture
def practice_room(db: None) -> None:
    """Rule pack 1, the decreed holidays and exercise L1."""
    call_command("load_practice_room", stdout=StringIO())


@pytest.fixture
def learner(db: None) -> User:
    return UserFactory()


@pytest.fixture
def run(practice_room: None, learner: User) -> Run:
    return a_run(learner)


@pytest.fixture
def desk(client: Client, learner: User) -> Client:
    """The learner's browser."""
    client.force_login(learner)
    return client


Work = Callable[[], Any]
AtOnce = Callable[[Sequence[Work]], list[Any]]


@pytest.fixture
def at_once(transactional_db: None, tmp_path: Path) -> AtOnce:
    """Run works at the same moment in threads with connections of their own.

    SQLite's database in memory cannot be shared so: the threads work on a copy on disk, which
    later calls see too. What they left is therefore read by a work as well.
    """
    copy = tmp_path / "copy.sqlite3"

    def run(works: Sequence[Work]) -> list[Any]:
        start = Barrier(len(works))

        def one(work: Work) -> Any:
            start.wait()
            try:
                return work()
            finally:
                connections.close_all()

        with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(len(works)) as pool:
            if connection.vendor == "sqlite":
                if not copy.exists():
                    connection.cursor().execute("VACUUM INTO %s", [str(copy)])
                patch.setitem(connection.settings_dict, "NAME", str(copy))
            return list(pool.map(one, works))

    return run
