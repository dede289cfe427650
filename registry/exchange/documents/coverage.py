"""Stated against computed as plain data: one shape for the page's file and the API."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from registry.models import Statement
from registry.statistics.coverage import NotCompared, Stated
from registry.vocabulary.period import VagueDay
from registry.vocabulary.statement import number_of

from .shape import DAY, MAYBE_TEXT, SUBJECT, TEXT, WHOLE, YES_NO, day, iso, shape

STATED = shape(
    statement=WHOLE, reference=MAYBE_TEXT, what=TEXT, scope=SUBJECT, date=DAY, computed_for=DAY, stated=TEXT,
    unit=TEXT, qualifier=MAYBE_TEXT, computed=TEXT, percent=MAYBE_TEXT, alarm=YES_NO, reason=TEXT, reason_en=TEXT,
    former_province=MAYBE_TEXT, differs=MAYBE_TEXT, differs_en=MAYBE_TEXT,
)
NOT_COMPARED = shape(
    statement=WHOLE, reference=MAYBE_TEXT, what=TEXT, scope=SUBJECT, date=DAY, stated=TEXT, unit=TEXT,
    qualifier=MAYBE_TEXT, reason=TEXT, reason_en=TEXT,
)


def build_stated(row: Stated) -> dict:
    """``former_province``: the computed figure is of this old province, None for the whole of today's."""
    computed_on = VagueDay(row.first or row.day, row.day)
    return _head(row.statement) | {
        "computed_for": day(computed_on), "computed": str(row.computed),
        "percent": None if row.percent is None else str(row.percent), "alarm": row.alarm,
        "reason": row.reason[0], "reason_en": row.reason[1], "former_province": row.province or None,
        "differs": row.differs[0] or None, "differs_en": row.differs[1] or None,
    }


def build_not_compared(row: NotCompared) -> dict:
    return _head(row.statement) | {"reason": row.reason[0], "reason_en": row.reason[1]}


def coverage_document(
    rows: Iterable[Stated], others: Iterable[NotCompared], *, as_of: date | None = None, known_on: date | None = None
) -> dict:
    """All of them as one answer: a list without a next page, and what has no figure beside it."""
    return {"as_of": iso(as_of), "known_on": iso(known_on), "results": [build_stated(row) for row in rows],
            "next": None, "not_compared": [build_not_compared(row) for row in others]}


def coverage_lines(document: Mapping) -> Iterator[dict]:
    """The same as lines of one file, what has no figure beside it last; what is stated in words as ``stated_words``."""
    nothing = dict.fromkeys(STATED["properties"])
    for line in (*document["results"], *document["not_compared"]):
        words = line["stated"] if number_of(line["stated"]) is None else None
        yield nothing | line | {"stated": None if words else line["stated"], "stated_words": words}


def _head(statement: Statement) -> dict:
    subject = statement.subject
    return {
        "statement": statement.pk, "reference": statement.reference, "what": statement.attribute,
        "scope": {"kind": statement.subject_kind, "code": subject and subject.code,
                  "name": subject.name if subject else statement.subject_name},
        "date": day(statement.date), "stated": statement.value, "unit": statement.unit,
        "qualifier": statement.qualifier,
    }
