"""Investment promotion (xúc tiến đầu tư): policies, engagements and opportunities."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.base import Named, Publishable, publication_known, withdrawn_with_reason
from registry.models.fields import HundredthsField, VagueDayField, days_in_order, one_of
from registry.vocabulary.milestone import Reality
from registry.vocabulary.promotion import EngagementKind, OpportunityKind


class Policy(Named, Publishable):
    """A policy, plan or resolution that bears on investment (chính sách)."""

    KIND = "policy"

    code = models.CharField(_("mã"), max_length=20, unique=True)
    number = models.CharField(_("số hiệu"), max_length=60, blank=True, default="")
    issuer = models.CharField(_("cơ quan ban hành"), max_length=300, blank=True, default="")
    issued_on = VagueDayField(_("ngày ban hành"))
    summary = models.TextField(_("nội dung"), blank=True, default="")
    summary_en = models.TextField(_("nội dung (tiếng Anh)"), blank=True, default="")
    reality = models.CharField(_("kế hoạch hay thực tế"), max_length=10, choices=Reality, default=Reality.ACTUAL)
    source = models.ForeignKey("Source", models.PROTECT, null=True, blank=True, related_name="policies",
                               verbose_name=_("nguồn"))

    class Meta:
        verbose_name = _("chính sách")
        verbose_name_plural = _("chính sách")
        constraints = [
            publication_known("policy"), withdrawn_with_reason("policy"), days_in_order("policy", "issued"),
            one_of("policy", "reality", Reality),
        ]

    def search_parts(self):
        return [*super().search_parts(), self.number, self.issuer, self.summary]


class Engagement(Named, Publishable):
    """A visit, working session, ceremony, inspection or conference (hoạt động xúc tiến)."""

    KIND = "engagement"

    code = models.CharField(_("mã"), max_length=20, unique=True)
    kind = models.CharField(_("loại"), max_length=20, choices=EngagementKind)
    held_on = VagueDayField(_("ngày diễn ra"))
    reality = models.CharField(_("kế hoạch hay thực tế"), max_length=10, choices=Reality, default=Reality.ACTUAL)
    parties = models.TextField(_("các bên tham gia"), blank=True, default="")
    outcome = models.TextField(_("kết quả"), blank=True, default="")
    project = models.ForeignKey("Project", models.PROTECT, null=True, blank=True, related_name="engagements",
                                verbose_name=_("dự án"))
    investor = models.ForeignKey("Investor", models.PROTECT, null=True, blank=True, related_name="engagements",
                                 verbose_name=_("nhà đầu tư"))
    source = models.ForeignKey("Source", models.PROTECT, null=True, blank=True, related_name="engagements",
                               verbose_name=_("nguồn"))

    class Meta:
        verbose_name = _("hoạt động xúc tiến")
        verbose_name_plural = _("hoạt động xúc tiến")
        constraints = [
            publication_known("engagement"), withdrawn_with_reason("engagement"), days_in_order("engagement", "held"),
            one_of("engagement", "kind", EngagementKind), one_of("engagement", "reality", Reality),
        ]

    def search_parts(self):
        return [*super().search_parts(), self.parties]


class Opportunity(Named, Publishable):
    """A call for investment, or an investor who is interested (dự án kêu gọi đầu tư, nhà đầu tư đang quan tâm)."""

    KIND = "opportunity"

    code = models.CharField(_("mã"), max_length=20, unique=True)
    kind = models.CharField(_("loại"), max_length=10, choices=OpportunityKind)
    objective = models.TextField(_("mục tiêu"), blank=True, default="")
    expected_usd = HundredthsField(_("vốn dự kiến (USD)"), null=True, blank=True)
    land_area_ha = models.DecimalField(_("diện tích đất (ha)"), max_digits=12, decimal_places=4, null=True, blank=True)
    sector = models.ForeignKey("Sector", models.PROTECT, null=True, blank=True, related_name="opportunities",
                               verbose_name=_("ngành"))
    zone = models.ForeignKey("Zone", models.PROTECT, null=True, blank=True, related_name="opportunities",
                             verbose_name=_("khu công nghiệp"))
    place = models.ForeignKey("AdministrativeUnit", models.PROTECT, null=True, blank=True,
                              related_name="opportunities", verbose_name=_("địa bàn"))
    investor = models.ForeignKey("Investor", models.PROTECT, null=True, blank=True, related_name="opportunities",
                                 verbose_name=_("nhà đầu tư"))
    source = models.ForeignKey("Source", models.PROTECT, null=True, blank=True, related_name="opportunities",
                               verbose_name=_("nguồn"))

    class Meta:
        verbose_name = _("cơ hội đầu tư")
        verbose_name_plural = _("cơ hội đầu tư")
        constraints = [
            publication_known("opportunity"), withdrawn_with_reason("opportunity"),
            one_of("opportunity", "kind", OpportunityKind),
        ]
