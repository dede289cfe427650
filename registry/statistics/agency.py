"""The foreign-investment agency's tables of a period: flows beside last year's and what is in force, and its heading
sheet."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from registry.models import CapitalEntry, Sector
from registry.models.capital import ZERO
from registry.models.project import ProjectQuerySet
from registry.vocabulary.agency import section_of_2018, year_before
from registry.vocabulary.capital import CapitalKind, CountryOf

from .capital import CapitalTable, capital_by
from .flows import FlowRow, FlowTable, flows
from .ledger import of_projects
from .rows import CapitalRow

# The tables that the agency prints, and those that the province needs beside them.
AGENCY_GROUPS = ("section", "country", "place", "zone", "sector", "registrar")
HUNDRED, TENTH = Decimal(100), Decimal("0.1")


@dataclass(frozen=True)
class AgencyRow:
    """One line. ``flow`` is this period's, ``before_usd`` the total of the same days a year earlier; ``in_force`` and
    ``registered_usd`` are what stands at the end. Key None: not stated."""

    key: str | None
    name: str | None
    name_en: str | None
    flow: FlowRow
    before_usd: Decimal
    in_force: int
    registered_usd: Decimal

    @property
    def percent(self) -> Decimal | None:
        """So cùng kỳ: this over last year's times 100; None where there is no divisor."""
        return percent_of(self.flow.total_usd, self.before_usd)


@dataclass(frozen=True)
class AgencyTable:
    """Rows that add up to the total, the largest total first, what is not stated last. ``before_flow`` is the total
    of the same days a year earlier."""

    by: str
    first: date
    last: date
    known_on: date | None
    before: tuple[date, date]
    rows: tuple[AgencyRow, ...]
    total: AgencyRow
    before_flow: FlowRow
    country_of: str = CountryOf.REGISTRATION


AT_ITS_END = ("in_force", "registered_usd", "countries")


@dataclass(frozen=True)
class Headline:
    """Figures of one period for the heading sheet (báo cáo nhanh). ``realised_usd`` None: nothing was collected."""

    realised_usd: Decimal | None
    flow: FlowRow

    def of(self, line: str) -> Decimal | int | None:
        """The figure of a line of ``HEADING_LINES``."""
        return self.realised_usd if line == "realised_usd" else getattr(self.flow, line)


@dataclass(frozen=True)
class HeadingSheet:
    """This period beside the same days a year earlier, and what is in force at its end: ``countries`` that lead at
    least one project of those."""

    first: date
    last: date
    known_on: date | None
    before: tuple[date, date]
    this: Headline
    last_year: Headline
    countries: int
    in_force: int
    registered_usd: Decimal

    def line(self, line: str) -> tuple[Decimal | int | None, Decimal | int | None]:
        """The figures of a line of ``HEADING_LINES``, of this period and of last year's; what is in force is told at
        the end of this one alone."""
        if line in AT_ITS_END:
            return getattr(self, line), None
        return self.this.of(line), self.last_year.of(line)


def percent_of(this: Decimal | int | None, last: Decimal | int | None) -> Decimal | None:
    """This over last times 100, one place; None where either is missing or the divisor is 0."""
    if this is None or not last:
        return None
    return (Decimal(this) / Decimal(last) * HUNDRED).quantize(TENTH, ROUND_HALF_UP)


def agency_table(
    by: str, *, first: date, last: date, known_on: date | None = None, projects: ProjectQuerySet | None = None,
    country_of: str = CountryOf.REGISTRATION,
) -> AgencyTable:
    """A table of ``AGENCY_GROUPS``. Sections stand under the agency's labels. Raises PeriodBackwards, NoFlowGroup.
    Queries: those of two tables of flows and one of capital, and one for the labels."""
    before = year_before(first, last)
    of = {"known_on": known_on, "projects": projects, "country_of": country_of}
    now, then = flows(by, first=first, last=last, **of), flows(by, first=before[0], last=before[1], **of)
    held = capital_by(by, as_of=last, **of)
    rows = _sections(now, then, held) if by == "section" else _rows(now.rows, then.rows, held.rows)
    rows.sort(key=lambda row: (row.key is None, -row.flow.total_usd, -row.registered_usd, row.key or ""))
    total = AgencyRow(None, None, None, now.total, then.total.total_usd, held.total.projects,
                      held.total.registered_usd)
    return AgencyTable(by=by, first=first, last=last, known_on=known_on, before=before, rows=tuple(rows), total=total,
                       before_flow=then.total, country_of=country_of)


def _rows(now: Iterable[FlowRow], then: Iterable[FlowRow], held: Iterable[CapitalRow]) -> list[AgencyRow]:
    flow, before, in_force = ({row.key: row for row in table} for table in (now, then, held))
    found = []
    for key in flow.keys() | before.keys() | in_force.keys():
        named = flow.get(key) or before.get(key) or in_force[key]
        stock = in_force.get(key)
        found.append(AgencyRow(
            key, named.name, named.name_en, flow.get(key) or _empty(key),
            before[key].total_usd if key in before else ZERO, stock.projects if stock else 0,
            stock.registered_usd if stock else ZERO))
    return [row for row in found if row.flow.total_usd or any(_figures(row.flow)) or row.before_usd or row.in_force
            or row.registered_usd]


def _sections(now: FlowTable, then: FlowTable, held: CapitalTable) -> list[AgencyRow]:
    """Sections of either classification under the label of 2018. One query."""
    sections = Sector.objects.filter(vsic_version="2018", level=1)
    labels = {each.section: (each.fia_label or each.name, each.name_en) for each in sections}
    lines: dict[str | None, list[AgencyRow]] = {}
    for row in _rows(now.rows, then.rows, held.rows):
        lines.setdefault(row.key and section_of_2018(row.key), []).append(row)
    return [_merged(key, labels.get(key, (rows[0].name, rows[0].name_en)), rows) for key, rows in lines.items()]


def _merged(key: str | None, names: tuple[str | None, str | None], rows: list[AgencyRow]) -> AgencyRow:
    figures = (sum(of) for of in zip(*(_figures(row.flow) for row in rows), strict=True))
    return AgencyRow(
        key, *names, FlowRow(key, *names, *figures), sum((row.before_usd for row in rows), ZERO),
        sum(row.in_force for row in rows), sum((row.registered_usd for row in rows), ZERO))


FIGURES = [field.name for field in fields(FlowRow)][3:]


def _figures(row: FlowRow) -> list:
    return [getattr(row, name) for name in FIGURES]


def _empty(key: str | None) -> FlowRow:
    return FlowRow(key, None, None, 0, ZERO, 0, ZERO, 0, ZERO)


def heading_of(table: AgencyTable, projects: ProjectQuerySet | None = None) -> HeadingSheet:
    """The agency's first sheet, of the period and the projects of a table. Queries: two for what was realised, two for
    countries."""
    held = capital_by("country", as_of=table.last, known_on=table.known_on, projects=projects)
    return HeadingSheet(
        first=table.first, last=table.last, known_on=table.known_on, before=table.before,
        this=Headline(_realised(table.first, table.last, table.known_on, projects), table.total.flow),
        last_year=Headline(_realised(*table.before, table.known_on, projects), table.before_flow),
        countries=sum(1 for row in held.rows if row.key and row.projects),
        in_force=held.total.projects, registered_usd=held.total.registered_usd)


def _realised(first: date, last: date, known_on: date | None, projects: ProjectQuerySet | None) -> Decimal | None:
    """What was disbursed in the period; None where no entry says anything."""
    entries = CapitalEntry.objects.within(first, last).known_on(known_on).filter(counts_as=CapitalKind.DISBURSEMENT)
    return of_projects(entries, projects).aggregate(total=Sum("amount_usd"))["total"]
