"""The words of a project's progress."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MilestoneKind(models.TextChoices):
    """Mốc tiến độ."""

    CHOSEN = "chosen", _("chọn địa bàn")
    SITE_DECISION = "site_decision", _("chọn địa điểm")
    INVESTMENT_START = "investment_start", _("bắt đầu đầu tư")
    GROUND_BREAKING = "ground_breaking", _("khởi công")
    COMPLETION = "completion", _("hoàn công")
    TRIAL_PRODUCTION = "trial_production", _("sản xuất thử")
    PRODUCTION_START = "production_start", _("đi vào sản xuất")
    INAUGURATION = "inauguration", _("khánh thành")
    EXPANSION = "expansion", _("mở rộng")


class Reality(models.TextChoices):
    """Whether a source speaks of what is planned or of what has happened."""

    PLANNED = "planned", _("kế hoạch")
    ACTUAL = "actual", _("thực tế")
