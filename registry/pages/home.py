"""The first page: search, the province in three figures, what changed, and what the register does not know yet."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from registry.statistics.capital import CapitalTotals, capital_tables, totals_of
from registry.statistics.coverage import Stated, coverage
from registry.statistics.gaps import Gaps, gaps
from registry.statistics.recent import Recent, recent_changes
from registry.web.revision import by_revision

from . import about
from .chart import Bars, year_bars
from .map_sheet import Shown, small_map

# Of the stated figures the first page shows the province's and a country's totals.
SHOWN = (
    "fdi_projects", "fdi_registered_capital", "fdi_projects_in_province", "fdi_registered_capital_in_province",
)
MOST_CHANGES = 8
MOST_STATED = 6


@dataclass(frozen=True)
class Front:
    """What the first page says as of a day."""

    today: date
    totals: CapitalTotals
    years: Bars
    map: Shown
    changes: list[Recent]
    gaps: Gaps
    stated: list[Stated]


@by_revision
def home(request: HttpRequest) -> HttpResponse:
    """Always of today: the figures of another day stand on the page of statistics."""
    if request.GET.keys() & {"as_of", "known_on"}:
        return redirect(f"{reverse('pages:statistics')}?{request.GET.urlencode()}")
    front = read_front(timezone.localdate())
    return render(request, "registry/home.html", {
        "front": front, "as_of": front.today, "about": about.of_site(request)})


def read_front(today: date) -> Front:
    """Thirteen queries."""
    zones, years = capital_tables(["zone", "year"], as_of=today)
    return Front(
        today=today,
        totals=totals_of(zones),
        years=year_bars(years),
        map=small_map(today, zones),
        changes=recent_changes(most=MOST_CHANGES),
        gaps=gaps(),
        stated=coverage(today=today, attributes=SHOWN)[:MOST_STATED],
    )
