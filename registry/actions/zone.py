"""Observations about zones and places."""

from decimal import Decimal

from django.db.models import Max

from registry.models import AdministrativeUnit, Source, Zone, ZoneObservation
from registry.vocabulary.period import VagueDay

from .record import create
from .writing import Writing


def observe(
    *, act: Writing, attribute: str, value: Decimal, source: Source, zone: Zone | None = None,
    place: AdministrativeUnit | None = None, value_high: Decimal | None = None, qualifier: str = "",
    observed_on: VagueDay | None = None, method: str = "",
) -> ZoneObservation:
    """Record one value seen in one source about a zone, or about all zones of a place."""
    of = zone or place
    number = of.observations.aggregate(last=Max("number", default=0))["last"] + 1
    return create(act=act, record=ZoneObservation(
        code=f"{of.code}-{number}", number=number, zone=zone, place=place, attribute=attribute, value=value,
        value_high=value_high, qualifier=qualifier, observed_on=observed_on, method=method, source=source,
    ))
