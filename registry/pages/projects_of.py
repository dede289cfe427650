"""The projects of one investor, sector, zone or country, as its page shows them: the largest, and the sums of all."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from registry.models import Project
from registry.statistics.capital import Registered, registered_of
from registry.web.project_filters import ProjectFilters

MOST = 20


@dataclass(frozen=True)
class ProjectsOf:
    """``projects`` are the largest by registered capital, at most 20; ``totals`` are of all of them.

    ``query`` is the query by which the list of projects gives them all.
    """

    projects: list[Project]
    totals: Registered
    query: str

    @property
    def has_more(self) -> bool:
        return self.totals.projects > len(self.projects)


def projects_of(parameter: str, code: str, today: date) -> ProjectsOf:
    """What the list of projects gives for one value of one filter. Four queries, and one for the filter."""
    asked = QueryDict(mutable=True)
    asked[parameter] = code
    rows = ProjectFilters(asked, Project.objects.public(), today=today).qs
    largest = rows.with_capital(as_of=today).with_lead().select_related("zone", "sector")
    return ProjectsOf(
        projects=list(largest.order_by("-registered_usd", "name_sort", "pk")[:MOST]),
        totals=registered_of(rows, as_of=today), query=asked.urlencode(),
    )
