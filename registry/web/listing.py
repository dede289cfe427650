"""A noun as lists show it: which rows, by what filtered, in what order, page by page."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Window

from registry.models import (
    AdministrativeUnit,
    CapitalEntry,
    CapitalSum,
    Certificate,
    Country,
    Engagement,
    Enterprise,
    Investor,
    Milestone,
    Opportunity,
    Policy,
    Project,
    Registrar,
    Sector,
    Source,
    Statement,
    Zone,
    ZoneObservation,
)

from . import cursor, filters
from .project_filters import ProjectFilters

DEFAULT_PAGE = 50


@dataclass(frozen=True)
class Listing:
    """``path`` is the word in addresses: ``/api/v1/<path>/``, ``/<path>/``."""

    path: str
    model: type
    filters: type[filters.RecordFilters]

    @property
    def kind(self) -> str:
        return self.model.KIND

    def rows(self) -> QuerySet:
        return self.model.objects.public()


@dataclass(frozen=True)
class Page:
    """The keys of one page in its order, the cursor behind it (None: the last), and the count if asked."""

    keys: list[int]
    cursor: str | None
    count: int | None


LISTINGS = {
    listing.path: listing
    for listing in (
        Listing("projects", Project, ProjectFilters),
        Listing("investors", Investor, filters.InvestorFilters),
        Listing("enterprises", Enterprise, filters.EnterpriseFilters),
        Listing("registrars", Registrar, filters.NamedFilters),
        Listing("zones", Zone, filters.ZoneFilters),
        Listing("zone-observations", ZoneObservation, filters.ZoneObservationFilters),
        Listing("sectors", Sector, filters.SectorFilters),
        Listing("countries", Country, filters.CountryFilters),
        Listing("places", AdministrativeUnit, filters.PlaceFilters),
        Listing("certificates", Certificate, filters.CertificateFilters),
        Listing("capital-entries", CapitalEntry, filters.CapitalEntryFilters),
        Listing("milestones", Milestone, filters.MilestoneFilters),
        Listing("sources", Source, filters.SourceFilters),
        Listing("statements", Statement, filters.StatementFilters),
        Listing("policies", Policy, filters.PolicyFilters),
        Listing("engagements", Engagement, filters.EngagementFilters),
        Listing("opportunities", Opportunity, filters.OpportunityFilters),
    )
}

PATH_OF = {listing.kind: listing.path for listing in LISTINGS.values()}


def keys_of(found: filters.RecordFilters) -> list[int]:
    """The keys of the whole list of a checked filter set, in its order. One query."""
    rows, columns = _ordered(found)
    return list(cursor.in_order(rows, columns).values_list("pk", flat=True))


def page_of(found: filters.RecordFilters, *, size: int | None = None, counted: bool = False) -> Page:
    """One page of a checked filter set. Raises BadParameters for a cursor that is not of this list.

    One query, one more where the count is asked for; but the first page of a search is counted in the same one. The
    count is of the whole list.
    """
    values = found.form.cleaned_data
    size = values["page_size"] or size or DEFAULT_PAGE
    bound_to = cursor.fingerprint(found)
    counted = counted or values["count"]
    at_once = counted and bool(values["search"]) and not values["cursor"]
    count = _counted(found.qs) if counted and not at_once else None
    rows, columns = _ordered(found)
    if values["cursor"]:
        rows = cursor.after(rows, columns, *cursor.read(values["cursor"], bound_to))
    if at_once:
        rows = rows.annotate(of_all=Window(Count("*")))
    names = [*(name for name, _descending in columns), "pk"]
    found_rows = list(cursor.in_order(rows, columns).values_list(*names, *(["of_all"] if at_once else []))[: size + 1])
    if at_once:
        count = found_rows[0][-1] if found_rows else 0
        found_rows = [row[:-1] for row in found_rows]
    here = found_rows[:size]
    following = None
    if len(found_rows) > size:
        *last, pk = here[-1]
        following = cursor.write(last, pk, bound_to)
    return Page(keys=[row[-1] for row in here], cursor=following, count=count)


def _counted(rows: QuerySet) -> int:
    return CapitalSum.objects.of(rows).count() if rows.model is Project else rows.count()


def _ordered(found: filters.RecordFilters) -> tuple[QuerySet, list[tuple[str, bool]]]:
    """The rows, with the columns by which they stand in order, each with whether it descends."""
    rows, columns = found.qs, []
    for order, descending in found.order():
        rows = order.prepare(rows)
        columns.append((order.column, descending))
    return rows, columns
