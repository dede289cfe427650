"""The words of companies' quarterly reports (form A.III.1), and the quarters of which they tell."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .period import Period, VagueDay

FIRST_YEAR, LAST_YEAR = 1987, 2200  # since the first law on foreign investment
DUE_BEFORE = 10  # of the first month after the quarter


class ReportState(models.TextChoices):
    """How far a report has come; the labels are those of the national reporting system where it has one."""

    WAITING = "waiting", _("chờ tiếp nhận")
    ACCEPTED = "accepted", pgettext_lazy("report", "đã tiếp nhận")
    RETURNED = "returned", _("yêu cầu chỉnh sửa")
    WITHDRAWN = "withdrawn", _("đã gỡ")


STANDING = (ReportState.WAITING, ReportState.ACCEPTED, ReportState.RETURNED)
EDITABLE = (ReportState.WAITING, ReportState.RETURNED)


class QuarterNumber(models.IntegerChoices):
    """Quý."""

    FIRST = 1, "I"
    SECOND = 2, "II"
    THIRD = 3, "III"
    FOURTH = 4, "IV"


# What makes the capital realised in a quarter.
PARTS = (
    "contributed_domestic_usd", "contributed_foreign_usd", "loans_domestic_usd", "loans_parent_usd",
    "loans_foreign_usd", "reinvested_usd",
)
# The parts that are paid in, with the country whose investors pay the first.
CONTRIBUTED, HOME = ("contributed_domestic_usd", "contributed_foreign_usd"), "VN"
# In what an investor pays in: cash, machinery and equipment, other assets.
PAID_IN = ("cash_usd", "machinery_usd", "other_usd")
# What the company states beside its quarter; the register has sums of its own.
CUMULATIVE = ("realised_year_usd", "realised_since_usd")
# Everything else may go back: a loan repaid, a tax refunded.
NOT_NEGATIVE = ("export_usd", "import_usd", "electricity_kwh", "coal_tonnes", "oil_litres", "gas_m3", "land_m2")


@dataclass(frozen=True)
class Contribution:
    """What one investor paid in during a quarter (vốn góp của từng nhà đầu tư): in cash, in machinery and equipment, in
    other assets. ``investor`` is a code; unit: US dollars, None where nothing is stated."""

    investor: str
    cash_usd: Decimal | None = None
    machinery_usd: Decimal | None = None
    other_usd: Decimal | None = None

    @property
    def amounts(self) -> list[Decimal]:
        """Those that are stated."""
        return [each for name in PAID_IN if (each := getattr(self, name)) is not None]

    @property
    def usd(self) -> Decimal:
        return sum(self.amounts, Decimal(0))

    def as_plain(self) -> dict:
        """As a report keeps it."""
        return {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(self).items()}

    @classmethod
    def of_plain(cls, plain: dict) -> "Contribution":
        amounts = {name: value and Decimal(value) for name, value in plain.items() if name != "investor"}
        return cls(plain["investor"], **amounts)


@dataclass(frozen=True)
class Quarter:
    """A quarter of which companies report: before the 10th of the month that follows it."""

    year: int
    number: int

    def __str__(self) -> str:
        return self.days.label

    @property
    def short(self) -> str:
        """In any language: "III/2026"."""
        return f"{QuarterNumber(self.number).label}/{self.year}"

    @property
    def period(self) -> Period:
        return Period.quarter(self.year, self.number)

    @property
    def days(self) -> VagueDay:
        """Its days, as one day that is known to the quarter: "quý III/2026"."""
        return VagueDay(self.period.start, self.period.last)

    @property
    def due_before(self) -> date:
        return self.period.end.replace(day=DUE_BEFORE)

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter that has this day."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def before(cls, day: date) -> "Quarter":
        """The last quarter that is over on this day."""
        last = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)
        return cls(last.year, last.month // 3)
