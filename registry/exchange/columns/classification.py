"""Sectors, countries and administrative units as tables."""

from registry.models import AdministrativeUnit, Country, Sector
from registry.vocabulary.place import UnitKind, UnitLevel
from registry.vocabulary.zone import FormerProvince

from .shape import POSITION, Field, Fields, Of

sector = Of(Sector)
SECTOR = Fields("sectors", (
    *sector.head(),
    sector.text("vsic_version", listed=True),
    sector.whole("level", listed=True),
    sector.text("vsic_code"),
    sector.text("section", listed=True),
    sector.text("name"),
    sector.text("name_en"),
    sector.text("fia_label", listed=True),
    sector.yes("checked"),
))

country = Of(Country)
COUNTRY = Fields("countries", (
    *country.head(),
    country.text("name"),
    country.text("name_en"),
    country.text("printed", listed=True),
    country.text("aliases", many=True, listed=True),
))

place = Of(AdministrativeUnit)
PLACE = Fields("places", (
    *place.head(),
    place.text("official_code"),
    place.text("name"),
    place.text("name_en"),
    place.words("kind", UnitKind),
    place.words("level", UnitLevel),
    place.ref("parent", to="place"),
    place.ref("successor", to="place"),
    place.day("in_force_from"),
    place.day("in_force_until"),
    place.words("former_province", FormerProvince),
    place.text("basis"),
    Field("position", place.label("latitude"), parts=POSITION),
))
