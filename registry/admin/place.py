"""Administrative units at the officers' door."""

from django.utils.translation import gettext_lazy as _

from .named import NamedAdmin, name_of


class PlaceAdmin(NamedAdmin):
    asks_code = True
    fieldsets = (
        (None, {"fields": ["code", "official_code", "name", "name_en", "kind", "level", "parent"]}),
        (_("Hiệu lực"), {"fields": ["in_force_from", "in_force_until", "successor", "former_province", "basis"]}),
        (_("Vị trí"), {"fields": ["latitude", "longitude"]}),
    )
    list_display = ("code", "named", "kind", "part_of", "in_force_from", "in_force_until", "went_into")
    list_filter = ("level", "kind", "former_province")
    list_select_related = ("parent", "successor")
    part_of = name_of("parent", _("Đơn vị cấp trên"))
    went_into = name_of("successor", _("Đơn vị kế tiếp"))
