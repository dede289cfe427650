"""Sums of the whole ledger by one group as of a day, as known on a day: from what is kept by the time of recording, and
from the ledger what counts between the one day and the nearer end of its month, and what was recorded between the other
and an end of its third of a month."""

from datetime import date, timedelta

from django.db import connections, router

from registry.models import CapitalEntry, CapitalKnown, CapitalSum
from registry.models.capital import end_of_day
from registry.models.sums import BY_SHARE
from registry.vocabulary.capital import CapitalKind

from .by_month import ADDED, GROUPED, key_of
from .groups import Group
from .held_known import held_in_strips
from .known_months import asked, cells, knowing, moment
from .of_entries import CONFIRMED, REGISTERED, STARTING, money_of, with_own

ENTRY, SUMS = (model._meta.db_table for model in (CapitalEntry, CapitalSum))

MONEY = f"""
SELECT {{money}}, 0, {{sign}}, {{sign}} * CASE WHEN entry.counts_as {REGISTERED} THEN entry.amount_usd ELSE 0 END,
       {{sign}} * CASE WHEN entry.counts_as {REGISTERED} THEN {CONFIRMED} ELSE 0 END,
       {{sign}} * CASE WHEN entry.counts_as = '{CapitalKind.DISBURSEMENT}' THEN entry.amount_usd ELSE 0 END,
       {{sign}} * CASE WHEN entry.counts_as = '{CapitalKind.SHARE_PURCHASE}' THEN entry.amount_usd ELSE 0 END
FROM {ENTRY} AS entry {{with_own}}
"""
# A first entry counts by one day as known on another: it is known, nothing known has undone it, and its project has not
# ended.
COUNTS = """
CASE WHEN start.counts_on < {day} AND start.recorded_at < {known}
          AND NOT (undoing.id IS NOT NULL AND undoing.counts_on < {day} AND undoing.recorded_at < {known})
          AND (own.ended_on IS NULL OR own.ended_on >= {day}) THEN 1 ELSE 0 END
"""
IN_DAYS = "counts_on >= %(from_day)s AND counts_on < %(until_day)s"
RECORDED = "recorded_at >= %(low)s AND recorded_at < %(high)s"
# The first entries of which anything happens, or was recorded, in the days that are read: by how much they count
# otherwise than at the ends of what is kept. Looked up one by one: joined, PostgreSQL would read the whole ledger for
# three thousand of them.
PROJECTS = f"""
SELECT (SELECT own.{{dimension}} FROM {ENTRY} AS start JOIN {SUMS} AS own ON own.owner = start.project_id
        WHERE start.id = touched.id),
       (SELECT {COUNTS.format(day="%(after)s", known="%(known_until)s")}
             - {COUNTS.format(day="%(end)s", known="%(known_end)s")}
        FROM {ENTRY} AS start JOIN {SUMS} AS own ON own.owner = start.project_id
        LEFT JOIN {ENTRY} AS undoing ON undoing.reverses_id = start.id WHERE start.id = touched.id), 0, 0, 0, 0, 0
FROM (
    SELECT id FROM {ENTRY} WHERE kind {STARTING} AND {IN_DAYS}
    UNION SELECT id FROM {ENTRY} WHERE kind {STARTING} AND {RECORDED}
    UNION SELECT reverses_id FROM {ENTRY} WHERE reverses_id IS NOT NULL AND counts_as {STARTING} AND {IN_DAYS}
    UNION SELECT reverses_id FROM {ENTRY} WHERE reverses_id IS NOT NULL AND counts_as {STARTING} AND {RECORDED}
    UNION SELECT entry.id FROM {SUMS} AS ended JOIN {ENTRY} AS entry ON entry.project_id = ended.owner
          WHERE ended.ended_on >= %(from_day)s AND ended.ended_on < %(until_day)s AND entry.kind {STARTING}) AS touched
"""


def sums_as_known(group: Group, *, as_of: date, known_on: date, by_share: bool = False) -> list[tuple]:
    """(key, projects in force, the four measures in hundredths, where asked for by share); a key may come several
    times. Two queries, by share four."""
    dimension, money, own = group.column.removesuffix("_id"), money_of(group), with_own()
    after, end = as_of + timedelta(days=1), nearest_month(as_of)
    days, known = sorted((after, end)), knowing(known_on)
    strips = {
        "end": end.isoformat(), "after": after.isoformat(),
        "from_day": days[0].isoformat(), "until_day": days[1].isoformat(),
        "low": moment(known.low), "high": moment(known.high), "known_until": moment(end_of_day(known_on)),
        "known_end": moment(known.low if known.sign > 0 else known.high)}
    parts = [
        cells(f"{key_of(group)} AS held, {ADDED}", dimension),
        MONEY.format(money=money, with_own=own, sign=1 if end < after else -1)
        + f"WHERE {IN_DAYS} AND recorded_at < %(known_until)s",
        MONEY.format(money=money, with_own=own, sign=known.sign) + f"WHERE {RECORDED} AND counts_on < %(end)s",
        PROJECTS.format(dimension=dimension),
    ]
    if by_share:
        parts.append(cells(f"{key_of(group)} AS held, {ADDED}", BY_SHARE[dimension]))
    statement = GROUPED.format(parts=" UNION ALL ".join(parts), column=group.column, said=group.said)
    with connections[router.db_for_read(CapitalKnown)].cursor() as cursor:
        cursor.execute(statement, asked(None, end, known) | strips)
        rows = cursor.fetchall()
    return [*rows, *held_in_strips(group, strips)] if by_share else rows


def nearest_month(as_of: date) -> date:
    """The beginning of a month that is nearest to the end of this day, so that half a month's entries are read at
    most."""
    first, after = as_of.replace(day=1), as_of + timedelta(days=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first if after - first < following - after else following
