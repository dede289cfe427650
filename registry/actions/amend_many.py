"""Many records amended at once, for imports: the rules of ``record.amend``, in a few queries for each 500."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from registry.models import Certificate, Investor, Project, Zone, ZoneObservation
from registry.models.base import Searchable
from registry.models.rows import in_chunks, update_versions
from registry.vocabulary.change import Verb

from .bulk import check_columns, state_with_stakes
from .record import (
    MADE_FROM_OTHERS,
    SPEAKS_FOR_PROJECTS,
    StaleVersion,
    check_seen,
    reindex_projects,
    reindex_statements,
    renames,
    validate,
)
from .told import tell_referrers
from .writing import Writing

# What the states and search texts of a noun read besides its own columns.
JOINED = {Project: ("enterprise", "zone"), Certificate: ("project",), ZoneObservation: ("zone", "place", "source")}
HELD = {Project: ("stakes__investor",), Zone: ("communes", "sources")}


@dataclass(frozen=True)
class Amendment:
    """The columns that the record of a code gets; ``version`` is the one that was seen, None the present one."""

    code: str
    version: int | None
    columns: Mapping[str, object]


def amend_many(*, act: Writing, model: type, amendments: Sequence[Amendment]) -> list:
    """Change columns of records of one noun; return the records that have changed. One change each.

    Raises StaleVersion where another writer was first, InvalidRecord where a result breaks a rule; nothing is written
    then.
    """
    found = _found(model, [each.code for each in amendments])
    changed: list[tuple[object, dict]] = []
    for each in amendments:
        record = found.get(each.code)
        if record is None:
            raise StaleVersion(code=each.code, seen=each.version)
        columns = {name: value for name, value in each.columns.items() if getattr(record, name) != value}
        if columns:
            check_seen(record=record, version=record.version if each.version is None else each.version)
            changed.append((record, columns))
    if not changed:
        return []
    records, before = [record for record, _columns in changed], [state_with_stakes(each) for each, _columns in changed]
    for record, columns in changed:
        record.updated_at = act.at
        for name, value in columns.items():
            setattr(record, name, value)
    _write(records, {name for _record, columns in changed for name in columns})
    _index_around(act, model, changed)
    present = _found(model, [record.code for record in records])
    for record, state in zip(records, before, strict=True):
        told = Verb.UPDATED if record.is_public() else ""
        act.append(kind=record.KIND, code=record.code, verb=Verb.UPDATED, feed_verb=told, before=state,
                   after=state_with_stakes(present[record.code]))
    return records


def tie(records: Iterable, field) -> list:
    """Fetch one relation of many records; equal keys get the very same record. Return those whose key nobody has."""
    records = list(records)
    found = {}
    for some in in_chunks({getattr(record, field.attname) for record in records} - {None}):
        found |= field.related_model._default_manager.in_bulk(some)
    lost = []
    for record in records:
        key = getattr(record, field.attname)
        if key in found:
            field.set_cached_value(record, found[key])
        elif key is not None:
            lost.append(record)
    return lost


def _found(model, codes: list[str]) -> dict[str, object]:
    found = {}
    for some in in_chunks(codes):
        rows = model._default_manager.filter(code__in=some).select_related(*JOINED.get(model, ()))
        found |= {record.code: record for record in rows.prefetch_related(*HELD.get(model, ()))}
    return found


def _write(records: list, names: set[str]) -> None:
    """Check and write. The database judges the rules that it holds; where it refuses, the record at fault is named."""
    model = type(records[0])
    columns = {field.attname: field for field in model._meta.concrete_fields}
    for field in (columns[name] for name in names):
        for record in tie(records, field) if field.is_relation else ():
            validate(record)
    for record in records:
        if isinstance(record, Searchable):
            record.indexed()
        check_columns(record)
    made = MADE_FROM_OTHERS & columns.keys()
    try:
        with transaction.atomic():
            written = update_versions(records, sorted(columns[name].name for name in names | made | {"updated_at"}))
    except IntegrityError:
        for record in records:
            validate(record)
        raise
    if written < len(records):
        present = _found(model, [record.code for record in records])
        raise next(StaleVersion(code=each.code, seen=each.version) for each in records
                   if present[each.code].version != each.version + 1)


def _index_around(act: Writing, model: type, changed: list[tuple[object, dict]]) -> None:
    """Make the search texts again that speak of records which are called otherwise now; tell of what names an investor
    that became a natural person, or is one no more."""
    renamed = [record.pk for record, columns in changed if renames(columns)]
    for some in in_chunks(renamed if model in SPEAKS_FOR_PROJECTS else ()):
        reindex_projects(**{f"{SPEAKS_FOR_PROJECTS[model]}__in": some})
    for record, columns in changed:
        if model is Investor and "kind" in columns:
            reindex_statements(record)
            tell_referrers(act=act, record=record)
