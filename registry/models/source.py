"""Sources (nguồn): the documents from which the register knows what it knows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.base import Named, Publishable, publication_known, withdrawn_with_reason
from registry.models.fields import VagueDayField, days_in_order, one_of
from registry.vocabulary.statement import CONFIRMING, SourceKind


class Source(Named, Publishable):
    """An article, certificate, decision, report or notice (nguồn).

    ``name`` is its title, in our own words where the document has none that may be repeated.
    ``published_on`` may be vague. ``reference`` is the key under which a loader knows it. ``text`` and the file (a
    scan, kept by its SHA-256) are for the staff alone.
    """

    KIND = "source"

    code = models.CharField(_("mã"), max_length=20, unique=True)
    reference = models.CharField(_("khóa nạp"), max_length=60, unique=True, null=True, blank=True)
    kind = models.CharField(_("loại nguồn"), max_length=12, choices=SourceKind)
    number = models.CharField(_("số hiệu"), max_length=100, blank=True, default="")
    publisher = models.CharField(_("nơi công bố"), max_length=300, blank=True, default="")
    url = models.URLField(_("địa chỉ"), max_length=500, blank=True, default="")
    published_on = VagueDayField(_("ngày công bố"))
    known_from = models.CharField(_("căn cứ của ngày công bố"), max_length=300, blank=True, default="")
    text = models.TextField(_("toàn văn (chỉ nội bộ)"), blank=True, default="")
    file_name = models.CharField(_("tệp đính kèm (chỉ nội bộ)"), max_length=200, blank=True, default="")
    file_sha256 = models.CharField(_("mã băm SHA-256 của tệp"), max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("nguồn")
        verbose_name_plural = _("nguồn")
        constraints = [
            publication_known("source"),
            withdrawn_with_reason("source"),
            one_of("source", "kind", SourceKind),
            days_in_order("source", "published"),
            models.CheckConstraint(
                name="source_file_with_name",
                condition=models.Q(file_name="", file_sha256="")
                | (~models.Q(file_name="") & ~models.Q(file_sha256="")),
                violation_error_message=_("Tệp đính kèm phải có cả tên và mã băm."),
            ),
        ]

    @property
    def confirms(self) -> bool:
        """Whether capital that rests on this source is confirmed by a certificate or a decision."""
        return self.kind in CONFIRMING

    def search_parts(self):
        return [*super().search_parts(), self.number, self.publisher]
