"""A sheet: its rows of typed cells, and where each stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

MOST_COLUMNS, MOST_ROWS, MOST_CELLS = 500, 100_000, 1_000_000
# What Excel and web pages leave in a text and nobody sees: they part no words and are no words.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
NO_BREAK = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")
UNSEEN = INVISIBLE | NO_BREAK

Cell = str | int | Decimal | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Sheet:
    """``rows`` are all of equal length, from cell A1 on; None is an empty cell. ``broken`` says of cells, by row and
    column, what their program could not compute: a formula without a value (empty) or its error ("#REF!"). ``merged``
    are areas by their first and last row and column. ``plain``: a CSV, in which a point is the decimal sign."""

    name: str
    rows: list[list[Cell]]
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    plain: bool = False

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


def address(row: int, column: int) -> str:
    """The cell as Excel names it, counted from zero: (1, 0) is "A2"."""
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def clean_text(text: str) -> str | None:
    """The text without what nobody sees, None where nothing is left."""
    if not text.isascii():
        text = text.translate(UNSEEN)
    return text.strip() or None


def exact_number(number: float) -> int | Decimal:
    """The number as the person wrote it: 5421840814.0 is 5421840814, and 0.1 is a tenth."""
    return int(number) if number.is_integer() and abs(number) < 1e15 else Decimal(repr(number))
