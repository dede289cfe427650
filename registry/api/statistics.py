"""Statistics: totals as of a day, flows of a period, the quarterly form, stated against computed, indicators."""

from django.http import HttpResponse
from django.utils import timezone

from registry.exchange.documents import Context
from registry.exchange.documents.a_iv_1 import form_document
from registry.exchange.documents.indicator import indicators_document
from registry.exchange.documents.shape import money
from registry.exchange.documents.statistics import capital_document, flow_document
from registry.models import Project
from registry.statistics.a_iv_1 import public_form
from registry.statistics.flows import check_begun, flows
from registry.vocabulary.report import Quarter
from registry.web.cell import CapitalCell, FlowCell, OfNumber, page_of_rows
from registry.web.indicator_filters import IndicatorParameters, series_of
from registry.web.period_filters import CoverageParameters, FormParameters, coverage_asked
from registry.web.statistics_filters import CapitalParameters, FlowParameters

from .base import ApiView, base_address, json, with_parameter


class CapitalView(ApiView):
    def answer(self, request) -> HttpResponse:
        asked = CapitalParameters(request.GET, Project.objects.public(), today=timezone.localdate())
        values = asked.check()
        return json(capital_document(asked.table(values["by"])))


class FlowsView(ApiView):
    def answer(self, request) -> HttpResponse:
        today = timezone.localdate()
        asked = FlowParameters(request.GET, today=today)
        values = asked.check()
        check_begun(values["from"], today=today)
        table = flows(values["by"], first=values["from"], last=values["to"], known_on=values["known_on"],
                      projects=asked.projects(), country_of=asked.country_asked())
        return json(flow_document(table, today=today))


class RowsView(ApiView):
    """The rows behind one number of a table, page by page. Queries: those of ``page_of_rows``."""

    parameters: type[OfNumber]

    def answer(self, request) -> HttpResponse:
        asked = self.parameters(request.GET, Project.objects.public(), today=timezone.localdate())
        asked.check()
        page = page_of_rows(asked, Context(base=base_address(request), as_of=asked.of_day))
        following = with_parameter(request, "cursor", page.cursor) if page.cursor else None
        return json({"total_usd": money(page.told.usd), "count": page.told.rows, "next": following,
                     "results": page.rows})


class CapitalRowsView(RowsView):
    parameters = CapitalCell


class FlowRowsView(RowsView):
    parameters = FlowCell


class QuarterlyFormView(ApiView):
    def answer(self, request) -> HttpResponse:
        today = timezone.localdate()
        values = FormParameters(request.GET, today=today).check()
        quarter = Quarter(values["year"], values["quarter"])
        return json(form_document(public_form(quarter, today=today, registrar=values["registrar"],
                                              known_on=values["known_on"])))


class CoverageView(ApiView):
    def answer(self, request) -> HttpResponse:
        today = timezone.localdate()
        return json(coverage_asked(CoverageParameters(request.GET, today=today).check(), today=today))


class IndicatorsView(ApiView):
    def answer(self, request) -> HttpResponse:
        values = IndicatorParameters(request.GET, today=timezone.localdate()).check()
        return json(indicators_document(series_of(values)))
