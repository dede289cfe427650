"""Coverage of the foreign-investment agency's yearly tables: what they print for the province, year by year."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from registry.vocabulary.money import CENT

from .coverage import HUNDRED, Stated

OF_AGENCY = "fia_"
NEW_CAPITAL, NEW_CAPITAL_UNIT = "fia_new_capital", "USD million"


@dataclass(frozen=True)
class Covered:
    """New capital as stated and as the register computes it, in millions of US dollars; ``percent`` is None where
    nothing is stated."""

    stated: Decimal
    computed: Decimal

    @property
    def percent(self) -> Decimal | None:
        return (self.computed / self.stated * HUNDRED).quantize(CENT, ROUND_HALF_UP) if self.stated else None


@dataclass(frozen=True)
class YearCovered:
    """The figures of one year's table, and its new capital in all scopes together."""

    year: int
    rows: tuple[Stated, ...]
    new_capital: Covered


@dataclass(frozen=True)
class AgencyYears:
    """The years, the newest first, and their new capital together."""

    years: tuple[YearCovered, ...]
    new_capital: Covered


def is_of_agency(row: Stated) -> bool:
    """Whether a stated figure comes from one of the agency's yearly tables."""
    return row.statement.attribute.startswith(OF_AGENCY)


def agency_years(rows: Iterable[Stated]) -> AgencyYears:
    """The agency's figures among ``rows``; no years where there is none. No query."""
    found: dict[int, list[Stated]] = {}
    for row in rows:
        if is_of_agency(row):
            found.setdefault(row.day.year, []).append(row)
    years = [YearCovered(year, tuple(found[year]), _new_capital(found[year])) for year in sorted(found, reverse=True)]
    return AgencyYears(tuple(years), _new_capital(row for each in years for row in each.rows))


def _new_capital(rows: Iterable[Stated]) -> Covered:
    counted = [
        row for row in rows if row.statement.attribute == NEW_CAPITAL and row.statement.unit == NEW_CAPITAL_UNIT
    ]
    return Covered(sum((row.stated for row in counted), Decimal(0)), sum((row.computed for row in counted), Decimal(0)))
