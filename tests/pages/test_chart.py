"""Bars of a table of capital: from zero, without gaps in time, to the left below zero."""

from datetime import date
from decimal import Decimal

from registry.pages.chart import year_bars
from registry.statistics.capital import CapitalRow, CapitalTable


def row(key, amount, projects=1) -> CapitalRow:
    return CapitalRow(key=key, name=key, name_en=key, projects=projects, registered_usd=Decimal(amount),
                      realised_usd=Decimal(0), share_purchase_usd=Decimal(0))


def drawn(*rows) -> list[tuple]:
    table = CapitalTable(by="year", as_of=date(2026, 1, 1), known_on=None, rows=rows, total=row(None, 0))
    return [(bar.label, bar.x, bar.width) for bar in year_bars(table).bars]


def test_nothing():
    table = CapitalTable(by="year", as_of=date(2026, 1, 1), known_on=None, rows=(), total=row(None, 0))
    bars = year_bars(table)
    assert (bars.bars, bars.most, bars.zero) == ((), None, "0.00%")


def test_lengths_are_shares_of_the_longest():
    assert drawn(row("2022", 50), row("2023", 100)) == [("2022", "0.00%", "49.50%"), ("2023", "0.00%", "99.00%")]


def test_years_between_are_not_left_out_and_what_has_no_year_comes_last():
    assert [label for label, _x, _width in drawn(row(None, 5), row("2020", 5), row("2023", 5))] == [
        "2020", "2021", "2022", "2023", None,
    ]


def test_below_zero_runs_to_the_left():
    assert drawn(row("2022", 75), row("2023", -25)) == [("2022", "24.75%", "74.25%"), ("2023", "0.00%", "24.75%")]


def test_only_below_zero():
    assert drawn(row("2022", -10)) == [("2022", "0.00%", "99.00%")]


def test_a_row_without_capital_and_projects_is_left_out():
    assert drawn(row("2022", 10), row(None, 0, projects=0)) == [("2022", "0.00%", "99.00%")]


def test_centuries_apart_only_what_there_is():
    assert [label for label, _x, _width in drawn(row("1900", 1), row("2023", 1))] == ["1900", "2023"]
