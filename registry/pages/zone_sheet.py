"""Everything that a zone's page says, read in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from registry.models import (
    AdministrativeUnit,
    Opportunity,
    Project,
    Registrar,
    Source,
    Statement,
    Zone,
    ZoneObservation,
)
from registry.models.project import ProjectQuerySet
from registry.models.zone import ZoneQuerySet
from registry.statistics.by_month import Within
from registry.statistics.capital import capital_tables
from registry.vocabulary.zone import ObservationKind, Province

from .breakdown import Groups, groups_of
from .chart import Bars, year_bars
from .day import AskedDay
from .locator import Locator, locate
from .notes import Note, Notes
from .observed import Observed, ObservedGroup, observed_groups
from .projects_of import MOST, ProjectsOf, projects_of
from .some import Some, some
from .stated import StatedLine
from .told import ConflictLine, Told, names_of


@dataclass(frozen=True)
class Sheet:
    """A zone, its capital as of a day. ``tenants`` are the projects in it, its sub-zones and phases, and so are the
    tables by sector, country and year. ``locator`` is None for a zone without a position. ``occupancy`` and
    ``lease_end`` are the newest of their kind, ``statuses`` what sources say of how far along it is. ``registrar``
    registers projects in zones; None for a zone of another province. ``missing`` names what is not recorded."""

    zone: Zone
    is_elsewhere: bool
    zone_notes: list[Note]
    occupancy: Observed | None
    lease_end: Observed | None
    statuses: list[StatedLine]
    observed: list[ObservedGroup]
    registrar: Registrar | None
    tenants: ProjectsOf
    sectors: Groups
    countries: Groups
    years: Bars
    opportunities: Some
    locator: Locator | None
    conflicts: list[ConflictLine]
    statements: list[StatedLine]
    notes: Notes
    missing: list[str]


def with_sheet(zones: ZoneQuerySet) -> ZoneQuerySet:
    """The zones with what their page shows. Five queries."""
    observations = ZoneObservation.objects.public().select_related("source", "zone").order_by("number")
    return zones.select_related("parent").prefetch_related(
        Prefetch("communes", AdministrativeUnit.objects.order_by("code")),
        Prefetch("sources", Source.objects.public().order_by("code")),
        Prefetch("sub_zones", Zone.objects.public().order_by("name_sort", "pk")),
        Prefetch("observations", observations),
    )


def sheet_of(zone: Zone, day: AskedDay) -> Sheet:
    """The sheet of a zone from ``with_sheet``. At most twenty more queries."""
    statements = list(Statement.objects.public().filter(zone=zone).select_related("source").order_by("pk"))
    inside, query = _tenants(zone), day.within(f"zone={zone.code}")
    by_sector, by_country, by_year = capital_tables(
        ("sector", "country", "year"), as_of=day.as_of, projects=inside)
    tenants = projects_of(inside, query, day.as_of, total=by_year.total)
    notes = Notes()
    zone_notes = _zone_notes(zone, statements, notes)
    groups = observed_groups(zone.observations.all(), notes)
    newest = {each.newest.observation.attribute: each.newest for each in groups}
    told = Told(statements, notes, names_of(each.lead.investor for each in tenants.projects if _led_by_person(each)))
    is_elsewhere = zone.province != Province.BAC_NINH
    return Sheet(
        zone=zone, is_elsewhere=is_elsewhere, zone_notes=zone_notes, observed=groups,
        occupancy=newest.get(ObservationKind.OCCUPANCY), lease_end=newest.get(ObservationKind.LEASE_END),
        statuses=told.lines(each for each in statements if each.attribute == "status"),
        registrar=None if is_elsewhere else Registrar.objects.in_force(day.today).of_zones().order_by("code").first(),
        tenants=tenants, sectors=groups_of(by_sector, query), countries=groups_of(by_country, query),
        years=year_bars(by_year), locator=locate(zone.latitude, zone.longitude, day.today),
        opportunities=some(Opportunity.objects.public().filter(zone=zone).order_by("-code"), MOST),
        conflicts=told.conflicts(), statements=told.lines(statements), notes=notes, missing=_missing(zone),
    )


def _zone_notes(zone: Zone, statements: list[Statement], notes: Notes) -> list[Note]:
    """The sources of the record; where it has none, what was accepted into it."""
    found = [note for source in zone.sources.all() for note in notes.of(source)]
    accepted = (each for each in statements if (each.promoted_kind, each.promoted_code) == (Zone.KIND, zone.code))
    return found or list(dict.fromkeys(note for each in accepted for note in notes.of_statement(each)))


def _tenants(zone: Zone) -> ProjectQuerySet:
    """The public projects that ``/projects/?zone=`` lists for this zone."""
    among = Q(zone__in=_with_sub_zones(zone).values("pk"))
    found = Project.objects.public().filter(among)
    found.within = Within("zone", among)
    return found


def _with_sub_zones(zone: Zone) -> ZoneQuerySet:
    return Zone.objects.with_sub_zones([zone.code])


def _led_by_person(project: Project) -> bool:
    return project.lead is not None and project.lead.investor.is_person


def _missing(zone: Zone) -> list[str]:
    """What the facts list names in one line, because nobody has recorded it."""
    recorded = {
        _("nhà đầu tư hạ tầng"): zone.developer,
        _("năm thành lập"): zone.established_year,
        _("diện tích"): zone.area_ha is not None,
        _("diện tích đất công nghiệp cho thuê"): zone.leasable_ha is not None,
        _("xã, phường"): zone.communes.all(),
        _("vị trí"): zone.latitude is not None,
        _("vốn hạ tầng"): zone.investment,
    }
    return [str(label) for label, value in recorded.items() if not value]
