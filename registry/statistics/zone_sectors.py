"""The sector that has the most capital in each zone."""

from datetime import date

from django.db.models import Sum

from registry.models import CapitalEntry
from registry.models.capital import MEASURES


def main_sectors(*, as_of: date) -> dict[str, str]:
    """By a zone's code the code of the sector with the most registered capital in it, its sub-zones left out; a zone
    without capital in a sector that is on record has none. One query."""
    entries = CapitalEntry.objects.as_of(as_of).filter(
        MEASURES["registered_usd"], project__zone__isnull=False, project__sector__isnull=False)
    rows = entries.order_by().values_list("project__zone__code", "project__sector__code").annotate(
        total=Sum("amount_usd"))
    most: dict[str, tuple] = {}
    for zone, sector, total in rows:
        if total > 0 and (zone not in most or (-total, sector) < most[zone]):
            most[zone] = (-total, sector)
    return {zone: sector for zone, (_total, sector) in most.items()}
