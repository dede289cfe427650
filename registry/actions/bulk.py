"""Many records at once, for loaders of whole data sets and for imports.

A loader checks each row where it reads it (``check_columns``, and the rules of the noun), so that it can name
the line; what is here writes them in one statement each, with a change for every record.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from django.core.exceptions import ValidationError
from django.db.models import F, ForeignKey

from registry.models import Project, Stake
from registry.models.base import Searchable
from registry.models.rows import in_chunks, insert_rows, relate
from registry.vocabulary.change import Verb
from registry.vocabulary.publication import Publication

from .payload import state_of
from .quick import is_surely_clean
from .record import CHILDREN, PREFIX, InvalidRecord
from .writing import Writing


def check_columns(record, *, but: Sequence[str] = ()) -> None:
    """Check lengths, choices and ranges without a query; relations and uniqueness are the loader's to check.

    Raises InvalidRecord. A code that is still to be given may be empty.
    """
    left_out = _left_out(type(record), tuple(but), bool(record.code))
    if is_surely_clean(record, left_out):
        return
    try:
        record.clean_fields(exclude=left_out)
    except ValidationError as error:
        raise InvalidRecord(record, error) from error


@cache
def _left_out(model, but: tuple[str, ...], has_code: bool) -> frozenset[str]:
    relations = {field.name for field in model._meta.concrete_fields if field.is_relation}
    return frozenset(relations.union(but, () if has_code else ("code",)))


def create_many(*, act: Writing, records: Sequence, seen: Callable[[object], bool] = lambda record: True) -> None:
    """Write new records of one noun, with codes for those that have none. ``seen``: whether the public sees one."""
    _prepare(act, records)
    if not records:
        return
    is_searched = isinstance(records[0], Searchable)
    for record in records if is_searched else ():
        record.indexed()
    insert_rows(records)
    for record in records if is_searched else ():
        record.without_words()
    for record in records:
        _note(act, record, state_of(record), seen(record))


def open_many(
    *, act: Writing, projects: Sequence[tuple[Project, list[Stake]]],
    seen: Callable[[object], bool] = lambda project: True,
) -> None:
    """Write new projects, each with its stakes in the order of their position. ``seen``: as in ``create_many``."""
    _prepare(act, [project for project, _stakes in projects])
    for project, stakes in projects:
        project.indexed(stakes=stakes)
    insert_rows([project for project, _stakes in projects])
    for project, stakes in projects:
        project.without_words()
        for stake in stakes:
            relate(stake, project=project)  # again, now that it has its key
    insert_rows([stake for _project, stakes in projects for stake in stakes])
    for project, stakes in projects:
        _note(act, project, state_of(project, stakes=stakes), seen(project))


def move_many(
    *, act: Writing, records: Sequence, publication: str, reason: str = "", also: Mapping[str, object] | None = None
) -> None:
    """Publish, or withdraw with a reason, records of one noun; what belongs to them is told with them.

    ``also`` are further columns, set alike in each. The search text of projects is the caller's to make again: see
    ``record.reindex_projects``.
    """
    if not records:
        return
    model, reason = type(records[0]), reason if publication == Publication.WITHDRAWN else ""
    columns = {"publication": publication, "withdrawn_reason": reason, "updated_at": act.at} | dict(also or {})
    before = [(state_with_stakes(record), record.is_public()) for record in records]
    children = list(_children_of(model, records))
    for some in in_chunks([record.pk for record in records]):
        model.objects.filter(pk__in=some).update(**columns, version=F("version") + 1)
    for record, (state, was_public) in zip(records, before, strict=True):
        for name, value in columns.items():
            setattr(record, name, value)
        record.version += 1
        act.append(kind=record.KIND, code=record.code, verb=Verb.UPDATED, before=state,
                   after=state_with_stakes(record), feed_verb=_told(was_public, record.is_public()))
    for child, was_public in children:
        if child.is_public() != was_public:
            state = state_of(child)
            act.append(kind=child.KIND, code=child.code, verb=Verb.UPDATED, before=state, after=state,
                       feed_verb=_told(was_public, child.is_public()))


def touch_many(*, act: Writing, records: Iterable) -> None:
    """Raise the versions of records because something that belongs to each has changed; once an act."""
    untouched = [record for record in records if not act.has_noted(record)]
    for model in {type(record) for record in untouched}:
        _touch(act, model, [record.pk for record in untouched if type(record) is model])


def _touch(act: Writing, model, keys: list[int]) -> None:
    for some in in_chunks(keys):
        present = model.objects.filter(pk__in=some)
        for record in present.prefetch_related("stakes") if model is Project else present:
            before = state_with_stakes(record)
            record.version, record.updated_at = record.version + 1, act.at
            told = Verb.UPDATED if record.is_public() else ""
            act.append(kind=record.KIND, code=record.code, verb=Verb.UPDATED, feed_verb=told, before=before,
                       after=before | {"version": record.version})
        present.update(version=F("version") + 1, updated_at=act.at)


def delete_many(*, act: Writing, records: Sequence) -> None:
    """Delete records of one noun that nothing refers to, with the stakes of projects."""
    for some in in_chunks(records):
        for record in some:
            told = Verb.DELETED if record.is_public() else ""
            act.append(kind=record.KIND, code=record.code, verb=Verb.DELETED, feed_verb=told,
                       before=state_with_stakes(record), after=None)
        keys = [record.pk for record in some]
        Stake.objects.filter(project__in=keys if type(some[0]) is Project else []).delete()
        type(some[0]).objects.filter(pk__in=keys).delete()


def state_with_stakes(record) -> dict:
    """The state of a record, with the stakes of a project as they were fetched before."""
    if isinstance(record, Project):
        return state_of(record, stakes=sorted(record.stakes.all(), key=lambda stake: stake.pk))
    return state_of(record)


def rejoin(record) -> None:
    """Set the keys of records that were written after this one was made of them."""
    for name, column in _references(type(record)):
        if other := record._state.fields_cache.get(name):
            record.__dict__[column] = other.pk  # the column's own descriptor would forget the record


@cache
def _references(model) -> list[tuple[str, str]]:
    return [(field.name, field.attname) for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def _children_of(model, records: Sequence) -> Iterator[tuple]:
    """What belongs to the records, each tied to the very record here, and whether it is public as yet."""
    owners = {record.pk: record for record in records}
    for name in CHILDREN.get(model, ()):
        relation = model._meta.get_field(name)
        field = relation.field
        for some in in_chunks(owners):
            for child in relation.related_model.objects.filter(**{f"{field.name}__in": some}):
                field.set_cached_value(child, owners[getattr(child, field.attname)])
                yield child, child.is_public()


def _told(was_public: bool, is_public: bool) -> str:
    if is_public:
        return Verb.UPDATED if was_public else Verb.CREATED
    return Verb.WITHDRAWN if was_public else ""


def _prepare(act: Writing, records: Sequence) -> None:
    unnamed = [record for record in records if not record.code]
    if unnamed:
        codes = act.next_codes(PREFIX[unnamed[0].KIND], len(unnamed))
        for record, code in zip(unnamed, codes, strict=True):
            record.code = code
    for record in records:
        record.updated_at = act.at


def _note(act: Writing, record, after: dict, is_public: bool) -> None:
    told = Verb.CREATED if is_public else ""
    act.append(kind=record.KIND, code=record.code, verb=Verb.CREATED, feed_verb=told, before=None, after=after)
