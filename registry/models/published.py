"""Tables that an office has published (số liệu công bố): frozen as they were, never edited.

A later difference is told beside the table, and one that replaces it is a record of its own.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import NounQuerySet
from registry.models.conditions import Conditioned
from registry.models.fields import one_of
from registry.vocabulary.published import Asked, FigureKind, asked_of


class PublishedFigureQuerySet(NounQuerySet):
    def in_full(self):
        """With the office, what each replaces and what replaces it; the newest first."""
        return self.select_related("office", "supersedes", "superseded_by").order_by("-pk")


class PublishedFigure(Conditioned):
    """A table of statistics as it was published (số liệu công bố).

    ``parameters`` say what was asked, by the API's names; ``table`` is the answer, money as texts with two places.
    ``change`` is the number of the last change that it counts, ``checksum`` the SHA-256 of its canonical bytes. An
    earlier table that it replaces is ``supersedes``. Whoever froze it stands in the act that made it.
    """

    KIND = "published-figure"

    code = models.CharField(_("mã"), max_length=40, unique=True)
    title = models.CharField(_("tên bảng"), max_length=300)
    title_en = models.CharField(_("tên bảng bằng tiếng Anh"), max_length=300, blank=True, default="")
    kind = models.CharField(_("loại bảng"), max_length=10, choices=FigureKind)
    parameters = models.JSONField(_("tham số"))
    table = models.JSONField(_("bảng số"))
    change = models.BigIntegerField(_("tính đến thay đổi số"))
    checksum = models.CharField(_("mã kiểm SHA-256"), max_length=64)
    office = models.ForeignKey("Registrar", models.PROTECT, related_name="published_figures",
                               verbose_name=_("cơ quan công bố"))
    frozen_at = models.DateTimeField(_("chốt lúc"))
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by",
                                      verbose_name=_("thay cho bảng"))
    note = models.TextField(_("ghi chú công khai"), blank=True, default="")

    objects = PublishedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("số liệu công bố")
        verbose_name_plural = _("số liệu công bố")
        ordering = ["-pk"]
        constraints = [
            one_of("published_figure", "kind", FigureKind),
            models.CheckConstraint(
                name="published_figure_supersedes_with_note", condition=Q(supersedes=None) | ~Q(note=""),
                violation_error_message=_("Bảng thay cho bảng trước phải nêu lý do trong ghi chú công khai."),
            ),
            models.CheckConstraint(
                name="published_figure_supersedes_another", condition=Q(supersedes=None) | ~Q(supersedes=F("id")),
                violation_error_message=_("Một bảng không thể thay cho chính nó."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def asked(self) -> Asked:
        return asked_of(self.kind, self.parameters)

    def is_public(self) -> bool:
        """Whether the feed of changes tells of it: tables have a list of their own."""
        return False
