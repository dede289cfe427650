"""Investment promotion at the officers' door: policies, engagements, opportunities."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.templatetags.register_format import amount

from .named import NamedAdmin, day_of, name_of


class PolicyAdmin(NamedAdmin):
    fieldsets = (
        (None, {"fields": ["code", "name", "name_en", "number", "issuer", "issued_on", "reality", "source"]}),
        (_("Nội dung"), {"fields": ["summary", "summary_en"]}),
    )
    list_display = ("code", "named", "number", "issuer", "issued", "reality", "published", "updated")
    list_filter = ("publication", "reality")
    issued = day_of("issued_on", _("Ngày ban hành"))


class EngagementAdmin(NamedAdmin):
    fieldsets = (
        (None, {"fields": ["code", "kind", "name", "name_en", "held_on", "reality", "source"]}),
        (_("Ai, kết quả gì"), {"fields": ["parties", "outcome", "project", "investor"]}),
    )
    list_display = ("code", "named", "kind", "held", "reality", "of_project", "published", "updated")
    list_filter = ("publication", "kind", "reality")
    list_select_related = ("project",)
    held = day_of("held_on", _("Ngày diễn ra"))
    of_project = name_of("project", _("Dự án"))


class OpportunityAdmin(NamedAdmin):
    fieldsets = (
        (None, {"fields": ["code", "kind", "name", "name_en", "objective", "expected_usd", "source"]}),
        (_("Ở đâu, ngành nào, với ai"), {"fields": ["zone", "place", "land_area_ha", "sector", "investor"]}),
    )
    list_display = ("code", "named", "kind", "expected", "in_zone", "in_sector", "published", "updated")
    list_filter = ("publication", "kind")
    list_select_related = ("zone", "sector")
    in_zone = name_of("zone", _("Khu công nghiệp"))
    in_sector = name_of("sector", _("Ngành"))

    @admin.display(description=_("Vốn dự kiến (USD)"), ordering="expected_usd")
    def expected(self, record):
        return None if record.expected_usd is None else amount(record.expected_usd)
