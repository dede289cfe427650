"""What the register's own file would say of a record, so that a file that it gave comes back unchanged."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.utils import timezone, translation

from registry.exchange.columns import FIELDS
from registry.exchange.columns.shape import DAY, MOMENT, NUMBER, WHOLE, WORD, YES, Column, value_of
from registry.exchange.documents import DOCUMENTS, Context
from registry.models import NOUNS
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.investor import INDIVIDUAL

from .cells import as_text, as_vague_day, as_yes, spellings
from .headings import LANGUAGES

CHUNK = 500
ROUNDED = timedelta(seconds=1)  # a spreadsheet keeps moments as fractions of a day
BASE = "/api/v1/"


class Present:
    """A record as a row of its table's file; ``document`` None stands for a record that is not there yet."""

    def __init__(self, columns: Mapping[str, Column], document: dict | None):
        self.columns, self.document = columns, document

    def says(self, name: str, value) -> bool:
        """Whether a cell holds what the register's file would say there, in either language and either form."""
        column = self.columns.get(name)
        if column is None:
            return False
        present = None if self.document is None else value_of(column, self.document)
        if present is None or value is None:
            return present is None and (value is None or (self.document is None and _is_nothing(value)))
        if name == "url":
            return str(value).endswith(present)
        return _equal(column, present, value)

    def shown(self, name: str) -> str:
        column = self.columns[name]
        present = None if self.document is None else value_of(column, self.document)
        return str(column.words(present).label) if column.words and present else as_text(present)


def columns_of(table: str) -> dict[str, Column]:
    return {column.name: column for column in FIELDS[table].table().columns}


def documents_of(kind: str, keys: list[int], *, as_of: date, known_on: date | None = None) -> dict[str, dict]:
    """The documents of public records by code. A fixed number of queries for each 500."""
    found = {}
    for start in range(0, len(keys), CHUNK):
        context = Context(base=BASE, as_of=as_of, known_on=known_on)
        found |= {each["code"]: each for each in DOCUMENTS[kind].load(keys[start:start + CHUNK], context)}
    return found


def public_keys(kind: str, codes: list[str]) -> list[int]:
    keys = []
    for start in range(0, len(codes), CHUNK):
        rows = NOUNS[kind].objects.public().filter(code__in=codes[start:start + CHUNK])
        keys += rows.values_list("pk", flat=True)
    return keys


def _is_nothing(value) -> bool:
    """What a file says of a record that has no ledger yet."""
    with suppress(ValueError, ArithmeticError):
        return float(value) == 0
    return False


def _equal(column: Column, present, value) -> bool:
    match column.kind:
        case kind if kind in (NUMBER, WHOLE):
            with suppress(ValueError, ArithmeticError, TypeError):
                return not isinstance(value, bool) and float(present) == float(value)
            return False
        case kind if kind == DAY:
            with suppress(RuleBroken):
                day = as_vague_day(value)
                return (day.earliest, day.latest) == (present, present)
            return False
        case kind if kind == MOMENT:
            return _same_moment(present, value)
        case kind if kind == YES:
            with suppress(RuleBroken):
                return as_yes(value) == present
            return False
        case kind if kind == WORD and column.words:
            return _words(str(value)).lower() == present or (
                " ".join(str(value).lower().split()) in _labels(column.words(present)))
        case _:
            return _words(as_text(value)) == _words(present) or _is_individual(present, value)


def _labels(word) -> set[str]:
    found = set()
    for language in LANGUAGES:
        with translation.override(language):
            found.add(str(word.label).lower())
    return found | {spelling for spelling in spellings(word) if spelling == word.value}


def _words(text: str) -> str:
    return " ".join(text.split())


def _is_individual(present: str, value) -> bool:
    """A natural person's public name, in the language of whoever took the file. Among others in a list too."""
    names = []
    for language in LANGUAGES:
        with translation.override(language):
            names.append(str(INDIVIDUAL))
    mine, other = _words(present), _words(as_text(value))
    for name in names:
        mine, other = mine.replace(name, "?"), other.replace(name, "?")
    return "?" in mine and mine == other


def _same_moment(present: datetime, value) -> bool:
    if isinstance(value, str):
        with suppress(ValueError):
            value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        return False
    if timezone.is_naive(value):  # a spreadsheet has the local time
        value = timezone.make_aware(value)
    return abs(value - present) < ROUNDED
