"""The rows behind one figure of form A.IV.1, as officers read them."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects
from django.urls import reverse

from registry.models import CapitalEntry, Certificate, OperatingReport, Project
from registry.statistics.a_iv_1 import QuarterlyForm, periods_of
from registry.statistics.a_iv_1_known import Knowledge
from registry.statistics.a_iv_1_parts import OF_NOBODY, Scope
from registry.statistics.a_iv_1_rows import Behind, rows_behind, rows_known
from registry.vocabulary.a_iv_1 import FormColumn, Line
from registry.vocabulary.period import Period, VagueDay

MOST = 100  # rows on a page


@dataclass(frozen=True)
class Row:
    """``address`` is the record's page; ``adds`` what it adds to the figure, None where it states no capital."""

    code: str
    address: str
    name: str
    kind: str
    day: object
    adds: Decimal | None


@dataclass(frozen=True)
class Told:
    """``total`` is the figure: the sum over all pages."""

    period: VagueDay
    page: Page
    rows: list[Row]
    total: Decimal


def rows_address(query: dict, row: str, column: str) -> str:
    """Empty for what the register does not compute."""
    if column == FormColumn.EXPECTED:
        return ""
    return f'{reverse("admin:a-iv-1-rows")}?{urlencode(query | {"row": row, "column": column})}'


def told_rows(form: QuarterlyForm, line: Line, column: str, number: str | None, *, of_nobody: bool) -> Told | None:
    """One page of what makes a figure, of all in the form or ``of_nobody`` alone; None where nothing does. Queries: two
    to five."""
    period: Period | None = periods_of(form.quarter).get(column)
    found = period and _behind(form, line, period, of_nobody)
    if not found:
        return None
    page = Paginator(found.rows, MOST).get_page(number)
    return Told(VagueDay(period.start, period.last), page, [_row(row, found) for row in _with_owner(page.object_list)],
                found.total())


def _behind(form: QuarterlyForm, line: Line, period: Period, of_nobody: bool) -> Behind | None:
    if form.known_on is None:
        return rows_behind(line.key, period, OF_NOBODY if of_nobody else Scope.of(form.registrar))
    if of_nobody:
        return rows_known(line.key, period, Knowledge.of_nobody(form.known_on))
    return rows_known(line.key, period, Knowledge.on(form.known_on, form.registrar.code if form.registrar else ""))


def _with_owner(rows):
    if isinstance(rows, list):
        prefetch_related_objects(rows, "project")
        return rows
    return rows if rows.model is Project else rows.select_related(
        "project", *(["enterprise"] if rows.model is CapitalEntry else []))


def _row(row, found: Behind) -> Row:
    owner = row if isinstance(row, Project) else row.project or row.enterprise
    match row:
        case CapitalEntry() | Certificate():
            kind, day = row.get_kind_display(), getattr(row, "received_on", None) or row.decided_on
        case OperatingReport():
            kind, day = f"{row.quarter}/{row.year}", None
        case Project():
            kind, day = row.get_status_display(), row.ended_on
    return Row(str(getattr(row, "code", row)), reverse(f"admin:registry_{row._meta.model_name}_change", args=[row.pk]),
               owner.name, kind, day, found.adds(row))
