"""Registrars at the officers' door."""

from django.utils.translation import gettext_lazy as _

from .named import NamedAdmin, name_of


class RegistrarAdmin(NamedAdmin):
    fieldsets = (
        (None, {"fields": ["code", "name", "name_en"]}),
        (_("Hiệu lực"), {"fields": ["in_force_from", "in_force_until", "successor", "basis"]}),
    )
    list_display = ("code", "named", "in_force_from", "in_force_until", "went_into")
    list_select_related = ("successor",)
    went_into = name_of("successor", _("Cơ quan kế tiếp"))
