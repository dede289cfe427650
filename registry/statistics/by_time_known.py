"""Sums of the ledger by the time of decision as known on a day: of whole months, from what is kept by the time of
recording, and from the ledger what was recorded in the third of a month of that day."""

from collections.abc import Iterator
from datetime import date

from django.db import connections, router

from registry.models import CapitalEntry, CapitalKnown
from registry.models.sums import KIND_SUMS, MEASURE_SUMS
from registry.vocabulary.capital import CapitalKind

from .known_months import BY_MONTHS, asked, cells, knowing, moment
from .of_entries import CONFIRMED, REGISTERED, STARTING

ENTRY = CapitalEntry._meta.db_table
AMOUNTS = (*MEASURE_SUMS, *KIND_SUMS)
# Which entries go into each of these sums, and what of each.
WHICH = ((f"counts_as {REGISTERED}", "entry.amount_usd"), (f"counts_as {REGISTERED}", CONFIRMED), *(
    (f"counts_as = '{kind}'", "entry.amount_usd") for kind in (
        CapitalKind.DISBURSEMENT, CapitalKind.SHARE_PURCHASE, *(name.removesuffix("_usd") for name in KIND_SUMS))))
PARTS = f"""
SELECT SUBSTR(CAST(entry.counts_on AS VARCHAR(10)), 1, 7), entry.decided_latest IS NOT NULL, {{sign}},
       {{sign}} * CASE WHEN entry.kind {STARTING} THEN 1 ELSE 0 END,
       {", ".join(f"{{sign}} * CASE WHEN entry.{which} THEN {amount} ELSE 0 END" for which, amount in WHICH)}
FROM {ENTRY} AS entry
WHERE entry.recorded_at >= %(low)s AND entry.recorded_at < %(high)s AND entry.counts_on < %(first)s
UNION ALL
SELECT SUBSTR(CAST(entry.counts_on AS VARCHAR(10)), 1, 7), entry.decided_latest IS NOT NULL, 0, -{{sign}},
       {", ".join("0" for _each in WHICH)}
FROM {ENTRY} AS undoing JOIN {ENTRY} AS entry ON entry.id = undoing.reverses_id
WHERE undoing.recorded_at >= %(low)s AND undoing.recorded_at < %(high)s AND entry.counts_on < %(first)s
      AND entry.kind {STARTING}
"""
BY_PERIOD = f"""
WITH parts(period, is_dated, entries, times, {", ".join(AMOUNTS)}) AS ({{parts}})
SELECT SUBSTR(period, 1, {{length}}), is_dated, SUM(times), {", ".join(f"SUM({name})" for name in AMOUNTS)}
FROM parts GROUP BY 1, 2 HAVING SUM(entries) > 0
"""
# Every dimension has the whole ledger; this one in the fewest rows.
SHORTEST = "form"


def kept_as_known(by: str, first: date, known_on: date) -> Iterator[tuple]:
    """Of what counts before ``first``: when, how many began, and the amounts in hundredths. Two queries."""
    known = knowing(known_on)
    kept = cells(f"period, is_dated, entries, opening_times + new_times, {', '.join(AMOUNTS)}", SHORTEST)
    statement = BY_PERIOD.format(parts=f"{kept} UNION ALL {PARTS.format(sign=f'({known.sign})')}",
                                 length=len("2023" if by == "year" else "2023-05"))
    with connections[router.db_for_read(CapitalKnown)].cursor() as cursor:
        cursor.execute(statement, asked(None, first, known) | ({} if by == "year" else BY_MONTHS) | {
            "first": first.isoformat(), "low": moment(known.low), "high": moment(known.high)})
        rows = cursor.fetchall()
    for period, is_dated, times, *amounts in rows:
        yield f"{period}-01"[:7] if is_dated else None, int(times), *map(int, amounts)
