"""The way of a project, and what its record holds at each stage of it."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from .project import ProjectStatus


class Need(models.TextChoices):
    """What a record must hold from some stage on."""

    OBJECTIVE = "objective", _("mục tiêu")
    SECTOR = "sector", _("ngành chính")
    WHERE = "where", _("khu công nghiệp hoặc địa bàn")
    INVESTORS = "investors", _("nhà đầu tư")
    SOURCE = "source", _("nguồn của hồ sơ")
    IRC_CODE = "irc_code", _("mã số dự án")
    LICENSED_ON = "licensed_on", _("ngày cấp lần đầu")
    REGISTRAR = "registrar", _("cơ quan đăng ký đầu tư")
    FORM = "form", _("hình thức đầu tư")
    CAPITAL = "capital", _("vốn đăng ký trong sổ vốn")
    ENTERPRISE = "enterprise", _("tổ chức kinh tế thực hiện dự án")
    LAND_AREA = "land_area_ha", _("diện tích đất (ha)")
    GROUND_BREAKING = "ground_breaking", _("mốc khởi công, thực tế")
    PRODUCTION = "production", _("mốc sản xuất thử, đi vào sản xuất hoặc khánh thành, thực tế")


# From which stage each is needed, in the order of the way. What the paper of a stage states is needed from that stage;
# a project on the way to none (suspended, delayed) needs nothing.
NEEDED_FROM: Mapping[ProjectStatus, tuple[Need, ...]] = {
    ProjectStatus.PROPOSED: (),
    ProjectStatus.APPROVED_IN_PRINCIPLE: (Need.OBJECTIVE, Need.SECTOR, Need.WHERE, Need.INVESTORS, Need.SOURCE),
    ProjectStatus.NOT_STARTED: (Need.IRC_CODE, Need.LICENSED_ON, Need.REGISTRAR, Need.FORM, Need.CAPITAL),
    ProjectStatus.BUILDING: (Need.ENTERPRISE, Need.LAND_AREA, Need.GROUND_BREAKING),
    ProjectStatus.OPERATING: (Need.PRODUCTION,),
}
WAY = tuple(NEEDED_FROM)


def needed_at(status: str) -> tuple[Need, ...]:
    """All that a record holds once its project has come to this stage; nothing off the way."""
    if status not in WAY:
        return ()
    return tuple(need for stage in WAY[:WAY.index(status) + 1] for need in NEEDED_FROM[stage])


def next_stage(status: str) -> ProjectStatus | None:
    """The stage that comes next on the way; None at its end and off it."""
    if status not in WAY or status == WAY[-1]:
        return None
    return WAY[WAY.index(status) + 1]
