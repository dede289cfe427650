"""Pairs that are not duplicates at the officers' door: judged by a page of work, shown and taken back here."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import NOUNS, DistinctPair

from .panel import Cell, Panel, Row, link
from .record import RecordAdmin


class DistinctPairAdmin(RecordAdmin):
    writable = False
    fieldsets = ((None, {"fields": ["code", "kind", "one", "other", "stands"]}),)
    list_display = ("pair", "kind", "stands", "updated_at")
    list_display_links = ("pair",)
    list_filter = ("stands", "kind")
    ordering = ("-updated_at", "-pk")

    @admin.display(description=_("Hai hồ sơ"), ordering="code")
    def pair(self, record):
        return str(record)

    def found(self, queryset, words, term):
        """The pairs of a record with this code."""
        return queryset.filter(Q(code__iexact=term) | Q(one__iexact=term) | Q(other__iexact=term))

    def panels(self, record: DistinctPair) -> list[Panel]:
        """Both records as they are now; one that was merged is gone."""
        there = {each.code: each for each in NOUNS[record.kind].objects.filter(code__in=(record.one, record.other))}
        return [Panel(
            title=_("Hai hồ sơ"), columns=[_("Mã"), _("Tên"), _("Công bố")], empty="",
            rows=[
                Row([link(there[code], code), Cell(there[code].name), Cell(there[code].get_publication_display())])
                if code in there else Row([Cell(code), Cell(_("không còn: đã được gộp")), Cell("")])
                for code in (record.one, record.other)
            ],
        )]

    def title_of(self, record: DistinctPair) -> str:
        return str(record)
