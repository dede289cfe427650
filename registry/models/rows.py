"""Many rows of one table in one go, in the way that each database takes fastest.

``bulk_create`` builds its SQL anew for every few rows, which was most of the time of a load of half a million:
this takes half of it on SQLite and a quarter on PostgreSQL, and ``bulk_update`` is slower still. It neither checks nor
signals anything.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain, islice

import orjson
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.base import ModelState

from registry.models.fields import HundredthsField
from registry.vocabulary.money import to_hundredths

TAKEN_AS_IS = {models.CharField, models.TextField, models.ForeignKey, models.OneToOneField, models.BooleanField,
               models.PositiveIntegerField, models.BigAutoField}
PLAIN = frozenset({str, int, bool})

FEW = 30  # attributes of a record
FEW_PAGES = -1000  # kB
CHUNK = 500  # SQLite takes no list of more than a thousand

Column = tuple[str, models.Field, frozenset[type], Callable | None]


def in_chunks(items: Iterable, size: int = CHUNK) -> Iterator[list]:
    """The items in lists that both databases take."""
    items = list(items)
    for start in range(0, len(items), size):
        yield items[start:start + size]


@contextmanager
def few_pages() -> Iterator[None]:
    """Let SQLite keep few pages in memory meanwhile: what is written row after row, or read through once, is not read
    again soon, and of an import of thousands they would be a tenth of its memory."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        kept = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = {FEW_PAGES}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {kept}")


def weigh_tables() -> None:
    """Let SQLite see how many rows its tables have and how they differ: by that it plans, and without it, or where it
    saw the tables when they were small, it reads whole tables for one page. PostgreSQL looks by itself. A second for
    half a million rows."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite":
        with few_pages(), connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def blank(model: type[models.Model]):
    """A new record, every column at its default: ``model()`` without its work, which tells in tens of thousands."""
    record = model.__new__(model)
    kept, made = _defaults(model)
    record.__dict__ = values = kept.copy()
    for name, make in made:
        values[name] = make()
    values["_state"] = ModelState()
    return record


def relate(record: models.Model, **others: models.Model | None) -> None:
    """Set relations of a new record, without asking for each in which database it is."""
    for name, other in others.items():
        record.__dict__[_column_of(type(record), name)] = other and other.pk
        record._state.fields_cache[name] = other


@cache
def _column_of(model: type[models.Model], name: str) -> str:
    return model._meta.get_field(name).attname


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, object], list[tuple[str, Callable]]]:
    """The defaults of the columns: those that are always the same, and those to be made anew."""
    made = [(field.attname, field.get_default) for field in model._meta.concrete_fields
            if field.has_default() and callable(field.default)]
    kept = vars(model())
    # Of few attributes Python keeps the names once for all records and all copies of this dict; one of more it has made
    # too large, and copies it with the room that it leaves.
    return kept if len(kept) <= FEW else dict(kept.items()), made


def insert_rows(records: Sequence[models.Model]) -> None:
    """Write new records of one model; those without a key get theirs from the table's sequence."""
    if not records:
        return
    # The connection itself: its everyday proxy looks it up anew for each of millions of values.
    connection = connections[DEFAULT_DB_ALIAS]
    model = type(records[0])
    if records[0].pk is None:
        for record, key in zip(records, _next_keys(connection, model, len(records)), strict=True):
            record.pk = key
    prepared = _columns(model, connection.vendor)
    insert_values(model, model._meta.concrete_fields, (_prepared(record, prepared, connection) for record in records))
    for record in records:
        record._state.adding, record._state.db = False, connection.alias


def insert_values(model: type[models.Model], fields: Sequence[models.Field], rows: Iterable[Sequence]) -> None:
    """Write rows of one table, each a value for each field as the database takes it."""
    connection = connections[DEFAULT_DB_ALIAS]
    quoted = connection.ops.quote_name
    table, columns = quoted(model._meta.db_table), ", ".join(quoted(field.column) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            _insert_by_many(connection, f"INSERT INTO {table} ({columns}) VALUES", len(fields), rows)


def _insert_by_many(connection, insert: str, width: int, rows: Iterable[Sequence]) -> None:
    """Many rows a statement: at the end of each SQLite's index of words writes what it was told, which row by row took
    more time than the rows. Past the everyday cursor, which keeps statements with their values where it debugs."""
    place, rows = f"({', '.join('?' * width)})", iter(rows)
    with connection.wrap_database_errors:
        while some := list(islice(rows, max(1, connection.features.max_query_params // width))):
            values = list(chain.from_iterable(some))
            connection.connection.execute(f"{insert} {', '.join([place] * len(some))}", values)


def update_rows(records: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these columns of records of one model; their versions and everything else are the caller's."""
    if not records:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    options = type(records[0])._meta
    fields = [options.get_field(name) for name in names]
    quoted = connection.ops.quote_name
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    prepared = _with_kinds(fields, connection.vendor)
    rows = [[*_prepared(record, prepared, connection), record.pk] for record in records]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quoted(options.db_table)} SET {columns} WHERE {quoted(options.pk.column)} = %s", rows)


def update_versions(records: Sequence[models.Model], names: Sequence[str]) -> int:
    """Write these columns of the records that still have the version which was read, and raise it; return how many
    they were. The records keep the version that was read."""
    connection = connections[DEFAULT_DB_ALIAS]
    options = type(records[0])._meta
    fields = [options.get_field(name) for name in names]
    quoted = connection.ops.quote_name
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    prepared = _with_kinds(fields, connection.vendor)
    rows = [[*_prepared(record, prepared, connection), record.pk, record.version] for record in records]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quoted(options.db_table)} SET {columns}, version = version + 1 "
            f"WHERE {quoted(options.pk.column)} = %s AND version = %s", rows)
        return cursor.rowcount


def _prepared(record: models.Model, columns: list[Column], connection) -> list:
    """The values of a row as the database takes them. Values of the usual type need little work or none."""
    values = record.__dict__
    return [value if (value := values[name]) is None
            else (quick(value) if quick else value) if type(value) in usual
            else field.get_db_prep_save(value, connection)
            for name, field, usual, quick in columns]


@cache
def _columns(model: type[models.Model], vendor: str) -> list[Column]:
    return _with_kinds(model._meta.concrete_fields, vendor)


def _with_kinds(fields: Iterable[models.Field], vendor: str) -> list[Column]:
    return [(field.attname, field, *_usual(field, vendor)) for field in fields]


def _usual(field: models.Field, vendor: str) -> tuple[frozenset[type], Callable | None]:
    """The usual types of a column's values, and what makes of such a value what ``get_db_prep_save`` would, quicker;
    None where they go as they are."""
    kind = type(field)
    if kind in TAKEN_AS_IS:
        return PLAIN, None
    if kind is HundredthsField:
        return frozenset({Decimal}), to_hundredths
    if kind is models.JSONField:
        return frozenset({dict, list}), _json
    if kind is models.DateField:
        return frozenset({date}), date.isoformat if vendor == "sqlite" else None
    if kind is models.DateTimeField:
        return frozenset({datetime}), lru_cache(maxsize=100)(
            lambda moment: field.get_db_prep_save(moment, connections[DEFAULT_DB_ALIAS]))
    return frozenset(), None


def _json(value: dict | list) -> str:
    return orjson.dumps(value).decode()


def _next_keys(connection, model, count: int) -> list[int]:
    """So many keys that nobody else gets."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count]
            )
            return [key for (key,) in cursor.fetchall()]
        # A table that never had a row is not in the list; writing a key moves the list on by itself.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + count + 1))
