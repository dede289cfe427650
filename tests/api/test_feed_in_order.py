"""The feed in commit order: who reads while others write meets every change once, and no gap is filled later."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from registry.models import Change, Register
from tests import build

pytestmark = pytest.mark.usefixtures("committed")

WRITERS, ACTS = 6, 5


def test_a_reader_among_writers_misses_nothing():
    start = Register.objects.get().head
    begin, client, seen, after = threading.Barrier(WRITERS + 1), Client(), [], start

    def write(number: int) -> None:
        try:
            begin.wait()
            for turn in range(ACTS):
                with build.act() as act:
                    build.make_investor(act=act, name=f"SYN {number}-{turn}")
                    build.make_source(act=act)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(write, number) for number in range(WRITERS)]
        begin.wait()
        while True:
            ended = all(writer.done() for writer in writers)
            page = client.get(f"/api/v1/changes/?after={after}&page_size=3").json()
            seen += [event["seq"] for event in page["results"]]
            after = seen[-1] if seen else start
            if ended and after == page["head"]:
                break
        for writer in writers:
            writer.result()

    assert len(seen) == 2 * WRITERS * ACTS
    assert seen == list(Change.objects.in_feed(after=start).values_list("seq", flat=True))
