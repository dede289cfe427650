"""A table as known at a change: the public's table of that moment, whatever has happened since."""

from datetime import date
from decimal import Decimal

import pytest

from registry.models import Project
from registry.models.capital import ZERO
from registry.models.project import former_province
from registry.statistics.agency import AGENCY_GROUPS, agency_table, heading_of
from registry.statistics.as_known import added_up, known_at, known_now, rows_of
from registry.statistics.capital import capital_by
from registry.statistics.flows import FLOW_GROUPS, flows
from registry.statistics.groups import GROUPS, TIMES
from registry.statistics.published import frozen_rows
from registry.vocabulary.capital import Basis, CountryOf
from registry.vocabulary.published import NUMBERS, Asked, FigureKind, asked_of
from tests.actions.test_as_known import Deeds, head

pytestmark = pytest.mark.django_db

DAYS = (date(2020, 6, 15), date(2026, 11, 27))


def asked_tables() -> list[Asked]:
    tables = [Asked(FigureKind.CAPITAL, by, day) for by in (*GROUPS, *TIMES, "country") for day in DAYS]
    tables += [Asked(FigureKind.CAPITAL, by, DAYS[1], basis=Basis.SHARE) for by in ("country", "investor")]
    tables += [Asked(FigureKind.CAPITAL, "country", DAYS[1], basis=basis, country_of=CountryOf.PARENT)
               for basis in Basis.values]
    tables += [Asked(FigureKind.CAPITAL, by, DAYS[1], former_province="bac-ninh") for by in ("sector", "country")]
    tables += [Asked(FigureKind.CAPITAL, by, DAYS[0], known_on=date(2026, 11, 1)) for by in ("status", "country")]
    tables += [Asked(FigureKind.FLOWS, by, date(2020, 12, 31), date(2020, 3, 1)) for by in FLOW_GROUPS]
    tables += [Asked(FigureKind.AGENCY, by, date(2020, 12, 31), date(2020, 3, 1)) for by in AGENCY_GROUPS]
    tables += [Asked(FigureKind.AGENCY, "zone", date(2020, 12, 31), date(2020, 3, 1), known_on=date(2026, 11, 1)),
               Asked(FigureKind.HEADING, "", date(2020, 12, 31), date(2020, 3, 1))]
    return [*tables, Asked(FigureKind.FLOWS, "zone", date(2020, 12, 31), date(2020, 3, 1), former_province="bac-giang")]


def public_rows(asked: Asked) -> dict:
    """The public's table of now, by key, without rows of zeros."""
    if asked.kind == FigureKind.HEADING:
        return not_zero(public_heading(asked))
    if asked.kind == FigureKind.AGENCY:
        table = agency_table(asked.by, first=asked.first, last=asked.last, known_on=asked.known_on)
        return not_zero({row.key: {name: getattr(row if hasattr(row, name) else row.flow, name)
                                   for name in NUMBERS[asked.kind]} for row in table.rows})
    projects = (Project.objects.public().annotate(province=former_province()).filter(province=asked.former_province)
                if asked.former_province else None)
    if asked.kind == FigureKind.CAPITAL:
        table = capital_by(asked.by, as_of=asked.last, known_on=asked.known_on, basis=asked.basis,
                           country_of=asked.country_of, projects=projects)
    else:
        table = flows(asked.by, first=asked.first, last=asked.last, known_on=asked.known_on, projects=projects)
    return not_zero({row.key: {name: getattr(row, name) for name in NUMBERS[asked.kind]} for row in table.rows})


def public_heading(asked: Asked) -> dict:
    table = agency_table("zone", first=asked.first, last=asked.last, known_on=asked.known_on)
    sheet = heading_of(table)
    rows = {name: {"before": getattr(sheet.last_year.flow, name), "this": getattr(sheet.this.flow, name)}
            for name in NUMBERS[FigureKind.FLOWS]}
    rows["realised_usd"] = {"before": sheet.last_year.realised_usd, "this": sheet.this.realised_usd}
    return rows | {name: {"before": None, "this": getattr(sheet, name)}
                   for name in ("in_force", "registered_usd", "countries")}


def not_zero(rows: dict) -> dict:
    return {key: row for key, row in rows.items() if any(row.values())}


@pytest.mark.parametrize("seed", range(2))
def test_it_is_the_table_that_was_shown_then(seed):
    deeds, shown = Deeds(seed), {}
    tables = asked_tables()
    for number in range(45):
        deeds.do()
        if number % 11 == 10:
            shown[head()] = {asked: public_rows(asked) for asked in tables}
            assert {asked: not_zero(frozen_rows(asked, known_now())) for asked in tables} == shown[head()]
    assert len(shown) == 4
    for change, then in shown.items():
        known = known_at(change)
        for asked, rows in then.items():
            found = frozen_rows(asked, known)
            assert not_zero(found) == rows, (change, asked)
            assert asked_of(asked.kind, asked.as_plain()) == asked


def test_before_anything_was_known_all_is_nothing():
    asked = Asked(FigureKind.FLOWS, "zone", DAYS[1], DAYS[0])
    assert rows_of(asked, known_at(0)) == {}
    assert added_up(asked, {})["new_usd"] == ZERO == Decimal("0.00")
