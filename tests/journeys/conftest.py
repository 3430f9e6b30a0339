"""The site that `make demo` builds, in a folder of its own, as a new user would start it."""

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "latihan-aman-sekali"


@dataclass(frozen=True)
class DemoSite:
    """Where the site answers, and the environment that its commands need."""

    url: str
    env: dict[str, str]

    def ask(self, code: str) -> Any:
        """Run `code` beside the site and read what it prints as JSON: the tester's cheat sheet."""
        answer = subprocess.run(
            [ROOT / ".venv" / "bin" / "python", "manage.py", "shell", "-v", "0", "-c", code],
            cwd=ROOT,
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
        )
        return json.loads(answer.stdout)


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {
        "DATA_DIR": str(tmp_path_factory.mktemp("demo")),
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
    }
    server = subprocess.Popen(
        ["make", "demo"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert server.stdout is not None
    said = []
    for line in server.stdout:
        said.append(line)
        if f"127.0.0.1:{port}/" in line:
            break
    else:
        pytest.fail("make demo ended before the site was open:\n" + "".join(said))
    yield DemoSite(f"http://127.0.0.1:{port}", env)
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(timeout=20)
    server.stdout.close()
