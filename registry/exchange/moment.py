"""One moment of the register, for what reads it whole."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, router, transaction

from registry.models import Register


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything inside as it stood at one moment, without holding up a writer."""
    connection = connections[router.db_for_read(Register)]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
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
