"""Plain data as programs get it: values of JSON, and the schema that says so."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache

from registry.models import NOUNS
from registry.models.base import Publishable
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication
from registry.vocabulary.statement import SubjectKind
from registry.vocabulary.visibility import Visibility

from .reading import MOST_DAYS, Reading, seen
from .visibility import VISIBLE

MOST_MOMENTS = 1000


@dataclass(frozen=True)
class Context:
    """For whom a document is written: the base of addresses, the day of its sums, and who reads it.

    Staff read every record, drafts and withdrawn ones too; everybody else those that are public. Nobody who does not
    say so is staff.
    """

    base: str
    as_of: date
    known_on: date | None = None
    reader: str = Visibility.PUBLIC

    def url(self, path: str, code: str) -> str:
        return f"{self.base}{path}/{code}/"

    @cached_property
    def for_staff(self) -> bool:
        return self.reader == Visibility.STAFF

    def rows(self, model):
        """The records of a noun that the reader may see."""
        return seen(model, for_staff=self.for_staff)

    def sees(self, record) -> bool:
        """Whether there is such a record and the reader may see it."""
        return record is not None and (self.for_staff or record.is_public())


@dataclass(frozen=True)
class Document:
    """A noun as nested plain data. ``reads`` brings the rows of which ``build`` makes documents, ``extras`` what it
    takes besides for all of them together, in a fixed number of queries."""

    kind: str
    path: str
    reads: Reading
    build: object
    schema: dict
    extras: object = field(default=lambda rows, context: None)

    def load(self, keys: list[int], context: Context) -> list[dict]:
        """The documents of these keys, in their order, with the fields that the reader sees."""
        return list(self._told(self.reads.rows(keys, for_staff=context.for_staff), context))

    def every(self, context: Context, *, size: int) -> Iterator[dict]:
        """The documents of all records that the reader may see, in the order of their keys, so many in memory at a
        time."""
        for rows in self.reads.every(for_staff=context.for_staff, size=size):
            yield from self._told(rows, context)

    def _told(self, rows: list, context: Context) -> Iterator[dict]:
        """One document after the other: whoever writes each at once finds it in the processor's cache still."""
        extras = self.extras(rows, context)
        hidden = self.schema["properties"].keys() - VISIBLE[self.kind].by(context.reader)
        tells_publication = self._tells_publication(context.reader)
        for row in rows:
            document = self.build(row, context, extras)
            for name in hidden:
                del document[name]
            if tells_publication:
                document["publication"] = row.publication
            yield document

    def schema_for(self, reader: str) -> dict:
        """The schema of what a reader sees."""
        seen = VISIBLE[self.kind].by(reader)
        shown = {name: each for name, each in self.schema["properties"].items() if name in seen}
        return shape(**shown | ({"publication": words(Publication)} if self._tells_publication(reader) else {}))

    def _tells_publication(self, reader: str) -> bool:
        """Of what the public sees there is nothing to tell: it is published."""
        return reader == Visibility.STAFF and issubclass(NOUNS[self.kind], Publishable)


@lru_cache(maxsize=MOST_DAYS)
def day(stated: VagueDay | None) -> dict | None:
    """A day that a document states, with labels in both languages; null where nobody stated it. Equal days are one
    object: nobody changes it."""
    if stated is None:
        return None
    return {"earliest": stated.earliest.isoformat(), "latest": stated.latest.isoformat(),
            "label": stated.label, "label_en": stated.label_en}


@lru_cache(maxsize=MOST_MOMENTS)
def moment(at: datetime) -> str:
    """A moment in UTC. What is written in one act has one."""
    return f"{(at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat()[:-6]}Z"


@lru_cache(maxsize=MOST_DAYS)
def iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def decimal(value: Decimal | None) -> str | None:
    """A decimal as text, so that no reader's float rounds it; trailing zeros of the column dropped."""
    return None if value is None else f"{value.normalize():f}"


def money(value: Decimal | None) -> str | None:
    """An amount with two places, as text."""
    if value is None:
        return None
    text = str(value)
    return text if text[-3:-2] == "." else f"{value:.2f}"  # formatting takes three times as long


def written(amount: Decimal | None, currency: str) -> dict | None:
    """An amount in the currency in which a document prints it."""
    return None if amount is None else {"amount": money(amount), "currency": currency}


def text(value: str | None) -> str | None:
    """Null for what is not recorded."""
    return value or None


def ref(record, context: Context, **more) -> dict | None:
    """Another record by code and name; null where there is none that the reader may see."""
    return {"code": record.code, "name": record.name, **more} if context.sees(record) else None


def cited(source, context: Context) -> dict | None:
    return {"code": source.code, "title": source.name} if context.sees(source) else None


def position(record, *, basis: str | None = None, approximate: bool = True) -> dict | None:
    if record.latitude is None:
        return None
    return {"latitude": record.latitude, "longitude": record.longitude, "approximate": approximate, "basis": basis}


def head(record, path: str, context: Context) -> dict:
    """What every record begins with."""
    return {"code": record.code, "url": context.url(path, record.code), "version": record.version,
            "updated_at": record.updated_at}


TEXT = {"type": "string"}
MAYBE_TEXT = {"type": ["string", "null"]}
WHOLE = {"type": "integer"}
MAYBE_WHOLE = {"type": ["integer", "null"]}
YES_NO = {"type": "boolean"}
MOMENT = {"type": "string", "format": "date-time"}
ISO_DAY = {"type": "string", "format": "date"}
MAYBE_ISO_DAY = {"type": ["string", "null"], "format": "date"}
MONEY = {"type": "string", "pattern": r"^-?\d+\.\d{2}$", "description": "US dollars with two places"}
MAYBE_MONEY = {**MONEY, "type": ["string", "null"]}
MAYBE_DECIMAL = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"}


def shape(**properties) -> dict:
    """An object with exactly these properties."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def maybe(schema: dict) -> dict:
    return {"oneOf": [schema, {"type": "null"}]}


def many(schema: dict) -> dict:
    return {"type": "array", "items": schema}


def words(choices, *, nullable: bool = False) -> dict:
    values = list(choices.values)
    return {"type": ["string", "null"], "enum": [*values, None]} if nullable else {"type": "string", "enum": values}


DAY = maybe(shape(earliest=ISO_DAY, latest=ISO_DAY, label=TEXT, label_en=TEXT))
REF = maybe(shape(code=TEXT, name=TEXT))
CITED = maybe(shape(code=TEXT, title=TEXT))
POSITION = maybe(shape(latitude={"type": "number"}, longitude={"type": "number"}, approximate=YES_NO, basis=MAYBE_TEXT))
WRITTEN = maybe(shape(amount={"type": "string", "pattern": r"^-?\d+\.\d{2}$"}, currency=TEXT))
HEAD = {"code": TEXT, "url": {"type": "string", "format": "uri"}, "version": WHOLE, "updated_at": MOMENT}
SUBJECT = shape(kind=words(SubjectKind), code=MAYBE_TEXT, name=TEXT)
