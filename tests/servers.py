"""What the tests need from the system: a throw-away PostgreSQL, and a Chromium."""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

# Speed over safety: the data does not outlive the tests.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def chromium() -> str:
    """Path of the browser; ends the program with one line when there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    sys.exit("Chromium is missing: sudo apt-get install chromium")


def postgres_programs() -> Path:
    """Folder of initdb and pg_ctl; ends the program with one line when there is none."""
    # Debian keeps the server's programs out of PATH, one folder for each version.
    folders = [Path(name) for name in glob.glob("/usr/lib/postgresql/*/bin")]
    folders.sort(key=lambda folder: float(folder.parent.name), reverse=True)
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists() and _owner() is not None:
            return folder
    sys.exit("PostgreSQL is missing: sudo apt-get install postgresql")


@contextmanager
def postgres():
    """A PostgreSQL server of its own, in a temporary folder; yields its DATABASE_URL.

    No password on loopback, superuser `postgres`; stopped and deleted on the way out, whatever happened.
    """
    programs, owner, port = postgres_programs(), _owner(), _free_port()
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        if owner:
            shutil.chown(folder, owner["user"], owner["group"])
        data, log = f"{folder}/data", f"{folder}/log"

        def run(program, *arguments):
            # PGDATA, PGPORT and the like of the developer's own server must not reach this one.
            env = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
            # Output to a file: the server would hold a pipe open, and we would wait for its end.
            with open(log, "a") as out:
                done = subprocess.run(
                    [programs / program, "-D", data, *arguments],
                    cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out, **owner,
                )
            if done.returncode:
                raise RuntimeError(f"{program} failed:\n{Path(log).read_text()}")

        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        try:
            where = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
            run("pg_ctl", "start", "-w", "-t", "60", "-o", f"{where} {FAST}")
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            if Path(data, "postmaster.pid").exists():
                run("pg_ctl", "stop", "-m", "immediate", "-w")


def _owner() -> dict | None:
    """As whom the server runs: PostgreSQL refuses root. {} is the present user, None nobody suitable."""
    if os.geteuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        return None
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
