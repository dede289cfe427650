"""Many new published records at once, for loaders of whole data sets.

A loader checks each row where it reads it (``check_columns``, and the rules of the noun), so that it can name
the line; what is here writes them in one statement each, with a change for every record.
"""

from collections.abc import Sequence
from functools import cache

from django.core.exceptions import ValidationError

from registry.models import Project, Stake
from registry.models.base import Searchable
from registry.models.rows import insert_rows
from registry.vocabulary.change import Verb

from .payload import state_of
from .record import PREFIX, InvalidRecord
from .writing import Writing


def check_columns(record) -> None:
    """Check lengths, choices and ranges without a query; relations and uniqueness are the loader's to check.

    Raises InvalidRecord. A code that is still to be given may be empty.
    """
    left_out = _relations(type(record))
    try:
        record.clean_fields(exclude=left_out if record.code else left_out | {"code"})
    except ValidationError as error:
        raise InvalidRecord(record, error) from error


@cache
def _relations(model) -> frozenset[str]:
    return frozenset(field.name for field in model._meta.concrete_fields if field.is_relation)


def create_many(*, act: Writing, records: Sequence) -> None:
    """Write new published records of one noun, with codes for those that have none."""
    _prepare(act, records)
    if not records:
        return
    if isinstance(records[0], Searchable):
        for record in records:
            record.indexed()
    insert_rows(records)
    for record in records:
        _note(act, record, state_of(record))


def open_many(*, act: Writing, projects: Sequence[tuple[Project, list[Stake]]]) -> None:
    """Write new published projects, each with its stakes in the order of their position."""
    _prepare(act, [project for project, _stakes in projects])
    for project, stakes in projects:
        project.indexed(stakes=stakes)
    insert_rows([project for project, _stakes in projects])
    for project, stakes in projects:
        for stake in stakes:
            stake.project = project  # again, now that it has its key
    insert_rows([stake for _project, stakes in projects for stake in stakes])
    for project, stakes in projects:
        _note(act, project, state_of(project, stakes=stakes))


def _prepare(act: Writing, records: Sequence) -> None:
    unnamed = [record for record in records if not record.code]
    if unnamed:
        codes = act.next_codes(PREFIX[unnamed[0].KIND], len(unnamed))
        for record, code in zip(unnamed, codes, strict=True):
            record.code = code
    for record in records:
        record.updated_at = act.at


def _note(act: Writing, record, after: dict) -> None:
    act.append(
        kind=record.KIND, code=record.code, verb=Verb.CREATED, feed_verb=Verb.CREATED, before=None, after=after
    )
