"""Eight real processes on forty cases of one run, and three that are killed in forty rounds."""

import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, connections

from sandbox.domain.events import Event
from sandbox.domain.folders import begin
from sandbox.domain.position import desk_of, replay
from sandbox.models import Run
from sandbox.selectors.rooms import log_of, room_of, setting_of
from tests.factories import UserFactory, a_run

CASES, RACERS, VICTIMS, ROUNDS = 40, 8, 3, 40
PATIENCE = 100  # seconds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(practice_room):
    return a_run(UserFactory(), number=CASES, arrive_later=0)


@pytest.fixture
def shared(run, tmp_path):
    """A database that other processes reach too: the server's, or SQLite's copy on disk."""
    if connection.vendor == "sqlite":
        copy = tmp_path / "shared.sqlite3"
        connection.cursor().execute("VACUUM INTO %s", [str(copy)])
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(connection.settings_dict, "NAME", str(copy))
            yield f"sqlite:///{copy}"
        return
    one = connection.settings_dict
    yield (
        f"postgres://{quote(one['USER'])}:{quote(one['PASSWORD'])}@{quote(one['HOST'], safe='')}"
        f":{one['PORT']}/{one['NAME']}"
    )


def look(work):
    """Read what the processes left, by a connection of its own."""

    def one():
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(one).result()


def let_loose(task: str, run: Run, url: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.sandbox.writers", task, str(run.pk), str(folder)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr


def assert_nothing_is_half_done(run_pk: int) -> list:
    """Every row follows from its log, and the log has no gap."""
    run = Run.objects.select_related("rules").get(pk=run_pk)
    log, terms = log_of(run), setting_of(run).terms
    assert [entry.number for entry in log] == list(range(1, len(log) + 1))
    assert run.length == len(log)
    assert run.clock >= log[-1].at
    events = {number: [] for number in range(1, CASES + 1)}
    for entry in log:
        if isinstance(entry, Event):
            events[entry.case].append(entry)
    for case in run.cases.all():
        rebuilt = replay(begin(case.facts), events[case.number], terms)
        assert case.position == rebuilt, case.code
        assert (case.desk_role, case.desk_office) == desk_of(rebuilt)
    assert room_of(run).length == len(log)
    return log


def test_eight_processes_on_forty_cases_take_one_step_each(run, shared, tmp_path):
    before = run.length
    let_loose("race", run, shared, tmp_path)

    answers = [json.loads((tmp_path / f"{n}.json").read_text()) for n in range(RACERS)]
    for number in map(str, range(1, CASES + 1)):
        said = Counter(answer[number] for answer in answers)
        assert said == {"done": 1, "changed": RACERS - 1}, (number, said)
    log = look(partial(assert_nothing_is_half_done, run.pk))
    assert len(log) == before + CASES


def test_writers_killed_in_the_middle_leave_nothing_half_done(run, shared, tmp_path):
    before = run.length
    let_loose("kill", run, shared, tmp_path)

    assert json.loads((tmp_path / "dead.json").read_text()) == VICTIMS * ROUNDS
    log = look(partial(assert_nothing_is_half_done, run.pk))
    assert len(log) > before + 2 * ROUNDS, "they were killed before they did anything"
