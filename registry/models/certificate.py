"""Certificates (giấy chứng nhận đăng ký đầu tư) and the steps that change them."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import Publishable, PublishedQuerySet, publication_known, withdrawn_with_reason
from registry.models.fields import HundredthsField, VagueDayField, days_in_order, one_of
from registry.vocabulary.certificate import ENDING, CertificateKind, Outcome
from registry.vocabulary.publication import Publication


class CertificateQuerySet(PublishedQuerySet):
    search_at = "project__"

    def public(self):
        return super().public().filter(project__publication=Publication.PUBLISHED)

    def dossiers(self):
        """The dossiers that were received and wait for their outcome."""
        return self.filter(outcome=Outcome.RECEIVED).exclude(publication=Publication.WITHDRAWN)

    def contribution_due(self, until: date):
        """The newest certificate of each project that goes on, where capital must be contributed by ``until``."""
        newer = Certificate.objects.filter(project=OuterRef("project"), contribute_by__isnull=False,
                                           number__gt=OuterRef("number"))
        stated = self.filter(contribute_by__lte=until, outcome=Outcome.GRANTED, project__ended_latest__isnull=True)
        return stated.exclude(publication=Publication.WITHDRAWN).exclude(Exists(newer))


class Certificate(Publishable):
    """One step of the legal record (giấy chứng nhận đăng ký đầu tư, GCNĐKĐT).

    Issued once, then amended in numbered steps; most amendments do not change capital. Totals are kept
    as printed, in dong and dollars, with the rate as printed, and never forced to multiply.

    A dossier (hồ sơ) that was received waits for its outcome. The ledger has no drafts: until it is
    published a certificate carries what it proposes (``proposed_…``), and publishing posts that.
    ``proposed_changes`` maps columns of the project, and ``stakes``, to what they were and what they become.
    What the dossier itself asks for, whatever becomes of it, is ``asked_usd``: of a first issue its capital, otherwise
    the signed change; null where it states none.
    """

    KIND = "certificate"

    code = models.CharField(_("mã"), max_length=40, unique=True)
    number = models.PositiveIntegerField(_("số"))
    project = models.ForeignKey("Project", models.PROTECT, related_name="certificates", verbose_name=_("dự án"))
    kind = models.CharField(_("loại"), max_length=20, choices=CertificateKind)
    step = models.PositiveSmallIntegerField(_("lần thứ"), null=True, blank=True)
    outcome = models.CharField(_("kết quả"), max_length=10, choices=Outcome, default=Outcome.GRANTED)
    registrar = models.ForeignKey("Registrar", models.PROTECT, null=True, blank=True, related_name="certificates",
                                  verbose_name=_("cơ quan đăng ký đầu tư"))
    received_on = models.DateField(_("ngày tiếp nhận hồ sơ"), null=True, blank=True)
    decided_on = VagueDayField(_("ngày cấp"))
    asked_usd = HundredthsField(_("vốn đề nghị trong hồ sơ (USD)"), null=True, blank=True)
    changes = models.TextField(_("nội dung thay đổi"), blank=True, default="")
    proposed_usd = HundredthsField(_("số tiền đề nghị ghi sổ (USD)"), null=True, blank=True)
    proposed_written = HundredthsField(_("số tiền đề nghị ghi sổ như in"), null=True, blank=True)
    proposed_currency = models.CharField(_("đơn vị tiền của số đề nghị"), max_length=3, blank=True, default="")
    proposed_irc_code = models.CharField(_("mã số dự án đề nghị"), max_length=30, null=True, blank=True)
    proposed_changes = models.JSONField(_("nội dung mới của hồ sơ dự án"), default=dict, blank=True)
    total_usd = HundredthsField(_("tổng vốn đầu tư như in (USD)"), null=True, blank=True)
    total_vnd = HundredthsField(_("tổng vốn đầu tư như in (đồng)"), null=True, blank=True)
    rate_as_printed = models.CharField(_("tỷ giá như in"), max_length=40, blank=True, default="")
    contributed_usd = HundredthsField(_("vốn góp (USD)"), null=True, blank=True)
    mobilised_usd = HundredthsField(_("vốn huy động (USD)"), null=True, blank=True)
    contribute_by = models.DateField(_("hạn góp vốn"), null=True, blank=True)
    source = models.ForeignKey("Source", models.PROTECT, null=True, blank=True, related_name="certificates",
                               verbose_name=_("nguồn"))

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("giấy chứng nhận đăng ký đầu tư")
        verbose_name_plural = _("giấy chứng nhận đăng ký đầu tư")
        constraints = [
            publication_known("certificate"),
            withdrawn_with_reason("certificate"),
            one_of("certificate", "kind", CertificateKind),
            one_of("certificate", "outcome", Outcome),
            days_in_order("certificate", "decided"),
            models.CheckConstraint(
                name="certificate_amendment_has_step",
                condition=~Q(kind=CertificateKind.AMENDMENT) | Q(step__isnull=False, step__gte=1),
                violation_error_message=_("Ghi lần điều chỉnh: 1, 2, 3 …"),
            ),
            models.CheckConstraint(
                name="certificate_published_proposes_nothing",
                condition=~Q(publication=Publication.PUBLISHED)
                | Q(proposed_usd__isnull=True, proposed_written__isnull=True, proposed_irc_code__isnull=True),
                violation_error_message=_("Giấy chứng nhận đã công bố không còn số liệu đề nghị: sổ vốn đã ghi."),
            ),
            models.CheckConstraint(
                name="certificate_asks_by_its_kind",
                condition=Q(asked_usd__isnull=True) | Q(kind=CertificateKind.FIRST_ISSUE, asked_usd__gt=0)
                | ~Q(kind__in=(CertificateKind.FIRST_ISSUE, *ENDING)),
                violation_error_message=_("Hồ sơ cấp lần đầu đề nghị một số vốn dương; hồ sơ chấm dứt, thu hồi, hết "
                                          "hạn không đề nghị vốn."),
            ),
            models.UniqueConstraint(
                name="certificate_step_once", fields=["project", "kind", "step"],
                condition=Q(kind=CertificateKind.AMENDMENT, outcome=Outcome.GRANTED)
                & ~Q(publication=Publication.WITHDRAWN),
                violation_error_message=_("Lần điều chỉnh này đã có trong hồ sơ dự án."),
            ),
        ]
        indexes = [
            # What the form A.IV.1 asks of a quarter: who suspended, and which dossiers came. The first is of all kinds:
            # SQLite does not know that a parameter is the kind of a partial one.
            models.Index(name="certificate_by_kind", fields=["kind", "decided_latest", "project"]),
            models.Index(name="certificate_by_reception", fields=["received_on"],
                         condition=Q(received_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.get_kind_display()}"

    def is_public(self) -> bool:
        return self.publication == Publication.PUBLISHED and self.project.is_public()
