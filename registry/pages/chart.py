"""Bars for a table of capital: where each begins and how long it is. Templates only draw them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.statistics.capital import CapitalRow, CapitalTable, added_up

# The bars use so much of the drawing's width, in percent; the rest is room for their outline.
ROOM = Decimal(99)
# So many years have a bar of their own; those before them are one row without a bar.
MOST_YEARS = 12


@dataclass(frozen=True)
class Bar:
    """One year or group from a baseline at zero; below zero it runs to the left. ``sure`` is the part on certificates.

    ``row`` is None for a year without entries, ``label`` for what has no year or group. Unit of ``x``, ``width``
    and ``sure``: percent, as text that no locale touches; empty for no bar.
    """

    label: str | None
    row: CapitalRow | None
    x: str = ""
    width: str = ""
    sure: str = ""


@dataclass(frozen=True)
class Bars:
    """``most`` is the row with the most registered capital among those with a year or group; None where there is
    none."""

    bars: tuple[Bar, ...]
    most: CapitalRow | None
    zero: str


def year_bars(table: CapitalTable) -> Bars:
    """The registered capital of the last years, without gaps in time; the years before them first, as one sum; what
    has no year last."""
    return year_bars_of([table])[0]


def year_bars_of(tables: Sequence[CapitalTable]) -> list[Bars]:
    """The bars of several tables, over the same years and on one scale."""
    rows = [{row.key: row for row in table.rows if row.registered_usd or row.projects} for table in tables]
    known = {key for each in rows for key in each}
    years = sorted(known - {None})
    begin = max(int(years[0]), int(years[-1]) - MOST_YEARS + 1) if years else 0
    shown = [str(year) for year in range(begin, int(years[-1]) + 1)] if years else []
    keys = [*shown, None] if None in known else shown
    older = [key for key in years if key < str(begin)]
    drawn = bars_of([(key, each.get(key)) for each in rows for key in keys])
    return [
        Bars(
            bars=(*_sum_of([each[key] for key in older if key in each], older, begin),
                  *drawn.bars[place * len(keys):(place + 1) * len(keys)]),
            most=max((each[key] for key in years if key in each), key=lambda row: row.registered_usd, default=None),
            zero=drawn.zero,
        )
        for place, each in enumerate(rows)
    ]


def _sum_of(rows: list[CapitalRow], years: list[str], begin: int) -> list[Bar]:
    """The years before ``begin`` as one row without a bar; none where there are no such years."""
    return [Bar(label=f"{years[0]}–{begin - 1}", row=added_up(rows))] if years else []


def bars_of(rows: Sequence[tuple[str | None, CapitalRow | None]]) -> Bars:
    """The registered capital of these rows on one scale, in their order."""
    amounts = [Decimal(0), *(row.registered_usd for _key, row in rows if row)]
    below, span = -min(amounts), max(amounts) - min(amounts)
    return Bars(
        bars=tuple(_bar(key, row, below, span) for key, row in rows),
        most=max((row for key, row in rows if row and key is not None), key=lambda row: row.registered_usd,
                 default=None),
        zero=_percent(below, span),
    )


def _bar(key: str | None, row: CapitalRow | None, below: Decimal, span: Decimal) -> Bar:
    if row is None:
        return Bar(label=key, row=None)
    amount, sure = row.registered_usd, max(Decimal(0), min(row.confirmed_usd, row.registered_usd))
    return Bar(label=key, row=row, x=_percent(below + min(amount, Decimal(0)), span),
               width=_percent(abs(amount), span), sure=_percent(sure, span) if sure else "")


def _percent(part: Decimal, whole: Decimal) -> str:
    share = part / whole * ROOM if whole else Decimal(0)
    return f"{share:.2f}%"
