"""Zones and what is observed about them, as tables."""

from django.utils.translation import gettext_lazy as _

from registry.models import Zone, ZoneObservation
from registry.vocabulary.zone import FormerProvince, ObservationKind, Province, ZoneKind

from .shape import CODE_AND_NAME, CODE_AND_TITLE, POSITION, Field, Fields, Of

zone = Of(Zone)
ZONE = Fields("zones", (
    *zone.head(),
    zone.text("name"),
    zone.text("name_en"),
    zone.words("kind", ZoneKind, listed=True),
    zone.ref("parent", to="zone"),
    zone.words("province", Province),
    zone.words("former_province", FormerProvince),
    zone.text("developer", listed=True),
    zone.whole("established_year"),
    zone.number("area_ha", listed=True),
    zone.number("leasable_ha"),
    Field("communes", zone.label("communes"), many=True, parts=CODE_AND_NAME, to="place", listed=True),
    zone.text("communes_before"),
    Field("position", _("vị trí"), parts=POSITION),
    zone.text("investment"),
    zone.text("summary"),
    zone.text("contact"),
    Field("sources", _("nguồn"), many=True, parts=CODE_AND_TITLE, to="source"),
))

observation = Of(ZoneObservation)
ZONE_OBSERVATION = Fields("zone-observations", (
    *observation.head(),
    observation.ref("zone"),
    observation.ref("place"),
    observation.words("attribute", ObservationKind),
    observation.number("value"),
    observation.number("value_high"),
    Field("unit", _("đơn vị")),
    observation.text("qualifier"),
    observation.stated_day("date", _("ngày")),
    observation.text("method"),
    observation.cited(listed=True),
))
