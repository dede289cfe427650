"""What the register's own file would say of a record, so that a file that it gave comes back unchanged."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from django.utils import timezone, translation

from registry.exchange.columns.officers import PUBLICATION, table_for_officers
from registry.exchange.columns.shape import DAY, MOMENT, NUMBER, WHOLE, WORD, YES, Column, value_of
from registry.exchange.documents import DOCUMENTS, Context
from registry.exchange.workbook.sheet import UNSEEN
from registry.models import NOUNS
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.investor import INDIVIDUAL

from .cells import as_text, as_vague_day, as_yes
from .headings import LANGUAGES
from .words import spellings

CHUNK = 500
ROUNDED = timedelta(seconds=1)  # a spreadsheet keeps moments as fractions of a day
BASE = "/api/v1/"


class Present:
    """A record as a row of its table's file: as the public's file says it, the officers', or either (``documents``).
    None stands for a record that is not there yet."""

    def __init__(self, columns: Mapping[str, Column], documents: Sequence[dict | None]):
        self.columns, self.documents = columns, documents

    def says(self, name: str, value) -> bool:
        """Whether a cell holds what the register's file would say there, in either language and either form."""
        column = self.columns.get(name)
        return column is not None and any(self._says(column, document, value) for document in self.documents)

    def _says(self, column: Column, document: dict | None, value) -> bool:
        present = None if document is None else _value(column, document)
        if present is None or value is None:
            return present is None and (value is None or (document is None and _is_nothing(value)))
        if column.name == "url":
            return str(value).endswith(present)
        return _equal(column, present, value)

    def shown(self, name: str) -> str:
        column = self.columns[name]
        document = self.documents[-1]
        present = None if document is None else _value(column, document)
        return str(column.words(present).label) if column.words and present else as_text(present)


NEW = (None,)  # the documents of a record that is not there yet


def _value(column: Column, document: dict) -> object:
    """The state of publication stands in the officers' file alone."""
    return None if column.name == PUBLICATION.name and column.name not in document else value_of(column, document)


def columns_of(table: str, kind: str) -> dict[str, Column]:
    """The columns of the officers' file, which has those of the public's."""
    return {column.name: column for column in table_for_officers(kind, table).columns}


def documents_of(kind: str, codes: list[str], context: Context) -> dict[str, dict]:
    """The documents of the records that the reader may see, by code. A fixed number of queries for each 500."""
    found = {}
    for start in range(0, len(codes), CHUNK):
        keys = context.rows(NOUNS[kind]).filter(code__in=codes[start:start + CHUNK]).values_list("pk", flat=True)
        found |= {each["code"]: each for each in DOCUMENTS[kind].load(list(keys), context)}
    return found


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
    return " ".join(text.translate(UNSEEN).split())


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
