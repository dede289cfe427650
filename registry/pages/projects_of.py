"""The projects of one investor, sector, zone or country, as its page shows them: the largest of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.models import Project
from registry.models.project import ProjectQuerySet
from registry.statistics.capital import CapitalRow

MOST = 25


@dataclass(frozen=True)
class ProjectsOf:
    """``projects`` are the largest by registered capital, at most MOST of ``count``; ``total`` sums all of them,
    None where a page says their sum elsewhere.

    ``query`` is the query by which the list of projects gives them all.
    """

    projects: list[Project]
    count: int
    total: CapitalRow | None
    query: str

    @property
    def years_query(self) -> str:
        """The query of their table by year, and of the rows behind it."""
        return f"by=year&{self.query}"

    @property
    def has_more(self) -> bool:
        return self.count > len(self.projects)


def projects_of(
    projects: ProjectQuerySet, query: str, today: date, *, total: CapitalRow | None = None
) -> ProjectsOf:
    """These projects, which the list of projects gives for ``query``. Three queries."""
    return ProjectsOf(projects=largest(projects, today), count=projects.count(), total=total, query=query)


def largest(projects: ProjectQuerySet, today: date) -> list[Project]:
    """The MOST with most registered capital, then by name. Two queries: capital of every kind is summed for those
    alone that are shown."""
    rows = projects.with_registered(as_of=today).order_by("-registered_usd", "name_sort", "pk")
    return in_order(list(rows.values_list("pk", flat=True)[:MOST]), today)


def in_order(keys: Sequence[int], today: date) -> list[Project]:
    """The projects of these keys with their capital and lead, in this order. One query."""
    rows = Project.objects.with_capital(as_of=today).with_lead().select_related("zone", "sector")
    found = {project.pk: project for project in rows.filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]
