"""Our own fixture files: one JSON object each, with what it is about, its source and its rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import orjson
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


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


@contextmanager
def row_of(file: str, row) -> Iterator[None]:
    """Name the file and the row in whatever goes wrong inside."""
    try:
        yield
    except BrokenRow:
        raise
    except (RuleBroken, KeyError, TypeError, ValueError) as error:
        problem = f"thiếu {error}" if isinstance(error, KeyError) else str(error)
        raise BrokenRow(file=f"{file}.json", row=row, problem=problem) from error


def vague_day(stated: dict | None) -> VagueDay | None:
    """``{"earliest", "latest", "words"}`` as a VagueDay; None for null."""
    if not stated:
        return None
    return VagueDay(
        date.fromisoformat(stated["earliest"]), date.fromisoformat(stated["latest"]), stated.get("words") or ""
    )


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
