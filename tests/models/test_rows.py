"""Many rows in one go, as both databases take them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from registry.models import Change, Country, Source, Stake
from registry.models.rows import FEW_PAGES, few_pages, insert_rows
from tests import build

pytestmark = pytest.mark.django_db

AT = datetime(2023, 6, 1, 3, 4, 5, 678901, tzinfo=UTC)


def source(name: str, **changes) -> Source:
    return Source(**{"code": name, "name": name, "kind": "article", "updated_at": AT} | changes)


def test_nothing_is_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows([])


def test_rows_are_read_as_they_were_written():
    country = Country(code="ZZ", name="tab\t, dòng\n và \\N", aliases=["\"a\"", "đ"], name_sort=b"\x00\x01\xff",
                      updated_at=AT)
    insert_rows([country])

    read = Country.objects.get(pk=country.pk)
    assert (read.code, read.name, read.aliases, bytes(read.name_sort), read.updated_at) == (
        "ZZ", "tab\t, dòng\n và \\N", ["\"a\"", "đ"], b"\x00\x01\xff", AT
    )


def test_days_amounts_and_nulls():
    project, investor = build.make_project(investors=[]), build.make_investor()
    insert_rows([Stake(project=project, investor=investor, position=1, share_percent=Decimal("33.33"))])
    insert_rows([source("A", published_earliest=date(2023, 5, 1), published_latest=date(2023, 5, 31))])

    stake = Stake.objects.get()
    assert (stake.project, stake.share_percent, stake.contributed_usd) == (project, Decimal("33.33"), None)
    assert Source.objects.get(code="A").published_on.latest == date(2023, 5, 31)


def test_keys_come_from_the_sequence_and_leave_it_right():
    before = build.make_source()
    many = [source(f"S{number}") for number in range(3)]
    insert_rows(many)

    assert [each.pk for each in many] == sorted({each.pk for each in many})
    assert many[0].pk > before.pk
    assert build.make_source().pk > many[-1].pk


def test_a_broken_constraint_is_djangos_own_error():
    build.make_source(code="TWICE")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([source("ONCE"), source("TWICE")])
    assert not Source.objects.filter(code="ONCE").exists()


def test_changes_go_this_way_and_their_payload_stays_whole():
    made = build.make_source(name="dấu \" và \\ và \t")

    assert Change.objects.get(kind="source", code=made.code).after["name"] == "dấu \" và \\ và \t"


def test_sqlite_keeps_few_pages_meanwhile():
    with CaptureQueriesContext(connection) as asked, pytest.raises(LookupError), few_pages():
        raise LookupError
    said = [each["sql"] for each in asked]
    if connection.vendor == "postgresql":  # which shares its pages among all
        assert not said
    else:
        usual = pages_of_sqlite()
        assert said == ["PRAGMA cache_size", f"PRAGMA cache_size = {FEW_PAGES}", f"PRAGMA cache_size = {usual}"]
        assert usual != FEW_PAGES


def pages_of_sqlite() -> int:
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA cache_size").fetchone()[0]
