"""Conflicts between sources at the officers' door: confirmed or dismissed by pages of work, shown here."""

from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from registry.models import Conflict, Statement
from registry.templatetags.register_format import attribute, locator

from .named import state_of
from .panel import Cell, Panel, Row, link
from .record import RecordAdmin
from .work.statement import value_of


class ConflictAdmin(RecordAdmin):
    writable = False
    code_lookup = ""
    fieldsets = ((None, {"fields": ["subject", "one", "other", "why", "found_by_rule", "state", "outcome"]}),)
    list_display = ("subject", "one", "other", "marked", "why")
    list_display_links = ("subject",)
    list_filter = ("state", "found_by_rule")
    list_select_related = ("first__source", "second__source")
    ordering = ("-pk",)

    def found(self, queryset, words, term):
        """The conflicts of which a statement has these words."""
        stated = Statement.objects.matching(words) if words else Statement.objects.none()
        return queryset.filter(first__in=stated) | queryset.filter(second__in=stated)

    @admin.display(description=_("Đối tượng"), ordering="first__subject_name")
    def subject(self, record):
        return record.first.subject_name

    @admin.display(description=_("Nội dung thứ nhất"))
    def one(self, record):
        return f"{record.first.source.code}: {value_of(record.first)}"

    @admin.display(description=_("Nội dung thứ hai"))
    def other(self, record):
        return f"{record.second.source.code}: {value_of(record.second)}"

    @admin.display(description=_("Tình trạng"), ordering="state")
    def marked(self, record):
        return state_of(record.get_state_display(), record.state)

    def panels(self, record: Conflict) -> list[Panel]:
        """Both statements, side by side."""
        pair = (record.first, record.second)
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
        return f"{record.first.subject_name}: {value_of(record.first)} ≠ {value_of(record.second)}"
