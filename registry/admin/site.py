"""The officers' site: which nouns it keeps, in which groups, and what an officer begins with."""

from functools import partial
from http import HTTPStatus

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from registry import models
from registry.models.account import lacks_second_factor, may

from . import (
    a_iv_1,
    a_iv_4,
    accounts,
    batch,
    bulletin,
    capital,
    certificate,
    conflict,
    correction,
    country,
    distinct,
    enterprise,
    investor,
    milestone,
    partner,
    place,
    project,
    promotion,
    published,
    registrar,
    report,
    sector,
    source,
    statement,
    zone,
)
from .desk import SHORTCUTS, lately, waiting
from .past import past_urls
from .search import search
from .second_factor import SecondFactorViews
from .session import begin_session
from .sign_in import SignInForm, remember_browser, too_many
from .whats_new import newest, whats_new

GROUPS = (
    (_("Hồ sơ dự án"), {
        models.Project: project.ProjectAdmin, models.Investor: investor.InvestorAdmin,
        models.Enterprise: enterprise.EnterpriseAdmin, models.Certificate: certificate.CertificateAdmin,
        models.CapitalEntry: capital.CapitalEntryAdmin, models.Milestone: milestone.MilestoneAdmin,
        models.OperatingReport: report.OperatingReportAdmin,
        models.DistinctPair: distinct.DistinctPairAdmin, models.FormFigure: a_iv_1.FormFigureAdmin,
    }),
    (_("Nguồn và nội dung nguồn nêu"), {
        models.Source: source.SourceAdmin, models.Statement: statement.StatementAdmin,
        models.Conflict: conflict.ConflictAdmin, models.CorrectionRequest: correction.CorrectionAdmin,
    }),
    (_("Khu và danh mục"), {
        models.Zone: zone.ZoneAdmin, models.ZoneObservation: zone.ZoneObservationAdmin,
        models.AdministrativeUnit: place.PlaceAdmin, models.Sector: sector.SectorAdmin,
        models.Country: country.CountryAdmin, models.Registrar: registrar.RegistrarAdmin,
    }),
    (_("Số liệu"), {models.PublishedFigure: published.PublishedFigureAdmin}),
    (_("Nhập dữ liệu"), {models.ImportBatch: batch.ImportBatchAdmin}),
    (_("Xúc tiến"), {
        models.Policy: promotion.PolicyAdmin, models.Engagement: promotion.EngagementAdmin,
        models.Opportunity: promotion.OpportunityAdmin,
    }),
    (_("Tài khoản và khóa truy cập"), {
        User: accounts.AccountAdmin, models.Partner: partner.PartnerAdmin, models.ApiKey: partner.ApiKeyAdmin,
    }),
)

class RegisterSite(SecondFactorViews, AdminSite):
    site_title = _("Quản trị sổ đăng ký FDI Bắc Ninh")
    site_header = _("Sổ đăng ký FDI Bắc Ninh: quản trị")
    index_title = _("Bàn làm việc")
    enable_nav_sidebar = False
    index_template = "admin/registry/desk.html"
    login_form = SignInForm

    def has_permission(self, request):
        return super().has_permission(request) and not lacks_second_factor(request.user)

    def get_urls(self):
        found = path("search/", self.admin_view(partial(search, self)), name="search")
        # Also who has yet to show the second factor may sign out.
        sign_out = path("logout/", self.logout, name="logout")
        news = path("whats-new/", self.admin_view(partial(whats_new, self)), name="whats_new")
        return [sign_out, found, news, *self.second_factor_urls(), *past_urls(self),
                *a_iv_1.a_iv_1_urls(self), *a_iv_4.a_iv_4_urls(self), *bulletin.bulletin_urls(self),
                *super().get_urls()]

    def login(self, request, extra_context=None):
        if request.method == "GET" and (following := self.next_step(request)):
            return HttpResponseRedirect(following)
        answer = super().login(request, extra_context)
        if request.method == "POST" and answer.status_code == HTTPStatus.FOUND:
            begin_session(request)
            if self.has_permission(request):
                remember_browser(answer, request.user.get_username())
        elif request.method == "POST" and (wait := answer.context_data["form"].wait):
            return too_many(answer, wait)
        return answer

    def get_app_list(self, request, app_label=None):
        """The nouns in their groups; those of one app, ungrouped, where its page asks for them."""
        if app_label:
            return super().get_app_list(request, app_label)
        # Every page is given it, and only the desk shows it.
        return SimpleLazyObject(partial(self._groups, request))

    def _groups(self, request) -> list[dict]:
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
        shortcuts = [(label, reverse(f"admin:{name}", query=query or None))
                     for label, name, query, deed in SHORTCUTS if may(request.user, deed)]
        return super().index(request, {
            "shortcuts": shortcuts, "lately": lately(request.user),
            "waiting": waiting(request.user, timezone.localdate()), "news_day": newest(),
        })


site = RegisterSite(name="admin")
site.disable_action("delete_selected")
for _name, nouns in GROUPS:
    for model, model_admin in nouns.items():
        site.register(model, model_admin)
