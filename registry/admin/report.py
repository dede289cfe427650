"""Companies' quarterly reports at the officers' door: typed in the order of form A.III.1, accepted by another."""

from django.contrib import admin, messages
from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.report import amend_report, receive
from registry.actions.report_doubts import doubts_of
from registry.exchange.columns.report import ENERGY, NUMBERS
from registry.models import Conflict, Investor, OperatingReport, Project, Stake
from registry.templatetags.register_format import amount, vague_day
from registry.vocabulary.report import CUMULATIVE, EDITABLE, Quarter, QuarterNumber
from registry.vocabulary.role import Deed

from .address import address_of, list_of
from .contribution import ContributionsField, contributions_panel
from .fields import AmountField, NumberField
from .form import RecordForm
from .named import state_of
from .panel import Button, Cell, Panel, Row, link, shortened
from .record import RecordAdmin
from .work.form import DayInput

# What adds up from quarter to quarter; people and land do not.
ADDED_UP = tuple(name for name in (*NUMBERS, *ENERGY, "taxes_usd") if name not in CUMULATIVE)


class ReportForm(RecordForm):
    """The total may be left out where its parts are there, and what a side paid in where its investors' are. How
    amounts are written is said once, on top. A new report has a line for each investor of its project."""

    contributions = ContributionsField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "contributions" in self.fields:
            self._name_investors(self.fields["contributions"])
        for field in self.fields.values():
            if isinstance(field, NumberField | AmountField):
                field.help_text = ""
        if "realised_usd" in self.fields:
            self.fields["realised_usd"].required = False
            self.fields["realised_usd"].help_text = _("Để trống thì sổ cộng các phần ở trên. Quý không có thì ghi 0.")


    def _name_investors(self, field: ContributionsField) -> None:
        field.label = capfirst(OperatingReport._meta.get_field("contributions").verbose_name)
        field.names = names_of(Investor.objects.filter(code__in=[each.investor for each in self.instance.contributed]))
        project = str(self.initial.get("project", ""))
        if self.instance._state.adding and project.isdecimal():
            stakes = Stake.objects.current().filter(project=project).order_by("position")
            field.names = names_of(Investor.objects.filter(pk__in=stakes.values("investor")))
            self.initial["contributions"] = field.begin(stakes.values_list("investor__code", flat=True))


class OperatingReportAdmin(RecordAdmin):
    form = ReportForm
    popup_adds = False
    settled = ("project",)
    readonly_fields = ("reported", "due", "marked", "posted")
    formfield_overrides = {models.DateField: {"widget": DayInput}}
    fieldsets = (
        (None, {"fields": ["code", "project", "year", "quarter", "received_on", "source"]}),
        (gettext_lazy("Việc tiếp nhận"), {"fields": ["due", "marked", "posted"]}),
        (gettext_lazy("I. Vốn thực hiện trong quý"), {"fields": [
            "contributed_domestic_usd", "contributed_foreign_usd", "contributions", "loans_domestic_usd",
            "loans_parent_usd", "loans_foreign_usd", "reinvested_usd", "realised_usd", "realised_foreign_usd"],
            "description": gettext_lazy("Số tiền bằng USD, ví dụ 2.000.000 hoặc 2 triệu; lượng ghi bằng đơn vị trong "
                                        "ngoặc. Vốn vay là số vay trừ số trả trong quý, nên có thể âm: −250.000.")}),
        (gettext_lazy("Vốn thực hiện lũy kế, như công ty báo cáo"), {"fields": ["realised_year_usd",
                                                                               "realised_since_usd"]}),
        (gettext_lazy("II–IV. Doanh thu, xuất khẩu, nhập khẩu"), {"fields": ["revenue_usd", "export_usd",
                                                                            "import_usd"]}),
        (gettext_lazy("V. Lao động cuối quý"), {"fields": ["workers_vietnamese", "workers_foreign"]}),
        (gettext_lazy("VI. Năng lượng"), {"fields": ["electricity_kwh", "coal_tonnes", "oil_litres", "gas_m3",
                                                     "energy_other"]}),
        (gettext_lazy("VII–VIII. Nộp ngân sách, đất"), {"fields": ["taxes_usd", "land_m2"]}),
        (gettext_lazy("C. Khó khăn, kiến nghị"), {"fields": ["difficulties"]}),
    )
    list_display = ("code", "project", "reported", "realised", "received", "marked")
    list_filter = ("state", "year", "quarter")
    list_select_related = ("project",)
    ordering = ("-year", "-quarter", "project__code", "-pk")

    def has_change_permission(self, request, obj=None):
        """What is accepted or withdrawn is only read. A form that was open before is still taken, and told why it is
        refused with nothing lost."""
        editable = obj is None or request.method == "POST" or obj.state in EDITABLE
        return editable and super().has_change_permission(request, obj)

    def get_fieldsets(self, request, obj=None):
        sections = super().get_fieldsets(request, obj)
        if obj is None:
            return [each for each in sections if "marked" not in each[1]["fields"]]
        if self.has_change_permission(request, obj):
            return sections
        said = ["code", "project", "reported", "received_on", "source"]  # a year is no number of 2.026
        return [(None, {"fields": said}), *sections[1:]]

    def get_changeform_initial_data(self, request):
        quarter = Quarter.before(timezone.localdate())
        return {"year": quarter.year, "quarter": quarter.number} | super().get_changeform_initial_data(request)

    def create(self, *, act, form):
        return receive(act=act, **form.given())

    def amend(self, *, act, record, form):
        return amend_report(act=act, record=record, version=form.cleaned_data["version"], **form.given())

    def response_post_save_add(self, request, obj):
        self._tell_doubts(request, obj)
        return super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        self._tell_doubts(request, obj)
        return super().response_post_save_change(request, obj)

    def _tell_doubts(self, request, report: OperatingReport) -> None:
        for doubt in doubts_of(report):
            self.message_user(request, doubt, messages.WARNING)

    def title_of(self, record) -> str:
        return _("Báo cáo %(quarter)s: %(project)s") % {"quarter": quarter_of(record), "project": record.project.name}

    @admin.display(description=gettext_lazy("Kỳ"), ordering="year")
    def reported(self, record):
        return quarter_of(record)

    @admin.display(description=gettext_lazy("Vốn thực hiện (USD)"), ordering="realised_usd")
    def realised(self, record):
        return amount(record.realised_usd)

    @admin.display(description=gettext_lazy("Ngày nhận"), ordering="received_on")
    def received(self, record):
        return received(record)

    @admin.display(description=gettext_lazy("Tình trạng"), ordering="state")
    def marked(self, record):
        return state_of(record.get_state_display(), record.state)

    @admin.display(description=gettext_lazy("Bút toán vốn thực hiện"))
    def posted(self, record):
        return format_html('<a href="{}">{}</a>', address_of(record.entry), record.entry.code) if record.entry else "–"

    @admin.display(description=gettext_lazy("Hạn nộp"))
    def due(self, record):
        return _("trước ngày %(day)s") % {"day": date_format(record.of_quarter.due_before, "SHORT_DATE_FORMAT")}

    def panels(self, record) -> list[Panel]:
        conflict = Conflict.objects.filter(report=record).first()
        return [
            cumulative_panel(record, conflict and Button(_("Mâu thuẫn số %(code)s: %(state)s") % {
                "code": conflict.code, "state": conflict.get_state_display()}, address_of(conflict))),
            contributions_panel(record), added_up_panel(record),
        ]


def quarter_of(report: OperatingReport) -> str:
    return vague_day(report.of_quarter.days)


def received(report: OperatingReport) -> str:
    """The day on which it came, and whether that was late."""
    if report.received_on is None:
        return ""
    day = date_format(report.received_on, "SHORT_DATE_FORMAT")
    return _("%(day)s, nộp muộn") % {"day": day} if report.is_late else day


def cumulative_panel(report: OperatingReport, more: Button | None = None) -> Panel:
    """The cumulative totals as the company states them, beside the ledger's own."""
    held = OperatingReport.objects.with_ledger().get(pk=report.pk)
    rows = [(_("Từ đầu năm"), held.realised_year_usd, held.ledger_year_usd),
            (_("Từ khi cấp GCNĐKĐT"), held.realised_since_usd, held.ledger_since_usd)]
    return Panel(
        title=_("Vốn thực hiện lũy kế đến cuối quý"), numbers=(1, 2, 3), empty="", more=more,
        columns=[_("Lũy kế"), _("Công ty báo cáo (USD)"), _("Sổ vốn (USD)"), _("Chênh lệch (USD)")],
        note=" ".join([_("Sổ vốn cộng mọi vốn thực hiện đã ghi đến ngày cuối quý; báo cáo chưa tiếp nhận thì chưa "
                         "cộng."), *doubts_of(report)]),
        rows=[
            Row([Cell(label), Cell("" if stated is None else amount(stated)), Cell(amount(ledger)),
                 Cell("" if stated is None else amount(stated - ledger))])
            for label, stated, ledger in rows
        ],
    )


def added_up_panel(report: OperatingReport) -> Panel:
    """What reports tell of a quarter, added up over the year and over all of them, as the form has it. Two queries."""
    until = OperatingReport.objects.standing().filter(project=report.project).until(report.of_quarter)
    of_year = Q(year=report.year)
    sums = until.aggregate(**{f"{name}_year": Sum(name, filter=of_year) for name in ADDED_UP},
                           **{f"{name}_since": Sum(name) for name in ADDED_UP})
    there = set(until.filter(of_year).values_list("quarter", flat=True))
    lacking = [QuarterNumber(number).label for number in range(1, report.quarter) if number not in there]
    said = _("Cộng các báo cáo của dự án trong sổ, chưa tiếp nhận cũng cộng.")
    if lacking:
        said += " " + _("Năm này còn thiếu báo cáo quý %(quarters)s.") % {"quarters": ", ".join(lacking)}
    return Panel(
        title=_("Cộng từ các báo cáo quý"), numbers=(1, 2, 3), empty="", note=said,
        columns=[_("Chỉ tiêu"), _("Trong quý"), _("Từ đầu năm"), _("Mọi báo cáo đến quý này")],
        rows=[
            Row([Cell(capfirst(OperatingReport._meta.get_field(name).verbose_name)), *(
                Cell("" if value is None else amount(value))
                for value in (getattr(report, name), sums[f"{name}_year"], sums[f"{name}_since"]))])
            for name in ADDED_UP if sums[f"{name}_since"] is not None
        ],
    )


def names_of(investors) -> dict[str, str]:
    return dict(investors.values_list("code", "name"))


def reports_panel(project: Project) -> Panel:
    """The reports of a project, the latest quarter first."""
    rows = project.reports.order_by("-year", "-quarter", "-pk")
    shown, more = shortened(rows, url=list_of(OperatingReport, project__id__exact=project.pk))
    add = reverse("admin:registry_operatingreport_add", query={"project": project.pk})
    return Panel(
        title=_("Báo cáo quý"), numbers=(3,), more=more, empty=_("Chưa có báo cáo quý nào."),
        works=[Button(_("Nhập báo cáo quý"), add, Deed.EDIT)] if project.is_public() else (),
        columns=[_("Báo cáo"), _("Kỳ"), _("Ngày nhận"), _("Vốn thực hiện (USD)"), _("Tình trạng")],
        rows=[
            Row([link(each, each.code), Cell(quarter_of(each)), Cell(received(each)), Cell(amount(each.realised_usd)),
                 Cell(each.get_state_display())])
            for each in shown
        ],
    )
