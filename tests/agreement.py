"""Random tables of statistics, each asked of the register and of an oracle: where the two differ."""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from registry.models import Registrar
from registry.statistics.a_iv_1 import FormRow, office_form, rows_of_nobody
from registry.statistics.capital import capital_by
from registry.statistics.flows import FLOW_GROUPS, flows
from registry.vocabulary.capital import Basis, CountryOf
from registry.vocabulary.money import to_hundredths
from registry.vocabulary.report import Quarter
from tests.form_oracle import FormOracle
from tests.oracle import Oracle, total

CAPITAL = ("country", "investor", "sector", "section", "zone", "place", "form", "status", "registrar", "year",
           "quarter", "month")
MEASURES = ("registered_usd", "confirmed_usd", "realised_usd", "share_purchase_usd")
FLOW_NUMBERS = ("new_projects", "new_usd", "adjusted_times", "adjusted_usd", "share_purchase_times",
                "share_purchase_usd", "total_usd")


def disagreements(oracle: Oracle, *, cases: int, seed: int, first: date, last: date) -> Iterator[str]:
    """What differs, of so many random cases; every group of either kind comes in turn. Rows must add up too."""
    chance = random.Random(seed)
    for number in range(cases):
        day = first + timedelta(days=int((last - first).days * chance.random() ** 0.4))
        known_on = chance.choice([None, min(day + timedelta(days=chance.randrange(-200, 500)), last)])
        if number % 3 == 2:
            by = FLOW_GROUPS[number // 3 % len(FLOW_GROUPS)]
            begin = max(day - timedelta(days=chance.choice([0, 30, 91, 365, 3650])), first)
            yield from _of_flows(oracle, by, begin, day, known_on)
        else:
            by = CAPITAL[number * 2 // 3 % len(CAPITAL)]
            yield from _of_capital(oracle, by, day, known_on, chance.choice(Basis.values),
                                   chance.choice(CountryOf.values))


def _of_capital(oracle: Oracle, by: str, day: date, known_on: date | None, basis: str, country_of: str):
    table = capital_by(by, as_of=day, known_on=known_on, basis=basis, country_of=country_of)
    expected = oracle.capital(by, as_of=_iso(day), known_on=_iso(known_on), basis=basis, country_of=country_of)
    yield from _compared(f"capital by {by} as of {day}, known on {known_on}, {basis}, {country_of}", expected,
                         table, ("projects", *MEASURES))


def _of_flows(oracle: Oracle, by: str, first: date, last: date, known_on: date | None):
    table = flows(by, first=first, last=last, known_on=known_on)
    expected = oracle.flows(by, first=_iso(first), last=_iso(last), known_on=_iso(known_on))
    yield from _compared(f"flows by {by} from {first} to {last}, known on {known_on}", expected, table, FLOW_NUMBERS)


def differing_forms(
    oracle: FormOracle, *, cases: int, seed: int, quarters: Sequence[Quarter], today: date
) -> Iterator[str]:
    """The same of forms A.IV.1: of the province, of a registrar and of what has none in turn, and as known on days what
    the ledger alone tells of them."""
    chance = random.Random(seed)
    registrars = [None, *Registrar.objects.order_by("code")]
    for number in range(cases):
        quarter, registrar = chance.choice(quarters), registrars[number % len(registrars)]
        known_on = chance.choice([None, None, min(quarter.period.start + timedelta(days=chance.randrange(400)), today)])
        form = office_form(quarter, today=today, registrar=registrar, known_on=known_on)
        expected = oracle.form(quarter.year, quarter.number, scope=registrar and registrar.code,
                               known_on=_iso(known_on))
        yield from _cells(f"A.IV.1 {quarter.short} of {registrar}, known on {known_on}", expected, form.rows)
        if registrar is None and known_on is None:
            expected = oracle.form(quarter.year, quarter.number, scope="")
            yield from _cells(f"A.IV.1 {quarter.short} of nobody", expected, rows_of_nobody(form))


def _cells(case: str, expected: dict, rows: Iterable[FormRow]) -> Iterator[str]:
    """Rows that are not told are zero or blank."""
    found = {(row.line.key, column): None if figure.computed is None else int(figure.computed * 100)
             for row in rows for column, figure in row.figures.items()}
    for cell, value in expected.items():
        if found.get(cell) != value and (found.get(cell) or value or cell in found):
            yield f"{case}: {cell} is {found.get(cell)}, the oracle has {value}"


def _compared(case: str, expected: dict, table, names: tuple[str, ...]) -> Iterator[str]:
    def numbers(row) -> tuple[int, ...]:
        return tuple(to_hundredths(value) if name.endswith("_usd") else value
                     for name in names for value in [getattr(row, name)])

    found = {row.key: numbers(row) for row in table.rows}
    for key in {*expected, *found}:
        zeros = (0,) * len(names)
        if found.get(key, zeros) != expected.get(key, zeros):
            yield f"{case}: {key} is {found.get(key)}, the oracle has {expected.get(key)}"
    if numbers(table.total) != total(expected, len(names)):
        yield f"{case}: the total is {numbers(table.total)}, the oracle's rows add up to {total(expected, len(names))}"


def _iso(day: date | None) -> str | None:
    return day and day.isoformat()
