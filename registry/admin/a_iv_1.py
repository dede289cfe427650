"""The form A.IV.1 at the officers' door: any quarter of the province or of a registrar, and what is typed into it."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.a_iv_1 import type_figure
from registry.actions.record import StaleVersion
from registry.actions.writing import DoneAlready, writing
from registry.exchange.documents.a_iv_1 import office_document
from registry.exchange.official.a_iv_1 import beyond_the_year, printed_form
from registry.models import Change, FormFigure, Registrar
from registry.models.account import may
from registry.statistics.a_iv_1 import QuarterlyForm, office_form, periods_of, rows_of_nobody
from registry.vocabulary.a_iv_1 import BY_KEY, FormColumn, Line, Unit, called
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.report import FIRST_YEAR, LAST_YEAR, Quarter, QuarterNumber
from registry.vocabulary.role import Deed

from .a_iv_1_rows import rows_address, told_rows
from .fields import AmountField, NumberField
from .official import KnownOnField, answer, view_of
from .record import RecordAdmin
from .told import TellsRules

NOBODY = "nobody"  # in an address: of projects without a registrar


class FormFigureAdmin(RecordAdmin):
    """What was typed, to read and to follow in its history; it is typed on the form itself."""

    writable = False
    fieldsets = ((None, {"fields": ["code", "year", "quarter", "registrar", "row", "column", "value"]}),)
    list_display = ("code", "year", "quarter", "registrar", "row", "column", "value", "updated_at")
    list_filter = ("year", "quarter", "column")
    list_select_related = ("registrar",)
    ordering = ("-updated_at", "-pk")

    def found(self, queryset, words, term):
        """Those with this in their code: "granted", "2026-3"."""
        return queryset.filter(code__icontains=term)


class AskedForm(forms.Form):
    """Which quarter, and whose form."""

    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=FIRST_YEAR + 1, max_value=LAST_YEAR,
                              widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5}))
    quarter = forms.TypedChoiceField(label=gettext_lazy("Quý"), coerce=int, choices=QuarterNumber.choices)
    registrar = forms.ModelChoiceField(
        label=gettext_lazy("Cơ quan đăng ký đầu tư"), required=False, to_field_name="code",
        queryset=Registrar.objects.order_by("code"), empty_label=gettext_lazy("Toàn tỉnh: cộng các cơ quan"))
    known_on = KnownOnField()


class TypedForm(TellsRules, forms.Form):
    """The cells of one row; ``seen`` tells what was typed there when the page was opened."""

    reason = forms.CharField(label=gettext_lazy("Lý do"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args, line: Line, **kwargs):
        super().__init__(*args, **kwargs)
        field = AmountField if line.unit == Unit.USD else NumberField
        for column in FormColumn:
            self.fields[column.value] = field(label=column.label, required=False, help_text="")


@dataclass(frozen=True)
class Typed:
    """A figure that stands typed, with who typed it and when."""

    line: Line
    column: str
    figure: FormFigure
    change: Change | None

    @property
    def called(self) -> str:
        return called(self.line.key)


@dataclass(frozen=True)
class PartOfNobody:
    """A row of the form, of projects without a registrar: each computed figure with the address of its rows."""

    line: Line
    called: str
    cells: list[tuple[Decimal | None, str]]


def a_iv_1_urls(site) -> list:
    return [
        path("a-iv-1/", view_of(site, form_page), name="a-iv-1"),
        path("a-iv-1/rows/", view_of(site, rows_page), name="a-iv-1-rows"),
        path("a-iv-1/type/", view_of(site, type_page, Deed.REPORT), name="a-iv-1-type"),
    ]


def form_page(site, request: HttpRequest) -> HttpResponse:
    """The quarter before this one unless another is asked for. A future quarter is refused, and says so."""
    asked, form, errors = _asked(request.GET)
    printed = form and printed_form(form, address=lambda row, column: rows_address(_query(form), row, column))
    return answer(
        site, request, "admin/registry/forms/a_iv_1.html", printed, form and office_document(form),
        title=_("Biểu A.IV.1"),
        asked=asked, errors=errors, form=form, typed=form and _typed(form),
        lines=_choices(),
        of_nobody=_of_nobody(form) if form and "format" not in request.GET else [],
        nobody_columns=[column.label for column in periods_of(form.quarter)] if form else [],
        may_type=may(request.user, Deed.REPORT),
        query=urlencode(_query(form)) if form else "",
    )


def _of_nobody(form: QuarterlyForm) -> list[PartOfNobody]:
    """What only the province's form has, for no registrar is recorded; of a registrar's nothing."""
    if form.registrar:
        return []
    asked = _query(form) | {NOBODY: 1}
    return [PartOfNobody(row.line, called(row.line.key), [
        (row.figures[column].computed, rows_address(asked, row.line.key, column))
        for column in periods_of(form.quarter)]) for row in rows_of_nobody(form)]


def _choices() -> list[tuple[str, str]]:
    """The rows that can be typed, each with what it stands under."""
    return [(key, called(key)) for key, line in BY_KEY.items() if line.unit]


def _asked(data: QueryDict) -> tuple[AskedForm, QuarterlyForm | None, list[str]]:
    today = timezone.localdate()
    before = Quarter.before(today)
    first = {"year": before.year, "quarter": before.number}
    asked = AskedForm({**first, **{name: data[name] for name in AskedForm.base_fields if name in data}})
    if not asked.is_valid():
        return asked, None, [str(message) for messages in asked.errors.values() for message in messages]
    given = asked.cleaned_data
    try:
        form = office_form(Quarter(given["year"], given["quarter"]), today=today, registrar=given["registrar"],
                           known_on=given["known_on"])
    except RuleBroken as error:
        return asked, None, [str(error)]
    return asked, form, []


def _query(form: QuarterlyForm) -> dict:
    return {"year": form.quarter.year, "quarter": form.quarter.number,
            **({"registrar": form.registrar.code} if form.registrar else {}),
            **({"known_on": form.known_on.isoformat()} if form.known_on else {})}


def _typed(form: QuarterlyForm) -> list[Typed]:
    """What is typed into this form, the registrars' too where it is the province's. Two queries."""
    figures = FormFigure.objects.of(form.quarter).select_related("registrar").order_by("row", "column")
    if form.registrar:
        figures = figures.filter(registrar=form.registrar)
    figures = list(figures)
    changes = Change.objects.filter(kind=FormFigure.KIND, code__in=[each.code for each in figures])
    last = {change.code: change for change in changes.select_related("act").order_by("seq")}
    return [Typed(BY_KEY[each.row], each.get_column_display(), each, last.get(each.code)) for each in figures]


def type_page(site, request: HttpRequest) -> HttpResponse:
    """Type the cells of one row; empty takes back what was typed."""
    _asked_form, form, _errors = _asked(request.GET)
    line = BY_KEY.get(request.GET.get("row", ""))
    if form is None or line is None or not line.unit:
        raise Http404
    kept = {each.column: each for each in FormFigure.objects.of(form.quarter).filter(
        registrar=form.registrar, row=line.key)}
    first = {column: figure.value for column, figure in kept.items()}
    typed = TypedForm(request.POST if request.method == "POST" else None, line=line,
                      initial=first | {"seen": _digest(kept), "key": uuid4().hex})
    back = f'{reverse("admin:a-iv-1")}?{urlencode(_query(form))}'
    if typed.is_bound and typed.is_valid():
        try:
            _write(request, form, line, typed)
            messages.success(request, _("Đã ghi số nhập tay: %(row)s.") % {"row": called(line.key)})
            for warning in beyond_the_year([_asked(request.GET)[1].row(line.key)]):
                messages.warning(request, warning)
            return redirect(back)
        except DoneAlready as error:
            messages.info(request, str(error))
            return redirect(back)
        except RuleBroken as error:
            typed.tell(error)
    computed = [(column.label, form.row(line.key).figures[column].computed) for column in FormColumn
                if column != FormColumn.EXPECTED]
    return TemplateResponse(request, "admin/registry/forms/type.html", {
        **site.each_context(request), "title": _("Nhập tay: %(row)s") % {"row": called(line.key)}, "line": line,
        "unit": "USD" if line.unit == Unit.USD else Unit(line.unit).label, "form": typed, "of": form, "back": back,
        "computed": computed})


def rows_page(site, request: HttpRequest) -> HttpResponse:
    """The rows behind one figure that the register computes."""
    _asked_form, form, _errors = _asked(request.GET)
    line, column = BY_KEY.get(request.GET.get("row", "")), request.GET.get("column", "")
    of_nobody = NOBODY in request.GET
    if of_nobody and form and form.registrar:
        raise Http404
    told = form and line and told_rows(form, line, column, request.GET.get("p"), of_nobody=of_nobody)
    if not told:
        raise Http404
    return TemplateResponse(request, "admin/registry/forms/a_iv_1_rows.html", {
        **site.each_context(request), "title": called(line.key), "line": line, "of": form, "told": told,
        "unit": Unit(line.unit).label, "of_nobody": of_nobody,
        "column": FormColumn(column).label, "back": f'{reverse("admin:a-iv-1")}?{urlencode(_query(form))}',
        "query": urlencode(_query(form) | {"row": line.key, "column": column} | ({NOBODY: 1} if of_nobody else {}))})


def _digest(kept: dict[str, FormFigure]) -> str:
    said = sorted((column, each.version) for column, each in kept.items())
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _write(request: HttpRequest, form: QuarterlyForm, line: Line, typed: TypedForm) -> None:
    """Raises StaleVersion where another officer typed into this row meanwhile; nothing is written then."""
    given = typed.cleaned_data
    reason = given["reason"].strip() or _("Nhập tay biểu A.IV.1, quý %(quarter)s") % {"quarter": form.quarter.short}
    with writing(by=request.user, reason=reason, key=given["key"]) as act:
        now = FormFigure.objects.of(form.quarter).filter(registrar=form.registrar, row=line.key)
        if _digest({each.column: each for each in now}) != given["seen"]:
            raise StaleVersion(code=f"{_('Biểu A.IV.1')}, {called(line.key)}", seen=_("lúc mở trang"))
        for column in FormColumn.values:
            type_figure(act=act, quarter=form.quarter, registrar=form.registrar, row=line.key, column=column,
                        value=given[column])
