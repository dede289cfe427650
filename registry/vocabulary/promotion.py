"""The words of investment promotion (xúc tiến đầu tư)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EngagementKind(models.TextChoices):
    VISIT = "visit", _("chuyến thăm")
    WORKING_SESSION = "working_session", _("buổi làm việc")
    CEREMONY = "ceremony", _("lễ")
    INSPECTION = "inspection", _("kiểm tra")
    CONFERENCE = "conference", _("hội nghị, hội thảo")


class OpportunityKind(models.TextChoices):
    CALL = "call", _("dự án kêu gọi đầu tư")
    LEAD = "lead", _("nhà đầu tư đang quan tâm")
