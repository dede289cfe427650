"""Which stated figures the register can compute, how, and why not the others."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from registry.models import Statement
from registry.vocabulary.capital import ADJUSTING, REGISTERED, STARTING, CapitalKind
from registry.vocabulary.milestone import Reality
from registry.vocabulary.money import STATED_UNITS
from registry.vocabulary.place import UnitLevel
from registry.vocabulary.statement import SubjectKind, number_of

from .coverage_sums import Measured

NEW, INCREASE, BOUGHT = (CapitalKind.NEW,), (CapitalKind.INCREASE,), (CapitalKind.SHARE_PURCHASE,)
NEW_ALONE = _("Chỉ dòng vốn cấp mới, như Cục Thống kê xếp hạng; không phải tổng ba dòng của Cục Đầu tư nước ngoài.")
ALL_THREE = _("Tổng ba dòng của Cục Đầu tư nước ngoài: cấp mới, điều chỉnh, góp vốn mua cổ phần.")
CONVERTED = _("Nguồn cộng cả vốn trong nước quy đổi; sổ đăng ký chỉ có vốn FDI cấp mới và tăng thêm.")
CEREMONY = _("Nguồn đếm giấy chứng nhận trao trong một dịp; sổ đăng ký đếm bút toán cấp mới trong thời gian ấy.")


@dataclass(frozen=True)
class Rule:
    """How an attribute is computed, and what a reader must know of both figures; empty where they mean the same."""

    measured: Measured
    differs: str = ""


def _of_period(how: str, kinds, differs: str = "") -> Rule:
    return Rule(Measured(how, kinds, of_period=True), differs)


RULES = {
    "fdi_projects": Rule(Measured("count", STARTING)),
    "fdi_projects_in_province": Rule(Measured("count", STARTING)),
    "fdi_projects_in_zones": Rule(Measured("count", STARTING, in_zones=True)),
    "fdi_registered_capital": Rule(Measured("sum", REGISTERED)),
    "fdi_registered_capital_in_province": Rule(Measured("sum", REGISTERED)),
    "fdi_registered_capital_in_zones": Rule(Measured("sum", REGISTERED, in_zones=True)),
    "fdi_capital_with_purchases": Rule(Measured("sum", (*REGISTERED, *BOUGHT))),
    "fdi_realised_capital": _of_period("sum", (CapitalKind.DISBURSEMENT,)),
    "fdi_partner_countries": Rule(Measured("distinct", STARTING, distinct="lead__investor__country")),
    "fdi_sectors": Rule(Measured("distinct", STARTING, distinct="project__sector__section")),
    "certificates_foreign": _of_period("count", NEW, CEREMONY),
    "certified_capital_foreign": _of_period("sum", NEW, CEREMONY),
    "fdi_new_projects": _of_period("count", NEW),
    "fdi_new_capital": _of_period("sum", NEW, NEW_ALONE),
    "fdi_adjusted_times": _of_period("count", ADJUSTING),
    "fdi_adjusted_capital": _of_period("sum", ADJUSTING),
    "fdi_added_times": _of_period("count", INCREASE),
    "fdi_added_capital": _of_period("sum", INCREASE),
    "fdi_share_purchase_times": _of_period("count", BOUGHT),
    "fdi_share_purchase_value": _of_period("sum", BOUGHT),
    "fdi_attracted_capital": _of_period("sum", (*NEW, *ADJUSTING, *BOUGHT), ALL_THREE),
    "converted_capital": _of_period("sum", (*NEW, *INCREASE), CONVERTED),
    "fia_new_projects": _of_period("count", NEW),
    "fia_new_capital": _of_period("sum", NEW),
    "fia_adjusted_times": _of_period("count", ADJUSTING),
    "fia_adjusted_capital": _of_period("sum", ADJUSTING),
    "fia_share_purchase_times": _of_period("count", BOUGHT),
    "fia_share_purchase_value": _of_period("sum", BOUGHT),
}

NO_SUBJECT = _("Nguồn nói về nơi không có trong sổ đăng ký.")
IN_WORDS = _("Nguồn nêu bằng lời, không có con số.")
PLANNED = _("Đây là kế hoạch, chưa phải kết quả.")
OTHER_CURRENCY = _("Nguồn nêu bằng đồng; sổ đăng ký cộng bằng USD và không quy đổi.")
NOT_A_PROVINCE = _("Sổ đăng ký chỉ so số của cả tỉnh và của từng nước.")
NO_PERIOD = _("Số của một thời kỳ, nhưng nguồn không nêu thời kỳ nào.")
NOT_KEPT = _("Sổ đăng ký không ghi nhận chỉ tiêu này.")
RANK = _("Thứ hạng giữa các tỉnh; sổ đăng ký chỉ có Bắc Ninh.")
DOMESTIC = _("Dự án trong nước; sổ đăng ký chỉ có dự án đầu tư nước ngoài.")
ECONOMY = _("Của cả nền kinh tế tỉnh, không riêng dự án đầu tư nước ngoài.")
PEOPLE = _("Về dân cư và lao động, không phải về dự án.")
ZONES = _("Sổ đăng ký ghi từng khu, phân khu và giai đoạn; cộng lại sẽ tính hai lần.")
NOT_COMPARED = {
    **dict.fromkeys(("certificates_domestic", "certified_capital_domestic", "domestic_new_projects",
                     "domestic_new_capital", "domestic_added_times", "domestic_added_capital"), DOMESTIC),
    **dict.fromkeys(("grdp", "grdp_constant_2010", "grdp_growth", "grdp_per_capita", "exports", "imports",
                     "state_budget_revenue"), ECONOMY),
    **dict.fromkeys(("population", "labour_force", "trained_labour_share", "chinese_share_of_foreign_residents",
                     "industrial_zone_workers", "industrial_cluster_workers"), PEOPLE),
    **dict.fromkeys(("industrial_zones", "industrial_zone_area", "industrial_zone_occupancy",
                     "industrial_land_occupancy", "industrial_clusters", "zone_infrastructure_projects"), ZONES),
}


def why_not_compared(statement: Statement) -> str:
    """Why the register has no figure to put beside a statement about a place or a country; empty where it has."""
    rule = RULES.get(statement.attribute)
    if statement.subject is None:
        return NO_SUBJECT
    if number_of(statement.value) is None:
        return IN_WORDS
    if statement.reality == Reality.PLANNED:
        return PLANNED
    if rule is None:
        return RANK if statement.unit == "rank" else NOT_COMPARED.get(statement.attribute, NOT_KEPT)
    if statement.subject_kind == SubjectKind.PLACE and statement.place.level != UnitLevel.PROVINCE:
        return NOT_A_PROVINCE
    if rule.measured.how == "sum" and STATED_UNITS.get(statement.unit, ("USD",))[0] != "USD":
        return OTHER_CURRENCY
    if rule.measured.of_period and not (statement.date or statement.source.published_on):
        return NO_PERIOD
    return ""
