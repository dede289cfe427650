"""What the public reports as wrong (báo sai sót)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import Versioned
from registry.models.fields import one_of
from registry.vocabulary.correction import CONCLUDED, UNSETTLED, CorrectionState


class CorrectionQuerySet(models.QuerySet):
    def unsettled(self):
        """The requests that wait for a decision."""
        return self.filter(state__in=UNSETTLED)

    def overdue(self, on: date):
        """The requests that wait although their deadline has passed by ``on``."""
        return self.unsettled().filter(deadline__lt=on)


class CorrectionRequest(Versioned):
    """A reader's report that something in the register is wrong (kiến nghị sửa sai sót).

    ``about`` is the address of the page, Vietnamese and without host; ``about_kind`` and ``about_code`` name its
    record, empty for a page of no record. The public sees what it is about, its state, the deadline and the
    ``outcome`` in words; never the reader's ``words`` or ``contact``, which may hold personal data. Who decided, and
    when, is in the change log.
    """

    KIND = "correction"
    # Kept in this row alone, never in the change log: what is a person's must be erasable.
    PERSONAL = ("words", "contact")

    code = models.CharField(_("mã"), max_length=20, unique=True)
    about = models.CharField(_("địa chỉ trang"), max_length=500)
    about_kind = models.CharField(_("loại bản ghi"), max_length=20, blank=True, default="")
    about_code = models.CharField(_("mã bản ghi"), max_length=60, blank=True, default="")
    words = models.TextField(_("nội dung người đọc báo"))
    contact = models.CharField(_("cách liên hệ người báo"), max_length=200, blank=True, default="")
    language = models.CharField(_("ngôn ngữ"), max_length=2)
    received_at = models.DateTimeField(_("tiếp nhận lúc"), editable=False)
    deadline = models.DateField(_("hạn trả lời"), editable=False)
    state = models.CharField(_("tình trạng"), max_length=10, choices=CorrectionState,
                             default=CorrectionState.RECEIVED)
    outcome = models.TextField(_("kết luận công khai"), blank=True, default="")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("báo sai sót")
        verbose_name_plural = _("báo sai sót")
        constraints = [
            one_of("correction", "state", CorrectionState),
            models.CheckConstraint(
                name="correction_concluded_in_words",
                condition=(~Q(state__in=CONCLUDED) & Q(outcome="")) | (Q(state__in=CONCLUDED) & ~Q(outcome="")),
                violation_error_message=_("Kết luận phải nói rõ bằng lời; khi chưa kết luận thì để trống."),
            ),
        ]
        indexes = [models.Index(name="correction_by_deadline", fields=["state", "deadline"])]

    def __str__(self) -> str:
        return self.code

    @property
    def is_concluded(self) -> bool:
        return self.state in CONCLUDED

    def is_overdue(self, on: date) -> bool:
        return not self.is_concluded and self.deadline < on

    def is_public(self) -> bool:
        """Its page says what the public may know of it; the record itself is staff's, and no feed tells of it."""
        return False
