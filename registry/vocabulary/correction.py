"""The words of reports from the public that something in the register is wrong (báo sai sót)."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

SATURDAY = 5


class CorrectionState(models.TextChoices):
    RECEIVED = "received", _("đã tiếp nhận")
    IN_WORK = "in_work", _("đang xử lý")
    ACCEPTED = "accepted", _("đã chấp nhận")
    DECLINED = "declined", _("không chấp nhận")


UNSETTLED = (CorrectionState.RECEIVED, CorrectionState.IN_WORK)
CONCLUDED = (CorrectionState.ACCEPTED, CorrectionState.DECLINED)


def working_days_after(day: date, count: int) -> date:
    """The day that many working days later, Monday to Friday; public holidays count as working days."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
