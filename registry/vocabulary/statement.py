"""The words of sources and of what they state (nội dung nguồn nêu)."""

from decimal import Decimal, InvalidOperation

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    ARTICLE = "article", _("bài báo")
    CERTIFICATE = "certificate", _("giấy chứng nhận đăng ký đầu tư")
    DECISION = "decision", _("quyết định")
    REPORT = "report", _("báo cáo")
    NOTICE = "notice", _("thông báo")


CONFIRMING = (SourceKind.CERTIFICATE, SourceKind.DECISION)


class StatementKind(models.TextChoices):
    PLAN = "plan", _("kế hoạch")
    MOU = "mou", _("bản ghi nhớ")
    LEASE = "lease", _("hợp đồng thuê đất")
    REPORTED = "reported", _("nguồn nêu")
    FIRST_ISSUE = "first_issue", _("cấp lần đầu")
    AMENDMENT = "amendment", _("điều chỉnh")
    REALISED = "realised", _("vốn thực hiện")
    STATISTIC = "statistic", _("số liệu thống kê")


INTENTION = (StatementKind.PLAN, StatementKind.MOU)


class Review(models.TextChoices):
    OPEN = "open", _("chưa xem xét")
    ACCEPTED = "accepted", _("đã ghi nhận vào hồ sơ")
    DISPUTED = "disputed", _("đang mâu thuẫn")
    SUPERSEDED = "superseded", _("đã được thay thế")
    REJECTED = "rejected", _("không ghi nhận")


class Qualifier(models.TextChoices):
    """The word before a number that keeps it from being exact: "hơn 2.000" is not 2,000."""

    ABOUT = "about", _("khoảng")
    NEARLY = "nearly", _("gần")
    MORE_THAN = "more_than", _("hơn")
    AT_LEAST = "at_least", _("ít nhất")
    UP_TO = "up_to", _("tới")
    ESTIMATE = "estimate", _("ước")


LOWER_BOUNDS = (Qualifier.MORE_THAN, Qualifier.AT_LEAST)
UPPER_BOUNDS = (Qualifier.NEARLY, Qualifier.UP_TO)


class SubjectKind(models.TextChoices):
    PROJECT = "project", _("dự án")
    INVESTOR = "investor", _("nhà đầu tư")
    ENTERPRISE = "enterprise", _("tổ chức kinh tế thực hiện dự án")
    ZONE = "zone", _("khu công nghiệp")
    PLACE = "place", _("địa bàn")
    COUNTRY = "country", _("quốc gia, vùng lãnh thổ")
    POLICY = "policy", _("chính sách")
    ENGAGEMENT = "engagement", _("hoạt động xúc tiến")
    PERSON = "person", _("người giữ chức vụ")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text in their order: its lines that are not empty. Locators count them from 1."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def number_of(value: str) -> Decimal | None:
    """The number that a stated value is; None for words."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


class ConflictState(models.TextChoices):
    OPEN = "open", _("chờ xem xét")
    CONFIRMED = "confirmed", _("đã xác nhận")
    DISMISSED = "dismissed", _("không phải mâu thuẫn")
    RESOLVED = "resolved", _("đã giải quyết")


STANDING = (ConflictState.OPEN, ConflictState.CONFIRMED)

CAPITAL_ATTRIBUTES = ("intended_capital", "total_investment_capital", "total_investment_capital_to_2035")

# Attributes of which a subject has one value at a time. The first group holds for good, so two
# values contradict each other whatever days they speak of; the second changes with time, so
# they contradict each other only where their periods overlap.
LASTING_ATTRIBUTES = ("home_country", "tax_code", "irc_code", "zone")
CHANGING_ATTRIBUTES = (
    "completion", "trial_production", "inauguration", "ground_breaking", "total_investment_capital",
    "industrial_zones", "industrial_zone_area", "industrial_zone_occupancy", "industrial_zone_workers",
    "fdi_projects", "fdi_registered_capital", "fdi_partner_countries", "fdi_projects_in_province",
    "fdi_registered_capital_in_province", "grdp_growth", "grdp_per_capita", "exports",
    "state_budget_revenue", "population", "labour_force", "area", "occupancy",
)
SINGLE_VALUED = LASTING_ATTRIBUTES + CHANGING_ATTRIBUTES
