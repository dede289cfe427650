"""Enterprises at the officers' door."""

from django.utils.translation import gettext_lazy as _

from registry.models import Enterprise

from .duplicates import FindsDuplicates
from .fields import TaxCodeField
from .named import NamedAdmin
from .panel import Panel
from .project_panel import projects_panel

LONGEST_TYPED = 40  # with the spaces and dots in which papers print it


class EnterpriseAdmin(FindsDuplicates, NamedAdmin):
    fieldsets = ((None, {"fields": ["code", "tax_code", "name", "name_en", "activity"]}),)
    list_display = ("code", "named", "tax_code", "published", "updated")
    list_filter = ("publication",)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "tax_code":
            kwargs |= {"form_class": TaxCodeField, "max_length": LONGEST_TYPED,
                       "help_text": _("Cũng là mã số doanh nghiệp: 10 chữ số, chi nhánh 13 chữ số.")}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def panels(self, record: Enterprise) -> list[Panel]:
        return [projects_panel(record.projects.all(), enterprise__id__exact=record.pk)]
