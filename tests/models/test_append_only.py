"""An act, a change, a ledger entry and a published table are never changed or deleted, by whatever way."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from registry.models import Act, CapitalEntry, Change, PublishedFigure
from registry.models.append_only import APPEND_ONLY, PARTIES
from registry.vocabulary.published import Asked, FigureKind
from tests import build

pytestmark = pytest.mark.django_db

COLUMN = {Act: "reason", Change: "code", CapitalEntry: "note", PublishedFigure: "title"}


@pytest.fixture(scope="module")
def key_of_an_entry(lasting):
    with lasting(one_of_each) as key:
        yield key


def one_of_each() -> int:
    build.freeze(Asked(FigureKind.CAPITAL, "zone", date(2023, 9, 30)))
    return build.make_entry(build.make_project(), 5).pk


@pytest.fixture(autouse=True)
def an_entry(key_of_an_entry, db):
    return CapitalEntry.objects.get(pk=key_of_an_entry)


def contents(model) -> list[dict]:
    return list(model.objects.order_by("pk").values())


def test_the_triggers_stand_on_these_tables():
    assert sorted(APPEND_ONLY) == sorted(model._meta.db_table for model in COLUMN)


@pytest.mark.parametrize("model", COLUMN, ids=lambda model: model.__name__)
def test_update_is_refused(model):
    before = contents(model)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.update(**{COLUMN[model]: "khác"})

    assert contents(model) == before


@pytest.mark.parametrize("model", COLUMN, ids=lambda model: model.__name__)
def test_delete_is_refused(model):
    before = contents(model)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.filter(pk=before[-1]["id" if "id" in before[-1] else "seq"])._raw_delete(using="default")

    assert contents(model) == before


@pytest.mark.parametrize("verb", ["UPDATE {table} SET {column} = 'x'", "DELETE FROM {table}"], ids=["update", "delete"])
@pytest.mark.parametrize("model", COLUMN, ids=lambda model: model.__name__)
def test_plain_sql_is_refused(model, verb):
    before = contents(model)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table=model._meta.db_table, column=COLUMN[model]))

    assert contents(model) == before


def test_an_entry_cannot_be_saved_again(an_entry):
    an_entry.note = "khác"

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        an_entry.save()

    assert CapitalEntry.objects.get(pk=an_entry.pk).note == ""


def test_an_entry_cannot_be_deleted(an_entry):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        CapitalEntry.objects.filter(pk=an_entry.pk).delete()

    assert CapitalEntry.objects.filter(pk=an_entry.pk).exists()


def test_an_entry_follows_its_parties_and_says_what_it_said(an_entry):
    buyer = build.make_investor()
    CapitalEntry.objects.filter(pk=an_entry.pk).update(buyer=buyer)
    assert CapitalEntry.objects.get(pk=an_entry.pk).buyer == buyer


OTHER = {"bigint": "7", "integer": "7", "varchar": "'x'", "text": "'x'", "date": "'2001-01-01'", "bool": "1 = 1",
         "datetime": "'2001-01-01 00:00:00+00:00'"}
KIND = {"BigAutoField": "bigint", "HundredthsField": "bigint", "ForeignKey": "bigint", "OneToOneField": "bigint",
        "PositiveIntegerField": "integer", "CharField": "varchar", "TextField": "text", "DateField": "date",
        "BooleanField": "bool", "DateTimeField": "datetime"}


@pytest.mark.parametrize("field", [
    field for field in CapitalEntry._meta.concrete_fields if field.column not in PARTIES
], ids=lambda field: field.column)
def test_nothing_else_of_an_entry_changes(field):
    """A column that comes later is guarded too: its migration makes the triggers again."""
    before = contents(CapitalEntry)
    value = OTHER[KIND[type(field).__name__]]

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE registry_capitalentry SET {field.column} = {value}")

    assert contents(CapitalEntry) == before
