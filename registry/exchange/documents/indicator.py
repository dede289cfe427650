"""Indicators as plain data: one shape for the page's file and the API, a row a stated value."""

from collections.abc import Iterable

from registry.statistics.groups import in_both
from registry.statistics.indicator import Point, Series
from registry.vocabulary.attribute import attribute_label
from registry.vocabulary.indicator import GROUPS, INDICATORS
from registry.vocabulary.milestone import Reality
from registry.vocabulary.period import VagueDay
from registry.vocabulary.statement import Qualifier, Review
from registry.vocabulary.zone import FormerProvince

from .shape import DAY, MAYBE_TEXT, TEXT, WHOLE, day, many, shape, words

INDICATOR = shape(
    indicator={"type": "string", "enum": list(INDICATORS)}, name=TEXT, name_en=TEXT,
    group={"type": "string", "enum": list(GROUPS)}, former_province=words(FormerProvince, nullable=True),
    place=shape(code=TEXT, name=TEXT), date=DAY, counted_on=DAY, value=TEXT, unit=TEXT,
    qualifier=words(Qualifier, nullable=True), reality=words(Reality), review=words(Review), statement=WHOLE,
    reference=MAYBE_TEXT, source=shape(code=TEXT, title=TEXT), locator=TEXT, differs_from=many(WHOLE),
)


def indicators_document(series: Iterable[Series]) -> dict:
    """All of them as one answer: a list without a next page."""
    return {"results": [row for each in series for row in _rows(each)], "next": None}


def _rows(series: Series) -> list[dict]:
    name, name_en = in_both(attribute_label(series.attribute))
    return [{"indicator": series.attribute, "name": name, "name_en": name_en} | _build(series, point)
            for point in series.points]


def _build(series: Series, point: Point) -> dict:
    """``date`` is the period as stated, ``counted_on`` the days by which it stands in its series: where no period is
    stated, those of the source's publication. ``differs_from``: the statements of the same period that it cannot agree
    with."""
    statement = point.statement
    return {
        "group": INDICATORS[series.attribute], "former_province": series.scope or None,
        "place": {"code": statement.place.code, "name": statement.place.name}, "date": day(statement.date),
        "counted_on": day(statement.date or (VagueDay(point.first, point.day) if point.day else None)),
        "value": statement.value, "unit": statement.unit, "qualifier": statement.qualifier,
        "reality": statement.reality, "review": statement.review, "statement": statement.pk,
        "reference": statement.reference,
        "source": {"code": statement.source.code, "title": statement.source.name}, "locator": statement.locator,
        "differs_from": [rival.pk for rival in point.rivals],
    }
