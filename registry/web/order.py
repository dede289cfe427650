"""In what order a list stands: the columns behind each word of ``ordering``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, F, Func, QuerySet
from django.db.models.functions import Cast


class ByBytes(Func):
    """A text that compares by its UTF-8 bytes, which both databases order alike; collations differ. SQLite compares so
    anyway, and reads its index only for the bare column."""

    output_field = CharField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template='(%(expressions)s) COLLATE "C"', **context)

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="%(expressions)s", **context)


@dataclass(frozen=True)
class Order:
    """A column to order by; ``prepare`` annotates it where the table has none."""

    column: str
    prepare: Callable[[QuerySet], QuerySet] = lambda rows: rows


BY_CODE = Order("code_by_bytes", lambda rows: rows.annotate(code_by_bytes=ByBytes(F("code"))))
# Of a noun whose code is its number; in the order of texts like every other code.
BY_NUMBER = Order("code_by_bytes", lambda rows: rows.annotate(code_by_bytes=ByBytes(Cast(F("pk"), CharField()))))
BY_NAME = Order("name_sort")
BY_CHANGE = Order("updated_at")
BY_RANK = Order("rank")

RECORD_ORDERS: Mapping[str, Order] = {"code": BY_CODE, "updated_at": BY_CHANGE}
NAMED_ORDERS: Mapping[str, Order] = {**RECORD_ORDERS, "name": BY_NAME}


def words(orders: Mapping[str, Order]) -> list[str]:
    """What ``ordering`` takes: each name, and each with a minus for descending."""
    return [word for name in orders for word in (name, f"-{name}")]
