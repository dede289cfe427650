"""Freezing a table at the officers' door: ask for it, look at it, publish it."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.published import MovedOn, freeze
from registry.actions.writing import DoneAlready, writing
from registry.exchange.columns.published import label_of
from registry.exchange.moment import one_moment
from registry.models import PublishedFigure, Registrar
from registry.statistics.published import check_asked, drawn, line_names
from registry.vocabulary.capital import Basis, CountryOf
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.group import GROUP_NAMES
from registry.vocabulary.published import NUMBERS, SHEETS, Asked, FigureKind
from registry.vocabulary.report import Quarter
from registry.vocabulary.zone import FormerProvince

from .address import address_of, made_address
from .official import KnownOnField
from .told import TellsRules
from .work.form import DayInput

ASKED = ("kind", "by", "first", "last", "known_on", "basis", "country_of", "former_province")
OF_CAPITAL = ("basis", "country_of")
NOT_OF = {FigureKind.AGENCY: ("former_province", "registrar"), FigureKind.HEADING: ("former_province", "registrar"),
          FigureKind.A_IV_1: ("former_province",)}
TRIES = 3  # to draw a table while others write


def last_quarter(today: date) -> tuple[date, date]:
    """The first and the last day of the last quarter that is over."""
    last = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)
    return last.replace(month=last.month - 2, day=1), last


class FreezeForm(TellsRules, forms.Form):
    title = forms.CharField(label=gettext_lazy("Tên bảng"), max_length=300, widget=AdminTextInputWidget, help_text=(
        gettext_lazy("Ví dụ: Thu hút FDI quý III/2026 theo ngành.")))
    title_en = forms.CharField(label=gettext_lazy("Tên bảng bằng tiếng Anh"), max_length=300, required=False,
                               widget=AdminTextInputWidget)
    office = forms.ModelChoiceField(Registrar.objects.order_by("name_sort"), label=gettext_lazy("Cơ quan công bố"))
    kind = forms.ChoiceField(label=gettext_lazy("Loại bảng"), choices=FigureKind.choices)
    by = forms.ChoiceField(label=gettext_lazy("Nhóm theo"), choices=[
        (name, capfirst(label)) for name, label in GROUP_NAMES.items()], help_text=gettext_lazy(
        "Báo cáo nhanh và biểu A.IV.1 có dòng của biểu, không theo nhóm nào."))
    first = forms.DateField(label=gettext_lazy("Từ ngày"), required=False, widget=DayInput, help_text=gettext_lazy(
        "Dùng cho bảng của một kỳ; biểu A.IV.1 tính cả quý của ngày cuối."))
    last = forms.DateField(label=gettext_lazy("Đến hết ngày"), widget=DayInput, help_text=gettext_lazy(
        "Với bảng vốn: tính đến hết ngày này; với biểu A.IV.1: ngày cuối của quý."))
    known_on = KnownOnField(help_text=gettext_lazy("Để trống: theo mọi điều sổ biết lúc này."))
    basis = forms.ChoiceField(label=gettext_lazy("Cách tính liên doanh"), choices=Basis.choices,
                              initial=Basis.LEAD)
    country_of = forms.ChoiceField(label=gettext_lazy("Nước của ai"), choices=CountryOf.choices,
                                   initial=CountryOf.REGISTRATION)
    former_province = forms.ChoiceField(label=gettext_lazy("Tỉnh cũ"), required=False, choices=[
        ("", gettext_lazy("cả tỉnh")), *FormerProvince.choices])
    registrar = forms.ModelChoiceField(
        Registrar.objects.order_by("name_sort"), label=gettext_lazy("Chỉ dự án của cơ quan đăng ký"), required=False,
        empty_label=gettext_lazy("mọi cơ quan"))
    supersedes = forms.ModelChoiceField(
        PublishedFigure.objects.filter(superseded_by=None), label=gettext_lazy("Thay cho bảng"), required=False,
        empty_label=gettext_lazy("không thay bảng nào"))
    note = forms.CharField(
        label=gettext_lazy("Ghi chú công khai"), required=False, widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text=gettext_lazy("Phải có khi thay cho bảng trước: vì sao."))
    reason = forms.CharField(label=gettext_lazy("Lý do"), required=False, widget=AdminTextInputWidget, help_text=(
        gettext_lazy("Ai đọc lịch sử sẽ thấy, ví dụ “theo công văn số 12/BQL-ĐT”. Có thể để trống.")))
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def asked(self) -> Asked:
        given = self.cleaned_data
        kind = given["kind"]
        words = {name: given[name] for name in ASKED if kind == FigureKind.CAPITAL or name not in OF_CAPITAL}
        if kind == FigureKind.CAPITAL:
            words["first"] = None
        if kind in SHEETS:
            words["by"] = ""
        if kind == FigureKind.A_IV_1:
            words["first"] = Quarter.of(given["last"]).period.start
        return Asked(**words, registrar=given["registrar"].code if given["registrar"] else "")

    def clean(self):
        given = super().clean()
        for name in NOT_OF.get(given.get("kind"), ()):
            if given.get(name):
                self.add_error(name, _("Bảng loại này là của cả tỉnh; hãy để trống."))
        return given


@dataclass(frozen=True)
class Look:
    """The table before it is published: headings, and each row's name with its numbers."""

    labels: list[str]
    rows: list[tuple[str | None, list]]
    total: list | None


def freeze_view(model_admin, request: HttpRequest) -> HttpResponse:
    """The form; ``_look`` shows the table and writes nothing, anything else sent publishes it."""
    first, last = last_quarter(timezone.localdate())
    form = FreezeForm(request.POST or None, initial={
        "kind": FigureKind.FLOWS, "by": "sector", "first": first, "last": last, "key": uuid4().hex})
    look = None
    if request.method == "POST" and form.is_valid():
        try:
            if "_look" not in request.POST:
                return _frozen(request, form)
            look = _look(form.asked())
        except DoneAlready as done:
            messages.info(request, _("Việc này đã được ghi."))
            return redirect(made_address(done.act))
        except RuleBroken as error:
            form.tell(error)
    return TemplateResponse(request, "admin/registry/freeze.html", {
        **model_admin.admin_site.each_context(request), "opts": model_admin.opts, "form": form, "look": look,
        "title": _("Chốt số liệu công bố")})


def _look(asked: Asked) -> Look:
    table, names = _drawn(asked), NUMBERS[asked.kind]
    lines = {row["key"]: line_names(asked.kind, row["key"])[0] for row in table["rows"]} if asked.kind in SHEETS else {}
    return Look(labels=[label_of(asked.kind, name) for name in names],
                rows=[(lines.get(row["key"]) or row["name"] or row["key"], [row[name] for name in names])
                      for row in table["rows"]],
                total=[table["total"][name] for name in names] if table["total"] else None)


def _drawn(asked: Asked) -> dict:
    """The table as of one moment, while others go on writing."""
    check_asked(asked, today=timezone.localdate())
    with one_moment():
        return drawn(asked)


def _frozen(request: HttpRequest, form: FreezeForm) -> HttpResponse:
    """Where somebody wrote while the table was drawn it is drawn again, at most so many times."""
    for left in reversed(range(TRIES)):
        try:
            figure = _frozen_as(request, form, _drawn(form.asked()))
            break
        except MovedOn:
            if not left:
                raise
    messages.success(request, _("Đã chốt và công bố %(code)s.") % {"code": figure.code})
    return redirect(address_of(figure))


def _frozen_as(request: HttpRequest, form: FreezeForm, table: dict) -> PublishedFigure:
    given = form.cleaned_data
    with writing(by=request.user, reason=given["reason"] or str(_("Chốt số liệu công bố")), key=given["key"]) as act:
        return freeze(act=act, asked=form.asked(), table=table, **{
            name: given[name] for name in ("title", "title_en", "office", "supersedes", "note")})
