"""Questions that are asked again and again with other keys.

Django builds the SQL of a query anew each time, which takes longer than a database needs to answer it for a hundred
keys, and makes an instance of each row. ``asked`` builds it once for each case and gives the rows as tuples,
``streamed`` those of a whole list. A moment in them is the text that documents have.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache, wraps

import orjson
from django.db import DEFAULT_DB_ALIAS, connections, router
from django.db.models import BooleanField, DateTimeField, F, Lookup, QuerySet

from registry.models.change import Register

MOST_CASES = 200
SECONDS, MICROSECONDS = len("00:00:00"), len("00:00:00.000000")
KEYS = object()  # stands among the parameters for the keys of the next time


class Among(Lookup):
    """Whether a column has one of the keys of an ``asked`` question: ``filter(Among("project"))``."""

    prepare_rhs = False
    output_field = BooleanField()

    def __init__(self, column: str):
        super().__init__(F(column), KEYS)

    def as_postgresql(self, compiler, connection):
        column, params = compiler.compile(self.lhs)
        return f"{column} = ANY(%s)", [*params, KEYS]

    def as_sqlite(self, compiler, connection):
        column, params = compiler.compile(self.lhs)
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, KEYS]


def _moment(value: str | datetime | None, expression, connection) -> str | None:
    """A moment as documents write it. PostgreSQL gives its text in UTC, the time zone of Django's connections: a
    datetime and back would take ten times as long, which tells in half a million. SQLite gives a datetime."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"
    time = value[11:].removesuffix("+00")
    return f"{value[:10]}T{time if len(time) == SECONDS else time.ljust(MICROSECONDS, '0')}Z"


def asked(make: Callable[..., QuerySet]) -> Callable[..., list[tuple]]:
    """Of a function that gives a QuerySet of ``values_list`` with ``Among``, one that takes the keys before its other
    arguments and gives the rows. One query."""
    built = lru_cache(maxsize=MOST_CASES)(lambda alias, *case: Built(make(*case), alias))

    @wraps(make)
    def ask(keys: Iterable, *case) -> list[tuple]:
        alias = router.db_for_read(Register) or DEFAULT_DB_ALIAS
        question, connection = built(alias, *case), connections[alias]
        with preparing_cursor(connection) as cursor:
            question.execute(cursor, connection, list(keys))
            return question.values(cursor.fetchall(), connection)

    return ask


def preparing_cursor(connection):
    """A cursor whose questions PostgreSQL plans a few times and then keeps the plan: planning takes it as long as
    answering. Django's own binds parameters before it sends the SQL, so that there is a new one to plan each time."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    cursor = connection.Database.Cursor(connection.connection)
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)


def streamed(rows: QuerySet, size: int) -> Iterator[list[tuple]]:
    """The rows of a QuerySet of ``values_list``, so many in memory at a time. One query."""
    question, connection = Built(rows, rows.db), connections[rows.db]
    with connection.chunked_cursor() as cursor:
        question.execute(cursor, connection)
        while found := cursor.fetchmany(size):
            yield question.values(found, connection)


def array_of(keys: list[int] | list[str]) -> str:
    """The keys as PostgreSQL writes an array. psycopg looks at each of them for its type, which takes longer than the
    question, and a statement is planned anew for each type."""
    if not keys or isinstance(keys[0], int):
        return f"{{{','.join(map(str, keys))}}}"
    escaped = [key.replace("\\", "\\\\").replace('"', '\\"') for key in keys]
    return '{"' + '","'.join(escaped) + '"}'


class Built:
    """A query as SQL, with what its columns are converted by."""

    def __init__(self, rows: QuerySet, alias: str):
        compiler = rows.using(alias).query.get_compiler(alias)
        self.sql, self.parameters = compiler.as_sql()
        columns = [column for column, *_more in compiler.select]
        moments = {place: ([_moment], column) for place, column in enumerate(columns)
                   if isinstance(column.output_field, DateTimeField)}
        self.converters = list((compiler.get_converters(columns) | moments).items())

    def execute(self, cursor, connection, keys: list | None = None) -> None:
        if connection.vendor == "postgresql":
            cursor.adapters.register_loader("timestamptz", connection.Database.types.string.TextLoader)
            given = None if keys is None else array_of(keys)
        else:
            given = orjson.dumps(keys).decode()
        cursor.execute(self.sql, [given if each is KEYS else each for each in self.parameters])

    def values(self, rows: list[tuple], connection) -> list[tuple]:
        """The rows with their columns converted, equal values of a column once."""
        if not (rows and self.converters):
            return rows
        columns = list(zip(*rows, strict=True))
        for place, (converters, column) in self.converters:
            for convert in converters:
                made = {value: convert(value, column, connection) for value in set(columns[place])}
                columns[place] = [made[value] for value in columns[place]]
        return list(zip(*columns, strict=True))
