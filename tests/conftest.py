"""What every test stands on: the rows Wagtail expects, no network, threads, a browser."""

import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import post_migrate
from django.utils import translation
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished
from playwright.sync_api import Browser, Page, sync_playwright

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


class NetworkForbidden(Exception):
    """A test wanted to talk to another machine."""


def pytest_configure() -> None:
    """Seed whenever tables are made or emptied: at the start, and after transactional tests."""
    post_migrate.connect(seed, dispatch_uid="seed")


def seed(sender: Any, **kwargs: Any) -> None:
    """Make the rows that migrations would: both languages, root page, site, root collection."""
    from wagtail.models import Collection, Locale, Page, Site  # noqa: PLC0415 – after django.setup

    if sender.name != "wagtail":
        return
    MigrationRecorder(connection).ensure_schema()  # wagtail-localize reads it
    if Page.objects.exists():
        return
    indonesian, _ = Locale.objects.get_or_create(language_code="id")
    Locale.objects.get_or_create(language_code="en")
    root = Page.add_root(title="Root", slug="root", locale=indonesian)
    Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    Collection.add_root(name="Root")


@pytest.fixture(autouse=True, scope="session")
def _only_loopback() -> Iterator[None]:
    connect = socket.socket.connect

    def connect_on_this_machine(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise NetworkForbidden(f"{address[0]} is another machine")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_on_this_machine)
        yield


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    """Forget what the test before left in memory: site roots, editions, the language in force."""
    from sandbox.selectors.coverage import counted_in  # noqa: PLC0415 – after django.setup
    from sandbox.selectors.phrases import spoken  # noqa: PLC0415 – after django.setup
    from sandbox.selectors.regions import edition  # noqa: PLC0415

    counted_in.cache_clear()
    edition.cache_clear()
    spoken.cache_clear()
    for alias in settings.CACHES:
        caches[alias].clear()
    with translation.override("id"):
        yield


@pytest.fixture(autouse=True)
def failed_tasks() -> Iterator[list[str]]:
    """Fail the test if a background task failed; one that expects a failure empties the list."""
    failed: list[str] = []

    def note(sender: Any, task_result: Any, **kwargs: Any) -> None:
        if task_result.status == TaskResultStatus.FAILED:
            failed.extend(error.traceback for error in task_result.errors)

    task_finished.connect(note)
    yield failed
    task_finished.disconnect(note)
    assert not failed, "a background task failed:\n" + "\n".join(failed)


Work = Callable[[], Any]
AtOnce = Callable[[Sequence[Work]], list[Any]]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Part with whatever a server's last thread still holds, so that the database can go."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which reaches this machine only."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: sudo apt-get install --no-install-recommends chromium"
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; Django would refuse every query.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty tab of a reader of Indonesian; its cookies end with the test."""
    context = browser.new_context(locale="id-ID")
    yield context.new_page()
    context.close()
