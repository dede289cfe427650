"""Sources at the officers' door, with what each of them says."""

from django.utils.translation import gettext_lazy as _

from registry.models import Source, Statement

from .address import list_of
from .named import NamedAdmin, day_of
from .panel import Panel, buttons_of
from .statement import statements_panel


class SourceAdmin(NamedAdmin):
    fieldsets = (
        (None, {"fields": ["code", "kind", "name", "name_en", "number", "publisher", "url", "published_on",
                           "known_from"]}),
    )
    list_display = ("code", "named", "kind", "publisher", "appeared", "published", "updated")
    list_filter = ("publication", "kind")

    appeared = day_of("published_on", _("Ngày công bố"))

    def panels(self, record: Source) -> list[Panel]:
        return [statements_panel(
            record.statements.select_related("source"), list_of(Statement, source__id__exact=record.pk),
            works=buttons_of(self, record, "statement"),
        )]
