"""Projects at the officers' door: opened with their investors, amended in the order of the certificate."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models import Conflict, Project, Statement
from registry.templatetags.register_format import amount
from registry.vocabulary.project import ProjectStatus

from .address import list_of
from .capital import ledger_panel
from .certificate import certificates_panel
from .held import HeldFilter
from .milestone import milestones_panel
from .named import NamedAdmin, day_of, name_of, state_of
from .panel import Panel
from .printed import Prints
from .report import reports_panel
from .stage import stage_panel
from .stake import stakes_panel
from .statement import statements_panel
from .work.project import open_project

BY_INVESTOR = "stakes__investor__id__exact"


class ProjectAdmin(Prints, NamedAdmin):
    """A project moves along its way, and ends, by pages of work: its form does not touch the status."""

    popup_adds = False
    readonly_fields = ("former_irc_codes", "status", "ended")
    fieldsets = (
        (None, {"fields": ["code", "irc_code", "former_irc_codes", "name", "name_en", "enterprise", "registrar",
                           "source"]}),
        (_("Mục tiêu và địa điểm"), {"fields": ["objective", "objective_en", "sector", "zone", "place", "address",
                                                "land_area_ha"]}),
        (_("Hình thức và tiến độ"), {"fields": ["form", "status", "planned_workers", "licensed_on", "expires_on",
                                                "ended"]}),
    )
    list_display = ("code", "named", "in_zone", "state", "registered", "published", "updated")
    list_display_links = ("code", "named")
    list_filter = ("publication", "status", "form", "zone__former_province", ("zone", HeldFilter))
    list_select_related = ("zone",)

    in_zone = name_of("zone", _("Khu công nghiệp"))
    ended = day_of("ended_on", _("Ngày chấm dứt"))

    def add_view(self, request, form_url="", extra_context=None):
        return open_project(self, request)

    def completed(self, rows):
        """Each with its registered capital as of today. One query."""
        today = timezone.localdate()
        totals = Project.objects.filter(pk__in=[row.pk for row in rows]).with_registered(as_of=today)
        registered = dict(totals.values_list("pk", "registered_usd"))
        for row in rows:
            row.registered_usd = registered.get(row.pk)
        return rows

    def lookup_allowed(self, lookup, value, request):
        """The list of an investor's projects, to which the investor's own page leads."""
        return lookup == BY_INVESTOR or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("Tình trạng"), ordering="status")
    def state(self, record):
        return state_of(ProjectStatus(record.status).label, record.status)

    @admin.display(description=_("Vốn đăng ký (USD)"), empty_value="")
    def registered(self, record):
        return amount(record.registered_usd) if record.registered_usd else None

    def panels(self, record) -> list[Panel]:
        conflicts = Conflict.objects.standing().filter(Q(first__project=record) | Q(second__project=record))
        return [
            *stage_panel(self, record), *self.printed_panels(record),
            statements_panel(
                record.statements.select_related("source"), list_of(Statement, project__id__exact=record.pk),
                disputed=conflicts.count(),
            ),
        ]

    def printed_panels(self, record) -> list[Panel]:
        return [
            stakes_panel(self, record), ledger_panel(self, record), certificates_panel(self, record),
            milestones_panel(self, record), reports_panel(record),
        ]
