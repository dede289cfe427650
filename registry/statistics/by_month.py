"""Sums of the whole ledger as of a day by one group, from what is kept beside it: whole years, the months of the last
year, five days each of the last month, and what counts in the last of these up to the day from the ledger itself."""

from datetime import date, timedelta

from django.db import connections, router

from registry.models import CapitalEntry, CapitalMonth, CapitalSum, Investor
from registry.models.sums import DAYS, DIMENSIONS, MEASURE_SUMS, MONTH, OF_INVESTOR, YEAR, first_of_days
from registry.vocabulary.capital import CapitalKind

from .groups import Group

ENTRY, MONTHS, SUMS = (model._meta.db_table for model in (CapitalEntry, CapitalMonth, CapitalSum))
STARTING = f"IN ('{CapitalKind.NEW}', '{CapitalKind.OPENING}')"
REGISTERED = f"IN ('{CapitalKind.NEW}', '{CapitalKind.OPENING}', '{CapitalKind.INCREASE}', '{CapitalKind.DECREASE}')"
ADDED = ", ".join(("projects", "entries", *MEASURE_SUMS))

KEPT = f"""
SELECT {{key}} AS held, {ADDED} FROM {MONTHS}
WHERE dimension = '{{dimension}}' AND grain = '{YEAR}' AND period < %(year)s
UNION ALL
SELECT {{key}}, {ADDED} FROM {MONTHS}
WHERE dimension = '{{dimension}}' AND grain = '{MONTH}' AND period >= %(january)s AND period < %(month)s
UNION ALL
SELECT {{key}}, {ADDED} FROM {MONTHS}
WHERE dimension = '{{dimension}}' AND grain = '{DAYS}' AND period >= %(first_of_month)s AND period < %(first)s
"""
# From the first of these days on: the money, who begins, who is undone that began before; and who ends.
REST = f"""
UNION ALL
SELECT {{money}},
       CASE WHEN own.ended_on <= %(day)s THEN 0
            WHEN entry.kind {STARTING} AND NOT EXISTS (
                SELECT 1 FROM {ENTRY} AS undoing WHERE undoing.reverses_id = entry.id AND undoing.counts_on <= %(day)s)
            THEN 1
            WHEN entry.kind = '{CapitalKind.REVERSAL}' AND entry.counts_as {STARTING} AND (
                SELECT undone.counts_on FROM {ENTRY} AS undone WHERE undone.id = entry.reverses_id) < %(first)s
            THEN -1 ELSE 0 END,
       1, CASE WHEN entry.counts_as {REGISTERED} THEN entry.amount_usd ELSE 0 END,
       CASE WHEN entry.counts_as {REGISTERED} AND entry.confirmed THEN entry.amount_usd ELSE 0 END,
       CASE WHEN entry.counts_as = '{CapitalKind.DISBURSEMENT}' THEN entry.amount_usd ELSE 0 END,
       CASE WHEN entry.counts_as = '{CapitalKind.SHARE_PURCHASE}' THEN entry.amount_usd ELSE 0 END
FROM {ENTRY} AS entry {{with_own}} WHERE entry.counts_on >= %(first)s AND entry.counts_on <= %(day)s
UNION ALL
SELECT own.{{dimension}}, -(
           SELECT COUNT(*) FROM {ENTRY} AS entry
           WHERE entry.project_id = own.owner AND entry.kind {STARTING} AND entry.counts_on < %(first)s
                 AND NOT EXISTS (SELECT 1 FROM {ENTRY} AS undoing
                                 WHERE undoing.reverses_id = entry.id AND undoing.counts_on < %(first)s)
       ), 0, 0, 0, 0, 0
FROM {SUMS} AS own WHERE own.ended_on >= %(first)s AND own.ended_on <= %(day)s
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


def sums_of_months(group: Group, *, as_of: date) -> list[tuple]:
    """(key, projects in force, the four measures in hundredths); a key may come several times. One query."""
    dimension = dimension_of(group)
    first, is_whole = whole_days(as_of)
    parts = (KEPT if is_whole else KEPT + REST).format(
        key=key_of(group), dimension=dimension, money=money_of(group), with_own=with_own())
    statement = GROUPED.format(parts=parts, column=group.column, said=group.said)
    with connections[router.db_for_read(CapitalMonth)].cursor() as cursor:
        cursor.execute(statement, {
            "year": f"{first:%Y}", "january": f"{first:%Y}-01", "month": f"{first:%Y-%m}",
            "first_of_month": f"{first:%Y-%m}-01", "first": first.isoformat(), "day": as_of.isoformat()})
        return cursor.fetchall()


def with_own() -> str:
    """The SQL that joins all under which the project of an entry stands, as ``own``. PostgreSQL is held to look them up
    one by one: for a thousand entries it would read all projects."""
    if connections[router.db_for_read(CapitalEntry)].vendor == "sqlite":
        return f"LEFT JOIN {SUMS} AS own ON own.owner = entry.project_id"
    return f"LEFT JOIN LATERAL (SELECT * FROM {SUMS} WHERE owner = entry.project_id OFFSET 0) AS own ON TRUE"


def key_of(group: Group) -> str:
    """The SQL of what stands as a key in the kept months, as the group has it."""
    return "CAST(NULLIF(key, '') AS BIGINT)" if group.column.endswith("_id") else "NULLIF(key, '')"


def money_of(group: Group) -> str:
    """The SQL of where the amount of an entry ``with_own`` stands: a purchase under its buyer's country, all else as
    the project."""
    dimension = dimension_of(group)
    if dimension not in OF_INVESTOR:
        return f"own.{dimension}"
    return (f"CASE WHEN entry.counts_as = '{CapitalKind.SHARE_PURCHASE}' AND entry.buyer_id IS NOT NULL "
            f"THEN (SELECT {dimension}_id FROM {Investor._meta.db_table} WHERE id = entry.buyer_id) "
            f"ELSE own.{dimension} END")


def whole_months(as_of: date) -> tuple[date, bool]:
    """The first day that no whole month up to ``as_of`` has, and whether they reach up to it."""
    after = as_of + timedelta(days=1)
    return (after, True) if after.day == 1 else (as_of.replace(day=1), False)


def whole_days(as_of: date) -> tuple[date, bool]:
    """The first day of which no sum of five days is whole up to ``as_of``, and whether they reach up to it."""
    after = as_of + timedelta(days=1)
    if after.day == first_of_days(after.day):
        return after, True
    return as_of.replace(day=first_of_days(as_of.day)), False
