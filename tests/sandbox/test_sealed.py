"""Whatever is practised stays inside: no mail, no network, no clock but the run's own."""

import ast
import http.client
import smtplib
import socket
import urllib.request

import pytest
from django.core import mail
from django.core.mail import send_mail

from sandbox.domain.workflow import Action
from sandbox.selectors import offered
from sandbox.services import advance_clock, finish_run
from tests.architecture.source import name_of, python_files, tree
from tests.factories import NOW, UserFactory, a_run
from tests.sandbox.playing import next_morning, take

DESKS = ("l1", "meja-pelapor", "meja-nasional", "meja-instansi", "meja-penghubung",
         "meja-pengawas", "ujian-penghubung")  # fmt: skip
OUTSIDE = {
    "smtplib", "http.client", "urllib.request", "requests", "socket", "ssl", "ftplib", "asyncio",
    "django.core.mail", "django_tasks", "subprocess", "httpx",
}  # fmt: skip
EDGES = ("sandbox/views/", "sandbox/viewsets/", "sandbox/management/", "sandbox/receivers")
DRAW_SEEDS = ("sandbox/services/runs.py", "sandbox/services/families.py")  # attempts, and tries
WALL_CLOCKS = {("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"),
               ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"),
               ("date", "today"), ("time", "time"), ("time", "localtime")}  # fmt: skip


class LeftTheRoom(Exception):
    """Something in the practice room reached for the world outside."""


@pytest.fixture
def sealed(monkeypatch, settings):
    """No socket can be made, and whoever sends mail would need one."""

    def refuse(*args, **kwargs):
        raise LeftTheRoom(f"{args[1:]}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket.socket, "sendto", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def knock(address):
    with socket.socket() as door:
        door.connect(address)


@pytest.mark.parametrize(
    "reach_out",
    [
        lambda: send_mail("Halo", "Isi", "a@contoh.test", ["b@contoh.test"]),
        lambda: smtplib.SMTP("127.0.0.1"),
        lambda: urllib.request.urlopen("http://127.0.0.1:9"),
        lambda: http.client.HTTPConnection("127.0.0.1", 9).request("GET", "/"),
        lambda: socket.create_connection(("127.0.0.1", 9)),
        lambda: knock(("127.0.0.1", 9)),
    ],
    ids=["mail", "smtp", "urllib", "http", "connection", "socket"],
)
def test_the_seal_would_be_noticed(sealed, reach_out):
    with pytest.raises(LeftTheRoom):
        reach_out()


@pytest.mark.django_db
@pytest.mark.parametrize("code", DESKS)
def test_a_whole_exercise_is_played_without_leaving_the_room(practice_room, sealed, code):
    run = a_run(UserFactory(), code=code)
    for _ in range(15):
        for case in run.cases.reached().select_related("run__learner"):
            chosen = [each for each in offered(case) if each is not Action.LINK_DUPLICATE]
            if chosen:
                take(case, chosen[(case.number + run.length) % len(chosen)])
        run.refresh_from_db()
        run = advance_clock(run=run, seen=run.clock, to=next_morning(run), now=NOW)
    finish_run(run=run, now=NOW)
    assert run.log.filter(is_own=True).count() > 10
    assert mail.outbox == []


def imports(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_in_the_room_knows_a_way_out():
    """The build checks the same with a contract of import-linter (pyproject.toml)."""
    found = [
        f"{name_of(path)}: {name}"
        for path in python_files("sandbox")
        for name in imports(path)
        if any(name == each or name.startswith(f"{each}.") for each in OUTSIDE)
    ]
    assert found == []


def test_only_the_edges_look_at_the_wall_clock():
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files("sandbox")
        if not name_of(path).startswith(EDGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in WALL_CLOCKS
    ]
    assert found == []


def test_the_room_rolls_no_dice_but_its_own():
    """All chance comes from the run's seed, which alone is drawn from the machine."""
    found = []
    for path in python_files("sandbox"):
        found += [
            f"{name_of(path)}: {name}"
            for name in imports(path)
            if name.startswith("random.") and name != "random.Random"
        ]
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import) and "random" in [alias.name for alias in node.names]:
                found.append(f"{name_of(path)}:{node.lineno}")
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in ("secrets", "uuid")
                and name_of(path) not in DRAW_SEEDS
            ):
                found.append(f"{name_of(path)}:{node.lineno}")
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Random" and not node.args:
                found.append(f"{name_of(path)}:{node.lineno}")
    assert found == []
