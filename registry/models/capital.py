"""The capital ledger (sổ vốn): signed, dated entries that are never edited.

A registered total is a sum, never a typed number. A mistake is undone by a reversal, which carries the
opposite amount and counts in the column of the kind that it reverses (``counts_as``).

* ``decided_on`` is the day as the document states it, vague or absent.
* ``counts_on`` is the day from which the entry counts: the latest day it can mean, else the latest day of
  its source's publication, else the day it was recorded; never later than the day it was recorded.
* ``recorded_at`` is when the register came to know it, so that the answer of any past day can be had again.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models.base import NounQuerySet
from registry.models.conditions import Conditioned
from registry.models.fields import HundredthsField, VagueDayField, days_in_order, one_of
from registry.vocabulary.capital import EITHER_SIGN, NEGATIVE, POSITIVE, REGISTERED, STARTING, CapitalKind
from registry.vocabulary.certificate import ENDING
from registry.vocabulary.money import format_amount
from registry.vocabulary.publication import Publication

ZERO = Decimal("0.00")


def end_of_day(day: date) -> datetime:
    """The first moment after ``day`` in Asia/Ho_Chi_Minh."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=timezone.get_default_timezone())


class CapitalEntryQuerySet(NounQuerySet):
    search_at = "project__"

    def public(self):
        """Entries of published projects and enterprises; the rest of the ledger is staff's."""
        return self.filter(
            Q(project__publication=Publication.PUBLISHED)
            | Q(project__isnull=True, enterprise__publication=Publication.PUBLISHED)
        )

    def as_of(self, day: date):
        """The entries that count by the end of ``day``."""
        return self.filter(counts_on__lte=day)

    def known_on(self, day: date | None):
        """The entries that the register had recorded by the end of ``day``; all of them where None."""
        return self if day is None else self.filter(recorded_at__lt=end_of_day(day))

    def standing(self, *, as_of: date | None = None, known_on: date | None = None):
        """The entries that no reversal has undone (by ``as_of``, recorded by ``known_on``); no reversals."""
        undone = CapitalEntry.objects.filter(reverses=OuterRef("pk")).known_on(known_on)
        if as_of is not None:
            undone = undone.as_of(as_of)
        return self.exclude(kind=CapitalKind.REVERSAL).filter(~Exists(undone))

    def starting(self):
        """The new and opening entries, with which a project begins to count."""
        return self.filter(kind__in=STARTING)

    def at_ends(self):
        """The decreases that stand of the last day of ended projects; of several the last took the project to zero."""
        return self.may_end().filter(decided_latest=F("project__ended_latest"))

    def may_end(self):
        """The decreases that stand and could take a project to zero: of a certificate that ends it, or of none."""
        return self.standing().filter(
            Q(certificate__isnull=True) | Q(certificate__kind__in=ENDING), kind=CapitalKind.DECREASE)

    def closing(self):
        """The decreases that took ended projects to zero: of each the last that stands of its last day."""
        later = CapitalEntry.objects.at_ends().filter(project=OuterRef("project"), pk__gt=OuterRef("pk"))
        return self.at_ends().exclude(Exists(later))

    def within(self, first: date, last: date):
        """The entries decided in the period, both days included; what has no day is in no period."""
        return self.filter(decided_latest__isnull=False, counts_on__gte=first, counts_on__lte=last)

    def in_ledger_order(self):
        return self.order_by("counts_on", "recorded_at", "pk")

    def total_usd(self) -> Decimal:
        """The sum of amounts, 0.00 when there are none. One query."""
        return self.aggregate(total=Sum("amount_usd", default=ZERO))["total"]

    def measures(self, **besides) -> dict[str, Decimal]:
        """The sums that the register publishes, by name; see ``MEASURES``. One query, that may tell more."""
        return self.aggregate(**_measures(), **besides)

    def with_measures(self):
        """Annotate the same sums to each group. Use after ``values()``."""
        return self.annotate(**_measures())


# What of an amount counts as confirmed: all or nothing of it, but where a part is kept.
CONFIRMED = Coalesce("confirmed_part_usd", Case(
    When(confirmed=True, then="amount_usd"), default=Value(ZERO), output_field=HundredthsField()))
MEASURES = {
    "registered_usd": Q(counts_as__in=REGISTERED),
    "confirmed_usd": Q(counts_as__in=REGISTERED) & (
        Q(confirmed=True, confirmed_part_usd__isnull=True) | Q(confirmed_part_usd__lt=0) | Q(confirmed_part_usd__gt=0)),
    "realised_usd": Q(counts_as=CapitalKind.DISBURSEMENT),
    "share_purchase_usd": Q(counts_as=CapitalKind.SHARE_PURCHASE),
}


def amount_of(measure: str):
    """What of each entry of a measure goes into its sum."""
    return CONFIRMED if measure == "confirmed_usd" else F("amount_usd")


def _measures() -> dict[str, Sum]:
    return {name: Sum(amount_of(name), filter=which, default=ZERO) for name, which in MEASURES.items()}


class CapitalEntry(Conditioned):
    """One signed change to the capital of a project (bút toán).

    A share purchase may hang on an enterprise without a project. ``amount_usd`` is never zero; of a share
    purchase it is the value by charter capital, beside ``expected_price_usd``. ``written_amount`` is the
    amount in the currency that the document prints, with the rate as printed. ``confirmed``: it rests on a
    certificate or a decision, not on the press; ``confirmed_part_usd`` is how much of the amount counts as confirmed
    where that is neither all nor nothing as ``confirmed`` says, so that the sum stays between 0 and the registered one.
    """

    KIND = "capital-entry"

    code = models.CharField(_("mã"), max_length=40, unique=True)
    number = models.PositiveIntegerField(_("số"))
    project = models.ForeignKey("Project", models.PROTECT, null=True, blank=True, related_name="entries",
                                verbose_name=_("dự án"))
    enterprise = models.ForeignKey("Enterprise", models.PROTECT, null=True, blank=True, related_name="entries",
                                   verbose_name=_("tổ chức kinh tế"))
    kind = models.CharField(_("loại bút toán"), max_length=15, choices=CapitalKind)
    counts_as = models.CharField(_("tính vào"), max_length=15, choices=CapitalKind, editable=False)
    amount_usd = HundredthsField(_("số tiền (USD)"))
    expected_price_usd = HundredthsField(_("giá trị giao dịch dự kiến (USD)"), null=True, blank=True)
    written_amount = HundredthsField(_("số tiền như in"), null=True, blank=True)
    written_currency = models.CharField(_("loại tiền như in"), max_length=3, blank=True, default="")
    rate_as_printed = models.CharField(_("tỷ giá như in"), max_length=40, blank=True, default="")
    decided_on = VagueDayField(_("ngày quyết định"))
    counts_on = models.DateField(_("tính từ ngày"), editable=False)
    recorded_at = models.DateTimeField(_("ghi nhận lúc"), editable=False)
    updated_at = models.DateTimeField(_("nhập lúc"), editable=False)
    certificate = models.ForeignKey("Certificate", models.PROTECT, null=True, blank=True, related_name="entries",
                                    verbose_name=_("giấy chứng nhận"))
    source = models.ForeignKey("Source", models.PROTECT, null=True, blank=True, related_name="entries",
                               verbose_name=_("nguồn"))
    confirmed = models.BooleanField(_("theo giấy chứng nhận"), default=False, editable=False)
    confirmed_part_usd = HundredthsField(_("phần tính là theo giấy chứng nhận (USD)"), null=True, blank=True,
                                         editable=False)
    buyer = models.ForeignKey("Investor", models.PROTECT, null=True, blank=True, related_name="purchases",
                              verbose_name=_("bên mua"))
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by",
                                    verbose_name=_("đảo bút toán"))
    note = models.TextField(_("ghi chú"), blank=True, default="")

    objects = CapitalEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("bút toán vốn")
        verbose_name_plural = _("bút toán vốn")
        constraints = [
            one_of("entry", "kind", CapitalKind),
            days_in_order("entry", "decided"),
            models.CheckConstraint(
                name="entry_amount_has_its_sign",
                condition=Q(kind__in=POSITIVE, amount_usd__gt=0) | Q(kind__in=NEGATIVE, amount_usd__lt=0)
                | (Q(kind__in=EITHER_SIGN) & ~Q(amount_usd=0)),
                violation_error_message=_("Số tiền phải khác 0 và đúng dấu: tăng là số dương, giảm là số âm."),
            ),
            models.CheckConstraint(
                name="entry_reversal_names_what_it_reverses",
                condition=Q(kind=CapitalKind.REVERSAL, reverses__isnull=False) & ~Q(counts_as=CapitalKind.REVERSAL)
                | ~Q(kind=CapitalKind.REVERSAL) & Q(reverses__isnull=True, counts_as=F("kind")),
                violation_error_message=_("Chỉ bút toán đảo mới ghi bút toán mà nó đảo."),
            ),
            models.CheckConstraint(
                name="entry_has_project_or_enterprise",
                condition=Q(project__isnull=False)
                | Q(project__isnull=True, enterprise__isnull=False, counts_as=CapitalKind.SHARE_PURCHASE),
                violation_error_message=_("Bút toán phải thuộc một dự án; chỉ góp vốn, mua cổ phần mới có thể chỉ "
                                          "thuộc một tổ chức kinh tế."),
            ),
            models.CheckConstraint(
                name="entry_has_source_or_certificate",
                condition=Q(source__isnull=False) | Q(certificate__isnull=False),
                violation_error_message=_("Mỗi con số phải có nguồn: hãy chọn nguồn hoặc giấy chứng nhận."),
            ),
            models.CheckConstraint(
                name="entry_written_with_currency",
                condition=Q(written_amount__isnull=True, written_currency="")
                | (Q(written_amount__isnull=False) & ~Q(written_currency="")),
                violation_error_message=_("Số tiền như in phải đi cùng loại tiền."),
            ),
            models.CheckConstraint(
                name="entry_part_within_amount",
                condition=Q(confirmed_part_usd__isnull=True)
                | Q(counts_as__in=REGISTERED, confirmed_part_usd__gte=0, confirmed_part_usd__lte=F("amount_usd"))
                | Q(counts_as__in=REGISTERED, confirmed_part_usd__lte=0, confirmed_part_usd__gte=F("amount_usd")),
                violation_error_message=_("Phần tính là theo giấy chứng nhận phải nằm giữa 0 và số tiền, và chỉ có ở "
                                          "vốn đăng ký."),
            ),
        ]
        indexes = [
            # All that sums read, by day and by project: no look into the table for each of 400,000 rows.
            models.Index(name="entry_by_day_for_sums", fields=[
                "counts_on", "kind", "counts_as", "amount_usd", "confirmed", "confirmed_part_usd", "decided_latest",
                "recorded_at", "project", "buyer",
            ]),
            models.Index(name="entry_by_project_for_sums", fields=[
                "project", "counts_on", "kind", "counts_as", "amount_usd", "confirmed", "confirmed_part_usd",
                "recorded_at", "buyer",
            ]),
            models.Index(name="entry_bought", condition=Q(buyer__isnull=False), fields=[
                "buyer", "counts_on", "counts_as", "amount_usd", "recorded_at", "project",
            ]),
            models.Index(name="entry_undoing", condition=Q(reverses__isnull=False), fields=[
                "counts_as", "counts_on", "reverses",
            ]),
            # What was recorded in the part of a month that no kept sum has.
            models.Index(name="entry_by_recording", fields=[
                "recorded_at", "counts_on", "kind", "counts_as", "amount_usd", "confirmed", "confirmed_part_usd",
                "decided_latest", "project", "buyer", "reverses",
            ]),
            # The few purchases of which a price is expected.
            models.Index(name="entry_priced", condition=Q(expected_price_usd__isnull=False), fields=[
                "counts_as", "counts_on", "kind", "decided_latest", "expected_price_usd", "project",
            ]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.get_kind_display()} {format_amount(self.amount_usd, 'USD', 'vi')}"

    @property
    def confirmed_usd(self) -> Decimal:
        """What of the amount counts as confirmed."""
        if self.confirmed_part_usd is not None:
            return self.confirmed_part_usd
        return self.amount_usd if self.confirmed else ZERO

    def is_public(self) -> bool:
        owner = self.project or self.enterprise
        return owner.is_public()
