"""Companies' quarterly reports (báo cáo tình hình hoạt động của dự án, mẫu A.III.1)."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, CharField, DateField, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from registry.models.base import NounQuerySet, Versioned
from registry.models.capital import MEASURES, ZERO, CapitalEntry
from registry.models.fields import HundredthsField, one_of
from registry.vocabulary.report import (
    CUMULATIVE,
    FIRST_YEAR,
    LAST_YEAR,
    NOT_NEGATIVE,
    PARTS,
    STANDING,
    Contribution,
    Quarter,
    QuarterNumber,
    ReportState,
)

LAST_DAYS = {1: "-03-31", 2: "-06-30", 3: "-09-30", 4: "-12-31"}


class OperatingReportQuerySet(NounQuerySet):
    search_at = "project__"

    def public(self):
        """A company's figures are staff's."""
        return self.none()

    def standing(self):
        """The reports that nobody has taken away: one for a project and a quarter."""
        return self.filter(state__in=STANDING)

    def waiting(self):
        return self.filter(state=ReportState.WAITING)

    def accepted(self):
        return self.filter(state=ReportState.ACCEPTED)

    def of(self, quarter: Quarter):
        return self.filter(year=quarter.year, quarter=quarter.number)

    def until(self, quarter: Quarter):
        """Those of this quarter and of every one before it."""
        return self.filter(Q(year__lt=quarter.year) | Q(year=quarter.year, quarter__lte=quarter.number))

    def with_ledger(self):
        """Annotate ``ledger_year_usd`` and ``ledger_since_usd``: what the ledger has disbursed by the end of the
        quarter, since 1 January of its year and in all."""
        last = Case(*(When(quarter=number, then=Value(end)) for number, end in LAST_DAYS.items()))
        day = {"first": _day(Value("-01-01")), "last": _day(last)}
        entries = CapitalEntry.objects.filter(MEASURES["realised_usd"], project=OuterRef("project"),
                                              counts_on__lte=OuterRef("last"))
        return self.annotate(**day).annotate(
            ledger_year_usd=_sum_of(entries.filter(counts_on__gte=OuterRef("first"))),
            ledger_since_usd=_sum_of(entries),
        )

    def differing(self):
        """The accepted reports of which a cumulative total, as the company states it, is not the ledger's."""
        differs = Q()
        for stated, held in zip(CUMULATIVE, ("ledger_year_usd", "ledger_since_usd"), strict=True):
            differs |= Q(**{f"{stated}__isnull": False}) & ~Q(**{stated: F(held)})
        return self.accepted().with_ledger().filter(differs)


def _day(end) -> Cast:
    return Cast(Concat(Cast("year", CharField()), end, output_field=CharField()), DateField())


def _sum_of(entries):
    total = entries.order_by().values("project").annotate(total=Sum("amount_usd")).values("total")
    return Coalesce(Subquery(total), ZERO, output_field=HundredthsField())


def _sum_of_parts():
    parts = [Coalesce(F(name), Value(ZERO, output_field=HundredthsField())) for name in PARTS]
    return sum(parts[1:], start=parts[0])


def _not_negative() -> models.CheckConstraint:
    return models.CheckConstraint(
        name="report_quantities_not_negative",
        condition=Q(*[Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}) for name in NOT_NEGATIVE]),
        violation_error_message=_("Xuất khẩu, nhập khẩu, năng lượng và diện tích đất không được âm."),
    )


class OperatingReport(Versioned):
    """What a project's company reports of one quarter (báo cáo quý, mẫu A.III.1), in dollars.

    All sums are those of the quarter but ``realised_year_usd`` and ``realised_since_usd``, which are as the company
    states them: cumulative from 1 January, and since the certificate; where one is not the ledger's there is a
    ``Conflict``. ``realised_usd`` may be negative: loans are net of repayment. ``entry`` is the disbursement that
    accepting the report has posted, none for a quarter without. ``contributions`` has what each investor paid in, as
    ``Contribution`` writes it. Null: not stated. The public never sees a report, only the disbursement.
    """

    KIND = "operating-report"

    code = models.CharField(_("mã"), max_length=40, unique=True)
    number = models.PositiveIntegerField(_("số"))
    project = models.ForeignKey("Project", models.PROTECT, related_name="reports", verbose_name=_("dự án"))
    year = models.PositiveSmallIntegerField(
        _("năm"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    quarter = models.PositiveSmallIntegerField(_("quý"), choices=QuarterNumber)
    received_on = models.DateField(_("ngày nhận báo cáo"), null=True, blank=True)
    contributed_domestic_usd = HundredthsField(_("vốn góp, phía Việt Nam (USD)"), null=True, blank=True)
    contributed_foreign_usd = HundredthsField(_("vốn góp, phía nước ngoài (USD)"), null=True, blank=True)
    contributions = models.JSONField(_("vốn góp theo nhà đầu tư"), default=list, blank=True)
    loans_domestic_usd = HundredthsField(_("vốn vay trong nước (USD)"), null=True, blank=True)
    loans_parent_usd = HundredthsField(_("vốn vay công ty mẹ (USD)"), null=True, blank=True)
    loans_foreign_usd = HundredthsField(_("vốn vay nước ngoài khác (USD)"), null=True, blank=True)
    reinvested_usd = HundredthsField(_("lợi nhuận tái đầu tư (USD)"), null=True, blank=True)
    realised_usd = HundredthsField(_("vốn thực hiện trong quý (USD)"))
    realised_foreign_usd = HundredthsField(_("vốn thực hiện từ nước ngoài (USD)"), null=True, blank=True)
    realised_year_usd = HundredthsField(_("vốn thực hiện lũy kế từ đầu năm (USD)"), null=True, blank=True)
    realised_since_usd = HundredthsField(_("vốn thực hiện lũy kế từ khi cấp GCNĐKĐT (USD)"), null=True, blank=True)
    revenue_usd = HundredthsField(_("doanh thu thuần (USD)"), null=True, blank=True)
    export_usd = HundredthsField(_("xuất khẩu (USD)"), null=True, blank=True)
    import_usd = HundredthsField(_("nhập khẩu (USD)"), null=True, blank=True)
    workers_vietnamese = models.PositiveIntegerField(_("lao động Việt Nam"), null=True, blank=True)
    workers_foreign = models.PositiveIntegerField(_("lao động nước ngoài"), null=True, blank=True)
    electricity_kwh = HundredthsField(_("điện (kWh)"), null=True, blank=True)
    coal_tonnes = HundredthsField(_("than (tấn)"), null=True, blank=True)
    oil_litres = HundredthsField(_("dầu (lít)"), null=True, blank=True)
    gas_m3 = HundredthsField(_("khí LNG (m³)"), null=True, blank=True)
    energy_other = models.CharField(_("năng lượng khác"), max_length=300, blank=True, default="")
    taxes_usd = HundredthsField(_("thuế và nộp ngân sách (USD)"), null=True, blank=True)
    land_m2 = HundredthsField(_("diện tích đất (m²)"), null=True, blank=True)
    difficulties = models.TextField(_("khó khăn, kiến nghị"), blank=True, default="")
    state = models.CharField(_("tình trạng"), max_length=10, choices=ReportState, default=ReportState.WAITING)
    entry = models.OneToOneField("CapitalEntry", models.PROTECT, null=True, blank=True, editable=False,
                                 related_name="report", verbose_name=_("bút toán vốn thực hiện"))
    source = models.ForeignKey("Source", models.PROTECT, null=True, blank=True, related_name="reports",
                               verbose_name=_("nguồn"))

    objects = OperatingReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("báo cáo quý")
        verbose_name_plural = _("báo cáo quý")
        constraints = [
            one_of("report", "state", ReportState),
            models.CheckConstraint(
                name="report_quarter_of_a_year", condition=Q(quarter__gte=1, quarter__lte=4),
                violation_error_message=_("Quý là một số từ 1 đến 4."),
            ),
            models.CheckConstraint(
                name="report_year_of_the_calendar", condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message=_("Năm phải từ 1987 (Luật Đầu tư nước ngoài đầu tiên) đến 2200."),
            ),
            models.CheckConstraint(
                name="report_parts_make_realised",
                condition=Q(**{f"{name}__isnull": True for name in PARTS}) | Q(realised_usd=_sum_of_parts()),
                violation_error_message=_("Vốn thực hiện phải bằng tổng vốn góp, vốn vay và lợi nhuận tái đầu tư; "
                                          "hãy sửa phần sai, hoặc để trống cả các phần nếu báo cáo không nêu."),
            ),
            _not_negative(),
            models.CheckConstraint(
                name="report_accepted_with_entry",
                condition=(Q(state=ReportState.ACCEPTED, entry__isnull=False, source__isnull=False)
                           & ~Q(realised_usd=0))
                | Q(state=ReportState.ACCEPTED, entry__isnull=True, realised_usd=0)
                | (~Q(state=ReportState.ACCEPTED) & Q(entry__isnull=True)),
                violation_error_message=_("Báo cáo đã tiếp nhận đi cùng bút toán vốn thực hiện của nó; báo cáo khác "
                                          "thì không có bút toán."),
            ),
            models.UniqueConstraint(
                name="report_quarter_once", fields=["project", "year", "quarter"],
                condition=Q(state__in=STANDING),
                violation_error_message=_("Dự án đã có báo cáo của quý này; hãy sửa báo cáo đó."),
            ),
        ]
        indexes = [models.Index(name="report_by_quarter", fields=["year", "quarter", "project"])]

    def __str__(self) -> str:
        return f"{self.code} {self.of_quarter}"

    @property
    def of_quarter(self) -> Quarter:
        return Quarter(self.year, self.quarter)

    @property
    def is_late(self) -> bool:
        return self.received_on is not None and self.received_on >= self.of_quarter.due_before

    @property
    def parts_usd(self) -> Decimal | None:
        """The sum of the parts; None where none is stated."""
        parts = [part for name in PARTS if (part := getattr(self, name)) is not None]
        return sum(parts, ZERO) if parts else None

    @property
    def contributed(self) -> list[Contribution]:
        """What each investor paid in, as the report has them; empty where it does not say."""
        return [Contribution.of_plain(each) for each in self.contributions]

    def get_contributions_display(self) -> str:
        return "; ".join(f"{each.investor} {each.usd.normalize():f}" for each in self.contributed)

    def is_public(self) -> bool:
        return False
