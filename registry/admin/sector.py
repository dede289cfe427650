"""Sectors at the officers' door."""

from django.utils.translation import gettext_lazy as _

from .named import NamedAdmin


class SectorAdmin(NamedAdmin):
    asks_code = True
    settled = ("vsic_version", "vsic_code", "section", "level")
    fieldsets = (
        (None, {"fields": ["code", "vsic_version", "vsic_code", "section", "level"]}),
        (_("Tên"), {"fields": ["name", "name_en", "fia_label", "checked"]}),
    )
    list_display = ("code", "named", "vsic_version", "section", "level", "fia_label", "checked")
    list_filter = ("vsic_version", "level", "checked")
    ordering = ("code",)
