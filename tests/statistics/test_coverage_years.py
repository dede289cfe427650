"""The agency's yearly tables beside the register, year by year."""

from datetime import date
from decimal import Decimal

import pytest

from registry.statistics.coverage import coverage
from registry.statistics.coverage_years import agency_years
from tests import build

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def test_no_figures_no_years():
    found = agency_years([])
    assert (found.years, found.new_capital.stated, found.new_capital.percent) == ((), 0, None)


def test_the_newest_year_first_with_the_new_capital_of_both_provinces():
    found = agency_years(coverage(today=TODAY))
    assert [(each.year, len(each.rows)) for each in found.years] == [
        (2022, 12), (2021, 12), (2020, 12), (2019, 12), (2018, 12), (2017, 12), (2016, 12), (2015, 8),
    ]
    assert [each.new_capital.stated for each in found.years][-1] == Decimal("372.8")
    assert found.new_capital.stated == sum(each.new_capital.stated for each in found.years)
    assert (found.new_capital.computed, found.new_capital.percent) == (0, 0)


def test_what_the_register_holds_of_a_year():
    zone = build.make_zone(former_province="bac-ninh")
    build.make_project(zone=zone, capital_usd="94205000", decided_on=date(2022, 6, 1))
    year = agency_years(coverage(today=TODAY)).years[0]
    assert (year.new_capital.computed, year.new_capital.stated) == (Decimal("94.21"), Decimal("942.05"))
    assert year.new_capital.percent == Decimal("10.00")
