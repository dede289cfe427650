"""Published tables as plain data, with what has become of them: one shape for the page's file and the API."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from registry.models import Certificate, Project, PublishedFigure
from registry.models.rows import in_chunks
from registry.statistics.causes import LateEntry, LateRecord, Moved
from registry.statistics.revision import Cell, Number, Revision
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.published import FigureKind

from .shape import (
    DAY,
    MAYBE_TEXT,
    MOMENT,
    REF,
    TEXT,
    WHOLE,
    YES_NO,
    Context,
    day,
    many,
    moment,
    money,
    ref,
    shape,
    text,
    words,
)

NUMBER = {"type": ["integer", "string", "null"],
          "description": "a count, or an amount with two places; null: blank, or not told where withheld"}
HEAD = {
    "code": TEXT, "url": {"type": "string", "format": "uri"}, "title": TEXT, "title_en": MAYBE_TEXT,
    "kind": words(FigureKind), "parameters": {"type": "object"}, "change": WHOLE, "checksum": TEXT, "office": REF,
    "frozen_at": MOMENT, "supersedes": MAYBE_TEXT, "superseded_by": MAYBE_TEXT, "note": MAYBE_TEXT,
}
NUMBERS_OF_CELLS = ("published", "now", "difference", "by_entries", "by_classification")
CELL = shape(column=TEXT, withheld=YES_NO, **dict.fromkeys(NUMBERS_OF_CELLS, NUMBER))
ROW = shape(key=MAYBE_TEXT, name=MAYBE_TEXT, name_en=MAYBE_TEXT, cells=many(CELL))
ENTRY = shape(
    code=MAYBE_TEXT, project=REF, kind=words(CapitalKind), counts_as=words(CapitalKind), amount_usd=TEXT,
    confirmed_usd=TEXT, date=DAY, recorded_at=MOMENT, keys=many(MAYBE_TEXT), columns=many(TEXT), in_period=YES_NO,
)
MOVED = shape(**{"project": REF, "entry": MAYBE_TEXT, "from": many(MAYBE_TEXT), "to": many(MAYBE_TEXT),
                 "why": many(TEXT)})
RECORD = shape(kind=TEXT, code=MAYBE_TEXT, project=REF, rows=many(TEXT), columns=many(TEXT), recorded_at=MOMENT)
REVISION = shape(change=WHOLE, rows=many(ROW), total=many(CELL), entries=many(ENTRY), reclassified=many(MOVED),
                 records=many(RECORD))
PUBLICATION = shape(**HEAD)
PUBLICATION_IN_FULL = shape(**HEAD, table={"type": "object"}, revision=REVISION)


def publication(figure: PublishedFigure, context: Context) -> dict:
    """A published table without its numbers. ``figure`` comes with its office and what it replaces and is replaced
    by."""
    after = getattr(figure, "superseded_by", None)
    return {
        "code": figure.code, "url": context.url("publications", figure.code), "title": figure.title,
        "title_en": text(figure.title_en), "kind": figure.kind, "parameters": figure.parameters,
        "change": figure.change, "checksum": figure.checksum, "office": ref(figure.office, context),
        "frozen_at": moment(figure.frozen_at), "supersedes": figure.supersedes and figure.supersedes.code,
        "superseded_by": after and after.code, "note": text(figure.note),
    }


def publication_in_full(figure: PublishedFigure, revision: Revision, context: Context) -> dict:
    """With its numbers, whose canonical bytes have the checksum, and all that differs now. At most three queries."""
    projects = projects_of(revision.moved)
    return {
        **publication(figure, context), "table": figure.table,
        "revision": {
            "change": revision.change,
            "rows": [{"key": row.key, "name": row.names[0], "name_en": row.names[1],
                      "cells": [_cell(cell, context) for cell in row.cells]} for row in revision.rows],
            "total": [_cell(cell, context) for cell in revision.total],
            "entries": [_entry(each, context) for each in revision.late],
            "reclassified": [_moved(each, projects, context) for each in revision.moved],
            "records": [_record(each, context) for each in told_records(revision.records, context)],
        },
    }


def projects_of(moved: Iterable[Moved | LateRecord]) -> dict[int, Project]:
    """The projects that were classified otherwise, or whose records changed. One query for every 500."""
    keys = sorted({each.project for each in moved if each.project is not None})
    found: dict[int, Project] = {}
    for start in range(0, len(keys), 500):
        found |= Project.objects.in_bulk(keys[start:start + 500])
    return found


@dataclass(frozen=True)
class ToldRecord:
    """A record that changed a form, with its code and its project where the reader may see them."""

    record: LateRecord
    code: str | None
    project: Project | None


def told_records(records: Sequence[LateRecord], context: Context) -> list[ToldRecord]:
    """What companies report and what officers type is told to the public without saying whose. One query for every 500
    projects and certificates."""
    projects = projects_of(records)
    certificates = [each.code for each in records if each.kind == Certificate.KIND]
    seen = {code for some in in_chunks(certificates)
            for code in Certificate.objects.public().filter(code__in=some).values_list("code", flat=True)}
    found = []
    for each in records:
        project = projects.get(each.project)
        is_seen = context.for_staff or (context.sees(project) and (
            each.kind == Project.KIND or (each.kind == Certificate.KIND and each.code in seen)))
        found.append(ToldRecord(each, each.code if is_seen else None, project if is_seen else None))
    return found


def _cell(cell: Cell, context: Context) -> dict:
    is_told = context.for_staff or not cell.is_withheld
    return {"column": cell.column, "withheld": not is_told, **{
        name: _number(getattr(cell, name)) if is_told or name == "published" else None for name in NUMBERS_OF_CELLS}}


def _number(value: Number) -> int | str | None:
    return value if value is None or isinstance(value, int) else money(value)


def _record(told: ToldRecord, context: Context) -> dict:
    each = told.record
    return {"kind": each.kind, "code": told.code, "project": ref(told.project, context), "rows": list(each.keys),
            "columns": list(each.columns), "recorded_at": moment(each.recorded_at)}


def _entry(late: LateEntry, context: Context) -> dict:
    """What the public does not see is told without its code."""
    entry = late.entry
    return {
        "code": entry.code if context.for_staff or entry.is_public() else None, "project": ref(entry.project, context),
        "kind": entry.kind, "counts_as": entry.counts_as, "amount_usd": money(entry.amount_usd),
        "confirmed_usd": money(entry.confirmed_usd),
        "date": day(entry.decided_on), "recorded_at": moment(entry.recorded_at), "keys": list(late.keys),
        "columns": list(late.columns), "in_period": late.in_period,
    }


def _moved(moved: Moved, projects: Mapping[int, Project], context: Context) -> dict:
    project = projects.get(moved.project)
    is_seen = context.sees(project)
    return {"project": ref(project, context), "entry": moved.entry if is_seen else None, "from": list(moved.was),
            "to": list(moved.now), "why": list(moved.why)}
