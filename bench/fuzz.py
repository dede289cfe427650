"""Schemathesis, all its checks, against the API's own schema: without a key and with a partner's, on SQLite and on a
PostgreSQL server of its own, at least 10,000 calls each. ``make fuzz``; one of them with
``python bench/fuzz.py sqlite anonymous --calls 2000``.

The register has the press facts, so that every answer has something in it. What the schema cannot say is no failure:
which codes exist (400), that a code was withdrawn or a number lies beyond the last change (410).
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager, nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import servers

CONFIG = """
[generation]
database = "none"

[checks.positive_data_acceptance]
expected-statuses = [200, 304, 400, 401, 404, 410]
"""
# What the first phase asks of every parameter by itself, and about how many calls each further example means.
FIRST_PHASE, CALLS_AN_EXAMPLE = 4_000, 40
MAKE_KEY = """
import django; django.setup()
from tests import build
print(build.issue_key(scope="partner", purpose="fuzz")[1])
"""


def run(command: list[str], env: dict, **options):
    return subprocess.run(command, cwd=ROOT, env=env, check=True, **options)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(env: dict, folder: Path):
    """The register under gunicorn, as in production; yields its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with open(folder / "server.log", "w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "bacninh_fdi.wsgi:application", "--threads", "4", "--workers", "1",
             "--limit-request-line", "8190", "--no-control-socket", "--bind", f"127.0.0.1:{port}",
             "--access-logfile", str(folder / "access.log")], cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        for _try in range(120):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=5)
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def fuzz(database: str, url: str, who: str, calls: int, folder: Path) -> bool:
    """Run it once; True where nothing was found."""
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bacninh_fdi.settings", "API_ANON_RATE": "",
                        "API_BASIC_RATE": "", "API_MIRROR_RATE": ""}
    config = folder / "schemathesis.toml"
    config.write_text(CONFIG)
    key = ""
    if who == "partner":
        key = run([sys.executable, "-c", MAKE_KEY], env, capture_output=True, text=True).stdout.split()[-1]
    with served(env, folder) as address:
        examples = max(8, (calls - FIRST_PHASE) // CALLS_AN_EXAMPLE)
        command = [
            sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run",
            f"{address}/api/v1/openapi.json", "--checks", "all", "--phases", "coverage,fuzzing", "--no-shrink",
            "--continue-on-failure", "--no-color", "--max-examples", str(examples),
            "--seed", "20261127", *(["-H", f"Authorization: Bearer {key}"] if key else []),
        ]
        with open(folder / "report.txt", "w") as report:
            code = subprocess.run(command, cwd=folder, env=env, stdout=report, stderr=report).returncode
    told = (folder / "report.txt").read_text()
    made = re.search(r"([\d,]+) generated", told)
    logs = (folder / "access.log").read_text() + (folder / "server.log").read_text()
    leaked = bool(key) and key.partition(".")[2] in logs
    faults = len(re.findall(r'" 5\d\d ', logs))
    print(f"{database}, {who}: {made[1] if made else '?'} calls, {faults} answers of 5xx, "
          f"{'nothing found' if code == 0 else 'see below'}{', THE KEY IS IN A LOG' if leaked else ''}", flush=True)
    if code:
        print(told[told.find("= FAILURES"):])
    return code == 0 and not leaked and not faults


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("database", nargs="?", choices=["sqlite", "postgres"])
    asked.add_argument("who", nargs="?", choices=["anonymous", "partner"])
    asked.add_argument("--calls", type=int, default=10_000)
    given = asked.parse_args()
    good = True
    for database in [given.database] if given.database else ["sqlite", "postgres"]:
        with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
            sqlite = nullcontext(f"sqlite:///{name}/register.sqlite3")
            with servers.postgres() if database == "postgres" else sqlite as url:
                run([sys.executable, "manage.py", "prepare"], os.environ | {"DATABASE_URL": url},
                    stdout=subprocess.DEVNULL)
                for who in [given.who] if given.who else ["anonymous", "partner"]:
                    folder = Path(name, who)
                    folder.mkdir()
                    good &= fuzz(database, url, who, given.calls, folder)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
