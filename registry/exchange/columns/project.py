"""Projects as a table."""

from django.utils.translation import gettext_lazy as _

from registry.models import Project, Stake
from registry.vocabulary.project import InvestmentForm, ProjectStatus

from .shape import CODE_AND_NAME, CODE_AND_TITLE, DAY, NUMBER, YES, Field, Fields, Of, Part

of, stake = Of(Project), Of(Stake)

PROJECT = Fields("projects", (
    *of.head(),
    of.text("irc_code"),
    of.text("former_irc_codes", many=True),
    of.text("name"),
    of.text("name_en"),
    of.text("objective"),
    of.text("objective_en"),
    of.text("address"),
    Field("enterprise", of.label("enterprise"), parts=(*CODE_AND_NAME, Part("tax_code", _("mã số thuế"))),
          to="enterprise"),
    of.ref("registrar"),
    Field("investors", _("nhà đầu tư"), many=True, to="investor", parts=(
        *CODE_AND_NAME, Part("country", _("nước đăng ký")), Part("parent_country", _("nước của công ty mẹ cao nhất")),
        Part("share_percent", stake.label("share_percent"), NUMBER), Part("lead", stake.label("lead"), YES),
    )),
    of.ref("zone"),
    of.ref("place"),
    Field("sector", of.label("sector"), to="sector", code_from=("version", "code"), parts=(
        Part("version", _("phiên bản VSIC")), Part("code", _("mã VSIC")), Part("section", _("mục")),
        Part("name", _("tên")),
    )),
    of.words("form", InvestmentForm),
    of.words("status", ProjectStatus),
    of.stated_day("licensed_on", _("ngày cấp lần đầu")),
    of.stated_day("expires_on", _("ngày hết hạn")),
    of.stated_day("ended_on", _("ngày chấm dứt")),
    of.number("land_area_ha"),
    of.whole("planned_workers"),
    Field("capital", _("vốn"), parts=(
        Part("as_of", _("tính đến ngày"), DAY),
        Part("known_on", _("theo số liệu đã ghi nhận đến ngày"), DAY),
        Part("registered_usd", _("vốn đăng ký (USD)"), NUMBER),
        Part("confirmed_usd", _("trên giấy chứng nhận (USD)"), NUMBER),
        Part("intended_usd", _("vốn dự kiến (USD)"), NUMBER),
        Part("realised_usd", _("vốn thực hiện (USD)"), NUMBER),
        Part("share_purchase_usd", _("góp vốn, mua cổ phần (USD)"), NUMBER),
    )),
    Field("milestones", _("mốc tiến độ"), many=True, parts=(
        Part("code", _("mã")), Part("kind", _("mốc")), Part("reality", _("kế hoạch hay thực tế")),
    )),
    Field("sources", _("nguồn"), many=True, parts=CODE_AND_TITLE, to="source"),
))
