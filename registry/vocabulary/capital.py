"""The words of the capital ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CapitalKind(models.TextChoices):
    """Loại bút toán."""

    NEW = "new", _("cấp mới")
    OPENING = "opening", _("số dư đầu kỳ")
    INCREASE = "increase", _("điều chỉnh tăng")
    DECREASE = "decrease", _("điều chỉnh giảm")
    SHARE_PURCHASE = "share_purchase", _("góp vốn, mua cổ phần, mua phần vốn góp")
    DISBURSEMENT = "disbursement", _("vốn thực hiện")
    REVERSAL = "reversal", _("bút toán đảo")


STARTING = (CapitalKind.NEW, CapitalKind.OPENING)
ADJUSTING = (CapitalKind.INCREASE, CapitalKind.DECREASE)
REGISTERED = (*STARTING, *ADJUSTING)

POSITIVE = (CapitalKind.NEW, CapitalKind.OPENING, CapitalKind.INCREASE, CapitalKind.SHARE_PURCHASE)
NEGATIVE = (CapitalKind.DECREASE,)
EITHER_SIGN = (CapitalKind.DISBURSEMENT, CapitalKind.REVERSAL)


class Basis(models.TextChoices):
    """How a project with several investors counts by country."""

    LEAD = "lead", _("theo nhà đầu tư chính")
    SHARE = "share", _("theo tỷ lệ góp vốn")


class CountryOf(models.TextChoices):
    """Whose country: the registered investor's (statistics) or the ultimate parent's."""

    REGISTRATION = "registration", _("nơi đăng ký của nhà đầu tư")
    PARENT = "parent", _("nước của công ty mẹ cao nhất")
