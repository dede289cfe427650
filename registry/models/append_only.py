"""The triggers that refuse to change or delete an act, a change, a ledger entry or a published table, on both
databases.

Of a ledger entry, what it says can never change. Which record stands for its buyer or its enterprise may: when two
records turn out to be one party, the entry follows to the one that stays.
"""

APPEND_ONLY = ("registry_act", "registry_change", "registry_capitalentry", "registry_publishedfigure")
LEDGER = "registry_capitalentry"
PARTIES = ("buyer_id", "enterprise_id")

SAYS = "append-only: write a new row instead"


def make_triggers(connection) -> None:
    """A migration that adds a column to the ledger, or makes one of the tables anew, calls this again."""
    with connection.cursor() as cursor:
        for statement in _statements(connection, cursor):
            cursor.execute(statement)


def drop_triggers(connection) -> None:
    with connection.cursor() as cursor:
        for table in _tables(connection, cursor):
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")


def _tables(connection, cursor) -> list[str]:
    """Those that are there: migrations make them one after another."""
    there = set(connection.introspection.table_names(cursor))
    return [table for table in APPEND_ONLY if table in there]


def _statements(connection, cursor) -> list[str]:
    if connection.vendor == "postgresql":
        parties = ", ".join(f"'{column}'" for column in PARTIES)
        function = (
            "CREATE OR REPLACE FUNCTION registry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = '{LEDGER}' THEN "
            f"IF to_jsonb(NEW) - ARRAY[{parties}] = to_jsonb(OLD) - ARRAY[{parties}] THEN RETURN NEW; END IF; END IF; "
            f"RAISE EXCEPTION '% is {SAYS}', TG_TABLE_NAME; END $$"
        )
        return [function] + [
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION registry_append_only()"
            for table in _tables(connection, cursor)
        ]
    said = ", ".join(
        column.name for column in connection.introspection.get_table_description(cursor, LEDGER)
        if column.name not in PARTIES
    )
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event.lower()} BEFORE {event}"
        f"{f' OF {said}' if (table, event) == (LEDGER, 'UPDATE') else ''} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is {SAYS}'); END"
        for table in _tables(connection, cursor)
        for event in ("UPDATE", "DELETE")
    ]
