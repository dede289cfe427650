"""The investors of a project, below its form."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from registry.models import Project
from registry.templatetags.register_format import amount, number

from .panel import Cell, Panel, Row, buttons_of, link


def stakes_panel(model_admin, project: Project) -> Panel:
    stakes = project.stakes.current().select_related("investor__country").order_by("position")
    return Panel(
        title=_("Nhà đầu tư"), columns=[_("Nhà đầu tư"), _("Nước đăng ký"), _("Tỷ lệ (%)"), _("Vốn góp (USD)")],
        numbers=(2, 3), works=buttons_of(model_admin, project, "stakes"),
        empty=_("Chưa ghi nhà đầu tư nào. Dự án không có nhà đầu tư chính thì không đứng dưới nước nào."),
        rows=[
            Row([
                link(stake.investor, stake.investor.name),
                Cell(stake.investor.country.name if stake.investor.country else ""),
                Cell(number(stake.share_percent)), Cell(_money(stake.contributed_usd)),
            ], note=_("nhà đầu tư chính") if stake.lead else "")
            for stake in stakes
        ],
    )


def _money(value: Decimal | None) -> str:
    return "" if value is None else amount(value)
