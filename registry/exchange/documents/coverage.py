"""Stated against computed as plain data: one shape for the page's file and the API."""

from collections.abc import Iterable

from registry.statistics.coverage import Stated
from registry.vocabulary.period import VagueDay

from .shape import DAY, MAYBE_TEXT, SUBJECT, TEXT, WHOLE, YES_NO, day, shape

STATED = shape(
    statement=WHOLE, reference=MAYBE_TEXT, what=TEXT, scope=SUBJECT, date=DAY, computed_for=DAY, stated=TEXT,
    unit=TEXT, qualifier=MAYBE_TEXT, computed=TEXT, percent=MAYBE_TEXT, alarm=YES_NO, reason=TEXT, reason_en=TEXT,
)


def build_stated(row: Stated) -> dict:
    statement = row.statement
    subject = statement.subject
    computed_on = VagueDay(row.first or row.day, row.day)
    return {
        "statement": statement.pk, "reference": statement.reference, "what": statement.attribute,
        "scope": {"kind": statement.subject_kind, "code": subject.code, "name": subject.name},
        "date": day(statement.date), "computed_for": day(computed_on), "stated": statement.value,
        "unit": statement.unit, "qualifier": statement.qualifier, "computed": str(row.computed),
        "percent": None if row.percent is None else str(row.percent), "alarm": row.alarm,
        "reason": row.reason[0], "reason_en": row.reason[1],
    }


def coverage_document(rows: Iterable[Stated]) -> dict:
    """All of them as one answer: a list without a next page."""
    return {"results": [build_stated(row) for row in rows], "next": None}
