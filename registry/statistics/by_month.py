"""Sums of the whole ledger as of a day by one group, from what is kept beside it: whole years, the months of the last
year, and the days of the last month."""

from datetime import date, timedelta

from django.db import connections, router

from registry.models import CapitalMonth
from registry.models.sums import BY_SHARE, DAY, DIMENSIONS, MEASURE_SUMS, MONTH, YEAR

from .groups import Group

MONTHS = CapitalMonth._meta.db_table
ADDED = ", ".join(("projects", "entries", *MEASURE_SUMS))

KEPT = f"""
SELECT {{key}} AS held, {ADDED} FROM {MONTHS}
WHERE dimension IN ({{dimensions}}) AND grain = '{YEAR}' AND period < %(year)s
UNION ALL
SELECT {{key}}, {ADDED} FROM {MONTHS}
WHERE dimension IN ({{dimensions}}) AND grain = '{MONTH}' AND period >= %(january)s AND period < %(month)s
UNION ALL
SELECT {{key}}, {ADDED} FROM {MONTHS}
WHERE dimension IN ({{dimensions}}) AND grain = '{DAY}' AND period >= %(first)s AND period <= %(day)s
"""
TOTAL = ", ".join(f"SUM({name})" for name in ("projects", *MEASURE_SUMS))
GROUPED = f"""
WITH parts(held, {ADDED}) AS ({{parts}}),
     own({{column}}, projects, {", ".join(MEASURE_SUMS)}) AS (
         SELECT held, {TOTAL} FROM parts GROUP BY held HAVING SUM(entries) > 0)
SELECT {{said}}, projects, {", ".join(MEASURE_SUMS)} FROM own
"""


def dimension_of(group: Group) -> str | None:
    """What of the kept months a group is summed from; None where there is none."""
    name = group.column.removesuffix("_id")
    return name if name in DIMENSIONS else None


def sums_of_months(group: Group, *, as_of: date, by_share: bool = False) -> list[tuple]:
    """(key, projects in force, the four measures in hundredths, where asked for by share); a key may come several
    times. One query."""
    first, dimension = whole_months(as_of), dimension_of(group)
    dimensions = (dimension, BY_SHARE[dimension]) if by_share else (dimension,)
    parts = KEPT.format(key=key_of(group), dimensions=", ".join(f"'{name}'" for name in dimensions))
    statement = GROUPED.format(parts=parts, column=group.column, said=group.said)
    with connections[router.db_for_read(CapitalMonth)].cursor() as cursor:
        cursor.execute(statement, {
            "year": f"{first:%Y}", "january": f"{first:%Y}-01", "month": f"{first:%Y-%m}",
            "first": first.isoformat(), "day": as_of.isoformat()})
        return cursor.fetchall()


def key_of(group: Group) -> str:
    """The SQL of what stands as a key in the kept months, as the group has it."""
    return "CAST(NULLIF(key, '') AS BIGINT)" if group.column.endswith("_id") else "NULLIF(key, '')"


def whole_months(as_of: date) -> date:
    """The first day that no whole month up to ``as_of`` has."""
    after = as_of + timedelta(days=1)
    return after if after.day == 1 else as_of.replace(day=1)
