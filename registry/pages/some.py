"""The first rows of a list that may be long, and whether there are more: no page is without an end."""

from dataclasses import dataclass

from django.db.models import QuerySet


@dataclass(frozen=True)
class Some:
    """Rows, and whether there are others."""

    rows: list
    more: bool

    def __bool__(self):
        return bool(self.rows)


def some(rows: QuerySet, most: int) -> Some:
    """The first rows, at most so many. One query."""
    found = list(rows[:most + 1])
    return Some(found[:most], len(found) > most)
