"""Flows of whole months as known on a day, from what is kept by the time of recording, and from the ledger what was
recorded in the third of a month of that day."""

from collections.abc import Sequence
from datetime import date

from django.db import connections, router

from registry.models import CapitalEntry, CapitalKnown
from registry.vocabulary.capital import CapitalKind

from .by_month import dimension_of, key_of
from .flow_months import NAMES, SUMS, read
from .groups import Group
from .known_months import BY_MONTHS, asked, cells, knowing, moment
from .of_entries import money_of, with_own

ENTRY = CapitalEntry._meta.db_table
COLUMNS = (f"= '{CapitalKind.NEW}'", f"IN ('{CapitalKind.INCREASE}', '{CapitalKind.DECREASE}')",
           f"= '{CapitalKind.SHARE_PURCHASE}'")
IN_MONTHS = "entry.counts_on >= %(first)s AND entry.counts_on < %(end)s AND entry.decided_latest IS NOT NULL"
RECORDED = "{which}.recorded_at >= %(low)s AND {which}.recorded_at < %(high)s"


def entered(key: str, sign: int, columns: tuple[str, ...] = COLUMNS, also: str = "") -> str:
    """The SQL of what was entered then, times and amount of each column under a key; and of what a reversal of then has
    undone, which counts no longer where it did. ``also`` says of which projects."""
    amounts = ", ".join(
        f"({sign}) * CASE WHEN entry.kind {kinds} THEN 1 ELSE 0 END, "
        f"({sign}) * CASE WHEN entry.counts_as {kinds} THEN entry.amount_usd ELSE 0 END" for kinds in columns)
    undone = ", ".join(f"({-sign}) * CASE WHEN entry.kind {kinds} THEN 1 ELSE 0 END, 0" for kinds in columns)
    return f"""
SELECT {key}, {amounts}
FROM {ENTRY} AS entry {with_own()}
WHERE {RECORDED.format(which="entry")} AND {IN_MONTHS} {also}
UNION ALL
SELECT {key}, {undone}
FROM {ENTRY} AS undoing JOIN {ENTRY} AS entry ON entry.id = undoing.reverses_id {with_own()}
WHERE {RECORDED.format(which="undoing")} AND {IN_MONTHS} {also}
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
    """The rows of ``flows_kept``, as known on a day. Two queries."""
    known = knowing(known_on)
    kept = cells(f"{key_of(group)} AS held, is_dated, {', '.join(KEPT)}", dimension_of(group))
    statement = OF_PERIOD.format(cells=kept, entered=entered(money_of(group), known.sign), column=group.column,
                                 said=group.said)
    with connections[router.db_for_read(CapitalKnown)].cursor() as cursor:
        cursor.execute(statement, asked(first, end, known) | {
            "first": first.isoformat(), "end": end.isoformat(), "low": moment(known.low), "high": moment(known.high)})
        return read(cursor.fetchall())


# With what was realised, month by month, for form A.IV.1.
WITH_REALISED = (*NAMES, "realised_times", "realised_usd")
BY_MONTH = f"""
WITH parts(period, {", ".join(WITH_REALISED)}) AS (
    SELECT period, {", ".join(SUMS)}, 0, realised_usd FROM ({{cells}}) AS kept WHERE is_dated {{of_keys}}
    UNION ALL {{entered}})
SELECT period, {", ".join(f"SUM({name})" for name in WITH_REALISED)} FROM parts GROUP BY period
"""


def months_as_known(first: date, end: date, *, known_on: date, registrars: Sequence[int] | None) -> dict[date, dict]:
    """What was decided in each month from ``first`` to before ``end``, of all projects (None), of those of registrars
    or of those without one (empty): ``WITH_REALISED`` by the first day of the month, amounts in hundredths. Two
    queries."""
    known = knowing(known_on)
    kept = cells(f"period, key, is_dated, {', '.join(KEPT)}, realised_usd", "registrar")
    of_keys = also = ""
    if registrars is not None:
        whose = f"IN ({', '.join(map(str, registrars))})" if registrars else "IS NULL"
        of_keys, also = f"AND CAST(NULLIF(key, '') AS BIGINT) {whose}", f"AND own.registrar {whose}"
    columns = (*COLUMNS, f"= '{CapitalKind.DISBURSEMENT}'")
    month = "SUBSTR(CAST(entry.counts_on AS VARCHAR(10)), 1, 7)"
    statement = BY_MONTH.format(cells=kept, of_keys=of_keys, entered=entered(month, known.sign, columns, also))
    with connections[router.db_for_read(CapitalKnown)].cursor() as cursor:
        cursor.execute(statement, asked(first, end, known) | BY_MONTHS | {
            "first": first.isoformat(), "end": end.isoformat(), "low": moment(known.low), "high": moment(known.high)})
        return {date.fromisoformat(f"{period}-01"): dict(zip(WITH_REALISED, map(int, values), strict=True))
                for period, *values in cursor.fetchall()}
