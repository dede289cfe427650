"""Published tables as plain data, with what has become of them: one shape for the page's file and the API."""

from collections.abc import Iterable, Mapping

from registry.models import Project, PublishedFigure
from registry.statistics.revision import Cell, LateEntry, Moved, Revision
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

NUMBER = {"type": ["integer", "string"], "description": "a count, or US dollars with two places"}
HEAD = {
    "code": TEXT, "url": {"type": "string", "format": "uri"}, "title": TEXT, "title_en": MAYBE_TEXT,
    "kind": words(FigureKind), "parameters": {"type": "object"}, "change": WHOLE, "checksum": TEXT, "office": REF,
    "frozen_at": MOMENT, "supersedes": MAYBE_TEXT, "superseded_by": MAYBE_TEXT, "note": MAYBE_TEXT,
}
NUMBERS_OF_CELLS = ("published", "now", "difference", "by_entries", "by_classification")
CELL = shape(column=TEXT, **dict.fromkeys(NUMBERS_OF_CELLS, NUMBER))
ROW = shape(key=MAYBE_TEXT, name=MAYBE_TEXT, name_en=MAYBE_TEXT, cells=many(CELL))
ENTRY = shape(
    code=MAYBE_TEXT, project=REF, kind=words(CapitalKind), counts_as=words(CapitalKind), amount_usd=TEXT, date=DAY,
    recorded_at=MOMENT, keys=many(MAYBE_TEXT), columns=many(TEXT), in_period=YES_NO,
)
MOVED = shape(**{"project": REF, "entry": MAYBE_TEXT, "from": many(MAYBE_TEXT), "to": many(MAYBE_TEXT),
                 "why": many(TEXT)})
REVISION = shape(change=WHOLE, rows=many(ROW), total=many(CELL), entries=many(ENTRY), reclassified=many(MOVED))
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
    """With its numbers, whose canonical bytes have the checksum, and all that differs now. One query."""
    projects = projects_of(revision.moved)
    return {
        **publication(figure, context), "table": figure.table,
        "revision": {
            "change": revision.change,
            "rows": [{"key": row.key, "name": row.names[0], "name_en": row.names[1],
                      "cells": [_cell(cell) for cell in row.cells]} for row in revision.rows],
            "total": [_cell(cell) for cell in revision.total],
            "entries": [_entry(each, context) for each in revision.late],
            "reclassified": [_moved(each, projects, context) for each in revision.moved],
        },
    }


def projects_of(moved: Iterable[Moved]) -> dict[int, Project]:
    """The projects that were classified otherwise. One query for every 500."""
    keys = sorted({each.project for each in moved if each.project is not None})
    found: dict[int, Project] = {}
    for start in range(0, len(keys), 500):
        found |= Project.objects.in_bulk(keys[start:start + 500])
    return found


def _cell(cell: Cell) -> dict:
    tell = money if cell.column.endswith("_usd") else int
    return {"column": cell.column, **{name: tell(getattr(cell, name)) for name in NUMBERS_OF_CELLS}}


def _entry(late: LateEntry, context: Context) -> dict:
    """What the public does not see is told without its code."""
    entry = late.entry
    return {
        "code": entry.code if context.for_staff or entry.is_public() else None, "project": ref(entry.project, context),
        "kind": entry.kind, "counts_as": entry.counts_as, "amount_usd": money(entry.amount_usd),
        "date": day(entry.decided_on), "recorded_at": moment(entry.recorded_at), "keys": list(late.keys),
        "columns": list(late.columns), "in_period": late.in_period,
    }


def _moved(moved: Moved, projects: Mapping[int, Project], context: Context) -> dict:
    project = projects.get(moved.project)
    is_seen = context.sees(project)
    return {"project": ref(project, context), "entry": moved.entry if is_seen else None, "from": list(moved.was),
            "to": list(moved.now), "why": list(moved.why)}
