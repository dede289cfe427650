"""Bars of a table of capital: from zero, without gaps in time, to the left below zero."""

from datetime import date
from decimal import Decimal

from registry.pages.chart import year_bars, year_bars_of
from registry.statistics.capital import CapitalRow, CapitalTable


def row(key, amount, projects=1, sure=0) -> CapitalRow:
    return CapitalRow(key=key, name=key, name_en=key, projects=projects, registered_usd=Decimal(amount),
                      confirmed_usd=Decimal(sure), realised_usd=Decimal(0), share_purchase_usd=Decimal(0))


def drawn(*rows) -> list[tuple]:
    table = CapitalTable(by="year", as_of=date(2026, 1, 1), known_on=None, rows=rows, total=row(None, 0))
    return [(bar.label, bar.x, bar.width) for bar in year_bars(table).bars]


def test_nothing():
    table = CapitalTable(by="year", as_of=date(2026, 1, 1), known_on=None, rows=(), total=row(None, 0))
    bars = year_bars(table)
    assert (bars.bars, bars.most, bars.zero) == ((), None, "0.00%")


def test_lengths_are_shares_of_the_longest():
    assert drawn(row("2022", 50), row("2023", 100)) == [("2022", "0.00%", "49.50%"), ("2023", "0.00%", "99.00%")]


def test_a_year_without_entries_has_no_bar():
    assert drawn(row("2020", 5), row("2022", 5))[1] == ("2021", "", "")


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


def test_older_years_are_one_row_without_a_bar():
    table = CapitalTable(by="year", as_of=date(2026, 1, 1), known_on=None, total=row(None, 0),
                         rows=tuple(row(str(year), 10) for year in range(2000, 2024)))
    bars = year_bars(table).bars
    assert [bar.label for bar in bars] == ["2000–2011", *map(str, range(2012, 2024))]
    assert (bars[0].row.registered_usd, bars[0].row.projects, bars[0].width) == (120, 12, "")
    assert bars[1].width == "99.00%"


def test_what_is_on_certificates_is_part_of_the_bar():
    table = CapitalTable(by="year", as_of=date(2026, 1, 1), known_on=None, total=row(None, 0),
                         rows=(row("2022", 100, sure=25), row("2023", 50)))
    assert [(bar.width, bar.sure) for bar in year_bars(table).bars] == [("99.00%", "24.75%"), ("49.50%", "")]


def table_of(*rows) -> CapitalTable:
    return CapitalTable(by="year", as_of=date(2026, 1, 1), known_on=None, rows=rows, total=row(None, 0))


def test_two_tables_have_the_same_years_and_one_scale():
    one, other = year_bars_of([table_of(row("2020", 50)), table_of(row("2021", 100), row(None, 20))])
    assert [(bar.label, bar.width) for bar in one.bars] == [("2020", "49.50%"), ("2021", ""), (None, "")]
    assert [(bar.label, bar.width) for bar in other.bars] == [("2020", ""), ("2021", "99.00%"), (None, "19.80%")]
    assert (one.most.key, other.most.key) == ("2020", "2021")
