"""What changed in a record, for people: names in place of keys, labels in place of words, days as stated."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.actions.payload import state_of
from registry.models import NOUNS, AdministrativeUnit, Certificate, Change, Enterprise, Investor, Project, Source, Stake
from registry.models.fields import HundredthsField, vague_days
from registry.templatetags.register_format import number
from registry.vocabulary.attribute import UNITS, attribute_label
from registry.vocabulary.change import Verb
from registry.vocabulary.money import format_amount
from registry.vocabulary.period import VagueDay

# Told in other words, or of no use to a reader.
LEFT_OUT = {"id", "version", "updated_at", "recorded_at", "number"}
# Rows without a code of their own, which their record carries; and how they are told.
CARRIED = {"communes": AdministrativeUnit, "sources": Source}

Names = Mapping[tuple[type[models.Model], object], str]


@dataclass(frozen=True)
class Difference:
    """One field of a record before and after; empty for what was not stated."""

    label: str
    before: str
    after: str


def columns_in(model: type[models.Model], before: dict, after: dict) -> list[str]:
    """The columns that differ between two states of a record, in the order of the model, what it carries last:
    PostgreSQL has an order of its own for the keys of JSON."""
    columns = [field.attname for field in model._meta.concrete_fields]
    carried = sorted((before.keys() | after.keys()) - set(columns))
    return [name for name in (*columns, *carried)
            if name not in LEFT_OUT and before.get(name) != after.get(name)]


def differences(change: Change, names: Names) -> list[Difference]:
    """What a change did, field by field; of a creation what it stated. ``names`` are from ``names_in``."""
    model = NOUNS[change.kind]
    before, after = change.before or {}, change.after or {}
    found = {}
    for column in columns_in(model, before, after):
        day = _day_of(model, column)
        shown = day or column
        if shown not in found:
            found[shown] = Difference(
                label=capfirst(label_of(model, shown)),
                before=_shown(model, shown, before, names), after=_shown(model, shown, after, names),
            )
    return [each for each in found.values() if each.before != each.after]


def proposed_differences(certificate: Certificate) -> list[Difference]:
    """What a certificate that waits would change in its project, field by field."""
    if not certificate.proposed_changes:
        return []
    before = state_of(certificate.project)
    before |= {name: was for name, (was, _becomes) in certificate.proposed_changes.items()}
    after = before | {name: becomes for name, (_was, becomes) in certificate.proposed_changes.items()}
    change = Change(kind=Project.KIND, before=before, after=after)
    return differences(change, names_in([change]))


def names_in(changes: Iterable[Change]) -> Names:
    """The names of the records to which changes refer by key. One query for each noun referred to, one more where a
    record was merged away since."""
    wanted: dict[type[models.Model], set] = defaultdict(set)
    for change in changes:
        for state in filter(None, (change.before, change.after)):
            for field in NOUNS[change.kind]._meta.concrete_fields:
                if field.is_relation and state.get(field.attname) is not None:
                    wanted[field.related_model].add(state[field.attname])
            wanted[Investor].update(stake["investor_id"] for stake in state.get("stakes") or ())
    found = {
        (model, record.pk): str(record)
        for model, keys in wanted.items() for record in model._default_manager.filter(pk__in=keys)
    }
    for model in (Investor, Enterprise):
        if gone := [key for key in wanted.get(model, ()) if (model, key) not in found]:
            found |= _names_of_the_gone(model, gone)
    return found | _names_by_code(changes)


def _names_of_the_gone(model: type[models.Model], keys: list) -> dict:
    merged = Change.objects.filter(kind=model.KIND, verb=Verb.MERGED, after__isnull=True, before__id__in=keys)
    return {(model, each.before["id"]): f"{each.code} {each.before['name']}" for each in merged}


def _names_by_code(changes: Iterable[Change]) -> Names:
    """The names of the records in the lists that a zone carries."""
    states = [state for change in changes for state in (change.before, change.after) if state]
    codes = {
        model: {code for state in states for code in state.get(name) or ()} for name, model in CARRIED.items()
    }
    return {
        (model, record.code): str(record)
        for model, wanted in codes.items() if wanted for record in model.objects.filter(code__in=wanted)
    }


def label_of(model: type[models.Model], name: str) -> str:
    """What a column, a vague day or a carried list is called."""
    named = Stake._meta if name == "stakes" else vague_days(model).get(name) or model._meta.get_field(name)
    return str(named.verbose_name)


def said(model: type[models.Model], name: str, value) -> str:
    """A value of a column as people read it: the text of a plain state, or what the column itself gives."""
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    field = model._meta.get_field(name)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return _("có") if value else _("không")
    if isinstance(field, HundredthsField):
        return format_amount(Decimal(value), "", "vi").strip()
    if isinstance(field, (models.DecimalField, models.PositiveIntegerField)):
        return number(Decimal(value))
    if isinstance(field, models.DateTimeField):
        return _moment(value if isinstance(value, datetime) else parse_datetime(value))
    if isinstance(field, models.DateField):
        return date_format(value if isinstance(value, date) else parse_date(value))
    return _word(name, str(value))


def _word(name: str, value: str) -> str:
    """Statements keep the words of their file; people read their labels."""
    if name == "attribute":
        return str(attribute_label(value))
    return str(UNITS.get(value, value)) if name == "unit" else value


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def _day_of(model: type[models.Model], column: str) -> str:
    """The vague day of which a column is a part; empty for none."""
    stem = column.rpartition("_")[0]
    return next((name for name in (f"{stem}_on", stem) if stem and name in vague_days(model)), "")


def _shown(model: type[models.Model], name: str, state: dict, names: Names) -> str:
    if name in vague_days(model):
        return day_in(state, name)
    value = state.get(name)
    if name == "stakes":
        return "; ".join(_stake(stake, names) for stake in value or () if stake["until_certificate_id"] is None)
    if name in CARRIED:
        return "; ".join(names.get((CARRIED[name], code), code) for code in value or ())
    field = model._meta.get_field(name)
    if field.is_relation:
        return "" if value is None else names.get((field.related_model, value), str(value))
    return said(model, name, value)


def day_in(state: dict, name: str) -> str:
    """A vague day of a plain state in words; empty where nobody stated it."""
    stem = name.removesuffix("_on")
    if not state.get(f"{stem}_earliest"):
        return ""
    return VagueDay(
        parse_date(state[f"{stem}_earliest"]), parse_date(state[f"{stem}_latest"]), state.get(f"{stem}_words", "")
    ).label


def _stake(stake: dict, names: Names) -> str:
    told = [names.get((Investor, stake["investor_id"]), str(stake["investor_id"]))]
    if stake["lead"]:
        told.append(str(Stake._meta.get_field("lead").verbose_name))
    if stake["share_percent"] is not None:
        told.append(f"{number(Decimal(stake['share_percent']))} %")
    if stake["contributed_usd"] is not None:
        told.append(format_amount(Decimal(stake["contributed_usd"]), "USD", "vi"))
    return ", ".join(told)
