"""Real processes that act in one run; started by test_many_processes.

    python -m tests.sandbox.writers race RUN FOLDER      eight writers, one step each on every case
    python -m tests.sandbox.writers kill RUN FOLDER      three writers, killed again and again

Every writer is a fork with a database connection of its own. Answers go to files in FOLDER.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import django

django.setup()

from django.db import connections  # noqa: E402 – Django must be set up first
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from sandbox.domain.workflow import Action, ActionNotAllowed, Role  # noqa: E402
from sandbox.models import Run  # noqa: E402
from sandbox.selectors.files import words  # noqa: E402
from sandbox.services import CaseChanged, ClockMoved, advance_clock, take_action  # noqa: E402
from tests.factories import NOW  # noqa: E402
from tests.sandbox.playing import choices_for, next_morning  # noqa: E402

RACERS, VICTIMS, ROUNDS = 8, 3, 40
SHORTEST, LONGEST = 0.08, 0.4  # seconds until the killed are killed
AT_INTAKE = (Action.HOLD, Action.RETURN, Action.ARCHIVE)
ANY = (*AT_INTAKE, Action.VERIFY, Action.DISPOSE, Action.NOTE, Action.CHANGE_SECRECY)


def fork(work: Callable[[], None]) -> int:
    """Start a process that does `work` and nothing else; return its number."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        work()
        status = 0
    finally:
        sys.stderr.flush()
        os._exit(status)


def race(run_pk: int, folder: Path) -> None:
    start = time.monotonic() + 1
    writers = [fork(lambda n=n: run_through(run_pk, n, start, folder)) for n in range(RACERS)]
    statuses = [os.waitpid(pid, 0)[1] for pid in writers]
    if any(statuses):
        sys.exit(f"writers ended with {statuses}")


def run_through(run_pk: int, writer: int, start: float, folder: Path) -> None:
    """Act on all cases as they were at the start; odd writers use the pages like a browser."""
    run = Run.objects.select_related("learner").get(pk=run_pk)
    cases = list(run.cases.select_related("run__learner").order_by("number"))
    client = Client(HTTP_HOST="localhost")
    client.force_login(run.learner)
    time.sleep(max(start - time.monotonic(), 0))
    said = {}
    for case in cases:
        action = AT_INTAKE[(writer + case.number) % len(AT_INTAKE)]
        text = f"Tulisan dari orang ke-{writer} tentang laporan ini."
        press = press_page if writer % 2 else press_service
        said[case.number] = press(client, case, action, text)
    (folder / f"{writer}.json").write_text(json.dumps(said))


def press_service(client: Client, case, action: Action, text: str) -> str:
    try:
        take_action(
            case=case,
            version=case.version,
            action=action,
            actor=case.run.learner,
            choices=choices_for(action, Role(case.run.role)),
            text=text,
            now=NOW,
        )
    except CaseChanged:
        return "changed"
    except ActionNotAllowed:
        return "not allowed"
    return "done"


def press_page(client: Client, case, action: Action, text: str) -> str:
    choices = choices_for(action, Role(case.run.role))
    form = {**choices, "version": case.version, "text": text, "confirmed": "yes"}
    address = reverse("sandbox:act", args=[case.run_id, case.number, action])
    answer = client.post(address, form)
    page = answer.content.decode()
    if answer.status_code == 302:
        return "done"
    if answer.status_code == 409:
        return "changed" if text in page else "lost text"
    return f"page {answer.status_code}"


def kill(run_pk: int, folder: Path) -> None:
    dice, dead = Random(1), 0
    for round_ in range(ROUNDS):
        writers = [fork(lambda n=n: write_on(run_pk, round_, n)) for n in range(VICTIMS)]  # noqa: B023
        time.sleep(dice.uniform(SHORTEST, LONGEST))
        for pid in writers:
            os.kill(pid, signal.SIGKILL)
        statuses = [os.waitpid(pid, 0)[1] for pid in writers]
        dead += sum(os.WIFSIGNALED(status) for status in statuses)
        if any(os.WIFEXITED(status) for status in statuses):
            sys.exit(f"writers ended by themselves: {statuses}")
    (folder / "dead.json").write_text(json.dumps(dead))


def write_on(run_pk: int, round_: int, writer: int) -> None:
    """Act for ever; one of the writers moves the clock, which moves many cases at once."""
    dice = Random(f"{round_}/{writer}")
    while True:
        run = Run.objects.select_related("learner").get(pk=run_pk)
        if writer == 0 and dice.random() < 0.3:
            move_clock(run)
        case = run.cases.select_related("run__learner").order_by("?").first()
        press_service(None, case, dice.choice(ANY), f"Catatan {dice.random()}.")


def move_clock(run: Run) -> None:
    try:
        advance_clock(run=run, seen=run.clock, to=next_morning(run), now=NOW)
    except ClockMoved:
        return


if __name__ == "__main__":
    words()  # what a process reads from files once, forks need not read again
    connections.close_all()  # no connection is shared
    {"race": race, "kill": kill}[sys.argv[1]](int(sys.argv[2]), Path(sys.argv[3]))
