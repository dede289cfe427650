"""How large tables are, told to the database within a transaction, where it does not see it by itself."""

from django.db import connection


def weigh() -> None:
    """The register's tables alone: PostgreSQL holds what it looks at until the transaction ends, and some of its own
    tables belong to all databases of the server, so that another worker's tests would wait for this one's."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            quoted = map(connection.ops.quote_name, connection.introspection.table_names(cursor))
            cursor.execute(f"ANALYZE {', '.join(quoted)}")
        else:
            cursor.execute("ANALYZE")
