"""The pages of bench/admin_speed.py, asked for in one process; the last line that it prints is JSON."""

import json
import os
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
django.setup()

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

TIMES = 11


def asked(client: Client, url: str) -> dict:
    """The milliseconds of each answer but the first, by the clock; the work of one in milliseconds of processor time,
    Python's and the database's; the queries of the last, and its length."""
    times, worked = [], 0.0
    for time_ in range(TIMES):
        begun, before = time.perf_counter(), work()
        answer = client.get(url)
        times.append(1000 * (time.perf_counter() - begun))
        worked += 1000 * (work() - before) if time_ else 0
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return {"ms": times[1:], "work": worked / (TIMES - 1), "queries": len(queries), "bytes": len(answer.content)}


def work() -> float:
    """Seconds of processor time of this process and of its PostgreSQL backend, which Linux tells in hundredths."""
    if connection.vendor != "postgresql":
        return time.process_time()
    fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum does within a minute of such a load
            cursor.execute("SET max_parallel_workers_per_gather = 0")  # their work could not be counted
    officer = get_user_model().objects.create_superuser("bench")
    client = Client(SERVER_NAME="localhost")
    client.force_login(officer)
    projects = reverse("admin:registry_project_changelist")
    print(json.dumps({
        page: asked(client, query if query.startswith("/") else projects + query)
        for page, query in json.loads(sys.argv[1]).items()
    }))


if __name__ == "__main__":
    main()
