"""Random tables of statistics, each asked of the register and of an oracle: where the two differ."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from registry.statistics.capital import capital_by
from registry.statistics.flows import FLOW_GROUPS, flows
from registry.vocabulary.capital import Basis, CountryOf
from registry.vocabulary.money import to_hundredths
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
