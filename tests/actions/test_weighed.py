"""SQLite plans by what it saw of its tables: it is to look again when they have grown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.actions import writing
from registry.models.rows import weigh_tables
from tests import build

pytestmark = pytest.mark.django_db


def test_an_act_of_many_changes_weighs_the_tables(monkeypatch):
    weighed = []
    monkeypatch.setattr(writing, "weigh_tables", lambda: weighed.append(True))
    monkeypatch.setattr(writing, "MANY_CHANGES", 3)
    for names, times in ((["một", "hai"], 0), (["ba", "bốn", "năm"], 1)):
        with build.act() as act:
            for name in names:
                build.make_zone(act=act, name=name)
        assert len(weighed) == times


def test_sqlite_looks_and_postgresql_looks_by_itself():
    build.make_zone()
    with CaptureQueriesContext(connection) as asked:
        weigh_tables()
    looked = [each["sql"] for each in asked if not each["sql"].startswith("PRAGMA")]
    assert looked == (["ANALYZE"] if connection.vendor == "sqlite" else [])
