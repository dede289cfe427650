"""A list as Parquet too, where the operator has installed pyarrow (``requirements-parquet.txt``)."""

from collections.abc import Iterable, Iterator
from datetime import UTC
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from registry.exchange.columns.shape import Table, value_of
from registry.vocabulary.errors import RuleBroken

try:
    import pyarrow
    import pyarrow.parquet
except ImportError:
    pyarrow = None

BATCH = 5000
PLACES = 8


class ParquetMissing(RuleBroken):
    code = "parquet-missing"
    message = _("Chưa cài pyarrow nên không ghi được Parquet. Hãy chạy: .venv/bin/pip install -r "
                "requirements-parquet.txt; hoặc bỏ --parquet. Chưa có gì được xuất.")


def check_parquet() -> None:
    """Raises ParquetMissing."""
    if pyarrow is None:
        raise ParquetMissing()


def into_parquet(path: Path, table: Table, rows: Iterable[dict]) -> Iterator[dict]:
    """Pass the rows on, and write them as they go by: numbers as exact decimals, moments in UTC."""
    schema = pyarrow.schema([(column.name, _type_of(column.kind)) for column in table.columns])
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        waiting: list[dict] = []
        for row in rows:
            waiting.append({column.name: _cell(value_of(column, row)) for column in table.columns})
            if len(waiting) == BATCH:
                writer.write_batch(pyarrow.RecordBatch.from_pylist(waiting, schema=schema))
                waiting.clear()
            yield row
        writer.write_batch(pyarrow.RecordBatch.from_pylist(waiting, schema=schema))


def _type_of(kind: str):
    match kind:
        case "number":
            return pyarrow.decimal128(38, PLACES)
        case "whole":
            return pyarrow.int64()
        case "day":
            return pyarrow.date32()
        case "moment":
            return pyarrow.timestamp("us", tz="UTC")
        case "yes":
            return pyarrow.bool_()
        case _:
            return pyarrow.string()


def _cell(value):
    match value:
        case Decimal():
            return round(value, PLACES)
        case _ if getattr(value, "tzinfo", None):
            return value.astimezone(UTC)
        case _:
            return value
