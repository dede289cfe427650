"""A table for people: its columns, each with the word of the API, a heading and how to read a row.

A noun's ``Field`` stands for one key of its document (``exchange/documents``): pages show fields, files show the
columns into which a field unfolds (a stated day into earliest, latest and label, another record into code and name).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

# What a column holds, and so how a file types its cells.
TEXT, WORD, NUMBER, WHOLE, DAY, MOMENT, YES = "text", "word", "number", "whole", "day", "moment", "yes"

JOINT = "; "
FOR_PROGRAMS = ("url", "version", "updated_at")


@dataclass(frozen=True)
class Column:
    """``name`` heads the column in CSV and stands in the API, ``label`` heads it on pages and in XLSX.

    ``get(row)`` gives the value as plain data (text, number, true, day in ISO form) or None. ``words`` are the choices
    of a closed list: pages and XLSX show their labels, CSV the words of the API. ``inside`` are the keys of a value
    that is the part of an object, by which many rows are read faster than one by one.
    """

    name: str
    label: str
    kind: str
    get: Callable[[object], object]
    words: type | None = None
    inside: tuple[str, str] | None = None

    def values(self, rows: list) -> list:
        """What ``get`` gives of each row."""
        if self.inside is None:
            return list(map(self.get, rows))
        name, key = self.inside
        return [None if (part := row[name]) is None else part[key] for row in rows]


@dataclass(frozen=True)
class Table:
    """``name`` begins the name of its files."""

    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Part:
    """One key of an object inside a document."""

    key: str
    label: str
    kind: str = TEXT
    words: type | None = None


@dataclass(frozen=True)
class Field:
    """One key of a document. ``parts`` are the keys of the object there; ``many``: of each object of a list, which a
    file joins in one cell. ``to`` is the kind of record that it names, whose code is ``code`` of the parts, or the keys
    of ``code_from`` with a dash between; ``listed``: a column of the list's page."""

    name: str
    label: str
    kind: str = TEXT
    words: type | None = None
    parts: tuple[Part, ...] = ()
    many: bool = False
    to: str = ""
    listed: bool = False
    code_from: tuple[str, ...] = ("code",)

    def columns(self) -> tuple[Column, ...]:
        if not self.parts:
            get = _joined(self.name) if self.many else _at(self.name)
            return (Column(self.name, self.label, self.kind, get, self.words),)
        return tuple(
            Column(
                f"{self.name}.{part.key}", format_lazy("{}: {}", self.label, part.label),
                TEXT if self.many else part.kind,
                _joined(self.name, part.key) if self.many else _inside(self.name, part.key),
                None if self.many else part.words, None if self.many else (self.name, part.key),
            )
            for part in self.parts
        )


@dataclass(frozen=True)
class Fields:
    """A noun as a table: its fields in the order of its document; what only programs need stands last in files."""

    name: str
    fields: tuple[Field, ...]

    def table(self) -> Table:
        ordered = sorted(self.fields, key=lambda field: field.name in FOR_PROGRAMS)
        return Table(self.name, tuple(column for field in ordered for column in field.columns()))

    def listed(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.listed)


def _at(name: str) -> Callable[[Mapping], object]:
    return itemgetter(name)


def _inside(name: str, key: str) -> Callable[[Mapping], object]:
    return lambda row: None if (part := row[name]) is None else part[key]


def _joined(name: str, key: str = "") -> Callable[[Mapping], str]:
    """Every value of a list in one text; a value that is missing keeps its place."""

    def get(row: Mapping) -> str:
        found = row[name]
        if not found:
            return ""
        if len(found) == 1 and found[0] is not None:  # as most are
            return _as_text(found[0][key] if key else found[0])
        return JOINT.join([_as_text(each[key] if key else each) for each in found if each is not None or not key])

    return get


def _as_text(value) -> str:
    if type(value) is str:
        return value
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


CODE_AND_NAME = (Part("code", _("mã")), Part("name", _("tên")))
CODE_AND_TITLE = (Part("code", _("mã")), Part("title", _("tên")))
STATED_DAY = (Part("earliest", _("sớm nhất"), DAY), Part("latest", _("muộn nhất"), DAY), Part("label", _("như nêu")))
WRITTEN = (Part("amount", _("số tiền"), NUMBER), Part("currency", _("loại tiền")))
POSITION = (Part("latitude", _("vĩ độ"), NUMBER), Part("longitude", _("kinh độ"), NUMBER),
            Part("approximate", _("gần đúng"), YES), Part("basis", _("căn cứ")))


class Of:
    """Fields of one model's document, headed by the model's own Vietnamese names."""

    def __init__(self, model):
        self.model = model

    def label(self, name: str) -> str:
        return self.model._meta.get_field(name).verbose_name

    def text(self, name: str, *, label=None, **more) -> Field:
        return Field(name, label or self.label(name), **more)

    def number(self, name: str, **more) -> Field:
        return Field(name, self.label(name), NUMBER, **more)

    def whole(self, name: str, **more) -> Field:
        return Field(name, self.label(name), WHOLE, **more)

    def yes(self, name: str, **more) -> Field:
        return Field(name, self.label(name), YES, **more)

    def day(self, name: str, **more) -> Field:
        return Field(name, self.label(name), DAY, **more)

    def words(self, name: str, words: type, **more) -> Field:
        return Field(name, self.label(name), WORD, words, **more)

    def stated_day(self, name: str, label, **more) -> Field:
        """A vague day is no single field of the model: ``label`` names it."""
        return Field(name, label, parts=STATED_DAY, **more)

    def ref(self, name: str, *, to: str = "", **more) -> Field:
        return Field(name, self.label(name), parts=CODE_AND_NAME, to=to or name, **more)

    def cited(self, name: str = "source", **more) -> Field:
        return Field(name, _("nguồn"), parts=CODE_AND_TITLE, to="source", **more)

    def head(self) -> tuple[Field, ...]:
        return (
            self.text("code"),
            Field("url", _("địa chỉ API")),
            self.whole("version"),
            Field("updated_at", self.label("updated_at"), MOMENT),
        )


def value_of(column: Column, row) -> object:
    """The value of a cell with its type: Decimal, int, date, aware datetime, bool, text; None where there is none."""
    value = column.get(row)
    if value is None or value == "":
        return None
    match column.kind:
        case "number":
            return Decimal(str(value))
        case "whole":
            return int(value)
        case "day":
            return value if isinstance(value, date) else date.fromisoformat(value)
        case "moment":
            return value if isinstance(value, datetime) else datetime.fromisoformat(value)
        case "yes":
            return bool(value)
        case _:
            return str(value)
