"""Counts of requests, beside the register and no part of it: a count never waits for an act, and an act never for a
count.

On PostgreSQL they are an unlogged table: nothing waits for the disk, and a crash forgets them. On SQLite, where one
writer locks the whole file, they are a file of their own beside it. ``since`` is when the counted window began,
``until`` when the row may be forgotten, both in seconds since 1970.
"""

import sqlite3
import threading

from django.db import connection

TABLE = """CREATE {kind} TABLE IF NOT EXISTS registry_count (name varchar(100) NOT NULL, since bigint NOT NULL,
           taken bigint NOT NULL, until bigint NOT NULL, PRIMARY KEY (name, since))"""
INDEX = "CREATE INDEX IF NOT EXISTS registry_count_until ON registry_count (until)"
WAITS_SECONDS = 5

TAKE = """INSERT INTO registry_count AS c (name, since, taken, until) VALUES (%s, %s, 1, %s)
          ON CONFLICT (name, since) DO UPDATE SET taken = c.taken + 1 WHERE c.taken < %s RETURNING taken"""
KEEP_LATEST = """INSERT INTO registry_count AS c (name, since, taken, until) VALUES (%s, 0, %s, %s)
                 ON CONFLICT (name, since) DO UPDATE SET taken = excluded.taken WHERE c.taken < excluded.taken"""
TAKEN = "SELECT since, taken FROM registry_count WHERE name = %s AND since >= %s ORDER BY since"
FORGET = "DELETE FROM registry_count WHERE until < %s"

_open = threading.local()


def take(name: str, *, since: int, most: int, until: int) -> int | None:
    """Count one more in this window: how many there are now, None where there were ``most`` already. One statement,
    so that processes at once never count beyond it."""
    if most < 1:
        return None
    rows = _run(TAKE, (name, since, until, most))
    return rows[0][0] if rows else None


def keep_latest(name: str, moment: int, *, until: int) -> None:
    """Remember a moment under a name, unless a later one is."""
    _run(KEEP_LATEST, (name, moment, until))


def taken(name: str, *, since: int = 0) -> dict[int, int]:
    """The windows of this name that began at ``since`` or later, with what was counted in each."""
    return dict(_run(TAKEN, (name, since)))


def forget(before: int) -> None:
    """Drop what may be forgotten."""
    _run(FORGET, (before,))


def _run(statement: str, parameters: tuple) -> list[tuple]:
    if connection.vendor == "sqlite":
        return _beside(str(connection.settings_dict["NAME"])).execute(
            statement.replace("%s", "?"), parameters).fetchall()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def _beside(register: str) -> sqlite3.Connection:
    """This thread's connection to the file of counts beside a register."""
    if getattr(_open, "register", None) != register:
        made = sqlite3.connect(f"{register}.counts", timeout=WAITS_SECONDS, isolation_level=None)
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("PRAGMA synchronous=OFF")
        made.execute(TABLE.format(kind=""))
        made.execute(INDEX)
        _open.register, _open.connection = register, made
    return _open.connection
