"""A value of the database as a cell of CSV, and back, the same on both databases.

Null is ``\\N`` and an empty text is empty; a text that is itself ``\\N``, after any number of backslashes, has one
backslash more. Moments are UTC to the microsecond, numbers as exact as the column, bytes in base64, JSON with its keys
in order.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

import orjson
from django.db import models

from registry.models.fields import HundredthsField
from registry.vocabulary.money import to_hundredths

from .tables import concrete

NULL = "\\N"
YES, NO = "true", "false"


class NoSuchCell(ValueError):
    """A cell that no export writes."""


def writer_of(field: models.Field) -> Callable[[object], str]:
    """How values of this column become cells."""
    write = _writer(concrete(field))
    return lambda value: NULL if value is None else write(value)


def reader_of(field: models.Field, connection) -> Callable[[str], object]:
    """How cells of this column become what the database takes. Raises ValueError or ArithmeticError."""
    read = _reader(concrete(field), connection)
    return lambda cell: None if cell == NULL else read(cell)


def _writer(field: models.Field) -> Callable[[object], str]:
    match field:
        case models.JSONField():
            return lambda value: orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
        case models.BooleanField():
            return lambda value: YES if value else NO
        case models.BinaryField():
            return lambda value: b64encode(value).decode()
        case models.DateTimeField():
            return lambda value: value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        case models.DateField():
            return date.isoformat
        case HundredthsField() | models.DecimalField():
            return lambda value: format(value, "f")
        case models.FloatField():
            return repr
        case models.IntegerField():
            return str
        case _:
            return _escaped


def _reader(field: models.Field, connection) -> Callable[[str], object]:
    match field:
        case models.JSONField():
            return lambda cell: orjson.dumps(orjson.loads(cell)).decode()
        case models.BooleanField():
            return _yes_or_no
        case models.BinaryField():
            return lambda cell: b64decode(cell, validate=True)
        case models.DateTimeField():
            return lru_cache(1000)(lambda cell: field.get_db_prep_save(datetime.fromisoformat(cell), connection))
        case models.DateField():
            return lambda cell: field.get_db_prep_save(date.fromisoformat(cell), connection)
        case HundredthsField():
            return lambda cell: to_hundredths(Decimal(cell))
        case models.DecimalField():
            return lambda cell: field.get_db_prep_save(Decimal(cell), connection)
        case models.FloatField():
            return float
        case models.IntegerField():
            return int
        case _:
            return _unescaped


def _yes_or_no(cell: str) -> bool:
    if cell not in (YES, NO):
        raise NoSuchCell(cell)
    return cell == YES


def _escaped(text: str) -> str:
    return f"\\{text}" if text.endswith("N") and text.lstrip("\\") == "N" and text != "N" else text


def _unescaped(cell: str) -> str:
    return cell[1:] if cell.endswith("N") and cell.startswith("\\\\") and cell.lstrip("\\") == "N" else cell
