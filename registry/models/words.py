"""The index of search words, which the database itself keeps true, and the question which records have some.

SQLite has an FTS5 table beside each searchable table, filled by triggers. It parts words at spaces and folds nothing by
rules of its own, so it finds to the letter what ``vocabulary/vietnamese.py`` says. PostgreSQL asks the column, with the
trigrams of its own index where they narrow it down: an index of whole words finds beginnings no faster there, and what
costs there is to try it on a row.
"""

from collections.abc import Callable, Sequence
from copy import copy

from django.db import connections
from django.db.models import BooleanField, Lookup, QuerySet
from django.db.models.expressions import Col

from registry.vocabulary.vietnamese import SearchWord

FOLDED, MARKED = "search_folded", "search_marked"

# A migration that makes one of these tables anew, as SQLite does for many a change, calls make_indexes for it again.
SEARCHABLE = (
    "registry_administrativeunit", "registry_country", "registry_engagement", "registry_enterprise",
    "registry_investor", "registry_opportunity", "registry_policy", "registry_project", "registry_registrar",
    "registry_sector", "registry_source", "registry_statement", "registry_zone",
)

Token = tuple[str, bool]  # its letters, and whether a longer word that begins with it will do


def beginnings(word: SearchWord) -> list[Token]:
    """A ``#`` token (a numeral) must be there whole; any other may also be the beginning of a word."""
    return [(token, not token.startswith("#")) for token in word.alternatives]


def whole(word: SearchWord) -> list[Token]:
    return [(token, False) for token in word.alternatives]


def marked(word: SearchWord) -> list[Token]:
    """The word with its marks, to be asked of the marked words."""
    return [(word.marked, False)]


class HasWords(Lookup):
    """Whether every one of these words is among those of a search column: ``HasWords(F("search_folded"), words)``.

    One of the tokens that ``tokens`` makes of a word is enough. Where ``tried``, SQLite tries each row in turn instead
    of looking up those that its index of words names.
    """

    prepare_rhs = False
    output_field = BooleanField()
    tried = False

    def __init__(self, lhs, words: Sequence[SearchWord], tokens: Callable[[SearchWord], list[Token]] = beginnings):
        super().__init__(lhs, tuple(tuple(tokens(word)) for word in words))

    def as_sql(self, compiler, connection):
        column, params = compiler.compile(self.lhs)
        asked = [[_like(connection, *token) for token in tokens] for tokens in self.rhs]
        every = " AND ".join(f"({' OR '.join([f'{column} LIKE %s'] * len(either))})" for either in asked)
        return every, [value for either in asked for pattern in either for value in (*params, pattern)]

    def as_sqlite(self, compiler, connection):
        table, asked = self._in_index()
        key, params = compiler.compile(Col(self.lhs.alias, self.lhs.target.model._meta.pk))
        tried = "+" if self.tried else ""
        return f'{tried}{key} IN (SELECT rowid FROM "{table}" WHERE "{table}" MATCH %s)', [*params, asked]

    def in_turn(self) -> "HasWords":
        """The same question, for rows that are tried one after the other."""
        other = copy(self)
        other.tried = True
        return other

    def how_many(self, using: str) -> int | None:
        """How many rows of the noun have the words, by the index alone; None where the database has none that knows."""
        if not has_index(using):
            return None
        table, asked = self._in_index()
        with connections[using].cursor() as cursor:
            cursor.execute(f'SELECT COUNT(*) FROM "{table}" WHERE "{table}" MATCH %s', [asked])
            return cursor.fetchone()[0]

    def _in_index(self) -> tuple[str, str]:
        """The table of words in SQLite, and what it is asked."""
        column = self.lhs.target
        every = " AND ".join(f"({' OR '.join(_in_fts5(*token) for token in tokens)})" for tokens in self.rhs)
        return f"{column.model._meta.db_table}_words", f"{{{column.column}}} : ({every})"


def in_turn(rows: QuerySet) -> QuerySet:
    """The same rows; those that have the words of a search are found by trying each in the order asked for. For who
    takes the first of many, where an index has that order."""
    rows = rows.all()
    rows.query.where.children = [each.in_turn() if isinstance(each, HasWords) else each
                                 for each in rows.query.where.children]
    return rows


def how_many(rows: QuerySet) -> int:
    """How many rows of a noun these are; all that have the words of a search, by the index of words alone."""
    found, where = None, rows.query.where.children
    if len(where) == 1 and isinstance(where[0], HasWords) and where[0].lhs.alias == rows.model._meta.db_table:
        found = where[0].how_many(rows.db)
    return rows.count() if found is None else found


def has_index(using: str) -> bool:
    """Whether this database has indexes of words, which count and find without trying rows."""
    return connections[using].vendor == "sqlite"


def _like(connection, letters: str, may_go_on: bool) -> str:
    return f"% {connection.ops.prep_for_like_query(letters)}{'' if may_go_on else ' '}%"


def _in_fts5(letters: str, may_go_on: bool) -> str:
    quoted = letters.replace('"', '""')
    return f'"{quoted}" *' if may_go_on else f'"{quoted}"'


def make_indexes(connection, tables: Sequence[str] = SEARCHABLE) -> None:
    """Make the indexes of these tables anew from the words that stand in them; on SQLite alone."""
    drop_indexes(connection, tables)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in tables:
                for statement in _statements(table):
                    cursor.execute(statement)


def drop_indexes(connection, tables: Sequence[str] = SEARCHABLE) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in tables:
                for event in ("insert", "update", "delete"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_words_{event}")
                cursor.execute(f"DROP TABLE IF EXISTS {table}_words")


def _statements(table: str) -> list[str]:
    """The ascii tokenizer takes every letter beyond ASCII as it is, and parts words at what is neither letter nor
    digit: only spaces stand between the register's. The words stand in the table itself; the index has no copy, and is
    told the old ones of a row that changes."""
    words, columns = f"{table}_words", f"{FOLDED}, {MARKED}"
    old = f"INSERT INTO {words}({words}, rowid, {columns}) VALUES ('delete', old.id, old.{FOLDED}, old.{MARKED});"
    new = f"INSERT INTO {words}(rowid, {columns}) VALUES (new.id, new.{FOLDED}, new.{MARKED});"
    differ = " OR ".join(f"old.{column} IS NOT new.{column}" for column in ("id", FOLDED, MARKED))
    return [
        f"CREATE VIRTUAL TABLE {words} USING fts5({columns}, content='{table}', content_rowid='id', columnsize=0, "
        "detail=column, prefix='2 3', tokenize=\"ascii tokenchars '#'\")",
        f"INSERT INTO {words}({words}) VALUES ('rebuild')",
        f"CREATE TRIGGER {words}_insert AFTER INSERT ON {table} BEGIN {new} END",
        f"CREATE TRIGGER {words}_update AFTER UPDATE OF id, {columns} ON {table} WHEN {differ} BEGIN {old} {new} END",
        f"CREATE TRIGGER {words}_delete AFTER DELETE ON {table} BEGIN {old} END",
    ]
