"""A record as plain data: what the audit trail keeps of it before and after."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from registry.models import Project, Zone
from registry.models.rows import PLAIN

# Columns that are made from others, and the moment, which the act has already.
DERIVED = {"name_sort", "search_folded", "search_marked", "updated_at"}


def state_of(record, *, stakes=None) -> dict:
    """The record's own columns by name: text, number, true, null; days in ISO form. Not what it holds of a person.

    A project carries its stakes, a zone its communes and sources: they have no code of their own. A loader
    that has just written a project hands its ``stakes`` over, in the order of their keys, to spare a query.
    """
    state = _columns(record)
    if isinstance(record, Project):
        held = record.stakes.order_by("pk") if stakes is None else stakes
        state["stakes"] = [_columns(stake) for stake in held]
    if isinstance(record, Zone):
        state["communes"] = sorted(commune.code for commune in record.communes.all())
        state["sources"] = sorted(source.code for source in record.sources.all())
    return state


def _columns(record) -> dict:
    return as_plain(record, _kept(type(record)))


def as_plain(record, names: Iterable[str]) -> dict:
    """These columns of a record as plain data."""
    values = vars(record)  # where it was fetched without a column, the record fetches it
    return {name: plain(values[name] if name in values else getattr(record, name)) for name in names}


@cache
def _kept(model) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields
            if field.attname not in DERIVED and field.attname not in getattr(model, "PERSONAL", ())]


def plain(value):
    if value is None or type(value) in PLAIN:
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
