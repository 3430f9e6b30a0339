"""What holds exactly, whatever else the machine does: statements, bytes, requests."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser

from tests.bench.recorded import more_statements
from tests.bench.run import NOT_OURS
from tests.bench.seed import SMALL, grow, load_what_ships
from tests.bench.statements import counts
from tests.bench.targets import PDF_BYTES
from tests.bench.weight import over_budget, pages, weigh_all
from tests.bench.workloads import WORKLOADS

LARGER = replace(SMALL, name="larger", courses=4, enrolments=3, cases=120, old_attempts=30)


@pytest.fixture
def _what_ships(db: None) -> None:
    load_what_ships()


@pytest.mark.usefixtures("_what_ships")
def test_a_larger_site_takes_no_more_statements() -> None:
    small = counts(WORKLOADS, grow(SMALL))
    large = counts(WORKLOADS, grow(LARGER))
    assert not more_statements(small, large)


@pytest.mark.usefixtures("_what_ships")
def test_a_certificate_is_a_small_file() -> None:
    assert grow(SMALL).pdf_bytes <= PDF_BYTES


@pytest.fixture
def origin(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[str]:
    """Serve the site as production does, with hashed and compressed static files."""
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_OURS)
    connection = connections["default"]
    shared = {"default": connection} if connection.vendor == "sqlite" else {}
    connection.inc_thread_sharing()
    server = LiveServerThread("127.0.0.1", as_it_is, shared)  # type: ignore[arg-type]
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    connection.dec_thread_sharing()


def as_it_is(handler: Any) -> Any:
    """Leave static files to the site's own middleware."""
    return handler


@pytest.mark.browser
def test_every_page_keeps_its_budget_on_a_first_visit(origin: str, browser: Browser) -> None:
    load_what_ships()
    weights = weigh_all(browser, origin, pages(grow(SMALL)))
    assert not over_budget(weights)
