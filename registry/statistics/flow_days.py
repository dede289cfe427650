"""Flows of days beside whole months as known on a day, from the ledger, with what each project stands under from the
kept sums."""

from collections.abc import Sequence
from datetime import date

from django.db import connections, router

from registry.models import CapitalEntry
from registry.models.capital import end_of_day

from .flow_months import NAMES, read
from .flow_months_known import COLUMNS, ENTRY
from .groups import Group
from .known_months import moment
from .of_entries import money_of, with_own

WITHIN = f"""
SELECT id, kind, counts_as, amount_usd, buyer_id, project_id FROM {ENTRY}
WHERE counts_on >= %s AND counts_on <= %s AND decided_latest IS NOT NULL AND recorded_at < %s"""
STANDS = f"""
NOT EXISTS (SELECT 1 FROM {ENTRY} AS undoing WHERE undoing.reverses_id = entry.id AND undoing.recorded_at < %s)"""
OF_DAYS = f"""
WITH parts(held, {", ".join(NAMES)}) AS (
    SELECT {{money}}, {", ".join(
        f"CASE WHEN entry.kind {kinds} AND {STANDS} THEN 1 ELSE 0 END, "
        f"CASE WHEN entry.counts_as {kinds} THEN entry.amount_usd ELSE 0 END" for kinds in COLUMNS)}
    FROM ({{entries}}) AS entry {{with_own}}),
own({{column}}, {", ".join(NAMES)}) AS (
    SELECT held, {", ".join(f"SUM({name})" for name in NAMES)} FROM parts GROUP BY held)
SELECT {{said}}, {", ".join(NAMES)} FROM own
"""


def flows_of_days(group: Group, days: Sequence[tuple[date, date]], *, known_on: date) -> list[tuple]:
    """The rows of ``flows_kept`` of these days, both included each time, as known on a day. One query."""
    until = moment(end_of_day(known_on))
    statement = OF_DAYS.format(entries=" UNION ALL ".join([WITHIN] * len(days)), money=money_of(group),
                               column=group.column, said=group.said, with_own=with_own())
    given = [each for first, last in days for each in (first.isoformat(), last.isoformat(), until)]
    with connections[router.db_for_read(CapitalEntry)].cursor() as cursor:
        cursor.execute(statement, [until] * len(COLUMNS) + given)
        return read(cursor.fetchall())
