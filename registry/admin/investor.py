"""Investors at the officers' door, natural persons by name too: only the public never sees it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import Project
from registry.vocabulary.investor import InvestorKind

from .duplicates import FindsDuplicates
from .held import HeldFilter
from .named import NamedAdmin, name_of
from .panel import Panel
from .project_panel import projects_panel


class InvestorAdmin(FindsDuplicates, NamedAdmin):
    fieldsets = (
        (None, {"fields": ["code", "kind", "name", "name_en", "name_native"]}),
        (_("Nước và tập đoàn"), {"fields": ["country", "parent", "parent_country"]}),
    )
    list_display = ("code", "named", "kind", "from_country", "of_group", "published", "updated")
    list_filter = ("publication", "kind", ("country", HeldFilter))
    list_select_related = ("country", "parent_country")

    from_country = name_of("country", _("Nước đăng ký"))
    of_group = name_of("parent_country", _("Nước của công ty mẹ cao nhất"))

    def found(self, queryset, words, term):
        """The public's search does not know a person's name; an officer's does."""
        persons = queryset.filter(kind=InvestorKind.PERSON).filter(
            Q(name__icontains=term) | Q(name_en__icontains=term) | Q(name_native__icontains=term))
        return super().found(queryset, words, term) | persons

    def panels(self, record) -> list[Panel]:
        return [projects_panel(Project.objects.filter(stakes__investor=record, stakes__until_certificate=None),
                               stakes__investor__id__exact=record.pk)]
