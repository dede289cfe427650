"""Zones with the capital of their projects, as the map shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from registry.models import Zone
from registry.models.capital import ZERO

from .capital import CapitalTable
from .rows import CapitalRow


@dataclass(frozen=True)
class ZoneCapital:
    """One zone, without its sub-zones. Unit: US dollars, two places; ``projects`` counts those in force.

    ``confirmed_usd`` is the part of ``registered_usd`` that rests on a certificate or a decision.
    """

    zone: Zone
    projects: int
    registered_usd: Decimal
    confirmed_usd: Decimal


def zones_with_capital(zones: Iterable[Zone], table: CapitalTable) -> list[ZoneCapital]:
    """These zones with their rows of ``capital_by("zone")``, the most capital first, then by name; zeros where a zone
    has none. No query but that of ``zones``."""
    rows = {row.key: row for row in table.rows}
    found = [_with_capital(zone, rows.get(zone.code)) for zone in zones]
    return sorted(found, key=lambda each: (-each.registered_usd, bytes(each.zone.name_sort), each.zone.pk))


def _with_capital(zone: Zone, row: CapitalRow | None) -> ZoneCapital:
    if row is None:
        return ZoneCapital(zone=zone, projects=0, registered_usd=ZERO, confirmed_usd=ZERO)
    return ZoneCapital(zone=zone, projects=row.projects, registered_usd=row.registered_usd,
                       confirmed_usd=row.confirmed_usd)
