"""Conflicts between sources, and of reports with the ledger, at the officers' door: confirmed or dismissed by pages of
work, shown here."""

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Conflict, OperatingReport, Statement
from registry.templatetags.register_format import attribute, locator

from .address import address_of
from .named import state_of
from .panel import Cell, Panel, Row, link
from .record import RecordAdmin
from .report import cumulative_panel
from .work.statement import told_of, value_of


class ConflictAdmin(RecordAdmin):
    writable = False
    code_lookup = ""
    fieldsets = ((None, {"fields": ["subject", "one", "other", "why", "found_by_rule", "state", "outcome"]}),)
    list_display = ("subject", "one", "other", "marked", "why")
    list_display_links = ("subject",)
    list_filter = ("state", "found_by_rule")
    list_select_related = ("first__source", "second__source", "report__project")
    ordering = ("-pk",)

    def found(self, queryset, words, term):
        """The conflicts of which a statement, or the report's project, has these words."""
        if not words:
            return queryset.none()
        stated, reports = Statement.objects.matching(words), OperatingReport.objects.matching(words)
        return queryset.filter(Q(first__in=stated) | Q(second__in=stated) | Q(report__in=reports))

    @admin.display(description=gettext_lazy("Đối tượng"), ordering="first__subject_name")
    def subject(self, record):
        return record.report.project.name if record.report_id else record.first.subject_name

    @admin.display(description=gettext_lazy("Nội dung thứ nhất"))
    def one(self, record):
        if record.report_id:
            return format_html('<a href="{}">{}</a>', address_of(record.report), _("báo cáo %(code)s") % {
                "code": record.report.code})
        return f"{record.first.source.code}: {told_of(record.first)}"

    @admin.display(description=gettext_lazy("Nội dung thứ hai"))
    def other(self, record):
        return _("sổ vốn") if record.report_id else f"{record.second.source.code}: {told_of(record.second)}"

    @admin.display(description=gettext_lazy("Tình trạng"), ordering="state")
    def marked(self, record):
        return state_of(record.get_state_display(), record.state)

    def panels(self, record: Conflict) -> list[Panel]:
        """Both statements, side by side; of a report its cumulative totals and the ledger's."""
        if record.report_id:
            return [cumulative_panel(record.report)]
        pair = record.statements
        told = (
            (_("Giá trị"), [Cell(value_of(each)) for each in pair]),
            (_("Từ đứng trước con số"), [Cell(each.get_qualifier_display() or "–") for each in pair]),
            (_("Thời điểm"), [Cell(str(each.date or each.period_words or "–")) for each in pair]),
            (_("Nội dung"), [link(each, capfirst(attribute(each.attribute))) for each in pair]),
            (_("Loại"), [Cell(str(each.get_kind_display())) for each in pair]),
            (_("Nguồn"), [link(each.source) for each in pair]),
            (_("Ngày công bố"), [Cell(str(each.source.published_on or "–")) for each in pair]),
            (_("Vị trí trong nguồn"), [Cell(locator(each.locator) or "–") for each in pair]),
            (_("Nguyên văn, chỉ nội bộ"), [Cell(each.passage or "–") for each in pair]),
            (_("Xem xét"), [Cell(str(each.get_review_display())) for each in pair]),
            (_("Đã ghi nhận vào"), [Cell(each.promoted_code or "–") for each in pair]),
        )
        return [Panel(
            title=_("Hai nội dung"), empty="",
            columns=["", *(_("Nội dung %(code)s") % {"code": each.code} for each in pair)],
            rows=[Row([Cell(str(label)), *cells]) for label, cells in told],
        )]

    def title_of(self, record) -> str:
        if record.report_id:
            return _("Lũy kế của %(report)s khác sổ vốn: %(project)s") % {
                "report": record.report.code, "project": record.report.project.name}
        return f"{record.first.subject_name}: {told_of(record.first)} ≠ {told_of(record.second)}"
