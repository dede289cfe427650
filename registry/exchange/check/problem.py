"""What a check finds, and the one moment at which it looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

CHUNK = 500  # rows in memory at a time; SQLite takes no list of more than a thousand


@dataclass(frozen=True)
class Problem:
    """A row that breaks a rule: its kind and code, and what is wrong, in Vietnamese."""

    kind: str
    code: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind} {self.code}: {self.what}"


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything inside as it stood at one moment, without holding up a writer."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not atomic(): on SQLite that is the lock of a writer.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("COMMIT")
