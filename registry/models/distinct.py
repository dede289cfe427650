"""Pairs of records that look alike and that an officer found to be two."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import NounQuerySet, Versioned
from registry.models.fields import one_of
from registry.vocabulary.distinct import PartyKind


class DistinctPairQuerySet(NounQuerySet):
    def public(self):
        """The public does not learn what looked alike."""
        return self.none()

    def standing(self, kind: str):
        """The pairs of a noun that are not to be proposed again."""
        return self.filter(kind=kind, stands=True)


class DistinctPair(Versioned):
    """Two investors, or two enterprises, that are not one although they look alike (cặp không trùng).

    They are named by their codes, the one that sorts first as ``one``: a merge of either leaves what was judged as it
    was. Who judged it, when and why stand in its changes; ``stands`` is false once it was taken back.
    """

    KIND = "distinct-pair"

    code = models.CharField(_("mã"), max_length=81, unique=True)
    kind = models.CharField(_("loại"), max_length=10, choices=PartyKind)
    one = models.CharField(_("hồ sơ thứ nhất"), max_length=40)
    other = models.CharField(_("hồ sơ thứ hai"), max_length=40)
    stands = models.BooleanField(_("không đề xuất nữa"), default=True)

    objects = DistinctPairQuerySet.as_manager()

    class Meta:
        verbose_name = _("cặp không trùng")
        verbose_name_plural = _("cặp không trùng")
        constraints = [
            one_of("distinct_pair", "kind", PartyKind),
            models.CheckConstraint(
                name="distinct_pair_of_two", condition=~Q(one=F("other")),
                violation_error_message=_("Một hồ sơ không thể khác với chính nó; hãy chọn hai hồ sơ."),
            ),
            models.UniqueConstraint(
                name="distinct_pair_once", fields=["kind", "one", "other"],
                violation_error_message=_("Cặp này đã được xem; hãy mở bản ghi đã có."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} ≠ {self.other}"

    def is_public(self) -> bool:
        return False
