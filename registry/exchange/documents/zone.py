"""Zones and what is observed about them, as nested plain data."""

from collections import defaultdict

from registry.models import AdministrativeUnit, Source, Zone, ZoneObservation
from registry.models.asked import Among, asked
from registry.vocabulary.zone import OBSERVATION_UNIT, FormerProvince, ObservationKind, Province, ZoneKind

from .reading import Reading, seen
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


@asked
def communes_of():
    return Zone.objects.filter(Among("code"), communes__isnull=False).order_by("communes__code").values_list(
        "code", "communes__code", "communes__name")


@asked
def sources_of(for_staff: bool):
    """The sources that the reader may see."""
    sources = seen(Source, for_staff=for_staff).order_by().values("pk")
    return Zone.objects.filter(Among("code"), sources__in=sources).order_by("sources__code").values_list(
        "code", "sources__code", "sources__name")


def parts_of(rows: list, context: Context) -> dict[str, dict[str, list[dict]]]:
    """The communes and the sources of each zone, by its code, in order of code. Two queries."""
    codes = [row.code for row in rows]
    communes, sources = defaultdict(list), defaultdict(list)
    for zone, code, name in communes_of(codes):
        communes[zone].append({"code": code, "name": name})
    for zone, code, title in sources_of(codes, context.for_staff):
        sources[zone].append({"code": code, "title": title})
    return {"communes": communes, "sources": sources}


def build_zone(record: Zone, context: Context, parts: dict[str, dict[str, list[dict]]]) -> dict:
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
        "communes": parts["communes"][record.code],
        "communes_before": text(record.communes_before),
        "position": position(record, basis=text(record.position_basis)),
        "investment": text(record.investment),
        "summary": text(record.summary),
        "contact": text(record.contact),
        "sources": parts["sources"][record.code],
    }


ZONE = Document(
    kind=Zone.KIND, path="zones", build=build_zone,
    extras=parts_of,
    reads=Reading(
        Zone, "code version updated_at name name_en kind province former_province developer established_year area_ha "
        "leasable_ha communes_before latitude longitude position_basis investment summary contact",
        parent=Reading(Zone, "code name"),
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
    reads=Reading(
        ZoneObservation, "code version updated_at attribute value value_high qualifier observed_on method",
        zone=Reading(Zone, "code name"), place=Reading(AdministrativeUnit, "code name"),
        source=Reading(Source, "code name"),
    ),
    schema=shape(
        **HEAD, zone=REF, place=REF, attribute=words(ObservationKind), value=MAYBE_DECIMAL, value_high=MAYBE_DECIMAL,
        unit=TEXT, qualifier=MAYBE_TEXT, date=DAY, method=MAYBE_TEXT, source=CITED,
    ),
)
