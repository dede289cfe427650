"""One moment of the register, for what reads it whole."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, router, transaction

from registry.models import Register


@contextmanager
def one_moment(shared: str = "") -> Iterator[None]:
    """Read everything inside as it stood at one moment, without holding up a writer; ``shared`` is the name of a moment
    that another connection still reads."""
    connection = connections[router.db_for_read(Register)]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            if shared:
                cursor.execute("SET TRANSACTION SNAPSHOT %s", [shared])
            # Lists are read to their end; else it plans for their first rows.
            cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
            yield
    else:
        # Not atomic(): on SQLite that is the lock of a writer.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("COMMIT")


def can_be_shared() -> bool:
    """Whether other connections can read as of a moment that begins here. SQLite has no name for one, and what is not
    committed yet nobody else sees."""
    connection = connections[router.db_for_read(Register)]
    return connection.vendor == "postgresql" and not connection.in_atomic_block


def name_of_moment() -> str:
    """By this name other connections share the moment, for as long as it is read here."""
    with connections[router.db_for_read(Register)].cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return cursor.fetchone()[0]
