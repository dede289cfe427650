"""What a refusal leaves behind: nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection


def everything() -> dict[str, list]:
    """Every row of the register, by table."""
    with connection.cursor() as cursor:
        return {table: cursor.execute(query).fetchall() for table, query in queries()}


def queries() -> Iterator[tuple[str, str]]:
    """For each table its rows as the database writes them: hundreds of tests ask, and objects would take them long."""
    quoted = connection.ops.quote_name
    for model in apps.get_app_config("registry").get_models(include_auto_created=True):
        table = model._meta.db_table
        columns = [quoted(field.column) for field in model._meta.concrete_fields]
        row = (f"{quoted(table)}::text" if connection.vendor == "postgresql"
               else " || ', ' || ".join(f"quote({column})" for column in columns))
        yield table, f"SELECT {row} FROM {quoted(table)} ORDER BY {quoted(model._meta.pk.column)}"


@contextmanager
def refused(error: type[Exception]):
    """``with refused(StaleVersion) as refusal:``: the body raises it, and the register is as it was."""
    before = everything()
    with pytest.raises(error) as caught:
        yield caught
    assert everything() == before
