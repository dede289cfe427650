"""What the tables of a period are asked by: the page of flows, and the quarterly form."""

from datetime import date

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from registry.exchange.documents.coverage import coverage_document
from registry.models import Registrar
from registry.statistics.agency import AGENCY_GROUPS
from registry.statistics.coverage import coverage, not_compared
from registry.vocabulary.report import FIRST_YEAR, LAST_YEAR

from .parameters import IsoDay, Parameters, Whole, Word
from .statistics_filters import FlowsOf

HEADING = "heading"
# What the page of flows is asked by: where nothing is said, this year until the end of the last month.
FlowPageParameters = type("FlowPageParameters", (FlowsOf,), {
    "__doc__": "Nothing is required. ``sheet`` asks for the file of the heading sheet.",
    "__module__": __name__,
    "by": Word(words=AGENCY_GROUPS, label=_("nhóm theo"), method="unused"),
    "from": IsoDay(label=_("từ ngày"), method="unused"),
    "to": IsoDay(label=_("đến hết ngày"), method="unused"),
    "known_on": IsoDay(label=_("theo số liệu đã ghi nhận đến ngày"), method="unused"),
    "sheet": Word(words=(HEADING,), label=_("bảng"), method="unused"),
})


class CoverageParameters(Parameters):
    """Stated against computed; nothing is required. ``as_of`` leaves out figures of later days."""

    as_of = IsoDay(label=_("tính đến ngày"), method="unused")
    known_on = IsoDay(label=_("theo số liệu đã ghi nhận đến ngày"), method="unused")


def coverage_asked(values: dict, *, today: date) -> dict:
    """The document that checked values ask for. At most six queries."""
    as_of, known_on = values["as_of"], values["known_on"]
    return coverage_document(coverage(today=today, until=as_of, known_on=known_on),
                             not_compared(today=today, until=as_of), as_of=as_of, known_on=known_on)


class RegistrarField(forms.CharField):
    """The code of one registrar: the record, None where none is asked for. One query."""

    def clean(self, value):
        code = super().clean(value)
        if not code:
            return None
        found = Registrar.objects.filter(code=code).first() if "\0" not in code else None
        if found is None:
            raise forms.ValidationError(_("Không có mã “%(code)s”; hãy tra mã trong danh mục."), params={"code": code})
        return found


class OneRegistrar(filters.Filter):
    field_class = RegistrarField


class FormParameters(Parameters):
    """A quarter, and the registrar whose form it is; without one the province's."""

    year = Whole(least=FIRST_YEAR + 1, most=LAST_YEAR, required=True, label=_("năm"), method="unused")
    quarter = Whole(least=1, most=4, required=True, label=_("quý"), method="unused")
    registrar = OneRegistrar(label=_("mã cơ quan đăng ký đầu tư; để trống: toàn tỉnh"), method="unused")
    known_on = IsoDay(label=_("theo số liệu đã ghi nhận đến ngày"), method="unused")
