"""make bench: statements, weights and CPU ratios, on SQLite and on PostgreSQL where it is there.

With DATABASE_URL it runs on that database alone, which must be empty.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULE = "tests.bench.on_one_database"
NOT_OURS = ["wagtail*", "admin"]  # static files that no measured page asks for


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "PYTHONPATH": str(ROOT),
            "DATA_DIR": folder,
            "SECRET_KEY": "only-for-the-benchmark-on-loopback",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": "http://127.0.0.1",
            "EMAIL_URL": "dummymail://",
            "TRUSTED_PROXY_COUNT": "0",
        }
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        collect += [f"--ignore={pattern}" for pattern in NOT_OURS]
        subprocess.run(collect, cwd=ROOT, env=environment, check=True)
        bench = [sys.executable, "-m", MODULE, *sys.argv[1:]]
        codes = [
            subprocess.run([*prefix, *bench], cwd=ROOT, env=environment, check=False).returncode
            for prefix in databases()
        ]
    return max(codes)


def databases() -> list[list[str]]:
    """Return what each run's command begins with."""
    has_postgres = any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if "DATABASE_URL" in os.environ or not has_postgres:
        return [[]]
    return [[], [".ci/with_postgres"]]


if __name__ == "__main__":
    sys.exit(main())
