"""What a document reads of a noun: its columns and those of the records that it names, in one query, as light rows.

A row has the attributes of the model that it names and no others, and knows what the model knows: who may see it. A
stated day is a ``VagueDay``, a record it refers to another row; None where there is none.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from functools import lru_cache, partial
from inspect import getattr_static

from django.db.models import Model, QuerySet

from registry.models.asked import Among, asked, streamed
from registry.models.fields import vague_days
from registry.vocabulary.period import VagueDay

# What a row knows as its model does, and the column that it takes, which is read wherever there is one: whoever forgot
# it would show a draft, or a natural person's name.
AS_THE_MODEL = {"code": "", "is_public": "publication", "is_person": "kind", "subject": "subject_kind",
                "confirmed_usd": ""}
MOST_DAYS = 20_000


@lru_cache(maxsize=MOST_DAYS)
def _stated(values: tuple) -> VagueDay:
    return VagueDay(*values)


class Reading:
    """``names`` are columns and stated days of a model, ``others`` what is read of the records behind its foreign
    keys, of which the first name is never null."""

    def __init__(self, model: type[Model], names: str, **others: Reading):
        self.model = model
        days = [name for name in names.split() if name in vague_days(model)]
        own = [name for name in names.split() if name not in days]
        there = {field.name for field in model._meta.concrete_fields}
        own += [column for known, column in AS_THE_MODEL.items()
                if hasattr(model, known) and column in there and column not in own]
        self.columns, self.own, self.parts = list(own), len(own), []
        for name in days:
            stem = name.removesuffix("_on")
            self._add([f"{stem}_{end}" for end in ("earliest", "latest", "words")], _stated)
        for name, other in others.items():
            self._add([f"{name}__{column}" for column in other.columns], other.row if other.parts else other.make)
        base = namedtuple(model.__name__, [*own, *days, *others])
        known = {name: getattr_static(model, name) for name in AS_THE_MODEL
                 if hasattr(model, name) and name not in base._fields}
        # Not the named tuple's own _make, which is Python.
        self.make = partial(tuple.__new__, type(f"{model.__name__}Row", (base,), {"__slots__": (), **known}))

    def _add(self, columns: list[str], make) -> None:
        start = len(self.columns)
        self.columns += columns
        self.parts.append((start, slice(start, len(self.columns)), make))

    def row(self, values: tuple):
        """The light row of one tuple of the columns."""
        return self.make(values[:self.own] + tuple([
            None if values[first] is None else make(values[part]) for first, part, make in self.parts
        ]))

    def rows(self, keys: list[int], *, for_staff: bool) -> list:
        """The rows with these keys that the reader may see, in the order of the keys. One query."""
        found = {values[-1]: values for values in _read(keys, self, for_staff)}
        return [self.row(found[key]) for key in keys if key in found]

    def every(self, *, for_staff: bool, size: int) -> Iterator[list]:
        """All rows that the reader may see, in the order of their keys, so many at a time. One query."""
        rows = seen(self.model, for_staff=for_staff).order_by("pk").values_list(*self.columns)
        for some in streamed(rows, size):
            yield [self.row(values) for values in some]


@asked
def _read(reading: Reading, for_staff: bool):
    return seen(reading.model, for_staff=for_staff).filter(Among("pk")).values_list(*reading.columns, "pk")


def seen(model: type[Model], *, for_staff: bool) -> QuerySet:
    """The records of a noun that the reader may see: staff every one, others what is public."""
    return model.objects.all() if for_staff else model.objects.public()
