"""What a preview shows of a record: its values as people read them."""

from collections.abc import Iterator
from decimal import Decimal

from django.db import models
from django.utils.text import capfirst

from registry.actions.plan import PlannedRow
from registry.models import Investor
from registry.models.fields import HundredthsField, vague_days
from registry.vocabulary.batch import Fate
from registry.vocabulary.money import format_bare
from registry.vocabulary.period import VagueDay

from .cells import as_text

# What the register sets by itself, and the owner, which is the row's own record.
NOT_SHOWN = {"code", "number", "publication", "source", "project", "counts_as", "confirmed", "counts_on", "recorded_at",
             "withdrawn_reason", "reverses", "state"}


def values_of(row: PlannedRow) -> list[str]:
    """What a new row brings, a line for each value; nothing of another row."""
    if row.fate != Fate.NEW:
        return []
    lines = [line for record in row.makes[-1:] for line in _lines(record)]
    if row.stakes:
        held = "; ".join(stake.investor.name for stake in row.stakes)
        lines.append(f"{capfirst(Investor._meta.verbose_name)}: {held}")
    return lines + [line for record in row.proposed for line in _lines(record)]


def _lines(record) -> Iterator[str]:
    days = vague_days(type(record))
    parts = {f"{name.removesuffix('_on')}_{end}" for name in days for end in ("earliest", "latest", "words")}
    names = [field.name for field in record._meta.concrete_fields
             if field.editable and field.name not in parts | NOT_SHOWN]
    for name in (*names, *days):
        words = _named(record, name)
        if words:
            label = days[name].verbose_name if name in days else record._meta.get_field(name).verbose_name
            yield f"{capfirst(str(label))}: {words}"


def _named(record, name: str) -> str:
    """The value of one column; a record that has no code yet has its name alone. What a row does not say is nothing."""
    if name not in vague_days(type(record)):
        field = record._meta.get_field(name)
        if field.is_relation and not (field.is_cached(record) or getattr(record, field.attname)):
            return ""
        if isinstance(field, HundredthsField) and getattr(record, name) is not None:
            return format_bare(getattr(record, name))
    return shown(record, name).strip()


def shown(record, attr: str) -> str:
    """A value as people read it."""
    value = getattr(record, attr)
    display = getattr(record, f"get_{attr}_display", None)
    match value:
        case None | "":
            return ""
        case models.Model():
            return f"{value.code} {value.name}"
        case VagueDay():
            return value.label
        case Decimal():
            return f"{value.normalize():f}"
        case _:
            return str(display()) if display else as_text(value)
