"""Statistics: totals as of a day, flows of a period, stated against computed."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.exchange.documents.shape import day, iso, money
from registry.models import Project
from registry.statistics.capital import CapitalRow, capital_by
from registry.statistics.coverage import Stated, coverage
from registry.statistics.flows import FLOW_GROUPS, FlowRow, flows
from registry.statistics.groups import GROUPS, TIMES
from registry.vocabulary.capital import Basis, CountryOf
from registry.vocabulary.period import VagueDay
from registry.web.parameters import IsoDay, Parameters, Word
from registry.web.project_filters import ProjectFilters

from .base import ApiView, json

NOT_FILTERS = {"by", "as_of", "known_on", "basis", "country_of"}


class CapitalParameters(ProjectFilters):
    """``by``, the days, the basis, and every filter of projects."""

    ordering = page_size = count = cursor = None

    by = Word(words=["country", *GROUPS, *TIMES], required=True, label=_("nhóm theo"), method="unused")
    basis = Word(words=Basis.values, label=_("cách tính liên doanh"), method="unused")
    country_of = Word(words=CountryOf.values, label=_("nước của ai"), method="unused")

    def projects(self):
        """The filtered projects; None where nothing was filtered, so that what has no project counts too."""
        filtering = [name for name in self.data if name not in NOT_FILTERS and any(self.data.getlist(name))]
        return self.qs if filtering else None


class CapitalView(ApiView):
    def answer(self, request) -> HttpResponse:
        asked = CapitalParameters(request.GET, Project.objects.public(), today=timezone.localdate())
        values = asked.check()
        table = capital_by(
            values["by"], as_of=asked.as_of_day, known_on=asked.known_on_day, basis=values["basis"] or Basis.LEAD,
            country_of=values["country_of"] or CountryOf.REGISTRATION, projects=asked.projects(),
        )
        return json({
            "by": table.by, "as_of": iso(table.as_of), "known_on": iso(table.known_on), "unit": "USD",
            "rows": [capital_row(row) for row in table.rows], "total": capital_row(table.total),
        })


def capital_row(row: CapitalRow) -> dict:
    return {
        "key": row.key, "name": row.name, "name_en": row.name_en, "projects": row.projects,
        "registered_usd": money(row.registered_usd), "realised_usd": money(row.realised_usd),
        "share_purchase_usd": money(row.share_purchase_usd),
    }


# Made by a call, because ``from`` is a word of Python's.
FlowParameters = type("FlowParameters", (Parameters,), {
    "__doc__": "``from`` and ``to`` are required and included.",
    "__module__": __name__,
    "by": Word(words=FLOW_GROUPS, required=True, label=_("nhóm theo"), method="unused"),
    "from": IsoDay(required=True, label=_("từ ngày"), method="unused"),
    "to": IsoDay(required=True, label=_("đến hết ngày"), method="unused"),
    "known_on": IsoDay(label=_("theo số liệu đã ghi nhận đến ngày"), method="unused"),
})


class FlowsView(ApiView):
    def answer(self, request) -> HttpResponse:
        values = FlowParameters(request.GET, today=timezone.localdate()).check()
        table = flows(values["by"], first=values["from"], last=values["to"], known_on=values["known_on"])
        return json({
            "by": table.by, "from": iso(table.first), "to": iso(table.last), "known_on": iso(table.known_on),
            "unit": "USD", "rows": [flow_row(row) for row in table.rows], "total": flow_row(table.total),
        })


def flow_row(row: FlowRow) -> dict:
    return {
        "key": row.key, "name": row.name, "name_en": row.name_en, "new_projects": row.new_projects,
        "new_usd": money(row.new_usd), "adjusted_times": row.adjusted_times, "adjusted_usd": money(row.adjusted_usd),
        "share_purchase_times": row.share_purchase_times, "share_purchase_usd": money(row.share_purchase_usd),
        "total_usd": money(row.total_usd),
    }


class CoverageView(ApiView):
    def answer(self, request) -> HttpResponse:
        Parameters(request.GET, today=timezone.localdate()).check()
        return json({"results": [stated(row) for row in coverage(today=timezone.localdate())], "next": None})


def stated(row: Stated) -> dict:
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
