"""Bars for a table of capital: where each begins and how long it is. Templates only draw them."""

from dataclasses import dataclass
from decimal import Decimal

from registry.statistics.capital import CapitalRow, CapitalTable

# The bars use so much of the drawing's width, in percent; the rest is room for their outline.
ROOM = Decimal(99)
LONGEST_SPAN = 60  # years; a table over more of them shows only those that it has


@dataclass(frozen=True)
class Bar:
    """One bar, from a baseline at zero; below zero it runs to the left. Unit of ``x``, ``width``: percent, as text
    that no locale touches. ``row`` is None for a year without entries."""

    label: str | None
    row: CapitalRow | None
    x: str
    width: str


@dataclass(frozen=True)
class Bars:
    """``most`` is the row with the most registered capital among those with a year; None where there is none."""

    bars: tuple[Bar, ...]
    most: CapitalRow | None
    zero: str


def year_bars(table: CapitalTable) -> Bars:
    """The registered capital of each year, without gaps in time, what has no year last."""
    rows = {row.key: row for row in table.rows if row.registered_usd or row.projects}
    amounts = [row.registered_usd for row in rows.values()]
    below = -min([*amounts, Decimal(0)])
    span = max([*amounts, Decimal(0)]) + below
    dated = [row for key, row in rows.items() if key is not None]
    return Bars(
        bars=tuple(_bar(key, rows.get(key), below, span) for key in _years(rows)),
        most=max(dated, key=lambda row: row.registered_usd, default=None),
        zero=_percent(below, span),
    )


def _years(rows: dict[str | None, CapitalRow]) -> list[str | None]:
    years = sorted(key for key in rows if key is not None)
    if years and int(years[-1]) - int(years[0]) < LONGEST_SPAN:
        years = [f"{year:04}" for year in range(int(years[0]), int(years[-1]) + 1)]
    return [*years, None] if None in rows else years


def _bar(key: str | None, row: CapitalRow | None, below: Decimal, span: Decimal) -> Bar:
    amount = row.registered_usd if row else Decimal(0)
    return Bar(label=key, row=row, x=_percent(below + min(amount, Decimal(0)), span), width=_percent(abs(amount), span))


def _percent(part: Decimal, whole: Decimal) -> str:
    share = part / whole * ROOM if whole else Decimal(0)
    return f"{share:.2f}%"
