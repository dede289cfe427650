"""Sums of the whole ledger as of a day by one group, from what is kept beside it: whole years, the months of the last
year, and the days of the last month."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connections, router
from django.db.models import BigIntegerField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, NullIf

from registry.models import CapitalMonth
from registry.models.sums import BY_SHARE, DAY, DIMENSIONS, MEASURE_SUMS, MONTH, OF_INVESTOR, YEAR

from .groups import Group

MONTHS = CapitalMonth._meta.db_table
ADDED = ", ".join(("projects", "entries", *MEASURE_SUMS))
# The dimensions whose keys are those of records.
OF_RECORDS = ("registrar", "zone", "sector", "place", *OF_INVESTOR)

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


@dataclass(frozen=True)
class Within:
    """All projects under some keys of one dimension, of which months are kept: ``Within("zone", Q(zone__in=zones))``,
    those that the public sees, or all that the ledger has."""

    dimension: str
    condition: Q
    is_public: bool = True

    def months(self) -> QuerySet:
        key = NullIf("key", Value(""))
        if self.dimension in OF_RECORDS:
            key = Cast(key, BigIntegerField())
        kept = CapitalMonth.objects.filter(dimension=self.dimension).alias(**{self.dimension: key})
        return kept.filter(self.condition, **{"is_public": True} if self.is_public else {})


def up_to(as_of: date) -> Q:
    """Of what is kept the years, months and days that are all up to a day."""
    first = whole_months(as_of)
    return (Q(grain=YEAR, period__lt=f"{first:%Y}")
            | Q(grain=MONTH, period__gte=f"{first:%Y}-01", period__lt=f"{first:%Y-%m}")
            | Q(grain=DAY, period__gte=first.isoformat(), period__lte=as_of.isoformat()))


def sums_within(group: Group, within: Within, *, as_of: date) -> list[tuple]:
    """The rows of ``sums_of_months`` of what is ``within`` keys of the group's own dimension. One query."""
    rows = within.months().filter(up_to(as_of)).order_by().annotate(held=F(within.dimension))
    parts, given = rows.values_list("held", "projects", "entries", *MEASURE_SUMS).query.sql_with_params()
    with connections[router.db_for_read(CapitalMonth)].cursor() as cursor:
        cursor.execute(GROUPED.format(parts=parts, column=group.column, said=group.said), given)
        return cursor.fetchall()


def key_of(group: Group) -> str:
    """The SQL of what stands as a key in the kept months, as the group has it."""
    return "CAST(NULLIF(key, '') AS BIGINT)" if group.column.endswith("_id") else "NULLIF(key, '')"


def whole_months(as_of: date) -> date:
    """The first day that no whole month up to ``as_of`` has."""
    after = as_of + timedelta(days=1)
    return after if after.day == 1 else as_of.replace(day=1)
