"""The steps of an investment registration certificate (GCNĐKĐT)."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _


class CertificateKind(models.TextChoices):
    FIRST_ISSUE = "first_issue", _("cấp lần đầu")
    AMENDMENT = "amendment", _("điều chỉnh")
    CORRECTION = "correction", _("hiệu đính")
    REISSUE = "reissue", _("cấp lại")
    EXCHANGE = "exchange", _("cấp đổi")
    TERM_EXTENSION = "term_extension", _("gia hạn thời hạn hoạt động")
    SCHEDULE_EXTENSION = "schedule_extension", _("giãn tiến độ")
    TRANSFER = "transfer", _("chuyển nhượng")
    SUSPENSION = "suspension", _("ngừng hoạt động")
    TERMINATION = "termination", _("chấm dứt hoạt động")
    REVOCATION = "revocation", _("thu hồi GCNĐKĐT")
    EXPIRY = "expiry", _("hết thời hạn hoạt động")
    PLACE_RENAMED = "place_renamed", _("cập nhật địa danh sau sắp xếp đơn vị hành chính")


# With these a project ends.
ENDING = (CertificateKind.TERMINATION, CertificateKind.REVOCATION, CertificateKind.EXPIRY)


def may_ask(kind: str, asked_usd: Decimal | None) -> bool:
    """Whether a dossier of this kind can ask for so much: a first issue for all its capital, whatever goes on for a
    change, also for none (0); what ends its project asks for nothing."""
    if asked_usd is None:
        return True
    return asked_usd > 0 if kind == CertificateKind.FIRST_ISSUE else kind not in ENDING


class Outcome(models.TextChoices):
    """What became of the dossier (hồ sơ)."""

    RECEIVED = "received", _("đã tiếp nhận")
    GRANTED = "granted", _("đã cấp")
    REFUSED = "refused", _("từ chối")
