"""Zones and what is observed about them, as nested plain data."""

from django.db.models import Prefetch

from registry.models import AdministrativeUnit, Source, Zone, ZoneObservation
from registry.vocabulary.zone import OBSERVATION_UNIT, FormerProvince, ObservationKind, Province, ZoneKind

from .shape import (
    CITED,
    DAY,
    HEAD,
    MAYBE_DECIMAL,
    MAYBE_TEXT,
    MAYBE_WHOLE,
    POSITION,
    REF,
    TEXT,
    Context,
    Document,
    cited,
    day,
    decimal,
    head,
    many,
    position,
    ref,
    shape,
    text,
    words,
)


def build_zone(record: Zone, context: Context, extras) -> dict:
    return {
        **head(record, "zones", context),
        "name": record.name,
        "name_en": text(record.name_en),
        "kind": record.kind,
        "parent": ref(record.parent, context),
        "province": record.province,
        "former_province": record.former_province,
        "developer": text(record.developer),
        "established_year": record.established_year,
        "area_ha": decimal(record.area_ha),
        "leasable_ha": decimal(record.leasable_ha),
        "communes": [ref(unit, context) for unit in record.communes.all()],
        "communes_before": text(record.communes_before),
        "position": position(record, basis=text(record.position_basis)),
        "investment": text(record.investment),
        "summary": text(record.summary),
        "contact": text(record.contact),
        "sources": [cited(source, context) for source in record.sources.all()],
    }


ZONE = Document(
    kind=Zone.KIND, path="zones", build=build_zone,
    rows=lambda context: context.rows(Zone).select_related("parent").prefetch_related(
        Prefetch("communes", AdministrativeUnit.objects.order_by("code")),
        Prefetch("sources", context.rows(Source).order_by("code")),
    ),
    schema=shape(
        **HEAD, name=TEXT, name_en=MAYBE_TEXT, kind=words(ZoneKind), parent=REF, province=words(Province),
        former_province=words(FormerProvince, nullable=True), developer=MAYBE_TEXT, established_year=MAYBE_WHOLE,
        area_ha=MAYBE_DECIMAL, leasable_ha=MAYBE_DECIMAL, communes=many(REF), communes_before=MAYBE_TEXT,
        position=POSITION, investment=MAYBE_TEXT, summary=MAYBE_TEXT, contact=MAYBE_TEXT, sources=many(CITED),
    ),
)


def build_observation(record: ZoneObservation, context: Context, extras) -> dict:
    return {
        **head(record, "zone-observations", context),
        "zone": ref(record.zone, context),
        "place": ref(record.place, context),
        "attribute": record.attribute,
        "value": decimal(record.value),
        "value_high": decimal(record.value_high),
        "unit": OBSERVATION_UNIT[record.attribute],
        "qualifier": text(record.qualifier),
        "date": day(record.observed_on),
        "method": text(record.method),
        "source": cited(record.source, context),
    }


ZONE_OBSERVATION = Document(
    kind=ZoneObservation.KIND, path="zone-observations", build=build_observation,
    rows=lambda context: context.rows(ZoneObservation).select_related("zone", "place", "source"),
    schema=shape(
        **HEAD, zone=REF, place=REF, attribute=words(ObservationKind), value=MAYBE_DECIMAL, value_high=MAYBE_DECIMAL,
        unit=TEXT, qualifier=MAYBE_TEXT, date=DAY, method=MAYBE_TEXT, source=CITED,
    ),
)
