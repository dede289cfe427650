"""Many processes at once never pass a quota, on either database."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from django.db import connection

from registry.actions.quota import take, used_in
from registry.models import counts
from registry.vocabulary.quota import rates_of
from tests import build

NOON = datetime(2026, 11, 27, 12, 0, 20, tzinfo=UTC)

ASKER = """
import django; django.setup()
from datetime import datetime, UTC
from registry.actions.quota import take
from registry.vocabulary.quota import rates_of
rates = rates_of("100/min,150/day")
at = datetime(2026, 11, 27, 12, 0, 20, tzinfo=UTC)
print(sum(take("many", rates, at=at).allowed for _request in range(60)))
"""


def test_processes_at_once_pass_no_quota(committed):
    """Four processes ask 60 times each, and four threads in this one 20 times, while an act holds the register."""
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        at = connection.settings_dict
        url = f"postgres://{at['USER']}@{at['HOST']}:{at['PORT']}/{name}"
    settings = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bacninh_fdi.settings"}
    counts.forget(2**60)

    def ask(_thread) -> int:
        try:
            return sum(take("many", rates_of("100/min,150/day"), at=NOON).allowed for _request in range(20))
        finally:
            connection.close()

    with build.act():  # holds the lock of the register
        running = [subprocess.Popen([sys.executable, "-c", ASKER], env=settings, stdout=subprocess.PIPE, text=True)
                   for _process in range(4)]
        with ThreadPoolExecutor(4) as threads:
            allowed = sum(threads.map(ask, range(4)))
        allowed += sum(int(each.communicate(timeout=120)[0]) for each in running)

    assert allowed == 100
    assert used_in("many", rates_of("150/day")[0], at=NOON) == 100
