"""Companies' reports as a table, in the order of form A.III.1. Officers' own: no page, API or feed has it."""

from django.utils.translation import gettext_lazy as _

from registry.models import OperatingReport
from registry.vocabulary.report import QuarterNumber, ReportState

from .shape import MOMENT, NUMBER, Field, Fields, Of, Part

report = Of(OperatingReport)

NUMBERS = (
    "contributed_domestic_usd", "contributed_foreign_usd", "loans_domestic_usd", "loans_parent_usd",
    "loans_foreign_usd", "reinvested_usd", "realised_usd", "realised_foreign_usd", "realised_year_usd",
    "realised_since_usd", "revenue_usd", "export_usd", "import_usd",
)
WORKERS = ("workers_vietnamese", "workers_foreign")
ENERGY = ("electricity_kwh", "coal_tonnes", "oil_litres", "gas_m3")
REST = ("taxes_usd", "land_m2")
CONTRIBUTIONS = "contributions"
PLAIN = ("year", "quarter", *NUMBERS, CONTRIBUTIONS, *WORKERS, *ENERGY, "energy_other", *REST, "difficulties")

OPERATING_REPORT = Fields("operating-reports", (
    report.text("code"),
    report.whole("version"),
    Field("updated_at", report.label("updated_at"), MOMENT),
    report.ref("project"),
    report.whole("year"),
    report.whole("quarter", words=QuarterNumber),
    report.day("received_on"),
    *(report.number(name) for name in NUMBERS),
    Field(CONTRIBUTIONS, report.label(CONTRIBUTIONS), many=True, parts=(
        Part("investor", _("mã nhà đầu tư")), Part("cash_usd", _("bằng tiền (USD)"), NUMBER),
        Part("machinery_usd", _("bằng máy móc, thiết bị (USD)"), NUMBER),
        Part("other_usd", _("bằng tài sản khác (USD)"), NUMBER),
    )),
    *(report.whole(name) for name in WORKERS),
    *(report.number(name) for name in ENERGY),
    report.text("energy_other"),
    *(report.number(name) for name in REST),
    report.text("difficulties"),
    report.words("state", ReportState),
    report.cited(),
))
