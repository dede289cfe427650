"""What tables by share, as known on a day, add to the sums by lead beside what is kept: of projects that several hold
and of which anything stands in the days that are read from the ledger."""

from collections.abc import Iterator, Mapping

from django.db import connections, router

from registry.models import CapitalEntry, Stake
from registry.models.rows import in_chunks
from registry.vocabulary.capital import CapitalKind

from .groups import Group
from .ledger import moved_to_holders, stakes_of
from .of_entries import CONFIRMED, REGISTERED

ENTRY, STAKE = (model._meta.db_table for model in (CapitalEntry, Stake))
AMOUNTS = ((f"counts_as {REGISTERED}", "entry.amount_usd"), (f"counts_as {REGISTERED}", CONFIRMED),
           (f"counts_as = '{CapitalKind.DISBURSEMENT}'", "entry.amount_usd"))
# By what is kept, and by what is asked for.
POINTS = ("entry.counts_on < %(end)s AND entry.recorded_at < %(known_end)s",
          "entry.counts_on < %(after)s AND entry.recorded_at < %(known_until)s")
TOUCHED = f"""
WITH near(project_id) AS (
    SELECT project_id FROM {ENTRY}
    WHERE counts_on >= %(from_day)s AND counts_on < %(until_day)s AND recorded_at < %(known_until)s
    UNION SELECT project_id FROM {ENTRY}
    WHERE recorded_at >= %(low)s AND recorded_at < %(high)s AND counts_on < %(end)s),
touched(project_id) AS MATERIALIZED (
    SELECT project_id FROM near WHERE EXISTS (
        SELECT 1 FROM {STAKE} AS stake
        WHERE stake.project_id = near.project_id AND NOT stake.lead AND stake.until_certificate_id IS NULL))
SELECT entry.project_id, {", ".join(f"SUM(CASE WHEN entry.{which} AND {point} THEN {amount} ELSE 0 END)"
                                    for point in POINTS for which, amount in AMOUNTS)}
FROM touched JOIN {ENTRY} AS entry ON entry.project_id = touched.project_id
GROUP BY entry.project_id
"""


def held_in_strips(group: Group, strips: Mapping[str, object]) -> Iterator[tuple]:
    """Rows as those of ``sums_as_known``: by how much the parts of holders, less what is their lead's, differ from
    those at the ends of what is kept. Two queries for every five hundred projects."""
    with connections[router.db_for_read(CapitalEntry)].cursor() as cursor:
        cursor.execute(TOUCHED, strips)
        sums = {project: (tuple(map(int, amounts[:len(AMOUNTS)])), tuple(map(int, amounts[len(AMOUNTS):])))
                for project, *amounts in cursor.fetchall()}
    for some in in_chunks(project for project, (kept, asked) in sums.items() if kept != asked):
        for project, stakes in stakes_of(some, group).items():
            for key, parts in moved_to_holders(stakes, *sums[project]):
                yield key, 0, *parts, 0
