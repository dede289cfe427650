"""What sources state of the province's totals beside the register's own, as of the chosen day."""

from dataclasses import dataclass
from decimal import Decimal

from registry.statistics.coverage import Stated, coverage
from registry.vocabulary.statement import SubjectKind

from .chart import percent
from .statistics_asked import AskedStatistics

TOTALS = (
    "fdi_projects", "fdi_registered_capital", "fdi_projects_in_province", "fdi_registered_capital_in_province",
)
MOST = 8


@dataclass(frozen=True)
class StatedLine:
    """One stated total. ``told`` and ``held`` are the lengths of the two bars on one scale, in percent as text that no
    locale touches; empty for none."""

    stated: Stated
    told: str
    held: str


@dataclass(frozen=True)
class AgainstStated:
    """``headline`` is the newest figure for all projects of a place, None where there is none."""

    headline: Stated | None
    lines: list[StatedLine]


def against_stated(asked: AskedStatistics) -> AgainstStated:
    """The totals stated of a day until the chosen one, the newest first, of one day the whole place first. At most four
    queries."""
    found = asked.found
    rows = coverage(today=found.today, attributes=TOTALS, known_on=found.known_on_day, until=found.as_of_day)
    rows.sort(key=newest_first)
    return AgainstStated(headline=headline_of(rows), lines=[_line(row) for row in rows[:MOST]])


def newest_first(row: Stated) -> tuple:
    """The newest day first, what has no day last; of one day the whole place before a country's part of it."""
    has_day = row.statement.date or row.statement.source.published_on
    return not has_day, -row.day.toordinal(), row.statement.subject_kind != SubjectKind.PLACE, row.statement.pk


def headline_of(rows: list[Stated]) -> Stated | None:
    """The figure that tells best how much of the province the register holds, of rows in order; its qualifier is told
    with it."""
    return next((row for row in rows if row.statement.attribute == "fdi_projects"
                 and row.statement.subject_kind == SubjectKind.PLACE), None)


def _line(row: Stated) -> StatedLine:
    most = max(row.stated, row.computed)
    return StatedLine(row, told=_length(row.stated, most), held=_length(row.computed, most))


def _length(part: Decimal, whole: Decimal) -> str:
    return percent(part, whole) if part > 0 else ""
