"""Companies' quarterly reports as a table: the columns of form A.III.1, one row a project and quarter."""

import re
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from registry.actions.capital_many import Ledgers
from registry.actions.contribution import settle_contributions
from registry.actions.report import (
    AcceptedStands,
    QuarterNotOver,
    QuarterReported,
    WithdrawnReport,
    check_licensed,
    entry_of,
)
from registry.actions.report_doubts import doubts
from registry.exchange.columns.report import CONTRIBUTIONS, ENERGY, NUMBERS, PLAIN, WORKERS
from registry.exchange.documents.report import build_report
from registry.models import Investor, OperatingReport, Project
from registry.models.rows import in_chunks, relate
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import QUARTERS
from registry.vocabulary.report import CONTRIBUTED, EDITABLE, NOT_NEGATIVE, ReportState

from .cells import Missing, Row, as_text
from .contributions import INVESTOR, PAID, Contributions
from .matching import NoSuch, Several
from .of_projects import NotEditable, OfProjects
from .present import Present
from .setters import Plain, Setter, day, decimal, text, usd, whole
from .table import RowTwice
from .words import NotInList

WITHOUT_WORD = re.compile(r"^(quý|quy|quarter|q)[ .]*", re.IGNORECASE)


class PartsDiffer(RuleBroken):
    code = "parts-differ"
    message = _("Vốn thực hiện ghi %(stated)s USD, nhưng các phần cộng lại là %(parts)s USD. Hãy sửa phần sai, hoặc để "
                "trống tổng hay các phần.")


class NegativeQuantity(RuleBroken):
    code = "negative-quantity"
    message = _("“%(label)s” không được âm.")


class Reports(OfProjects):
    """New reports wait with their batch, and rest on the file without a source of their own; publishing it accepts
    them. A row is about the report that stands for its project and quarter, if there is one."""

    name = "operating-reports"
    model = OperatingReport
    required = ("year", "quarter")
    related = ("project", "source", "entry")
    extra = {"stt": "STT"}
    own = frozenset({"source.code", "source.title"})
    also = {
        "project.code": ("mã dự án", "mã số dự án", "project code"), "project.name": ("tên dự án", "dự án", "project"),
        "year": ("năm báo cáo",), "quarter": ("kỳ báo cáo", "quý báo cáo"), "received_on": ("ngày nhận",),
        "contributed_domestic_usd": ("vốn góp Việt Nam", "contributed capital, Vietnamese (USD)"),
        "contributed_foreign_usd": ("vốn góp nước ngoài", "contributed capital, foreign (USD)"),
        INVESTOR: ("nhà đầu tư góp vốn", "investors who contributed"),
        PAID[0]: ("góp bằng tiền", "contributed in cash (USD)"),
        PAID[1]: ("góp bằng máy móc, thiết bị", "góp bằng máy móc", "contributed in machinery (USD)"),
        PAID[2]: ("góp bằng tài sản khác", "contributed in other assets (USD)"),
        "loans_domestic_usd": ("vay trong nước", "domestic loans (USD)"),
        "loans_parent_usd": ("vay công ty mẹ", "loans from the parent company (USD)"),
        "loans_foreign_usd": ("vay nước ngoài khác", "other foreign loans (USD)"),
        "reinvested_usd": ("lợi nhuận tái đầu tư", "reinvested profit (USD)"),
        "realised_usd": ("vốn thực hiện", "vốn thực hiện (USD)", "realised capital (USD)"),
        "realised_foreign_usd": ("trong đó, từ nước ngoài", "realised from abroad (USD)"),
        "realised_year_usd": ("lũy kế từ đầu năm", "lũy kế năm", "realised in the year (USD)"),
        "realised_since_usd": ("lũy kế từ khi cấp", "lũy kế từ khi cấp GCNĐKĐT",
                               "realised since the certificate (USD)"),
        "revenue_usd": ("doanh thu", "doanh thu thuần", "net revenue (USD)"),
        "export_usd": ("xuất khẩu", "exports (USD)"), "import_usd": ("nhập khẩu", "imports (USD)"),
        "workers_vietnamese": ("lao động: Việt Nam", "Vietnamese workers"),
        "workers_foreign": ("lao động: nước ngoài", "foreign workers"),
        "electricity_kwh": ("điện", "electricity (kWh)"),
        "coal_tonnes": ("than", "coal (tonnes)"), "oil_litres": ("dầu", "oil (litres)"),
        "gas_m3": ("khí LNG", "LNG (m³)"), "energy_other": ("khác", "other energy"),
        "taxes_usd": ("thuế và nộp ngân sách", "nộp ngân sách (USD)", "taxes paid (USD)"),
        "land_m2": ("diện tích đất", "land (m²)"), "difficulties": ("khó khăn", "kiến nghị", "difficulties"),
        "stt": ("TT",),
    }

    @cached_property
    def setters(self) -> tuple[Setter, ...]:
        return (
            self.project, whole("year"), Plain(("quarter",), "quarter", _quarter, None), day("received_on"),
            *(usd(name) for name in NUMBERS),
            Contributions((INVESTOR, *PAID), CONTRIBUTIONS, self.register),
            *(whole(name) for name in WORKERS), *(decimal(name) for name in ENERGY),
            text("energy_other"), usd("taxes_usd"), decimal("land_m2"), text("difficulties"),
        )

    def prepare(self, rows: list[Row]) -> None:
        super().prepare(rows)
        projects = {project.pk: project for project in self.projects.by_code.values()}
        self.ledgers = Ledgers(projects.values())
        self.last: dict[int, int] = {}
        for some in in_chunks(projects):
            numbers = OperatingReport.objects.filter(project__in=some).values_list("project", "number")
            for key, number in numbers:
                self.last[key] = max(number, self.last.get(key, 0))
        self.of_project: dict[int, list[OperatingReport]] = {}
        for each in self.standing.values():
            self.of_project.setdefault(each.project_id, []).append(each)

    def find(self, rows: list[Row]) -> None:
        """By code, else the report that stands for the row's project and quarter."""
        super().find(rows)
        self.standing: dict[tuple, OperatingReport] = {}
        for some in in_chunks({project.pk for project in self.projects.by_code.values()}):
            found = OperatingReport.objects.standing().filter(project__in=some).select_related(*self.related)
            self.standing |= {(each.project_id, each.year, each.quarter): each for each in found}
        taken: dict[tuple, Row] = {}
        for row in rows:
            key, target = self._meant(row), self.targets.get(row.index)
            if key is None or (target is not None and target.state == ReportState.WITHDRAWN):
                continue
            if key in taken:
                row.fail("quarter", RowTwice(text=f"{row.text('project.code') or row.text('project.name')}, "
                                                  f"{row.text('quarter')}/{row.text('year')}", row=taken[key].number))
            taken.setdefault(key, row)
            if row.value("code") is None and key in self.standing:
                self.targets[row.index] = self.standing[key]
                self.silent.add(row.index)

    def _meant(self, row: Row) -> tuple | None:
        """The project and quarter of a row; None where they cannot be told, which its setters will say."""
        word = row.text("project.code") or row.text("project.name")
        year, quarter = row.whole("year"), _quarter(row, "quarter")
        try:
            project = self.projects.one(word, Project._meta.verbose_name) if word else None
        except (NoSuch, Several):
            return None
        return (project.pk, year, quarter) if project and year and quarter else None

    def complete(self, row: Row, report: OperatingReport) -> dict:
        for name in self.required:
            row.needed(name)
        if not report.project_id and not (row.problems or row.is_conflict):
            row.fail("project.code" if row.has("project.code") else "project.name",
                     Missing(label=self.labels["project.code"]))
        if row.problems or row.is_conflict:
            return {}
        self.check_in_sight(row, report.project)
        report.source = self.source_of_row.read(row, None) or self.source
        report.number = self.last[report.project_id] = self.last.get(report.project_id, 0) + 1
        report.code = f"{report.project.code}-{report.number}"
        return {"makes": (report,)}

    def _check(self, row: Row, report: OperatingReport, before=None) -> None:
        """The rules of a report, and those of the ledger for the entry that it will post."""
        if row.problems:
            return
        if before is not None and before.state not in EDITABLE:
            row.fail("code", (WithdrawnReport if before.state == ReportState.WITHDRAWN else AcceptedStands)(
                code=before.code))
        if before is not None and before.project_id != report.project_id:
            row.fail("project.code", NotEditable(code=before.code))
        self._settle(row, report, before)
        if report.realised_usd is None:
            report.realised_usd = report.parts_usd
        if report.realised_usd is None:
            row.fail("realised_usd", Missing(label=self.labels["realised_usd"]))
        super()._check(row, report, before)

    def _settle(self, row: Row, report: OperatingReport, before=None) -> None:
        """What both sides paid in, from what their investors did. Of a report that is on record the row says it."""
        stated = [getattr(report, side) for side in CONTRIBUTED]
        try:
            settle_contributions(report, self.contributors if report.contributions else {})
        except RuleBroken as error:
            row.fail(INVESTOR if error.field == CONTRIBUTIONS else error.field, error)
        for side, said in zip(CONTRIBUTED, stated, strict=True):
            if before is not None and getattr(report, side) != said:
                row.fail(side, Missing(label=self.labels[side]))

    @cached_property
    def contributors(self) -> dict[str, Investor]:
        """All investors with their countries, by code."""
        countries = {each.pk: each for each in self.register.countries.by_code.values()}
        investors = self.register.investors.by_code.values()
        for each in investors:
            relate(each, country=countries.get(each.country_id))
        return {each.code: each for each in investors}

    def check(self, row: Row, report: OperatingReport, before=None) -> None:
        if row.problems:
            return
        parts = report.parts_usd
        if parts is not None and parts != report.realised_usd:
            row.fail("realised_usd", PartsDiffer(stated=report.realised_usd, parts=parts))
        other = self.standing.get((report.project_id, report.year, report.quarter))
        if other and other.pk != report.pk:
            row.fail("quarter", QuarterReported(project=report.project.code, quarter=report.of_quarter,
                                                code=other.code, state=other.get_state_display()))
        for name in NOT_NEGATIVE:
            if (getattr(report, name) or 0) < 0:
                row.fail(name, NegativeQuantity(label=self.labels[name]))
        if report.of_quarter.period.last >= self.today:
            row.fail("quarter", QuarterNotOver(quarter=report.of_quarter))
            return
        if before is None or (before.year, before.quarter) != (report.year, report.quarter):
            self._check_licensed(row, report)
        there = self.of_project.setdefault(report.project_id, [])
        others = [each for each in there if each.pk is None or each.pk != report.pk]
        row.notes += doubts(report, registered=self.ledgers.registered_usd(report.project), others=others)
        there.append(report)
        if report.realised_usd and not row.problems:
            columns = {"amount_usd": "realised_usd", "decided_on": "quarter"}
            row.take_entry(self.ledgers, entry_of(report), columns, at=self.now, on=self.today)

    @staticmethod
    def _check_licensed(row: Row, report: OperatingReport) -> None:
        try:
            check_licensed(report)
        except RuleBroken as error:
            row.fail(error.field, error)

    def called(self, row: Row, record: OperatingReport) -> str:
        return "" if row.problems or row.is_conflict else f"{record.project.code} {record.of_quarter}"

    def present(self, row: Row, record: OperatingReport) -> Present:
        return Present(self.exported, [build_report(record, PLAIN)])

    def _load_documents(self, rows: list[Row]) -> None:
        """A report is told from its own columns, which were fetched with it."""


def _quarter(row: Row, name: str) -> int | None:
    """"III", "3", "Quý III"."""
    return row.read(name, _as_quarter)


def _as_quarter(value) -> int:
    """Raises NotInList."""
    words = WITHOUT_WORD.sub("", as_text(value).strip()).lower()
    if words not in QUARTERS:
        raise NotInList(text=as_text(value), words="I, II, III, IV")
    return QUARTERS[words]


