"""The new records of an import, written as drafts in the order in which they refer to each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from registry.models import Certificate, Enterprise, ImportBatch, Investor, OperatingReport, Project, Zone
from registry.models.rows import in_chunks
from registry.vocabulary.batch import Step

from .bulk import create_many, open_many, rejoin
from .plan import PlannedRow, Preview, Told
from .record import create
from .writing import Writing

# New records are written in this order: each refers to those before it. All are published but reports, which are
# accepted.
PUBLISHED = (Investor, Enterprise, Zone, Project, Certificate)
ORDER = (*PUBLISHED, OperatingReport)


def write_drafts(*, act: Writing, batch: ImportBatch, preview: Preview, told: Told) -> None:
    """Write what the rows of a preview make, and the file as their source where one of them rests on it. What waits
    in the rows is tied to what was written."""
    drafts: dict[type, list] = defaultdict(list)
    rows: dict[int, PlannedRow] = {}
    for row in preview.rows:
        for record in row.makes:
            drafts[type(record)].append(record)
            rows[id(record)] = row
    waiting = [record for row in preview.rows for record in row.proposed]
    if any(getattr(record, "source", None) is preview.source for record in
           (*waiting, *drafts[Project], *drafts[OperatingReport])):
        preview.source.reference = batch.code
        create_many(act=act, records=[preview.source], seen=_unseen)
    in_order = (some for model in ORDER for some in in_chunks(drafts[model]))
    for done, some in counted(in_order):
        _write(act, some, rows)
        told(Step.RECORDS, done, len(rows))
    for record in waiting:
        rejoin(record)


def counted(chunks: Iterable[list]) -> Iterator[tuple[int, list]]:
    """Each chunk, with how many things there are up to its end."""
    done = 0
    for some in chunks:
        done += len(some)
        yield done, some


def _write(act: Writing, records: list, rows: dict[int, PlannedRow]) -> None:
    for record in records:
        rejoin(record)
    model = type(records[0])
    if model is Zone:
        for zone in records:
            create(act=act, record=zone, related=rows[id(zone)].related)
    elif model is Project:
        open_many(act=act, seen=_unseen, projects=[(each, _rejoined(rows[id(each)].stakes)) for each in records])
    else:
        create_many(act=act, records=records, seen=_unseen)


def _unseen(record) -> bool:
    return False


def _rejoined(stakes: Iterable) -> list:
    for stake in stakes:
        rejoin(stake)
    return list(stakes)
