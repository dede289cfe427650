"""The new records of an import, written as drafts in the order in which they refer to each other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from registry.models import Certificate, Enterprise, Investor, OperatingReport, Project, Source, Stake, Zone
from registry.models.rows import blank, relate

from .bulk import create_many, open_many, rejoin
from .plan import PlannedRow
from .project import StakeGiven
from .record import create
from .writing import Writing

# New records are written in this order: each refers to those before it. All are published but reports, which are
# accepted.
PUBLISHED = (Investor, Enterprise, Zone, Project, Certificate)
ORDER = (*PUBLISHED, OperatingReport)


def write_file(*, act: Writing, source: Source, rows: Sequence[PlannedRow]) -> None:
    """Write the file as a source where something of these rows rests on it."""
    if any(getattr(record, "source", None) is source for row in rows for record in (*row.makes, *row.proposed)):
        create_many(act=act, records=[source], seen=_unseen)


def write_drafts(*, act: Writing, rows: Sequence[PlannedRow]) -> None:
    """Write what these rows make; what waits in them is tied to what was written. Rows may refer to those before."""
    drafts: dict[type, list] = defaultdict(list)
    of: dict[int, PlannedRow] = {}
    for row in rows:
        for record in row.makes:
            drafts[type(record)].append(record)
            of[id(record)] = row
    for model in ORDER:
        _write(act, drafts[model], of)
    for row in rows:
        for record in row.proposed:
            rejoin(record)


def _write(act: Writing, records: list, rows: dict[int, PlannedRow]) -> None:
    for record in records:
        rejoin(record)
    model = type(records[0]) if records else None
    if model is Zone:
        for zone in records:
            create(act=act, record=zone, related=rows[id(zone)].related)
    elif model is Project:
        open_many(act=act, seen=_unseen, projects=[(each, _stakes_of(each, rows[id(each)].stakes)) for each in records])
    else:
        create_many(act=act, records=records, seen=_unseen)


def _unseen(record) -> bool:
    return False


def _stakes_of(project: Project, given: Iterable[StakeGiven]) -> list[Stake]:
    """New stakes of a project in the order in which they are given; one of them says that it is the lead."""
    stakes = []
    for position, each in enumerate(given, start=1):
        stake = blank(Stake)
        relate(stake, project=project, investor=each.investor)
        stake.position, stake.lead, stake.share_percent = position, each.lead, each.share_percent
        stakes.append(stake)
    return stakes
