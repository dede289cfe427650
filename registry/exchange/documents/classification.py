"""Sectors, countries and administrative units as nested plain data."""

from registry.models import AdministrativeUnit, Country, Sector
from registry.vocabulary.place import UnitKind, UnitLevel
from registry.vocabulary.zone import FormerProvince

from .reading import Reading
from .shape import (
    HEAD,
    MAYBE_ISO_DAY,
    MAYBE_TEXT,
    POSITION,
    REF,
    TEXT,
    WHOLE,
    YES_NO,
    Context,
    Document,
    head,
    iso,
    many,
    position,
    ref,
    shape,
    text,
    words,
)


def build_sector(record: Sector, context: Context, extras) -> dict:
    return {
        **head(record, "sectors", context),
        "vsic_version": record.vsic_version,
        "level": record.level,
        "vsic_code": record.vsic_code,
        "section": record.section,
        "name": record.name,
        "name_en": text(record.name_en),
        "fia_label": text(record.fia_label),
        "checked": record.checked,
    }


SECTOR = Document(
    kind=Sector.KIND, path="sectors", build=build_sector,
    reads=Reading(
        Sector, "code version updated_at vsic_version level vsic_code section name name_en fia_label checked"),
    schema=shape(**HEAD, vsic_version=TEXT, level=WHOLE, vsic_code=TEXT, section=TEXT, name=TEXT,
                 name_en=MAYBE_TEXT, fia_label=MAYBE_TEXT, checked=YES_NO),
)


def build_country(record: Country, context: Context, extras) -> dict:
    return {
        **head(record, "countries", context),
        "name": record.name,
        "name_en": text(record.name_en),
        "printed": text(record.printed),
        "aliases": record.aliases,
    }


COUNTRY = Document(
    kind=Country.KIND, path="countries", build=build_country,
    reads=Reading(Country, "code version updated_at name name_en printed aliases"),
    schema=shape(**HEAD, name=TEXT, name_en=MAYBE_TEXT, printed=MAYBE_TEXT, aliases=many(TEXT)),
)


def build_place(record: AdministrativeUnit, context: Context, extras) -> dict:
    return {
        **head(record, "places", context),
        "official_code": record.official_code,
        "name": record.name,
        "name_en": text(record.name_en),
        "kind": record.kind,
        "level": record.level,
        "parent": ref(record.parent, context),
        "successor": ref(record.successor, context),
        "in_force_from": iso(record.in_force_from),
        "in_force_until": iso(record.in_force_until),
        "former_province": record.former_province,
        "basis": text(record.basis),
        "position": position(record),
    }


PLACE = Document(
    kind=AdministrativeUnit.KIND, path="places", build=build_place,
    reads=Reading(
        AdministrativeUnit, "code version updated_at official_code name name_en kind level in_force_from "
        "in_force_until former_province basis latitude longitude", parent=Reading(AdministrativeUnit, "code name"),
        successor=Reading(AdministrativeUnit, "code name"),
    ),
    schema=shape(
        **HEAD, official_code=TEXT, name=TEXT, name_en=MAYBE_TEXT, kind=words(UnitKind), level=words(UnitLevel),
        parent=REF, successor=REF, in_force_from=MAYBE_ISO_DAY, in_force_until=MAYBE_ISO_DAY,
        former_province=words(FormerProvince, nullable=True), basis=MAYBE_TEXT, position=POSITION,
    ),
)
