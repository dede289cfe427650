"""Statements (nội dung nguồn nêu): what a source says, and where sources disagree."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from registry.models.base import NounQuerySet, Searchable, Versioned
from registry.models.capital import ZERO, end_of_day
from registry.models.fields import HundredthsField, VagueDayField, days_in_order, one_of
from registry.vocabulary.milestone import Reality
from registry.vocabulary.publication import Publication
from registry.vocabulary.statement import (
    INTENTION,
    STANDING,
    ConflictState,
    Qualifier,
    Review,
    StatementKind,
    SubjectKind,
    paragraphs,
)

SUBJECTS = ("project", "investor", "enterprise", "zone", "place", "country", "policy", "engagement")


class StatementQuerySet(NounQuerySet):
    def public(self):
        """The statements of published sources."""
        return self.filter(source__publication=Publication.PUBLISHED)

    def intended(self, *, as_of: date, known_on: date | None = None):
        """Accepted plans and MoUs about capital that no ledger entry contains, stated by ``as_of``.

        A plan counts from the latest day of its source's publication, else from its recording.
        """
        plans = self.filter(kind__in=INTENTION, review=Review.ACCEPTED, amount_usd__isnull=False)
        plans = plans.exclude(promoted_kind="capital-entry").filter(
            Q(source__published_latest__lte=as_of)
            | Q(source__published_latest__isnull=True, recorded_at__lt=end_of_day(as_of))
        )
        return plans if known_on is None else plans.filter(recorded_at__lt=end_of_day(known_on))

    def total_usd(self) -> Decimal:
        """The sum of amounts, 0.00 when there are none. One query."""
        return self.aggregate(total=Sum("amount_usd", default=ZERO))["total"]


class Statement(Searchable, Versioned):
    """What a source says about one subject (nội dung nguồn nêu). Never a certificate.

    ``value`` and ``unit`` are letter for letter; ``qualifier`` keeps "hơn 2.000" from being 2,000. At most
    one subject is set, the one that ``subject_kind`` names; ``subject_name`` keeps the words as printed,
    also where the register has no such record. ``amount_usd`` is the value as capital, null for anything
    else. ``promoted_kind`` and ``promoted_code`` name what an officer made of it in the record.
    """

    KIND = "statement"

    reference = models.CharField(_("số hiệu"), max_length=40, unique=True, null=True, blank=True)
    source = models.ForeignKey("Source", models.PROTECT, related_name="statements", verbose_name=_("nguồn"))
    locator = models.CharField(_("vị trí trong nguồn"), max_length=60, blank=True, default="")
    subject_kind = models.CharField(_("loại đối tượng"), max_length=12, choices=SubjectKind)
    subject_name = models.CharField(_("đối tượng như nguồn gọi"), max_length=300)
    project = models.ForeignKey("Project", models.PROTECT, null=True, blank=True, related_name="statements",
                                verbose_name=_("dự án"))
    investor = models.ForeignKey("Investor", models.PROTECT, null=True, blank=True, related_name="statements",
                                 verbose_name=_("nhà đầu tư"))
    enterprise = models.ForeignKey("Enterprise", models.PROTECT, null=True, blank=True, related_name="statements",
                                   verbose_name=_("tổ chức kinh tế"))
    zone = models.ForeignKey("Zone", models.PROTECT, null=True, blank=True, related_name="statements",
                             verbose_name=_("khu công nghiệp"))
    place = models.ForeignKey("AdministrativeUnit", models.PROTECT, null=True, blank=True,
                              related_name="statements", verbose_name=_("địa bàn"))
    country = models.ForeignKey("Country", models.PROTECT, null=True, blank=True, related_name="statements",
                                verbose_name=_("quốc gia"))
    policy = models.ForeignKey("Policy", models.PROTECT, null=True, blank=True, related_name="statements",
                               verbose_name=_("chính sách"))
    engagement = models.ForeignKey("Engagement", models.PROTECT, null=True, blank=True, related_name="statements",
                                   verbose_name=_("hoạt động xúc tiến"))
    attribute = models.CharField(_("nội dung"), max_length=60)
    kind = models.CharField(_("loại"), max_length=12, choices=StatementKind)
    value = models.CharField(_("giá trị"), max_length=500, blank=True, default="")
    unit = models.CharField(_("đơn vị"), max_length=40, blank=True, default="")
    amount_usd = HundredthsField(_("số vốn (USD)"), null=True, blank=True, editable=False)
    qualifier = models.CharField(_("từ định lượng"), max_length=10, choices=Qualifier, null=True, blank=True)
    date = VagueDayField(_("thời điểm"))
    period_words = models.CharField(_("thời điểm như nguồn nêu"), max_length=120, blank=True, default="")
    reality = models.CharField(_("kế hoạch hay thực tế"), max_length=10, choices=Reality, default=Reality.ACTUAL)
    review = models.CharField(_("xem xét"), max_length=10, choices=Review, default=Review.OPEN)
    promoted_kind = models.CharField(_("đã ghi nhận vào"), max_length=20, blank=True, default="")
    promoted_code = models.CharField(_("mã bản ghi"), max_length=70, blank=True, default="")
    note = models.TextField(_("ghi chú"), blank=True, default="")
    recorded_at = models.DateTimeField(_("ghi nhận lúc"), editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("nội dung nguồn nêu")
        verbose_name_plural = _("nội dung nguồn nêu")
        constraints = [
            one_of("statement", "subject_kind", SubjectKind),
            one_of("statement", "kind", StatementKind),
            one_of("statement", "review", Review),
            one_of("statement", "reality", Reality),
            one_of("statement", "qualifier", Qualifier, nullable=True),
            days_in_order("statement", "date"),
            models.CheckConstraint(
                name="statement_subject_is_of_its_kind",
                condition=Q(*[Q(**{f"{name}__isnull": True}) | Q(subject_kind=name) for name in SUBJECTS]),
                violation_error_message=_("Đối tượng phải đúng loại đã chọn, và chỉ một đối tượng."),
            ),
            models.CheckConstraint(
                name="statement_promoted_with_code",
                condition=Q(promoted_kind="", promoted_code="") | (~Q(promoted_kind="") & ~Q(promoted_code="")),
                violation_error_message=_("Nội dung đã ghi nhận phải nêu cả loại và mã bản ghi."),
            ),
        ]
        indexes = [models.Index(name="statement_promoted", fields=["promoted_kind", "promoted_code"])]

    def __str__(self) -> str:
        return f"{self.pk} {self.reference or ''} {self.attribute}"

    @property
    def code(self) -> str:
        return str(self.pk)

    @property
    def subject(self):
        """The record that it speaks of, or None where the register has none."""
        return getattr(self, self.subject_kind, None)

    @property
    def passage(self) -> str:
        """The paragraph of the source's text that it was read from, for the staff alone; empty where the register has
        no text, or no such paragraph."""
        words = self.locator.split()
        if len(words) < 2 or words[0] != "paragraph" or not words[1].isdecimal():
            return ""
        found = paragraphs(self.source.text)
        number = int(words[1])
        return found[number - 1] if 0 < number <= len(found) else ""

    def is_public(self) -> bool:
        return self.source.is_public()

    def search_parts(self):
        is_person = getattr(self.subject, "is_person", False)
        return [self.reference, None if is_person else self.subject_name, self.attribute, self.value]


class ConflictQuerySet(models.QuerySet):
    def waiting(self):
        """Those that an officer has yet to see."""
        return self.filter(state=ConflictState.OPEN)

    def of_reports(self):
        return self.filter(report__isnull=False)

    def of_statements(self):
        return self.filter(report__isnull=True)

    def standing(self):
        """The conflicts that an officer has yet to see, or has confirmed."""
        return self.filter(state__in=STANDING)


class Conflict(Versioned):
    """Two statements that cannot both hold (mâu thuẫn giữa các nguồn), or a cumulative total of a company's report
    that is not the ledger's: why, and how it ended.

    The register proposes it by rule; an officer confirms it, adds another by hand, or dismisses it. The
    losing statement stays. ``first`` has the lower id. A conflict names either its two statements or its report; those
    of reports are staff's, as reports are.
    """

    KIND = "conflict"

    first = models.ForeignKey(Statement, models.PROTECT, null=True, blank=True, related_name="conflicts_as_first",
                              verbose_name=_("nội dung thứ nhất"))
    second = models.ForeignKey(Statement, models.PROTECT, null=True, blank=True, related_name="conflicts_as_second",
                               verbose_name=_("nội dung thứ hai"))
    report = models.OneToOneField("OperatingReport", models.PROTECT, null=True, blank=True, related_name="conflict",
                                  verbose_name=_("báo cáo quý"))
    why = models.TextField(_("vì sao"))
    found_by_rule = models.BooleanField(_("sổ đăng ký phát hiện"), default=False)
    state = models.CharField(_("tình trạng"), max_length=10, choices=ConflictState, default=ConflictState.OPEN)
    outcome = models.TextField(_("kết quả"), blank=True, default="")

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("mâu thuẫn giữa các nguồn")
        verbose_name_plural = _("mâu thuẫn giữa các nguồn")
        constraints = [
            one_of("conflict", "state", ConflictState),
            models.CheckConstraint(
                name="conflict_first_before_second",
                condition=Q(report__isnull=False) | Q(first__lt=models.F("second")),
                violation_error_message=_("Một nội dung không thể mâu thuẫn với chính nó."),
            ),
            models.CheckConstraint(
                name="conflict_of_statements_or_report",
                condition=Q(first__isnull=False, second__isnull=False, report__isnull=True)
                | Q(first__isnull=True, second__isnull=True, report__isnull=False),
                violation_error_message=_("Mâu thuẫn nêu hai nội dung, hoặc một báo cáo quý."),
            ),
            models.UniqueConstraint(name="conflict_once", fields=["first", "second"],
                                    violation_error_message=_("Mâu thuẫn này đã được ghi.")),
        ]

    def __str__(self) -> str:
        return str(self.report) if self.report_id else f"{self.first_id} ≠ {self.second_id}"

    @property
    def code(self) -> str:
        return str(self.pk)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The two that cannot both hold; none where it is about a report."""
        return () if self.report_id else (self.first, self.second)

    def is_public(self) -> bool:
        return False
