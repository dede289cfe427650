"""Published tables at the officers' door: read here, made by a page of their own, never changed."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.exchange.columns.published import LABELS
from registry.models import PublishedFigure
from registry.models.account import may
from registry.templatetags.register_format import number
from registry.vocabulary.published import NUMBERS
from registry.vocabulary.role import Deed

from .freeze import freeze_view
from .panel import Cell, Panel, Row
from .record import RecordAdmin


class PublishedFigureAdmin(RecordAdmin):
    writable = False
    fieldsets = ((None, {"fields": ["code", "title", "title_en", "kind", "office", "frozen_at", "change", "checksum",
                                    "supersedes", "note"]}),)
    list_display = ("code", "title", "kind", "frozen_at", "office", "replaced")
    list_display_links = ("code", "title")
    list_filter = ("kind", "office")
    list_select_related = ("office", "superseded_by")
    ordering = ("-pk",)
    change_list_template = "admin/registry/published_list.html"

    def found(self, queryset, words, term):
        """The tables of which the title has these letters."""
        return queryset.filter(Q(code__iexact=term) | Q(title__icontains=term))

    @admin.display(description=gettext_lazy("Thay bằng"))
    def replaced(self, record):
        after = getattr(record, "superseded_by", None)
        return after.code if after else ""

    def get_urls(self):
        return [path("freeze/", self.admin_site.admin_view(self.freeze), name="registry_publishedfigure_freeze"),
                *super().get_urls()]

    def freeze(self, request):
        if not may(request.user, Deed.FREEZE):
            raise PermissionDenied
        return freeze_view(self, request)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"may_freeze": may(request.user, Deed.FREEZE)})

    def panels(self, record: PublishedFigure) -> list[Panel]:
        names = NUMBERS[record.kind]
        lines = [*record.table["rows"], record.table["total"] | {"name": _("Tổng")}]
        return [Panel(
            title=_("Bảng như khi công bố"), columns=["", *(str(LABELS[name]) for name in names)], empty="",
            numbers=range(1, len(names) + 1),
            rows=[Row([Cell(line["name"] or line["key"] or _("chưa ghi nhận")),
                       *(Cell(number(line[name])) for name in names)]) for line in lines],
        )]

    def title_of(self, record) -> str:
        return record.title

    def get_view_on_site_url(self, obj=None):
        return obj and reverse("pages:publication", args=[obj.code])
