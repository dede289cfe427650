"""Every check, and the whole suite on both databases.

`python -m tests [--sqlite | --postgres] [pytest arguments]`. The last line is `N passed, N failed`.
Where both databases are asked for, pages are looked at for accessibility once, on the second: the tests that do only
that run there alone.
What was skipped, and a check that did not run, counts as failed.
"""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from tests import servers

ROOT = Path(__file__).resolve().parent.parent
# The developer's own environment must not decide what the tests see.
SETTINGS = {
    "DATABASE_URL", "DATABASE_REPLICA_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "CACHE_URL", "PAGES_CACHE_URL",
    "PORT", "API_ANON_RATE", "API_BASIC_RATE", "API_MIRROR_RATE", "API_KEY_PEPPERS",
    "CORRECTIONS_RATE", "CORRECTIONS_WORKING_DAYS", "PROXIES", "LOAD_PRESS", "SECURITY_CONTACT",
    "TWO_PERSON_RULE", "SECOND_FACTOR", "SESSION_IDLE_MINUTES", "SESSION_HOURS",
    "SERVED_SECURELY", "CSRF_TRUSTED_ORIGINS", "SITE_ADDRESS", "DUMPS_DIR",
    "DJANGO_SETTINGS_MODULE", "PYTEST_ADDOPTS", "LOOKED_AT",
    # A container often sets it: each process would then translate the register and all tests anew.
    "PYTHONDONTWRITEBYTECODE",
}


def main(arguments: list[str]) -> int:
    legs = [name for name in ("sqlite", "postgres") if f"--{name}" in arguments] or ["sqlite", "postgres"]
    arguments = [argument for argument in arguments if argument not in ("--sqlite", "--postgres")]
    # First of all, so that what is missing is said at once and not after minutes.
    servers.chromium()
    if "postgres" in legs:
        servers.postgres_programs()
    # Otherwise SIGTERM would leave the PostgreSQL server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    with tempfile.TemporaryDirectory(prefix="tests-") as folder:
        sqlite = {"DATABASE_URL": f"sqlite:///{folder}/registry.sqlite3"}
        checks = {
            "ruff": ["ruff", "check", "."],
            "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
        }
        passed, failed = 0, sum(not check(name, command, sqlite) for name, command in checks.items())
        for leg in legs:
            report = Path(folder, f"{leg}.xml")
            which, looks = ([], {}) if leg == legs[-1] else (["-m", "not every_page"], {"LOOKED_AT": "elsewhere"})
            if leg == "sqlite":
                code = run_suite(leg, which + arguments, report, sqlite | looks)
            else:
                with servers.postgres() as url:
                    code = run_suite(leg, which + arguments, report, {"DATABASE_URL": url} | looks)
            leg_passed, leg_failed = count(report)
            if code and not leg_failed:
                print(f"{leg}: pytest ended with {code}")
                leg_failed = 1
            print(f"{leg}: {leg_passed} passed, {leg_failed} failed\n", flush=True)
            passed, failed = passed + leg_passed, failed + leg_failed
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def run(command: list[str], settings: dict[str, str]) -> int:
    env = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return subprocess.run(command, cwd=ROOT, env=env | settings, stdin=subprocess.DEVNULL).returncode


def check(name: str, command: list[str], settings: dict[str, str]) -> bool:
    """Run one check that is no test; True when it found nothing."""
    module = ["-m"] if command[0] == "ruff" else []
    print(f"== {name}: {shlex.join(command)}", flush=True)
    good = run([sys.executable, *module, *command], settings) == 0
    print(f"{name}: {'ok' if good else 'failed'}\n", flush=True)
    return good


def run_suite(leg: str, arguments: list[str], report: Path, settings: dict[str, str]) -> int:
    """Run pytest against one database; its exit code. An argument given by hand wins over ours. One file stays with
    one worker: what a module makes for its tests is made once."""
    command = ["-m", "pytest", "-n", "2", "--dist", "loadfile", f"--junit-xml={report}", *arguments]
    print(f"== {leg}: python {shlex.join(command)}", flush=True)
    return run([sys.executable, *command], settings)


def count(report: Path) -> tuple[int, int]:
    """(passed, failed) of a JUnit report; (0, 0) when pytest wrote none."""
    passed = failed = 0
    for case in ET.parse(report).iter("testcase") if report.exists() else ():
        name = f"{case.get('classname')}::{case.get('name')}"
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif (skipped := case.find("skipped")) is not None:
            print(f"skipped, which counts as failed: {name}: {skipped.get('message')}")
            failed += 1
        else:
            passed += 1
    return passed, failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
