"""One row of a sheet under its heading: cells read as what the table wants, and problems told at their address."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from registry.actions.plan import NEW_RECORD, Choice, Problem
from registry.actions.record import InvalidRecord
from registry.exchange.workbook import Sheet
from registry.exchange.workbook.sheet import address
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import CurrencyMissing, Money, read_amount
from registry.vocabulary.period import UnreadableDay, VagueDay
from registry.vocabulary.typed import UnreadableNumber, read_amount_in, read_listed_day, read_number, usual_signs

from .headings import Heading, comparable
from .matching import Several
from .words import as_word

NO_ANSWERS = MappingProxyType({})
PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# A point before one or two digits, or more than three, groups nothing; nor does one after commas.
SURE_POINT = re.compile(r"-?([0-9]+\.([0-9]{1,2}|[0-9]{4,})|[1-9][0-9]{0,2}(,[0-9]{3})+\.[0-9]+)")
YES = {"true", "yes", "co", "x", "1"}
NO = {"false", "no", "khong", "0"}
FINEST = Decimal("0.0001")


class NotComputed(RuleBroken):
    code = "formula-without-value"
    message = _("Ô có công thức chưa có giá trị%(what)s. Hãy mở tệp trong Excel để tính lại, hoặc gõ thẳng giá trị.")


class NotWhole(RuleBroken):
    code = "not-whole"
    message = _("“%(text)s” không phải là số nguyên không âm. Hãy ghi số nguyên, ví dụ 1.500.")


class NotYesNo(RuleBroken):
    code = "not-yes-no"
    message = _("“%(text)s” không phải là có hay không. Hãy ghi “có” hoặc “không”.")


class NotExact(RuleBroken):
    code = "not-exact"
    message = _("“%(text)s” phải là một ngày cụ thể, ví dụ 21/10/2023.")


class Missing(RuleBroken):
    code = "missing"
    message = _("Ô này bắt buộc. Hãy điền %(label)s.")


class Invalid(RuleBroken):
    """What a column of the register says of the value."""

    code = "invalid-value"
    message = _("%(problem)s")


class Row:
    """``number`` is its number in the file, from one. A cell that cannot be read gives None and a problem. ``chosen``
    are the officer's answers to what the row left open, by the key of each question, ``for_all`` those to questions
    that rows share, by what is asked: they hold where the row has none of its own."""

    __slots__ = ("cells", "choices", "chosen", "for_all", "heading", "index", "is_conflict", "labels", "notes",
                 "problems", "sheet")

    def __init__(self, sheet: Sheet, heading: Heading, index: int, labels: Mapping[str, str],
                 chosen: Mapping[str, str] = NO_ANSWERS, for_all: Mapping[str, str] = NO_ANSWERS):
        self.sheet, self.heading, self.index, self.labels = sheet, heading, index, labels
        self.chosen, self.for_all = chosen, for_all
        self.cells = sheet.rows[index]
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.choices: list[Choice] = []
        self.is_conflict = False
        for name, place in heading.places.items() if sheet.broken else ():
            if (index, place) in sheet.broken:
                what = sheet.broken[index, place]
                self.fail(name, NotComputed(what=f" ({what})" if what else ""))

    @property
    def number(self) -> int:
        return self.index + 1

    def has(self, name: str) -> bool:
        """Whether the file has this column."""
        return name in self.heading.places

    def value(self, name: str):
        """The cell as it is; None where it is empty or the file has no such column."""
        place = self.heading.places.get(name)
        return None if place is None else self.cells[place]

    def has_any(self, names: Iterable[str]) -> bool:
        """Whether one of these cells holds something."""
        places, cells = self.heading.places, self.cells
        return any(name in places and cells[places[name]] is not None for name in names)

    def fail(self, name: str, error: RuleBroken) -> None:
        """Tell a problem at the cell of a column; at the row's first cell where the file has no such column."""
        place = self.heading.places.get(name, 0)
        problem = Problem(self.sheet.name, address(self.index, place), error.code, str(error))
        if problem not in self.problems:
            self.problems.append(problem)

    def take_entry(self, ledgers, entry, columns: Mapping[str, str], **recorded) -> None:
        """Let the ledgers count an entry that waits to be published; tell what they refuse at the columns of the file
        from which its own come."""
        try:
            ledgers.take(entry, drafts_too=True, **recorded)
        except InvalidRecord as error:
            for name, messages in error.errors.items():
                self.fail(columns.get(name, name), Invalid(problem=" ".join(messages)))
        except RuleBroken as error:
            self.fail(columns.get(error.field, error.field), error)

    def conflict(self, note: str) -> None:
        """The row cannot be settled without a choice of the officer's."""
        self.is_conflict = True
        self.notes.append(note)

    def pick(self, key: str, several: Several, *, may_be_new: bool = False):
        """The record that the officer has chosen, NEW_RECORD for none of them; None where that is still open: then the
        row is a conflict."""
        asked = several.asked(may_be_new)
        own, for_all = self.chosen.get(key, ""), self.for_all.get(asked, "")
        chosen = own or for_all
        found = NEW_RECORD if may_be_new and chosen == NEW_RECORD else several.meant(chosen)
        self.choices.append(Choice(
            key, several.text, several.candidates(), may_be_new, chosen if found else "", asked,
            for_all=bool(for_all and not own)))
        if found is None:
            self.conflict(str(several))
        return found

    def read(self, name: str, reader: Callable, *more):
        """What ``reader`` makes of a cell that is not empty; None where it is, or where a rule refuses it."""
        value = self.value(name)
        if value is None:
            return None
        try:
            return reader(value, *more)
        except RuleBroken as error:
            self.fail(name, error)
            return None

    def text(self, name: str) -> str:
        """The cell as text, a code typed as a number with all its digits; empty where there is nothing."""
        value = self.value(name)
        return value if type(value) is str else as_text(value)

    def needed(self, name: str) -> str:
        text = self.text(name)
        if not text:
            self.fail(name, Missing(label=self.labels.get(name, name)))
        return text

    def decimal(self, name: str) -> Decimal | None:
        return self.read(name, as_decimal, self.heading.plain)

    def whole(self, name: str) -> int | None:
        return self.read(name, as_whole, self.heading.plain)

    def amount(self, name: str, currency: str) -> Decimal | None:
        return self.read(name, as_amount, currency, self.heading.plain)

    def money(self, name: str) -> Money | None:
        """An amount whose cell names its currency."""
        return self.read(name, as_money)

    def day(self, name: str) -> date | None:
        return self.read(name, as_day)

    def vague_day(self, name: str) -> VagueDay | None:
        return self.read(name, as_vague_day)

    def word(self, name: str, words) -> str | None:
        """A word of a closed list, as the API or as people write it in either language."""
        return self.read(name, lambda value: as_word(as_text(value), words))

    def yes(self, name: str) -> bool | None:
        return self.read(name, as_yes)



def as_text(value) -> str:
    if type(value) is str:
        return value
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case datetime() if value.time() == datetime.min.time():
            return f"{value:%d/%m/%Y}"
        case date():
            return f"{value:%d/%m/%Y}"
        case _:
            return str(value)


def as_decimal(value, plain: bool) -> Decimal:
    """Raises UnreadableNumber."""
    if type(value) is Decimal:
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    text = as_text(value)
    if (plain and PLAIN.fullmatch(text)) or SURE_POINT.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return read_number(text)


def as_percent(value, plain: bool) -> Decimal:
    """"87" or "87%". Raises UnreadableNumber."""
    return as_decimal(value.removesuffix("%").rstrip() if type(value) is str else value, plain)


def as_whole(value, plain: bool) -> int:
    """Raises NotWhole, UnreadableNumber."""
    number = as_decimal(value, plain)
    if number != int(number) or number < 0:
        raise NotWhole(text=as_text(value))
    return int(number)


def as_amount(value, currency: str, plain: bool) -> Decimal:
    """Raises UnreadableNumber and its like, OtherCurrency."""
    try:
        return as_decimal(value, plain)
    except UnreadableNumber:
        return read_amount_in(currency, as_text(value))


def as_money(value) -> Money:
    """Raises CurrencyMissing for a bare number, and what ``read_amount`` raises."""
    if not isinstance(value, str):
        raise CurrencyMissing(text=as_text(value))
    return read_amount(usual_signs(value))


day_of_words = lru_cache(maxsize=10_000)(read_listed_day)


def as_vague_day(value) -> VagueDay:
    """Raises UnreadableDay and its like."""
    if isinstance(value, datetime):
        return VagueDay.exact(value.date())
    if isinstance(value, date):
        return VagueDay.exact(value)
    day = day_of_words(as_text(value))
    if day is None:
        raise UnreadableDay(text=as_text(value))
    return day


def as_day(value) -> date:
    """Raises NotExact, UnreadableDay."""
    day = as_vague_day(value)
    if not day.is_exact:
        raise NotExact(text=as_text(value))
    return day.earliest


def as_yes(value) -> bool:
    """Raises NotYesNo."""
    word = comparable(as_text(value))
    if word in YES or word in NO:
        return word in YES
    raise NotYesNo(text=as_text(value))
