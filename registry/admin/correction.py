"""What readers report as wrong, at the officers' door: what is late comes first."""

from django.contrib import admin
from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.vocabulary.correction import UNSETTLED

from .address import address_of, find_record
from .named import state_of
from .record import RecordAdmin

WAITING_FIRST = Case(When(state__in=UNSETTLED, then=Value(0)), default=Value(1), output_field=IntegerField())


class DueFilter(admin.SimpleListFilter):
    title = gettext_lazy("việc còn lại")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("waiting", _("chờ kết luận")), ("overdue", _("quá hạn"))]

    def queryset(self, request, queryset):
        if self.value() == "waiting":
            return queryset.unsettled()
        return queryset.overdue(timezone.localdate()) if self.value() == "overdue" else queryset


class CorrectionAdmin(RecordAdmin):
    writable = False
    fieldsets = (
        (None, {"fields": ["code", "where", "record", "words", "received_at", "language"]}),
        (gettext_lazy("Chỉ cán bộ thấy"), {"fields": ["contact"]}),
        (gettext_lazy("Xử lý"), {"fields": ["deadline", "state", "outcome"]}),
    )
    readonly_fields = ("where", "record")
    list_display = ("code", "page", "due", "marked", "received")
    list_filter = (DueFilter, "state")
    ordering = (WAITING_FIRST.asc(), "deadline", "pk")

    def found(self, queryset, words, term):
        """Reports are few: by code, by page, and by the reader's own words."""
        return queryset.filter(Q(code__iexact=term) | Q(about__icontains=term) | Q(about_code__iexact=term)
                               | Q(words__icontains=term))

    @admin.display(description=gettext_lazy("Trang"), ordering="about")
    def page(self, record):
        return record.about

    @admin.display(description=gettext_lazy("Địa chỉ trang"))
    def where(self, record):
        return format_html('<a href="{}">{}</a>', record.about, record.about)

    @admin.display(description=gettext_lazy("Hồ sơ"))
    def record(self, record):
        """The form of the record that it is about; a dash for a page of no record, or of one that is gone."""
        found = find_record(record.about_kind, record.about_code)
        return format_html('<a href="{}">{}</a>', address_of(found), found) if found else "–"

    @admin.display(description=gettext_lazy("Hạn trả lời"), ordering="deadline")
    def due(self, record):
        day = date_format(record.deadline, "SHORT_DATE_FORMAT")
        if record.is_overdue(timezone.localdate()):
            return state_of(_("%(day)s, quá hạn") % {"day": day}, "disputed")
        return day

    @admin.display(description=gettext_lazy("Tình trạng"), ordering="state")
    def marked(self, record):
        return state_of(record.get_state_display(), record.state)

    @admin.display(description=gettext_lazy("Tiếp nhận"), ordering="received_at")
    def received(self, record):
        return date_format(timezone.localtime(record.received_at), "SHORT_DATE_FORMAT")

    def title_of(self, record) -> str:
        return _("Báo sai sót ở %(about)s") % {"about": record.about}

    def get_view_on_site_url(self, obj=None):
        return obj and reverse("pages:correction", args=[obj.code])
