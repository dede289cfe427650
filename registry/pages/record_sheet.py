"""Everything that the page of a record of any noun says."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from registry.exchange.columns import FIELDS
from registry.exchange.documents import DOCUMENTS, Context
from registry.models import Statement
from registry.models.statement import SUBJECTS

from .cells import Cell, Names, Said, cell_of, name_of
from .notes import Notes
from .shelves import Shelf
from .stated import StatedLine
from .told import ConflictLine, Told

# What stands elsewhere on the page, or is for programs; a text in English stands in place of the Vietnamese one.
NOT_FACTS = ("code", "name", "url", "version", "updated_at")


@dataclass(frozen=True)
class RecordSheet:
    """One record as of ``today``: ``facts`` are the fields that have a value, ``missing`` the names of the others."""

    today: date
    document: dict
    updated_at: datetime
    name: Said
    facts: tuple[Cell, ...]
    missing: tuple[str, ...]
    statements: list[StatedLine]
    conflicts: list[ConflictLine]
    notes: Notes


def read_sheet(shelf: Shelf, record, request: HttpRequest, today: date) -> RecordSheet:
    """At most ten queries, with the one that found the record."""
    kind = shelf.listing.kind
    context = Context(base=request.build_absolute_uri("/api/v1/"), as_of=today)
    document = DOCUMENTS[kind].load([record.pk], context)[0]
    fields = [each for each in FIELDS[shelf.path].fields
              if each.name not in NOT_FACTS and not each.name.endswith("_en")]
    names = Names(fields, [document])
    cells = [cell_of(field, document, names) for field in fields]
    notes, statements = Notes(), _statements(kind, record)
    told = Told(statements, notes)
    return RecordSheet(
        today=today, document=document, updated_at=record.updated_at, name=name_of(document),
        facts=tuple(c for c in cells if not c.is_empty),
        missing=tuple(str(cell.label) for cell in cells if cell.is_empty),
        statements=told.lines(statements), conflicts=told.conflicts(), notes=notes,
    )


def _statements(kind: str, record) -> list[Statement]:
    """What public sources say of it; nothing of a noun of which no source speaks."""
    if kind not in SUBJECTS:
        return []
    rows = Statement.objects.public().filter(**{kind: record})
    return list(rows.select_related("source", *SUBJECTS).order_by("attribute", "pk"))
