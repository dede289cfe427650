"""What a source says, as a reader sees it: the words of the facts file told in the reader's language."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.models import Country, Project, Statement
from registry.templatetags.register_format import name_here, number
from registry.vocabulary.attribute import UNITS, VALUES
from registry.vocabulary.indicator import RANK
from registry.vocabulary.investor import INDIVIDUAL
from registry.vocabulary.milestone import Reality
from registry.vocabulary.money import in_written

from .notes import Note, Notes
from .subject import Made, Subject, made_of, subject_of

DAY_CODE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?|-Q[1-4])?")
COUNTRY_CODES = re.compile(r"[A-Z]{2}(; [A-Z]{2})*")


@dataclass(frozen=True)
class Value:
    """``amount`` with its currency and mark, or a text; ``lang`` where the text is not in the page's language."""

    text: str = ""
    lang: str = ""
    amount: Decimal | None = None
    currency: str = ""
    mark: str = ""


@dataclass(frozen=True)
class StatedLine:
    """One statement on a page. ``conflict`` is the number of its conflict on the page, None where it is in none."""

    statement: Statement
    value: Value
    notes: tuple[Note, ...]
    conflict: int | None = None

    @property
    def subject(self) -> Subject:
        return subject_of(self.statement)

    @property
    def made(self) -> Made | None:
        return made_of(self.statement)


class Teller:
    """Tells the statements of one page. ``persons`` are natural persons' names, which the public never sees."""

    def __init__(self, notes: Notes, countries: Mapping[str, Country], persons: list[str]):
        self.notes, self.countries, self.persons = notes, countries, persons

    def line(self, statement: Statement, conflict: int | None = None) -> StatedLine:
        return StatedLine(statement=statement, value=self.value(statement),
                          notes=self.notes.of_statement(statement), conflict=conflict)

    def value(self, statement: Statement) -> Value:
        stated = in_written(statement.value, statement.unit)
        if stated:
            return Value(amount=stated.amount, currency=stated.currency, mark=mark_of(statement))
        if not statement.value or (statement.date and not statement.unit and DAY_CODE.fullmatch(statement.value)):
            return Value(text=str(Reality(statement.reality).label))
        if statement.unit:
            return Value(text=_with_unit(statement.value, statement.unit))
        if statement.attribute == "home_country" and COUNTRY_CODES.fullmatch(statement.value):
            return Value(text=", ".join(self._country(code) for code in statement.value.split("; ")))
        return self._words(statement.value)

    def _country(self, code: str) -> str:
        return name_here(self.countries[code]) if code in self.countries else code

    def _words(self, value: str) -> Value:
        if value in VALUES:
            return Value(text=str(VALUES[value]))
        for name in self.persons:
            value = value.replace(name, str(INDIVIDUAL))
        return Value(text=value, lang=_language_of(value))


def valued(value: str, unit: str) -> Value:
    """A number with its unit, as money where it is money; without a mark."""
    held = in_written(value, unit)
    return Value(amount=held.amount, currency=held.currency) if held else Value(text=_with_unit(value, unit))


def mark_of(statement: Statement) -> str:
    """How sure a statement's figure is: a plan, on a certificate, or stated by the press."""
    if statement.reality == Reality.PLANNED:
        return "planned"
    return "certificate" if statement.source.confirms else "press"


def country_codes(statements: list[Statement]) -> set[str]:
    """The codes that statements name as home countries."""
    return {
        code
        for statement in statements
        if statement.attribute == "home_country" and COUNTRY_CODES.fullmatch(statement.value)
        for code in statement.value.split("; ")
    }


def persons_of(project: Project) -> list[str]:
    """The names of the natural persons among a project's investors."""
    holders = [stake.investor for stake in project.stakes.all() if stake.investor.is_person]
    return [name for holder in holders for name in (holder.name, holder.name_en, holder.name_native) if name]


def _with_unit(value: str, unit: str) -> str:
    with suppress(InvalidOperation):
        value = number(Decimal(value))
    if unit == RANK:
        return _("thứ %(place)s") % {"place": value}
    return f"{value} {UNITS.get(unit, unit)}"


def _language_of(words: str) -> str:
    """``en`` for several words without a Vietnamese letter on a Vietnamese page, ``vi`` for Vietnamese on an English
    one, empty for names and for the page's own language."""
    if get_language() == "vi":
        return "en" if words.isascii() and " " in words and words[0].islower() else ""
    return "" if words.isascii() else "vi"

