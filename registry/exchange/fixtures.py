"""Our own fixture files: one JSON object each, with what it is about, its source and its rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import orjson
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay

FIXTURES = Path(settings.BASE_DIR) / "fixtures"

# What a value that does not fit its place raises: no name in the list, no number, no such record.
BROKEN = (RuleBroken, LookupError, TypeError, ValueError, ArithmeticError, AttributeError, ObjectDoesNotExist)


class BrokenRow(RuleBroken):
    code = "broken-row"
    message = _("%(file)s, dòng “%(row)s”: %(problem)s. Hãy sửa dòng đó rồi nạp lại; chưa có gì được ghi.")


def read(name: str) -> dict:
    """The file ``fixtures/<name>.json`` as plain data. Raises BrokenRow where it is not JSON."""
    path = FIXTURES / f"{name}.json"
    try:
        return orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise BrokenRow(file=path.name, row=f"{error.lineno}:{error.colno}", problem=error.msg) from error


def rows_of(name: str, *keys: str) -> list[dict]:
    """The rows of a fixture file, each of which has these keys. Raises BrokenRow."""
    rows = read(name)["rows"]
    for number, row in enumerate(rows, start=1):
        for key in keys:
            if not row.get(key):
                raise BrokenRow(file=f"{name}.json", row=number, problem=f"thiếu '{key}'")
    return rows


@contextmanager
def row_of(file: str, row) -> Iterator[None]:
    """Name the file and the row in whatever goes wrong inside."""
    try:
        yield
    except BrokenRow:
        raise
    except BROKEN as error:
        raise BrokenRow(file=f"{file}.json", row=row, problem=_said(error)) from error


def _said(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"thiếu {error}"
    if isinstance(error, ArithmeticError):
        return "có giá trị không phải là số"
    return str(error)


def vague_day(stated: dict | None) -> VagueDay | None:
    """``{"earliest", "latest", "words"}`` as a VagueDay; None for null."""
    if not stated:
        return None
    return VagueDay(
        date.fromisoformat(stated["earliest"]), date.fromisoformat(stated["latest"]), stated.get("words") or ""
    )


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
