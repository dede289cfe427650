"""The words of the capital ledger, and how much of an amount is confirmed."""

from decimal import Decimal

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


def confirmed_part(amount: Decimal, of_itself: Decimal, *, registered: Decimal, confirmed: Decimal) -> Decimal:
    """How much of an amount counts as confirmed: what would by itself (``of_itself``), but so much that the confirmed
    sum of its project stays between 0 and the registered one; between 0 and the amount. ``registered`` and
    ``confirmed`` are the project's sums before it."""
    after = _within(confirmed + of_itself, registered + amount)
    return _within(after - confirmed, amount)


def _within(value: Decimal, bound: Decimal) -> Decimal:
    """The value, or what is nearest to it between 0 and the bound."""
    zero = Decimal("0.00")
    return max(min(zero, bound), min(value, max(zero, bound)))


class Basis(models.TextChoices):
    """How a project with several investors counts by country."""

    LEAD = "lead", _("theo nhà đầu tư chính")
    SHARE = "share", _("theo tỷ lệ góp vốn")


class CountryOf(models.TextChoices):
    """Whose country: the registered investor's (statistics) or the ultimate parent's."""

    REGISTRATION = "registration", _("nơi đăng ký của nhà đầu tư")
    PARENT = "parent", _("nước của công ty mẹ cao nhất")
