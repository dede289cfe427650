"""Sums of companies' reports for form A.IV.1: as accepted now, and as the log has them at a change.

What the public may read of them: their sums, never one report. A sum is told for the province alone and only where at
least three companies stated it in each quarter that it has; otherwise what one of two companies reported could be had
by taking one sum from another.
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from registry.models import Change, OperatingReport, Project
from registry.models.capital import ZERO
from registry.models.rows import in_chunks
from registry.vocabulary.period import Period
from registry.vocabulary.report import ReportState

from .log import before_changes

FEWEST = 3  # companies in a sum that the public reads
REPORTED = {
    "realised_foreign": "realised_foreign_usd", "revenue": "revenue_usd", "export": "export_usd",
    "import": "import_usd", "taxes": "taxes_usd", "electricity": "electricity_kwh", "coal": "coal_tonnes",
    "oil": "oil_litres", "gas": "gas_m3",
}
# The rows that are sums of reports.
OF_REPORTS = (*REPORTED, "workers")
WORKERS = ("workers_vietnamese", "workers_foreign")
COLUMNS = (*REPORTED.values(), *WORKERS)
PERSONS = "persons"
QUARTER = ("year", "quarter")
STATED = {column: Q(**{f"{column}__isnull": False}) for column in COLUMNS}
STATED[PERSONS] = STATED[WORKERS[0]] | STATED[WORKERS[1]]
# A project whose company is not recorded counts as one of its own.
COMPANY = Coalesce("project__enterprise", -F("project"))
SUMS = {f"sum_{column}": Sum(column) for column in COLUMNS} | {
    f"of_{column}": Count(COMPANY, distinct=True, filter=which) for column, which in STATED.items()}


class OfQuarter:
    """What the reports of one quarter say: the sum of each column, and who stated it, three of them if there are
    more."""

    def __init__(self):
        self.sums: dict[str, Decimal] = {}
        self.companies: dict[str, set] = defaultdict(set)

    def add(self, column: str, total, companies: set) -> None:
        self.sums[column] = self.sums.get(column, 0) + total
        self.companies[column] |= companies


def add_reports(found, periods: Mapping[str, Period], within: Q) -> None:
    """Put in the sums of the accepted reports; workers are those of the last quarter of a period. One query."""
    quarters: dict[tuple[int, int], OfQuarter] = defaultdict(OfQuarter)
    for row in _accepted(periods).filter(within).values(*QUARTER).annotate(**SUMS):
        quarter = quarters[row["year"], row["quarter"]]
        for column in STATED:
            if count := row[f"of_{column}"]:
                quarter.add(column, row.get(f"sum_{column}") or 0, {*range(min(count, FEWEST))})
    _put_in(found, periods, quarters)


def add_reports_known(found, periods: Mapping[str, Period], of) -> None:
    """The same as known at a change. Queries: three, and two more where reports have changed since."""
    rows = _accepted(periods)
    since = before_changes(OperatingReport, of.records)
    moved = _companies_moved(of.records)
    if since:
        later = Change.objects.filter(kind=OperatingReport.KIND, code=OuterRef("code"), seq__gt=of.records)
        rows = rows.exclude(Exists(later))
    if of.registrars is not None:
        rows = rows.filter(project__in=of.projects())
    told = []
    if moved:
        touched = Exists(Change.objects.filter(kind=Project.KIND, code=OuterRef("project__code"), seq__gt=of.records))
        told = list(rows.filter(touched).values("project_id", *QUARTER, *COLUMNS))
        rows = rows.exclude(touched)
    quarters = _summed(rows)
    years = _years(periods)
    states = [state for state in since.values()
              if state is not None and state["state"] == ReportState.ACCEPTED and state["year"] in years]
    told += of.among(states)
    companies = _companies({state["project_id"] for state in told}) | moved
    for state in told:
        _add_one(quarters[state["year"], state["quarter"]], state, companies[state["project_id"]])
    _put_in(found, periods, quarters)


def _accepted(periods: Mapping[str, Period]) -> QuerySet:
    return OperatingReport.objects.accepted().filter(year__in=_years(periods)).order_by()


def _years(periods: Mapping[str, Period]) -> set[int]:
    return {year for period in periods.values() for year in (period.start.year, period.last.year)}


def _summed(rows: QuerySet) -> dict[tuple[int, int], OfQuarter]:
    """With who stated each, of two at most: the lowest and the highest key of a company."""
    quarters: dict[tuple[int, int], OfQuarter] = defaultdict(OfQuarter)
    counted = rows.values(*QUARTER).annotate(
        **SUMS, **{f"low_{column}": Min(COMPANY, filter=which) for column, which in STATED.items()},
        **{f"high_{column}": Max(COMPANY, filter=which) for column, which in STATED.items()})
    for row in counted:
        quarter = quarters[row["year"], row["quarter"]]
        for column in STATED:
            if row[f"of_{column}"]:
                who = {row[f"low_{column}"], row[f"high_{column}"], *([None] if row[f"of_{column}"] >= FEWEST else [])}
                quarter.add(column, row.get(f"sum_{column}") or 0, who)
    return quarters


def _companies_moved(change: int) -> dict[int, int]:
    """The company at a change of each project with reports that has another now."""
    reporting = OperatingReport.objects.order_by().values("project__code")
    changes = Change.objects.filter(
        kind=Project.KIND, code__in=reporting, seq__gt=change, before__isnull=False).order_by("code", "seq")
    was: dict[str, tuple] = {}
    for code, *told in changes.values_list("code", "before__id", "before__enterprise_id").iterator():
        was.setdefault(code, told)
    found = {project: enterprise if enterprise is not None else -project for project, enterprise in was.values()}
    now = _companies(set(found))
    return {project: company for project, company in found.items() if now.get(project) != company}


def _companies(projects: set[int]) -> dict[int, int]:
    """One query for every 500."""
    return {project: enterprise if enterprise is not None else -project for some in in_chunks(sorted(projects))
            for project, enterprise in Project.objects.filter(pk__in=some).values_list("pk", "enterprise_id")}


def _add_one(quarter: OfQuarter, state: Mapping, company: int) -> None:
    for column in COLUMNS:
        if state[column] is not None:
            quarter.add(column, Decimal(state[column]), {company})
            if column in WORKERS:
                quarter.companies[PERSONS].add(company)


def _put_in(found, periods: Mapping[str, Period], quarters: Mapping[tuple[int, int], OfQuarter]) -> None:
    for (year, number), told in quarters.items():
        quarter = Period.quarter(year, number)
        for name, period in periods.items():
            if quarter.start in period:
                _add(found[name], told, is_last=quarter.end == period.end)


def _add(into, told: OfQuarter, *, is_last: bool) -> None:
    into.setdefault("realised", ZERO)
    for key, column in REPORTED.items():
        if column in told.sums:
            into.add(key, told.sums[column])
            into.few |= {key} if len(told.companies[column]) < FEWEST else set()
    if is_last and told.companies[PERSONS]:
        into["workers"] = Decimal(sum(told.sums.get(column, 0) for column in WORKERS))
        into.few |= {"workers"} if len(told.companies[PERSONS]) < FEWEST else set()
