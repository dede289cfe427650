"""How columns of a file become columns of a record, each kind of them once."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from registry.models.rows import relate
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay, read_day

from .cells import Row
from .headings import comparable
from .matching import NoSuch, NotThisName, Several


@dataclass(frozen=True)
class Setter:
    """``names`` are the file's columns that it reads, ``attr`` what it sets; ``read(row, present)`` gives the value."""

    names: tuple[str, ...]
    attr: str

    def read(self, row: Row, present):
        raise NotImplementedError

    def given(self, row: Row) -> bool:
        """Whether the row says anything here."""
        return row.has_any(self.names)

    def put(self, record, value) -> None:
        """Set the value of a new record."""
        setattr(record, self.attr, value)

    def columns(self, value) -> dict:
        """The value as columns of the record."""
        return {self.attr: value}


@dataclass(frozen=True)
class Plain(Setter):
    """One cell, one column; ``reader`` takes the row and the column's name. ``empty`` is what an empty cell means."""

    reader: Callable = Row.text
    empty: object = ""

    def read(self, row: Row, present):
        value = self.reader(row, self.names[0])
        return self.empty if value is None or value == "" else value


def text(name: str, attr: str = "") -> Plain:
    return Plain((name,), attr or name)


def decimal(name: str, attr: str = "") -> Plain:
    return Plain((name,), attr or name, Row.decimal, None)


def whole(name: str, attr: str = "") -> Plain:
    return Plain((name,), attr or name, Row.whole, None)


def day(name: str, attr: str = "") -> Plain:
    return Plain((name,), attr or name, Row.day, None)


def usd(name: str, attr: str = "") -> Plain:
    return Plain((name,), attr or name, lambda row, column: row.amount(column, "USD"), None)


def word(name: str, words, empty=None) -> Plain:
    return Plain((name,), name, lambda row, column: row.word(column, words), empty)


@dataclass(frozen=True)
class Stated(Setter):
    """A day as stated: one cell of the stem's name, or the earliest, the latest and the words in three."""

    stem: str = ""

    def read(self, row: Row, present):
        alone, earliest, latest, label = self.names
        if row.value(alone) is not None:
            return row.vague_day(alone)
        before = getattr(present, self.attr, None) if present else None
        words, first, last = row.text(label), row.day(earliest), row.day(latest)
        if words and (not (first or last) or self._days(before) == (first, last)):
            if before and before.label == words:
                return before
            return row.read(label, lambda _value: read_day(words))
        if not (first or last):
            return None
        first, last = first or last, last or first
        if first > last:
            row.fail(latest, DaysTurned())
            return None
        return self._with_words(VagueDay(first, last), words)

    @staticmethod
    def _days(day: VagueDay | None):
        return (day.earliest, day.latest) if day else (None, None)

    def _with_words(self, day: VagueDay, words: str) -> VagueDay:
        """The words stay where they mean these very days."""
        if not words or words == day.label:
            return day
        try:
            meant = read_day(words)
        except RuleBroken:
            return day
        return VagueDay(day.earliest, day.latest, words) if self._days(meant) == self._days(day) else day

    def columns(self, value) -> dict:
        return {f"{self.stem}_earliest": value and value.earliest, f"{self.stem}_latest": value and value.latest,
                f"{self.stem}_words": value.words if value else ""}


class DaysTurned(RuleBroken):
    code = "days-turned"
    message = _("Ngày muộn nhất đứng trước ngày sớm nhất. Hãy kiểm tra lại hai ngày.")


def stated(name: str, attr: str = "") -> Stated:
    attr = attr or name
    return Stated((name, f"{name}.earliest", f"{name}.latest", f"{name}.label"), attr, attr.removesuffix("_on"))


@dataclass(frozen=True)
class Ref(Setter):
    """Another record by code, or by name where there is no code. ``find(text)`` raises NoSuch or Several."""

    find: Callable = None
    noun: str = ""

    def read(self, row: Row, present):
        code, name = row.text(self.names[0]), row.text(self.names[1]) if len(self.names) > 1 else ""
        at = self.names[0] if code else self.names[1] if name else self.names[0]
        if not (code or name):
            return None
        try:
            found = self.find(code or name)
        except NoSuch as error:
            row.fail(at, error)
            return None
        except Several as several:
            return row.pick(self.attr, several)
        if code and name and not self._is_named(found, name, getattr(present, self.attr, None) if present else None):
            row.fail(self.names[1], NotThisName(code=found.code, name=found.name, text=name))
        return found

    @staticmethod
    def _is_named(found, name: str, before) -> bool:
        """The name may be the record's own, or still that of the record before, which the new code replaces."""
        known = {comparable(each) for each in (found.name, getattr(found, "name_en", "")) if each}
        return comparable(name) in known or (before is not None and comparable(name) == comparable(before.name))

    def put(self, record, value) -> None:
        relate(record, **{self.attr: value})

    def columns(self, value) -> dict:
        return {f"{self.attr}_id": value and value.pk}


def ref(name: str, find: Callable, noun, attr: str = "", title: str = "name") -> Ref:
    return Ref((f"{name}.code", f"{name}.{title}"), attr or name, find, noun)
