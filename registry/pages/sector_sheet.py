"""Everything that a sector's page says, read in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Q

from registry.models import Opportunity, Project, Sector
from registry.statistics.by_month import Within
from registry.statistics.capital import CapitalRow, capital_tables

from .breakdown import Groups, groups_of
from .chart import Bars, year_bars
from .day import AskedDay
from .projects_of import MOST, ProjectsOf, projects_of
from .some import Some, some

DIVISION = 2


@dataclass(frozen=True)
class Sheet:
    """A sector, its capital as of a day. ``section`` is the section of a division; ``divisions`` the capital of a
    section's divisions, None for a division."""

    sector: Sector
    section: Sector | None
    total: CapitalRow
    years: Bars
    divisions: Groups | None
    countries: Groups
    zones: Groups
    projects: ProjectsOf
    opportunities: Some

    @property
    def is_division(self) -> bool:
        return self.sector.level == DIVISION

    @property
    def is_empty(self) -> bool:
        return not (self.projects.count or self.opportunities)


def sheet_of(sector: Sector, day: AskedDay) -> Sheet:
    """At most fourteen queries."""
    is_division = sector.level == DIVISION
    within = Sector.objects.spoken_of([sector.code])
    projects = Project.objects.public().filter(sector__in=within)
    words = ("country", "zone") if is_division else ("country", "zone", "sector")
    projects.within = Within("sector", Q(sector__in=within.values("pk")))
    by_year, *tables = capital_tables(("year", *words), as_of=day.as_of, projects=projects)
    query = day.within(f"sector={sector.code}")
    groups = {table.by: groups_of(table, query) for table in tables}
    opportunities = Opportunity.objects.public().filter(sector__in=within).order_by("-code")
    return Sheet(
        sector=sector, section=_section(sector) if is_division else None, total=by_year.total,
        years=year_bars(by_year), divisions=groups.get("sector"), countries=groups["country"],
        zones=groups["zone"], projects=projects_of(projects, query, day.as_of, total=by_year.total),
        opportunities=some(opportunities, MOST),
    )


def _section(sector: Sector) -> Sector | None:
    return Sector.objects.filter(vsic_version=sector.vsic_version, vsic_code=sector.section).first()
