"""The officers' site: which nouns it keeps, in which groups, and what an officer begins with."""

from dataclasses import dataclass

from django.contrib.admin import AdminSite
from django.contrib.auth.models import Group, User
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry import models

from . import (
    accounts,
    batch,
    capital,
    certificate,
    conflict,
    country,
    enterprise,
    investor,
    milestone,
    place,
    project,
    promotion,
    registrar,
    sector,
    source,
    statement,
    zone,
)
from .address import address_of, records_of

GROUPS = (
    (_("Hồ sơ dự án"), {
        models.Project: project.ProjectAdmin, models.Investor: investor.InvestorAdmin,
        models.Enterprise: enterprise.EnterpriseAdmin, models.Certificate: certificate.CertificateAdmin,
        models.CapitalEntry: capital.CapitalEntryAdmin, models.Milestone: milestone.MilestoneAdmin,
    }),
    (_("Nguồn và nội dung nguồn nêu"), {
        models.Source: source.SourceAdmin, models.Statement: statement.StatementAdmin,
        models.Conflict: conflict.ConflictAdmin,
    }),
    (_("Khu và danh mục"), {
        models.Zone: zone.ZoneAdmin, models.ZoneObservation: zone.ZoneObservationAdmin,
        models.AdministrativeUnit: place.PlaceAdmin, models.Sector: sector.SectorAdmin,
        models.Country: country.CountryAdmin, models.Registrar: registrar.RegistrarAdmin,
    }),
    (_("Nhập dữ liệu"), {models.ImportBatch: batch.ImportBatchAdmin}),
    (_("Xúc tiến"), {
        models.Policy: promotion.PolicyAdmin, models.Engagement: promotion.EngagementAdmin,
        models.Opportunity: promotion.OpportunityAdmin,
    }),
    (_("Tài khoản"), {User: accounts.AccountAdmin, Group: accounts.GroupsAdmin}),
)

# What officers do most: the label, and the address by its name and query.
SHORTCUTS = (
    (_("Mở hồ sơ dự án mới"), "registry_project_add", {}),
    (_("Nhập nguồn mới"), "registry_source_add", {}),
    (_("Nhập dữ liệu từ tệp"), "registry_importbatch_upload", {}),
    (_("Nội dung chờ xem xét"), "registry_statement_changelist", {"review__exact": "open"}),
    (_("Mâu thuẫn chờ xem xét"), "registry_conflict_changelist", {"state__exact": "open"}),
    (_("Dự án chưa công bố"), "registry_project_changelist", {"publication__exact": "draft"}),
)


ENOUGH = 8


@dataclass(frozen=True)
class Lately:
    """An act, and the first record that it touched."""

    act: models.Act
    record: str
    url: str


class RegisterSite(AdminSite):
    site_title = _("Quản trị sổ đăng ký FDI Bắc Ninh")
    site_header = _("Sổ đăng ký FDI Bắc Ninh: quản trị")
    index_title = _("Bàn làm việc")
    enable_nav_sidebar = False
    index_template = "admin/registry/desk.html"

    def get_app_list(self, request, app_label=None):
        """The nouns in their groups; those of one app, ungrouped, where its page asks for them."""
        if app_label:
            return super().get_app_list(request, app_label)
        known = {
            model["model"]: (app, model)
            for app in self._build_app_dict(request).values() for model in app["models"]
        }
        groups = []
        for number, (name, nouns) in enumerate(GROUPS):
            found = [known[noun] for noun in nouns if noun in known]
            if found:
                app = found[0][0]
                groups.append({**app, "name": name, "app_label": f"group-{number}",
                               "models": [model for _app, model in found]})
        return groups

    def index(self, request, extra_context=None):
        shortcuts = [(label, reverse(f"admin:{name}", query=query or None)) for label, name, query in SHORTCUTS]
        return super().index(request, {"shortcuts": shortcuts, "lately": lately(request.user)})


def lately(user) -> list[Lately]:
    """What a user did last, the latest first. Two queries, and one for each noun concerned."""
    first = models.Change.objects.filter(act=OuterRef("pk")).order_by("seq").values("seq")[:1]
    acts = models.Act.objects.filter(by=user).annotate(first=Subquery(first)).order_by("-pk")[:ENOUGH]
    changes = {change.seq: change for change in models.Change.objects.filter(seq__in=[act.first for act in acts])}
    records = records_of(changes.values())
    told = [(act, records[changes[act.first].kind, changes[act.first].code]) for act in acts]
    return [Lately(act, str(record), address_of(record)) for act, record in told]


site = RegisterSite(name="admin")
site.disable_action("delete_selected")
for _name, nouns in GROUPS:
    for model, model_admin in nouns.items():
        site.register(model, model_admin)
