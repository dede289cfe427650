"""The fields of a document as cells of a page, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from registry.exchange.columns.shape import DAY, MOMENT, NUMBER, STATED_DAY, WHOLE, WORD, Field
from registry.models import NOUNS
from registry.templatetags.register_format import lang_here, name_here, sentence, stated_day
from registry.vocabulary.investor import INDIVIDUAL
from registry.vocabulary.language import PARTLY

from .addresses import page_of_record


@dataclass(frozen=True)
class Said:
    """A text, with its language where that is not the page's, and the address to which it leads, if any."""

    text: str
    lang: str = ""
    address: str = ""


@dataclass(frozen=True)
class Cell:
    """One field of one record: ``said`` for texts and names, else ``value``; both empty where nothing is known.

    ``kind`` is the field's: a number, a day, a moment, yes or no, or a text.
    """

    label: str
    kind: str
    value: object = None
    said: tuple[Said, ...] = ()

    @property
    def is_number(self) -> bool:
        return self.kind in (NUMBER, WHOLE)

    @property
    def is_empty(self) -> bool:
        return self.value is None and not self.said


class Names:
    """The records that documents name by code alone: countries and sectors. One query for each kind."""

    def __init__(self, fields: Iterable[Field], documents: list[Mapping]):
        self._found = {}
        for field in fields:
            if field.to and not field.parts:
                codes = {document[field.name] for document in documents if document[field.name]}
                rows = NOUNS[field.to].objects.public().filter(code__in=codes)
                self._found |= {(field.to, row.code): row for row in rows}

    def said(self, kind: str, code: str) -> Said:
        record = self._found.get((kind, code))
        return Said(name_here(record), lang_here(record), page_of_record(kind, code)) if record else Said(code)


def cell_of(field: Field, document: Mapping, names: Names) -> Cell:
    value = document[field.name]
    if value in (None, "", []):
        return Cell(field.label, field.kind)
    if field.parts == STATED_DAY:
        return Cell(field.label, DAY, said=(Said(stated_day(value["label"], value["label_en"])),))
    if field.parts:
        named = value if field.many else [value]
        return Cell(field.label, field.kind, said=tuple(_named(field, each) for each in named if each))
    if field.many:
        return Cell(field.label, field.kind, said=tuple(in_vietnamese(str(each)) for each in value))
    if field.to:
        return Cell(field.label, field.kind, said=(names.said(field.to, value),))
    return _plain(field, value, document.get(f"{field.name}_en"))


def _plain(field: Field, value, english: str | None) -> Cell:
    match field.kind:
        case "word":
            return Cell(field.label, WORD, said=(Said(sentence(field.words(value).label)),))
        case "day":
            return Cell(field.label, DAY, date.fromisoformat(value))
        case "moment":
            return Cell(field.label, MOMENT, datetime.fromisoformat(value))
        case "number" | "whole" | "yes":
            return Cell(field.label, field.kind, value)
        case _:
            return Cell(field.label, field.kind, said=(in_reader_language(value, english),))


def _named(field: Field, ref: Mapping) -> Said:
    text = ref.get("name") or ref.get("title") or ref.get("code") or ""
    code = "-".join(ref[key] or "" for key in field.code_from)
    return Said(text, in_vietnamese(text).lang, page_of_record(field.to, code))


def in_vietnamese(text: str) -> Said:
    """A text of a record, which is Vietnamese unless it has no mark at all."""
    return Said(text, "vi" if get_language() != "vi" and not text.isascii() else "")


def in_reader_language(text: str, english: str | None) -> Said:
    if not english or get_language() == "vi":
        return in_vietnamese(text)
    return Said(english, "en" if get_language() in PARTLY else "")


def name_of(document: Mapping) -> Said:
    """The name of a record in the reader's language."""
    name = document.get("name") or document["title"]
    if get_language() in PARTLY:
        return in_vietnamese(name)
    return in_reader_language(name, document.get("name_en") or document.get("title_en"))


def name_of_record(record) -> str:
    """What the public calls a record in the reader's language; never a natural person's name."""
    return str(INDIVIDUAL) if getattr(record, "is_person", False) else name_here(record)
