"""Investors, enterprises and registrars as nested plain data."""

from registry.models import Country, Enterprise, Investor, Registrar
from registry.vocabulary.investor import INDIVIDUAL, InvestorKind

from .reading import Reading
from .shape import (
    HEAD,
    MAYBE_ISO_DAY,
    MAYBE_TEXT,
    REF,
    TEXT,
    Context,
    Document,
    head,
    iso,
    ref,
    shape,
    text,
    words,
)


def build_investor(record: Investor, context: Context, extras) -> dict:
    """A natural person has nationality and no name, but to officers, whose list shows it."""
    person = record.is_person and not context.for_staff
    return {
        **head(record, "investors", context),
        "kind": record.kind,
        "name": str(INDIVIDUAL) if person else record.name,
        "name_en": None if person else text(record.name_en),
        "name_native": None if person else text(record.name_native),
        "country": record.country.code if record.country else None,
        "parent": None if record.parent and record.parent.is_person else ref(record.parent, context),
        "parent_country": record.parent_country.code if record.parent_country else None,
    }


INVESTOR = Document(
    kind=Investor.KIND, path="investors", build=build_investor,
    reads=Reading(
        Investor, "code version updated_at kind name name_en name_native", country=Reading(Country, "code"),
        parent=Reading(Investor, "code name"), parent_country=Reading(Country, "code"),
    ),
    schema=shape(
        **HEAD, kind=words(InvestorKind), name=TEXT, name_en=MAYBE_TEXT, name_native=MAYBE_TEXT, country=MAYBE_TEXT,
        parent=REF, parent_country=MAYBE_TEXT,
    ),
)


def build_enterprise(record: Enterprise, context: Context, extras) -> dict:
    return {
        **head(record, "enterprises", context),
        "name": record.name,
        "name_en": text(record.name_en),
        "tax_code": record.tax_code,
        "activity": text(record.activity),
    }


ENTERPRISE = Document(
    kind=Enterprise.KIND, path="enterprises", build=build_enterprise,
    reads=Reading(Enterprise, "code version updated_at name name_en tax_code activity"),
    schema=shape(**HEAD, name=TEXT, name_en=MAYBE_TEXT, tax_code=MAYBE_TEXT, activity=MAYBE_TEXT),
)


def build_registrar(record: Registrar, context: Context, extras) -> dict:
    return {
        **head(record, "registrars", context),
        "name": record.name,
        "name_en": text(record.name_en),
        "in_force_from": iso(record.in_force_from),
        "in_force_until": iso(record.in_force_until),
        "successor": ref(record.successor, context),
        "basis": text(record.basis),
    }


REGISTRAR = Document(
    kind=Registrar.KIND, path="registrars", build=build_registrar,
    reads=Reading(Registrar, "code version updated_at name name_en in_force_from in_force_until basis",
                  successor=Reading(Registrar, "code name")),
    schema=shape(**HEAD, name=TEXT, name_en=MAYBE_TEXT, in_force_from=MAYBE_ISO_DAY, in_force_until=MAYBE_ISO_DAY,
                 successor=REF, basis=MAYBE_TEXT),
)
