"""Sources at the officers' door, with what each of them says."""

from io import BytesIO

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry.exchange import scans
from registry.models import Source, Statement

from .address import address_of, list_of
from .named import NamedAdmin, day_of
from .panel import Panel, buttons_of
from .statement import statements_panel


class SourceAdmin(NamedAdmin):
    fieldsets = (
        (None, {"fields": ["code", "kind", "name", "name_en", "number", "publisher", "url", "published_on",
                           "known_from"]}),
        (_("Chỉ nội bộ"), {"fields": ["text", "attached"]}),
    )
    readonly_fields = ("attached",)
    list_display = ("code", "named", "kind", "publisher", "appeared", "published", "updated")
    list_filter = ("publication", "kind")

    appeared = day_of("published_on", _("Ngày công bố"))

    def get_urls(self):
        file = path("<path:object_id>/file/", self.admin_site.admin_view(self.file_view), name="registry_source_file")
        return [file, *super().get_urls()]

    def file_view(self, request, object_id: str):
        """The scan of a source, as it was attached."""
        record = self.get_object(request, unquote(object_id))
        if record is None or not record.file_sha256:
            raise Http404
        try:
            data = scans.kept(record.file_sha256)
        except scans.ScanGone as error:
            messages.error(request, str(error))
            return redirect(address_of(record))
        return FileResponse(BytesIO(data), as_attachment=True, filename=record.file_name,
                            content_type=scans.kind_of(data))

    @admin.display(description=_("Bản chụp"))
    def attached(self, record):
        if not record.file_sha256:
            return _("chưa có")
        return format_html('<a href="{}">{}</a>', address_of(record, "file"), record.file_name)

    def panels(self, record: Source) -> list[Panel]:
        return [statements_panel(
            record.statements.select_related("source"), list_of(Statement, source__id__exact=record.pk),
            works=buttons_of(self, record, "statement"),
        )]
