"""Flows of whole months as known on a day, from what is kept by the month of recording, and from the ledger what was
recorded in the month of that day."""

from datetime import date

from django.db import connections, router

from registry.models import CapitalEntry, CapitalKnown, CapitalSum
from registry.vocabulary.capital import CapitalKind

from .by_month import dimension_of, key_of, money_of
from .flow_months import NAMES, SUMS, read
from .groups import Group
from .known_months import asked, cells, knowing, moment

ENTRY, OWN = (model._meta.db_table for model in (CapitalEntry, CapitalSum))
COLUMNS = (f"= '{CapitalKind.NEW}'", f"IN ('{CapitalKind.INCREASE}', '{CapitalKind.DECREASE}')",
           f"= '{CapitalKind.SHARE_PURCHASE}'")
IN_MONTHS = "entry.counts_on >= %(first)s AND entry.counts_on < %(end)s AND entry.decided_latest IS NOT NULL"
RECORDED = "{which}.recorded_at >= %(low)s AND {which}.recorded_at < %(high)s"
# What was entered then; and what a reversal of then has undone counts no longer, where it did.
ENTERED = f"""
SELECT {{money}}, {", ".join(
    f"{{sign}} * CASE WHEN entry.kind {kinds} THEN 1 ELSE 0 END, "
    f"{{sign}} * CASE WHEN entry.counts_as {kinds} THEN entry.amount_usd ELSE 0 END" for kinds in COLUMNS)}
FROM {ENTRY} AS entry LEFT JOIN {OWN} AS own ON own.owner = entry.project_id
WHERE {RECORDED.format(which="entry")} AND {IN_MONTHS}
UNION ALL
SELECT {{money}}, {", ".join(f"-{{sign}} * CASE WHEN entry.kind {kinds} THEN 1 ELSE 0 END, 0" for kinds in COLUMNS)}
FROM {ENTRY} AS undoing JOIN {ENTRY} AS entry ON entry.id = undoing.reverses_id
LEFT JOIN {OWN} AS own ON own.owner = entry.project_id
WHERE {RECORDED.format(which="undoing")} AND {IN_MONTHS}
"""
OF_PERIOD = f"""
WITH parts(held, {", ".join(NAMES)}) AS (
    SELECT held, {", ".join(SUMS)} FROM ({{cells}}) AS kept WHERE is_dated UNION ALL {{entered}}),
own({{column}}, {", ".join(NAMES)}) AS (
    SELECT held, {", ".join(f"SUM({name})" for name in NAMES)} FROM parts GROUP BY held)
SELECT {{said}}, {", ".join(NAMES)} FROM own
"""
KEPT = ("new_times", "new_usd", "increase_times", "decrease_times", "increase_usd", "decrease_usd",
        "share_purchase_times", "share_purchase_usd")


def flows_as_known(group: Group, first: date, end: date, *, known_on: date) -> list[tuple]:
    """The rows of ``flows_of_months``, as known on a day. One query."""
    known = knowing(known_on)
    kept = cells(f"{key_of(group)} AS held, is_dated, {', '.join(KEPT)}", dimension_of(group))
    entered = ENTERED.format(money=money_of(group), sign=f"({known.sign})")
    statement = OF_PERIOD.format(cells=kept, entered=entered, column=group.column, said=group.said)
    with connections[router.db_for_read(CapitalKnown)].cursor() as cursor:
        cursor.execute(statement, asked(first, end, known) | {
            "first": first.isoformat(), "end": end.isoformat(), "low": moment(known.low), "high": moment(known.high)})
        return read(cursor.fetchall())
