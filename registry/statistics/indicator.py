"""Indicators of the province as series: what public sources state, period by period, of one province at a time.

A series never runs over the merger of 1 July 2025: the old provinces and the merged one are scopes of their own.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registry.models import Statement
from registry.models.capital import end_of_day
from registry.vocabulary.indicator import INDICATORS, STOCKS
from registry.vocabulary.money import in_written
from registry.vocabulary.place import UnitLevel
from registry.vocabulary.statement import LOWER_BOUNDS, UPPER_BOUNDS, Review, SubjectKind, number_of
from registry.vocabulary.zone import FormerProvince

from .coverage_scope import FORMER

SCOPES = (FormerProvince.BAC_NINH, FormerProvince.BAC_GIANG, "")


@dataclass(frozen=True)
class Point:
    """One stated value. ``amount`` is in ``measure``: a currency, else the unit itself. ``first`` and ``day`` are the
    days that it means, those of its source's publication where it states none; None where nobody knows.
    ``rivals`` are the statements of the same period that it cannot agree with."""

    statement: Statement
    amount: Decimal
    measure: str
    first: date | None
    day: date | None
    rivals: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Series:
    """The values of one indicator, in one measure, of one province (``scope``: an old one's word, empty for that since
    the merger), the oldest first; what has no day stands last."""

    attribute: str
    measure: str
    scope: str
    points: tuple[Point, ...]

    @property
    def newest(self) -> Point:
        return next((point for point in reversed(self.points) if point.day), self.points[-1])


def indicators(
    *, attributes: Iterable[str] = tuple(INDICATORS), scopes: Iterable[str] = SCOPES, until: date | None = None,
    known_on: date | None = None,
) -> list[Series]:
    """The series of these indicators and scopes, in the order of the vocabulary, each indicator's old provinces before
    the merged one; ``until``: only what speaks of days up to this one; ``known_on``: only statements recorded by then.
    One query."""
    attributes, scopes = list(attributes), list(scopes)
    found: dict[tuple, list[Point]] = defaultdict(list)
    for statement in _stated(attributes, known_on):
        scope, point = FORMER.get(statement.place.code, ""), _point(statement)
        if point and scope in scopes and (until is None or (point.day and point.day <= until)):
            found[statement.attribute, point.measure, scope].append(point)
    order = {word: place for place, word in enumerate(INDICATORS)}
    keys = sorted(found, key=lambda key: (order[key[0]], key[1], SCOPES.index(key[2])))
    return [Series(*key, _with_rivals(key[0], sorted(found[key], key=_when))) for key in keys]


def _stated(attributes: list[str], known_on: date | None):
    rows = Statement.objects.public().filter(
        attribute__in=attributes, subject_kind=SubjectKind.PLACE, place__level=UnitLevel.PROVINCE,
    ).exclude(review=Review.REJECTED)
    if known_on:
        rows = rows.filter(recorded_at__lt=end_of_day(known_on))
    return rows.select_related("source", "place").order_by("pk")


def _point(statement: Statement) -> Point | None:
    number, money = number_of(statement.value), in_written(statement.value, statement.unit)
    if number is None:
        return None
    days = statement.date or statement.source.published_on
    return Point(
        statement=statement, amount=money.amount if money else number,
        measure=money.currency if money else statement.unit,
        first=days and days.earliest, day=days and days.latest,
    )


def _when(point: Point) -> tuple:
    """By the last day; of those that end together the longest last."""
    if point.day is None:
        return True, 0, 0, point.statement.pk
    return False, point.day.toordinal(), -point.first.toordinal(), point.statement.pk


def _with_rivals(attribute: str, points: list[Point]) -> tuple[Point, ...]:
    return tuple(
        Point(point.statement, point.amount, point.measure, point.first, point.day, tuple(
            other.statement for other in points if _of_one_time(attribute, point, other) and not _agree(point, other)))
        for point in points
    )


def _of_one_time(attribute: str, one: Point, other: Point) -> bool:
    """Whether two values speak of one thing: of the same period, or of days that may be one."""
    if one.day is None or other.day is None or one.statement.reality != other.statement.reality:
        return False
    if attribute in STOCKS:
        return one.first <= other.day and other.first <= one.day
    return (one.first, one.day) == (other.first, other.day)


def _agree(one: Point, other: Point) -> bool:
    """Whether both may hold: "hơn 1,47 tỷ" and "1.476 triệu" do."""
    if one.amount == other.amount:
        return True
    low, high = sorted((one, other), key=lambda point: point.amount)
    return low.statement.qualifier in LOWER_BOUNDS or high.statement.qualifier in UPPER_BOUNDS
