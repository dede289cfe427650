"""Bars for a table of capital: where each begins and how long it is. Templates only draw them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from registry.statistics.capital import CapitalTable
from registry.statistics.rows import CapitalRow, TimeRow, added_up
from registry.web.parameters import NONE

# The bars use so much of the drawing's width, in percent; the rest is room for their outline.
ROOM = Decimal(99)
# So many years have a bar of their own; those before them are one row without a bar.
MOST_YEARS = 12


@dataclass(frozen=True)
class Bar:
    """One year or group from a baseline at zero; below zero it runs to the left. ``sure`` is the part on certificates.

    ``row`` is None for a year without entries, ``label`` for what has no year or group; ``keys`` are those of the
    table's rows that it shows. Unit of ``x``, ``width`` and ``sure``: percent, as text that no locale touches; empty
    for no bar.
    """

    label: str | None
    row: CapitalRow | None
    x: str = ""
    width: str = ""
    sure: str = ""
    keys: tuple[str | None, ...] = ()

    @property
    def key_query(self) -> str:
        """The part of an address that chooses its rows among those behind the table."""
        return self._query("key")

    @property
    def times_query(self) -> str:
        """The same among those behind another table's number, of which it is a part."""
        return self._query("decided_in")

    def _query(self, name: str) -> str:
        return urlencode([(name, key or NONE) for key in self.keys])


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
    return [Bar(label=f"{years[0]}–{begin - 1}", row=added_up(rows), keys=tuple(years))] if years else []


def bars_of(rows: Sequence[tuple[str | None, CapitalRow | None]]) -> Bars:
    """The registered capital of these rows on one scale, in their order."""
    amounts = [Decimal(0), *(row.registered_usd for _key, row in rows if row)]
    below, span = -min(amounts), max(amounts) - min(amounts)
    return Bars(
        bars=tuple(_bar(key, row, below, span) for key, row in rows),
        most=max((row for key, row in rows if row and key is not None), key=lambda row: row.registered_usd,
                 default=None),
        zero=percent(below, span),
    )


@dataclass(frozen=True)
class Step:
    """One part of a year's bar, by what it is: "begun", "increase", "decrease", or "bought", which has a line of its
    own. Unit of ``x`` and ``width``: as in ``Bar``."""

    kind: str
    x: str
    width: str


def steps_of(rows: Sequence[TimeRow | None]) -> tuple[tuple[tuple[Step, ...], ...], str]:
    """The steps of each row on one scale, and where zero is: what adds stands to its right, what takes away to its
    left."""
    amounts = [_amounts(row) if row else {} for row in rows]
    below = max((-min(total, Decimal(0)) for each in amounts for total in _ends(each)), default=Decimal(0))
    above = max((max(total, Decimal(0)) for each in amounts for total in _ends(each)), default=Decimal(0))
    return tuple(tuple(_steps(each, below, below + above)) for each in amounts), percent(below, below + above)


def _amounts(row: TimeRow) -> dict[str, Decimal]:
    return {"begun": row.opening_usd + row.new_usd, "increase": row.increase_usd, "decrease": row.decrease_usd,
            "bought": row.share_purchase_usd}


def _ends(amounts: dict[str, Decimal]) -> tuple[Decimal, ...]:
    """How far a row reaches: what adds together, what takes away together, and purchases by themselves."""
    steps = [amount for kind, amount in amounts.items() if kind != "bought"]
    return (sum((each for each in steps if each > 0), Decimal(0)),
            sum((each for each in steps if each < 0), Decimal(0)), amounts.get("bought", Decimal(0)))


def _steps(amounts: dict[str, Decimal], below: Decimal, span: Decimal) -> Iterator[Step]:
    right = left = below
    for kind, amount in amounts.items():
        if kind == "bought" and amount:
            yield Step(kind, percent(below + min(amount, Decimal(0)), span), percent(abs(amount), span))
        elif amount > 0:
            yield Step(kind, percent(right, span), percent(amount, span))
            right += amount
        elif amount < 0:
            left += amount
            yield Step(kind, percent(left, span), percent(-amount, span))


def _bar(key: str | None, row: CapitalRow | None, below: Decimal, span: Decimal) -> Bar:
    if row is None:
        return Bar(label=key, row=None)
    amount, sure = row.registered_usd, max(Decimal(0), min(row.confirmed_usd, row.registered_usd))
    return Bar(label=key, row=row, x=percent(below + min(amount, Decimal(0)), span),
               width=percent(abs(amount), span), sure=percent(sure, span) if sure else "", keys=(key,))


def percent(part: Decimal, whole: Decimal) -> str:
    share = part / whole * ROOM if whole else Decimal(0)
    return f"{share:.2f}%"
