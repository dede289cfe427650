"""Flows of a period, from the years, months and days that are kept beside the ledger."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connections, router

from registry.models import CapitalMonth
from registry.models.sums import DAY, MONTH, YEAR
from registry.vocabulary.money import from_hundredths

from .by_month import dimension_of
from .groups import Group

SUMS = ("new_times", "new_usd", "increase_times + decrease_times", "increase_usd + decrease_usd",
        "share_purchase_times", "share_purchase_usd")
NAMES = ("new_times", "new_usd", "adjusted_times", "adjusted_usd", "share_purchase_times", "share_purchase_usd")
OF_PERIOD = f"""
WITH own({{column}}, {", ".join(NAMES)}) AS (
    SELECT CAST(NULLIF(key, '') AS BIGINT), {", ".join(f"SUM({each})" for each in SUMS)}
    FROM {CapitalMonth._meta.db_table}
    WHERE dimension = '{{dimension}}' AND is_dated AND (
        (grain = '{YEAR}' AND period >= %(first_year)s AND period < %(last_year)s)
        OR (grain = '{MONTH}' AND ((period >= %(first)s AND period < %(until_years)s)
                                   OR (period >= %(from_years)s AND period < %(last)s)))
        OR (grain = '{DAY}' AND ((period >= %(day_0)s AND period <= %(until_0)s)
                                 OR (period >= %(day_1)s AND period <= %(until_1)s))))
    GROUP BY key)
SELECT {{said}}, {", ".join(NAMES)} FROM own
"""


class Parts(NamedTuple):
    """A period as whole months, from a first day to the day after, None where it has none; and the days besides, before
    and after them."""

    months: tuple[date, date] | None
    days: list[tuple[date, date]]


def parts_of(first: date, last: date) -> Parts:
    """``first`` and ``last`` are included, also in ``days``."""
    start = first if first.day == 1 else (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    after = last + timedelta(days=1)
    end = after if after.day == 1 else last.replace(day=1)
    if start >= end:
        return Parts(None, [(first, last)])
    besides = [(first, start - timedelta(days=1)), (end, last)]
    return Parts((start, end), [(begin, close) for begin, close in besides if begin <= close])


def flows_kept(group: Group, parts: Parts) -> list[tuple]:
    """(key, new projects, new, times adjusted, adjusted, times bought, bought) of a period; a key may come several
    times. One query."""
    statement = OF_PERIOD.format(column=group.column, dimension=dimension_of(group), said=group.said)
    given = dict(NOTHING)
    for place, (first, last) in enumerate(parts.days):
        given |= {f"day_{place}": first.isoformat(), f"until_{place}": last.isoformat()}
    if parts.months:
        given |= _months(*parts.months)
    with connections[router.db_for_read(CapitalMonth)].cursor() as cursor:
        cursor.execute(statement, given)
        return read(cursor.fetchall())


def _months(first: date, end: date) -> dict[str, str]:
    """The parameters for the months from ``first`` to before ``end``."""
    first_year = first.year if first.month == 1 else first.year + 1
    last_year = max(end.year, first_year)
    within = first_year < end.year or (first_year == end.year and end.month == 1)
    return {
        "first": f"{first:%Y-%m}", "last": f"{end:%Y-%m}",
        "first_year": f"{first_year:04}" if within else "0", "last_year": f"{last_year:04}" if within else "0",
        "until_years": f"{first_year:04}-01" if within else f"{end:%Y-%m}",
        "from_years": f"{last_year:04}-01" if within else f"{end:%Y-%m}",
    }


NOTHING = dict.fromkeys(("first", "last", "first_year", "last_year", "until_years", "from_years", "day_0", "until_0",
                         "day_1", "until_1"), "")


def read(rows: Iterable[tuple]) -> list[tuple]:
    """As the database says them, with amounts in dollars."""
    return [(key, int(new), from_hundredths(int(new_usd)), int(times), from_hundredths(int(adjusted)), int(bought),
             from_hundredths(int(bought_usd))) for key, new, new_usd, times, adjusted, bought, bought_usd in rows]
