"""Two hundred rounds of two officers at one record, at the same moment, each by one of four ways: nothing is lost,
nothing is written twice, and who came second is told."""

import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations_with_replacement
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from registry.admin.address import address_of
from registry.exchange.check.everything import problems
from registry.models import Act, Change, ImportBatch, Investor
from registry.vocabulary.batch import BatchState
from registry.vocabulary.publication import Publication
from tests import build
from tests.admin.clerk import Clerk, words_of

pytestmark = pytest.mark.usefixtures("committed")

ROUNDS = 200
BULK = reverse("admin:registry_investor_publish-chosen")


@dataclass(frozen=True)
class Ready:
    """What an officer's browser is about to send, and what the record then holds. ``test_every_version`` sees that
    the pages do carry this version."""

    url: str
    fields: dict
    wanted: dict


def seen(record, **typed) -> dict:
    return {"version": record.version, "key": uuid4().hex, "reason": "đã xem", **typed}


def by_form(clerk: Clerk, record: Investor) -> Ready:
    typed = {"name": record.name, "kind": record.kind, "name_en": f"By {clerk.user}"}
    return Ready(address_of(record), seen(record, **typed), {"name_en": typed["name_en"]})


def by_bulk(clerk: Clerk, record: Investor) -> Ready:
    return Ready(BULK, seen(record, chosen=f"{record.pk}.{record.version}"), {"publication": Publication.PUBLISHED})


def by_page(clerk: Clerk, record: Investor) -> Ready:
    name, then = ("withdraw", Publication.WITHDRAWN) if record.is_public() else ("give-back", Publication.DRAFT)
    return Ready(address_of(record, name), seen(record), {"publication": then})


def by_import(clerk: Clerk, record: Investor) -> Ready:
    name = f"Tệp của {clerk.user}"
    rows = f"code,name\n{record.code},{name}\n"
    batch = build.make_batch(rows.encode(), table="investors", name=f"{clerk.user}.csv")
    return Ready(address_of(batch, "publish"), seen(batch), {"name": name})


WAYS: tuple[Callable[[Clerk, Investor], Ready], ...] = (by_form, by_bulk, by_page, by_import)
# A file changes what the public sees, and the boxes stand beside what it does not see yet: these two never meet.
PAIRS = [pair for pair in combinations_with_replacement(WAYS, 2) if pair != (by_bulk, by_import)]
TOLD = re.compile("người khác|đã có người sửa")


@pytest.fixture
def clerks(settings) -> list[Clerk]:
    settings.TWO_PERSON_RULE = True
    made = []
    for name in ("lan", "minh"):
        client, user = Client(), build.make_officer(name)
        client.force_login(user)
        made.append(Clerk(client, user))
    return made


def pair_of(number: int) -> tuple:
    return PAIRS[number % len(PAIRS)]


def records() -> list[Investor]:
    """One for each round."""
    states = [Publication.PUBLISHED if by_import in pair_of(number) else Publication.IN_REVIEW
              for number in range(ROUNDS)]
    with build.act() as act:
        return [build.make_investor(act=act, name=f"Nhà đầu tư {number}", publication=state)
                for number, state in enumerate(states)]


@pytest.fixture
def desks() -> Iterator[list[ThreadPoolExecutor]]:
    """A thread for each officer, and so a connection."""
    made = [ThreadPoolExecutor(1) for _officer in range(2)]
    yield made
    for each in made:
        each.submit(connections.close_all).result()
        each.shutdown()


def at_once(desks: list[ThreadPoolExecutor], clerks: list[Clerk], ready: list[Ready]) -> list:
    """Both send what they have before them at the same moment; the answers."""
    start = threading.Barrier(2)

    def send(clerk: Clerk, page: Ready):
        start.wait()
        return clerk.client.post(page.url, page.fields)

    sent = [desk.submit(send, clerk, page) for desk, clerk, page in zip(desks, clerks, ready, strict=True)]
    return [each.result() for each in sent]


def test_two_hundred_rounds(clerks, desks):
    wins, rounds = dict.fromkeys(("lan", "minh"), 0), records()
    for number, record in enumerate(rounds):
        ready = [way(clerk, record) for way, clerk in zip(pair_of(number), clerks, strict=True)]
        acts, batches = Act.objects.count(), ImportBatch.objects.filter(state=BatchState.PUBLISHED).count()

        answers = at_once(desks, clerks, ready)

        where = f"round {number}: {[page.url for page in ready]}"
        assert sorted(answer.status_code for answer in answers) == [200, 302], where
        first, second = sorted(range(2), key=lambda place: -answers[place].status_code)
        assert TOLD.search(words_of(answers[second])), where
        now = Investor.objects.get(pk=record.pk)
        as_before = {name: getattr(record, name) for name in ("name", "name_en", "publication")}
        assert {name: getattr(now, name) for name in as_before} == as_before | ready[first].wanted, where
        assert now.version == 2 and Act.objects.count() == acts + 1, where
        assert Act.objects.latest("pk").by == clerks[first].user, where
        published = ImportBatch.objects.filter(state=BatchState.PUBLISHED).count()
        assert published - batches == (pair_of(number)[first] is by_import), where
        wins[clerks[first].user.username] += 1
    logged = Change.objects.filter(kind="investor").values_list("code", "after__version")
    assert sorted(logged) == sorted((record.code, version) for record in rounds for version in (1, 2))
    assert sum(wins.values()) == ROUNDS and min(wins.values()) > 0, wins
    assert list(problems()) == []
