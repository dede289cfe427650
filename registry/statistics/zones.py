"""Zones with the capital of their projects, as the map shows them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from registry.models import CapitalEntry, Zone
from registry.models.capital import MEASURES, ZERO, CapitalEntryQuerySet
from registry.models.fields import HundredthsField
from registry.models.zone import ZoneQuerySet

from .ledger import still_counting


@dataclass(frozen=True)
class ZoneCapital:
    """One zone, without its sub-zones. Unit: US dollars, two places; ``projects`` counts those in force.

    ``confirmed_usd`` is the part of ``registered_usd`` that rests on a certificate or a decision.
    """

    zone: Zone
    projects: int
    registered_usd: Decimal
    confirmed_usd: Decimal


def zones_with_capital(zones: ZoneQuerySet, *, as_of: date) -> list[ZoneCapital]:
    """These zones as of a day, the most capital first, then by name; zeros where a zone has none.

    The same sums as ``capital_by("zone")``. One query, and those of what ``zones`` prefetches.
    """
    entries = CapitalEntry.objects.as_of(as_of).filter(project__zone=OuterRef("pk")).order_by()
    starting = still_counting(entries.starting().standing(as_of=as_of), as_of=as_of)
    counted = starting.values("project__zone").annotate(times=Count("pk")).values("times")
    rows = zones.annotate(
        registered_usd=_sum_of(entries, MEASURES["registered_usd"]),
        confirmed_usd=_sum_of(entries, MEASURES["confirmed_usd"]),
        projects_in_force=Coalesce(Subquery(counted), 0, output_field=IntegerField()),
    )
    found = [
        ZoneCapital(zone=row, projects=row.projects_in_force, registered_usd=row.registered_usd,
                    confirmed_usd=row.confirmed_usd)
        for row in rows
    ]
    return sorted(found, key=lambda each: (-each.registered_usd, bytes(each.zone.name_sort), each.zone.pk))


def _sum_of(entries: CapitalEntryQuerySet, which: Q) -> Coalesce:
    total = entries.filter(which).values("project__zone").annotate(total=Sum("amount_usd")).values("total")
    return Coalesce(Subquery(total), ZERO, output_field=HundredthsField())
