"""Projects (dự án đầu tư) and the stakes of investors in them."""

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Case, Exists, FilteredRelation, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from registry.models.base import Named, Publishable, PublishedQuerySet, publication_known, withdrawn_with_reason
from registry.models.capital import MEASURES, ZERO, CapitalEntry, amount_of, end_of_day
from registry.models.certificate import Certificate
from registry.models.conditions import Conditioned
from registry.models.country import Country
from registry.models.fields import HundredthsField, VagueDayField, days_in_order, one_of
from registry.models.milestone import Milestone
from registry.models.report import OperatingReport
from registry.models.statement import Statement
from registry.models.sums import CapitalSum
from registry.vocabulary.project import ENDED, InvestmentForm, ProjectStatus
from registry.vocabulary.project_number import BETWEEN, former_numbers
from registry.vocabulary.publication import Publication
from registry.vocabulary.report import Quarter


class ProjectQuerySet(PublishedQuerySet):
    # The same projects among the sums (``CapitalSum``), where whoever found them knows. A set that is made of this one
    # knows nothing of it.
    among_sums = None
    # Whether what has no project, a purchase of an enterprise's shares, counts with these.
    with_what_has_none = False
    # Of which one dimension they are all projects (``statistics.by_month.Within``), where whoever found them knows.
    within = None

    def with_capital(self, *, as_of: date, known_on: date | None = None):
        """Annotate ``registered_usd``, ``confirmed_usd``, ``realised_usd``, ``share_purchase_usd`` and
        ``intended_usd`` (Decimal, 0.00 when there is none). One Subquery each, so that other relations
        may be joined safely."""
        plans = Statement.objects.filter(project=OuterRef("pk")).intended(as_of=as_of, known_on=known_on)
        return self.annotate(**_sums_of(as_of, known_on), intended_usd=_sum_of(plans, "amount_usd"))

    def with_registered(self, *, as_of: date, known_on: date | None = None):
        """Annotate ``registered_usd`` alone: what filters and orders by capital need."""
        return self.annotate(registered_usd=_sums_of(as_of, known_on)["registered_usd"])

    def counting(self, *, as_of: date, known_on: date | None = None):
        """The projects that count on ``as_of``: from the day that their standing new or opening entry
        counts until the day before they ended."""
        started = CapitalEntry.objects.filter(project=OuterRef("pk")).starting()
        started = started.as_of(as_of).known_on(known_on).standing(as_of=as_of, known_on=known_on)
        return self.filter(Exists(started)).filter(Q(ended_latest__isnull=True) | Q(ended_latest__gt=as_of))

    def formerly(self, number: str):
        """The projects that had this project number before."""
        had = self.exclude(former_irc_codes="").alias(had=Concat(Value(BETWEEN), "former_irc_codes", Value(BETWEEN)))
        return had.filter(had__contains=f"{BETWEEN}{number}{BETWEEN}")

    def by_former_number(self, numbers: Collection[str]) -> dict[str, int]:
        """The keys of the projects that had these project numbers before, by number. No QuerySet: one query, which
        reads all former numbers."""
        had, wanted = self.exclude(former_irc_codes="").order_by(), set(numbers)
        return {number: key for key, kept in had.values_list("pk", "former_irc_codes")
                for number in former_numbers(kept) if number in wanted}

    def led_from(self, country_codes: list[str]):
        """The projects whose lead investor's country is one of these."""
        countries = Country.objects.filter(code__in=country_codes).order_by().values("pk")
        return self.filter(pk__in=CapitalSum.objects.filter(country__in=countries).values("owner"))

    def with_lead(self):
        """Join the current lead stake as ``lead``, with its investor and that one's country; None where there is none.
        One lead a project: the join multiplies no rows."""
        condition = Q(stakes__lead=True, stakes__until_certificate__isnull=True)
        return self.annotate(lead=FilteredRelation("stakes", condition=condition)).select_related(
            "lead__investor__country"
        )

    def report_due(self, quarter: Quarter):
        """The published projects in force that were licensed by the end of the quarter, and of which nobody has its
        report."""
        there = OperatingReport.objects.standing().of(quarter).filter(project=OuterRef("pk"))
        in_force = self.public().filter(ended_latest__isnull=True, licensed_latest__lte=quarter.period.last)
        return in_force.filter(~Exists(there))

    def untouched(self, *, since: date):
        """The published projects in force of whose record nothing has changed after ``since``."""
        return self.public().filter(ended_latest__isnull=True, updated_at__lt=end_of_day(since))

    def sourceless(self):
        """The projects of which no source says anything, whatever the public sees of it; one that was withdrawn says
        nothing."""
        stands = Q(source__publication__in=[each for each in Publication if each != Publication.WITHDRAWN])
        told = (Exists(model.objects.filter(stands, project=OuterRef("pk")))
                for model in (Statement, CapitalEntry, Milestone, Certificate))
        return self.exclude(reduce(or_, told, stands))


def former_province(path: str = "") -> Case:
    """What a project lay in until 30 June 2025, by its place, else by its zone. ``path`` leads to the project."""
    return Case(When(**{f"{path}place__isnull": False}, then=f"{path}place__former_province"),
                default=f"{path}zone__former_province")


def _sums_of(as_of: date, known_on: date | None) -> dict:
    """Each measure of a project: what is kept of it, else what its ledger says."""
    ledger = CapitalEntry.objects.filter(project=OuterRef("pk")).as_of(as_of).known_on(known_on)
    summed = {name: _sum_of(ledger.filter(which), amount_of(name)) for name, which in MEASURES.items()}
    if known_on is not None:
        return summed
    kept = CapitalSum.objects.filter(owner=OuterRef("pk")).as_of(as_of)
    return {name: Coalesce(Subquery(kept.values(name)), each, output_field=HundredthsField())
            for name, each in summed.items()}


def _sum_of(rows, amount):
    total = rows.order_by().values("project").annotate(total=Sum(amount)).values("total")
    return Coalesce(Subquery(total), ZERO, output_field=HundredthsField())


class Project(Named, Publishable):
    """An investment project (dự án đầu tư): not a company, and with a certificate of its own.

    ``code`` is permanent; ``irc_code`` (mã số dự án) is ten digits or an older licence number, null until a
    certificate is seen; ``former_irc_codes`` are those that it had before (``former_numbers``).
    ``ended_on`` is the day of termination, revocation or expiry: the project counts until the day before. Capital
    stands in the ledger alone.
    """

    KIND = "project"

    code = models.CharField(_("mã"), max_length=20, unique=True)
    irc_code = models.CharField(_("mã số dự án"), max_length=30, unique=True, null=True, blank=True)
    former_irc_codes = models.CharField(_("mã số dự án trước đây"), max_length=300, blank=True, default="")
    objective = models.TextField(_("mục tiêu"), blank=True, default="")
    objective_en = models.TextField(_("mục tiêu (tiếng Anh)"), blank=True, default="")
    enterprise = models.ForeignKey("Enterprise", models.PROTECT, null=True, blank=True, related_name="projects",
                                   verbose_name=_("tổ chức kinh tế thực hiện dự án"))
    registrar = models.ForeignKey("Registrar", models.PROTECT, null=True, blank=True, related_name="projects",
                                  verbose_name=_("cơ quan đăng ký đầu tư"))
    zone = models.ForeignKey("Zone", models.PROTECT, null=True, blank=True, related_name="projects",
                             verbose_name=_("khu công nghiệp"))
    place = models.ForeignKey("AdministrativeUnit", models.PROTECT, null=True, blank=True, related_name="projects",
                              verbose_name=_("địa bàn"))
    address = models.CharField(_("địa chỉ"), max_length=500, blank=True, default="")
    sector = models.ForeignKey("Sector", models.PROTECT, null=True, blank=True, related_name="projects",
                               verbose_name=_("ngành chính"))
    form = models.CharField(_("hình thức đầu tư"), max_length=25, choices=InvestmentForm, null=True, blank=True)
    status = models.CharField(_("tình trạng"), max_length=25, choices=ProjectStatus,
                              default=ProjectStatus.PROPOSED)
    licensed_on = VagueDayField(_("ngày cấp lần đầu"))
    expires_on = VagueDayField(_("ngày hết hạn"))
    ended_on = VagueDayField(_("ngày chấm dứt"))
    land_area_ha = models.DecimalField(_("diện tích đất (ha)"), max_digits=12, decimal_places=4, null=True, blank=True)
    planned_workers = models.PositiveIntegerField(_("lao động dự kiến"), null=True, blank=True)
    source = models.ForeignKey("Source", models.PROTECT, null=True, blank=True, related_name="projects",
                               verbose_name=_("nguồn của hồ sơ"))

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("dự án")
        verbose_name_plural = _("dự án")
        constraints = [
            publication_known("project"),
            withdrawn_with_reason("project"),
            one_of("project", "form", InvestmentForm, nullable=True),
            one_of("project", "status", ProjectStatus),
            days_in_order("project", "licensed"),
            days_in_order("project", "expires"),
            days_in_order("project", "ended"),
            models.CheckConstraint(
                name="project_ended_with_day",
                condition=Q(status__in=ENDED, ended_latest__isnull=False)
                | (~Q(status__in=ENDED) & Q(ended_latest__isnull=True)),
                violation_error_message=_("Dự án đã chấm dứt, bị thu hồi hoặc hết hạn phải có ngày chấm dứt; "
                                          "dự án khác thì để trống."),
            ),
            models.CheckConstraint(
                name="project_land_area_not_negative",
                condition=Q(land_area_ha__isnull=True) | Q(land_area_ha__gte=0),
                violation_error_message=_("Diện tích không được âm."),
            ),
        ]
        indexes = [
            models.Index(name="project_by_change", fields=["updated_at", "id"]),
            models.Index(name="project_by_name", fields=["name_sort", "code"]),
            models.Index(name="project_by_former_number", fields=["former_irc_codes"],
                         condition=~Q(former_irc_codes="")),
            # What lists filter and count by: no look into the table, where a row has 1,500 bytes.
            models.Index(name="project_for_lists", fields=[
                "publication", "zone", "status", "sector", "form", "place", "registrar", "licensed_latest",
            ]),
        ]

    def search_parts(self, stakes: list["Stake"] | None = None):
        """Reads the enterprise, the zone and the current stakes: select and prefetch them for many. What the public
        may not see finds nothing.

        A loader hands over the ``stakes`` of a project that is not written yet.
        """
        held = self.current_stakes() if stakes is None else stakes
        holders = [stake.investor for stake in held if stake.investor.is_public()]
        return [
            self.code, self.irc_code, *former_numbers(self.former_irc_codes),
            self.name, self.name_en, self.objective, self.objective_en,
            *(self.enterprise.search_parts() if self.enterprise and self.enterprise.is_public() else []),
            *(name for holder in holders for name in (holder.code, *holder.public_names())),
            *([self.zone.code, self.zone.name] if self.zone and self.zone.is_public() else []),
        ]

    def current_stakes(self) -> list["Stake"]:
        """The stakes that hold today, the lead first. A list, because it uses what was prefetched."""
        if self.pk is None:
            return []
        return sorted((s for s in self.stakes.all() if s.until_certificate_id is None), key=lambda s: s.position)


class StakeQuerySet(models.QuerySet):
    def current(self):
        return self.filter(until_certificate__isnull=True)


class Stake(Conditioned):
    """An investor's part in a project (phần vốn góp). One current stake is the lead foreign investor's.

    ``share_percent`` is null where no document states it.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="stakes", verbose_name=_("dự án"))
    investor = models.ForeignKey("Investor", models.PROTECT, related_name="stakes", verbose_name=_("nhà đầu tư"))
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    lead = models.BooleanField(_("nhà đầu tư chính"), default=False)
    share_percent = HundredthsField(_("tỷ lệ góp vốn (%)"), null=True, blank=True)
    contributed_usd = HundredthsField(_("vốn góp (USD)"), null=True, blank=True)
    since_certificate = models.ForeignKey("Certificate", models.PROTECT, null=True, blank=True,
                                          related_name="stakes_begun", verbose_name=_("từ giấy chứng nhận"))
    until_certificate = models.ForeignKey("Certificate", models.PROTECT, null=True, blank=True,
                                          related_name="stakes_ended", verbose_name=_("đến giấy chứng nhận"))

    objects = StakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("phần vốn góp")
        verbose_name_plural = _("phần vốn góp")
        constraints = [
            models.CheckConstraint(
                name="stake_share_within_hundred",
                condition=Q(share_percent__isnull=True) | Q(share_percent__gt=0, share_percent__lte=100),
                violation_error_message=_("Tỷ lệ góp vốn phải lớn hơn 0 và không quá 100 %%."),
            ),
            models.UniqueConstraint(
                name="stake_one_lead", fields=["project"], condition=Q(lead=True, until_certificate__isnull=True),
                violation_error_message=_("Một dự án chỉ có một nhà đầu tư chính."),
            ),
            models.UniqueConstraint(
                name="stake_investor_once", fields=["project", "investor"],
                condition=Q(until_certificate__isnull=True),
                violation_error_message=_("Nhà đầu tư này đã có phần vốn góp trong dự án."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}/{self.investor_id}"
