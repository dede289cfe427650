"""The rows that make one number of a table of statistics: a page, and its files."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from registry.exchange.columns.cell import CELL_ROWS
from registry.exchange.documents import Context
from registry.exchange.moment import one_moment
from registry.models import Project
from registry.vocabulary.errors import RuleBroken
from registry.web.cell import CapitalCell, FlowCell, OfNumber, all_rows
from registry.web.files import file_asked, rows_file
from registry.web.problems import refuse
from registry.web.revision import by_revision

from . import about
from .asked import known
from .cell_sheet import OfCapital, OfFlows, OfTable, sheet_of


@by_revision
def capital_rows_page(request: HttpRequest) -> HttpResponse:
    return _answer(request, CapitalCell, OfCapital)


@by_revision
def flow_rows_page(request: HttpRequest) -> HttpResponse:
    return _answer(request, FlowCell, OfFlows)


def _answer(request: HttpRequest, filters: type[OfNumber], of_table: type[OfTable]) -> HttpResponse:
    """Whoever comes here comes from a number: what is asked wrongly is told, and nothing shown in its place."""
    try:
        asked, form = _asked(filters, request.GET), file_asked(request)
        context = Context(base=request.build_absolute_uri("/api/v1/"), as_of=asked.of_day)
        if form:
            with one_moment():
                told, rows = all_rows(asked, context)
                return rows_file(request, CELL_ROWS, rows, count=told.rows, total_usd=f"{told.usd:.2f}", form=form,
                                 today=asked.today, of_day=asked.of_day)
        sheet = sheet_of(asked, of_table(asked), context)
    except RuleBroken as error:
        return refuse(request, error)
    return render(request, "registry/statistics/rows.html", {
        "sheet": sheet, "here": "statistics", "about": about.of_rows(sheet.title)})


def _asked(filters: type[OfNumber], given: QueryDict) -> OfNumber:
    asked = filters(known(filters, given), Project.objects.public(), today=timezone.localdate(), strict=False)
    asked.check()
    return asked
