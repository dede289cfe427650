"""What each investor paid in, in the cells of a report: several in one cell, parted by semicolons."""

from dataclasses import dataclass
from decimal import Decimal

from registry.exchange.columns.report import CONTRIBUTIONS
from registry.models import Investor
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.report import PAID_IN, Contribution

from .cells import Row, as_amount
from .holders import CountDiffers
from .matching import NoSuch, Register, Several
from .setters import Setter

INVESTOR, *PAID = (f"{CONTRIBUTIONS}.{name}" for name in ("investor", *PAID_IN))


@dataclass(frozen=True)
class Contributions(Setter):
    """The investors by code or name, with what each paid in cash, in machinery and in other assets, in their order."""

    register: Register = None  # its investors are fetched when a row names one

    def read(self, row: Row, present) -> list[dict]:
        who = _each(row, INVESTOR)
        paid = [self._paid(row, name, len(who)) for name in PAID]
        codes = [self._code(row, text) for text in who]
        return [Contribution(code, *amounts).as_plain() for code, *amounts in zip(codes, *paid, strict=True) if code]

    @staticmethod
    def _paid(row: Row, name: str, count: int) -> list[Decimal | None]:
        typed = _each(row, name)
        if typed and len(typed) != count:
            row.fail(name, CountDiffers(investors=count, count=len(typed)))
            typed = []
        try:
            return [None if each == "" else as_amount(each, "USD", row.heading.plain) for each in typed] or [
                None] * count
        except RuleBroken as error:
            row.fail(name, error)
            return [None] * count

    def _code(self, row: Row, text: str) -> str:
        try:
            found = self.register.investors.one(text, Investor._meta.verbose_name)
        except NoSuch as error:
            row.fail(INVESTOR, error)
            return ""
        except Several as several:
            found = row.pick(f"investor {text}", several)
        return found.code if found else ""


def _each(row: Row, name: str) -> list:
    """The values of a cell; a number stands for itself. A place that is left empty keeps its place."""
    value = row.value(name)
    if value is None:
        return []
    return [part.strip() for part in value.split(";")] if isinstance(value, str) else [value]
