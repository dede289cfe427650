"""The pages of bench/admin_speed.py, asked for in one process; the last line that it prints is JSON."""

import json
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

TIMES = 6


def asked(client: Client, url: str) -> dict:
    """The milliseconds of each answer but the first, the queries of the last, and its length."""
    times = []
    for _time in range(TIMES):
        begun = time.perf_counter()
        answer = client.get(url)
        times.append(1000 * (time.perf_counter() - begun))
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return {"ms": times[1:], "queries": len(queries), "bytes": len(answer.content)}


def main() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum does within a minute of such a load
    officer = get_user_model().objects.create_superuser("bench")
    client = Client(SERVER_NAME="localhost")
    client.force_login(officer)
    projects = reverse("admin:registry_project_changelist")
    print(json.dumps({page: asked(client, projects + query) for page, query in json.loads(sys.argv[1]).items()}))


if __name__ == "__main__":
    main()
