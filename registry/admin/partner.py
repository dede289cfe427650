"""Partners of the API and their keys at the officers' door: for who keeps accounts and keys alone."""

from datetime import UTC, datetime

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.partner import last_used
from registry.models import ApiKey, Partner
from registry.models.account import may
from registry.vocabulary.role import Deed

from .named import state_of
from .panel import Cell, Panel, Row, buttons_of, link
from .record import RecordAdmin


class KeptByAdministrators(RecordAdmin):
    """Others are not told who asks."""

    def has_module_permission(self, request):
        return may(request.user, Deed.ACCOUNTS)

    def has_view_permission(self, request, obj=None):
        return may(request.user, Deed.ACCOUNTS)

    def has_add_permission(self, request):
        return self.writable and may(request.user, Deed.ACCOUNTS)

    def has_change_permission(self, request, obj=None):
        return self.writable and may(request.user, Deed.ACCOUNTS)


class PartnerAdmin(KeptByAdministrators):
    fieldsets = ((None, {"fields": ["code", "name", "contact", "plan"]}),)
    list_display = ("code", "name", "plan", "updated_at")
    list_filter = ("plan",)
    ordering = ("name", "pk")

    def found(self, queryset, words, term):
        """Partners are few: by code and by name."""
        return queryset.filter(Q(code__iexact=term) | Q(name__icontains=term))

    def panels(self, record: Partner) -> list[Panel]:
        return [Panel(
            title=_("Khóa"), columns=[_("Khóa"), _("Dùng vào việc gì"), _("Tình trạng"), _("Dùng đến hết ngày")],
            empty=_("Chưa có khóa nào."), works=buttons_of(self, record, "ask-key"),
            rows=[Row([link(key), Cell(key.purpose), Cell(key.get_state_display()), Cell(day(key.expires_on))])
                  for key in record.keys.order_by("-pk")],
        )]


class ApiKeyAdmin(KeptByAdministrators):
    writable = False
    fieldsets = (
        (None, {"fields": ["code", "partner", "purpose", "marked", "scope", "expires_on", "where", "used"]}),
        (gettext_lazy("Đổi khóa"), {"fields": ["replaces", "overlap_until"]}),
    )
    readonly_fields = ("marked", "where", "used")
    list_display = ("__str__", "partner", "purpose", "marked", "expires", "used")
    list_filter = ("state", "scope")
    list_select_related = ("partner",)
    ordering = ("-pk",)

    def found(self, queryset, words, term):
        """Keys are few: by their public part and by partner."""
        return queryset.filter(Q(code=term.removeprefix("bnf_")) | Q(partner__code__iexact=term)
                               | Q(partner__name__icontains=term))

    @admin.display(description=gettext_lazy("Tình trạng"), ordering="state")
    def marked(self, record):
        return state_of(record.get_state_display(), record.state)

    @admin.display(description=gettext_lazy("Dùng đến hết ngày"), ordering="expires_on")
    def expires(self, record):
        return day(record.expires_on)

    @admin.display(description=gettext_lazy("Chỉ dùng từ"))
    def where(self, record):
        return ", ".join(record.addresses) or _("mọi địa chỉ mạng")

    @admin.display(description=gettext_lazy("Dùng lần cuối"))
    def used(self, record: ApiKey):
        moment = last_used(record)
        if moment is None:
            return _("chưa dùng")
        return date_format(timezone.localtime(datetime.fromtimestamp(moment, UTC)), "SHORT_DATETIME_FORMAT")

    def title_of(self, record) -> str:
        return str(record)


def day(value) -> str:
    return date_format(value, "SHORT_DATE_FORMAT")
