"""The words of a project: its form of investment and its status."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InvestmentForm(models.TextChoices):
    """Hình thức đầu tư."""

    WHOLLY_FOREIGN = "wholly_foreign", _("100% vốn nước ngoài")
    JOINT_VENTURE = "joint_venture", _("liên doanh")
    COOPERATION_CONTRACT = "cooperation_contract", _("hợp đồng hợp tác kinh doanh")
    SHARE_ACQUISITION = "share_acquisition", _("góp vốn, mua cổ phần, mua phần vốn góp")
    PUBLIC_PRIVATE = "public_private", _("đối tác công tư")


class ProjectStatus(models.TextChoices):
    """Tình trạng dự án. The last three end it: the project is no longer in force (còn hiệu lực)."""

    PROPOSED = "proposed", _("đề xuất")
    APPROVED_IN_PRINCIPLE = "approved_in_principle", _("đã chấp thuận chủ trương đầu tư")
    NOT_STARTED = "not_started", _("đã cấp GCNĐKĐT, chưa triển khai")
    BUILDING = "building", _("đang xây dựng")
    OPERATING = "operating", _("đang hoạt động")
    SCHEDULE_EXTENDED = "schedule_extended", _("giãn tiến độ")
    SUSPENDED = "suspended", _("ngừng hoạt động")
    TERMINATED = "terminated", _("chấm dứt hoạt động")
    REVOKED = "revoked", _("thu hồi GCNĐKĐT")
    EXPIRED = "expired", _("hết thời hạn hoạt động")


ENDED = (ProjectStatus.TERMINATED, ProjectStatus.REVOKED, ProjectStatus.EXPIRED)
