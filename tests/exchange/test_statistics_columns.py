"""Tables of capital as files: their columns, and several under each other."""

from datetime import date
from decimal import Decimal

from registry.exchange.columns.shape import value_of
from registry.exchange.columns.statistics import capital_file
from registry.exchange.documents.statistics import capital_document, capital_row
from registry.statistics.capital import CapitalTable
from registry.statistics.rows import CapitalRow, TimeRow, added_up

NAMES = ["key", "name", "name_en", "projects", "registered_usd", "confirmed_usd", "realised_usd", "share_purchase_usd",
         "as_of", "known_on"]


def row(key: str | None, amount: str) -> CapitalRow:
    return CapitalRow(key=key, name=key, name_en=None, projects=1, registered_usd=Decimal(amount),
                      confirmed_usd=Decimal("1"), realised_usd=Decimal("-2.5"), share_purchase_usd=Decimal(0))


def table(by: str, *rows: CapitalRow) -> CapitalTable:
    return CapitalTable(by=by, as_of=date(2024, 12, 31), known_on=None, rows=rows, total=added_up(list(rows)))


def test_one_table_has_no_column_for_its_group():
    shape, rows = capital_file([table("zone", row("a", "10"), row(None, "5.1"))])
    assert (shape.name, [column.name for column in shape.columns]) == ("capital-by-zone", NAMES)
    values = [[value_of(column, each) for column in shape.columns] for each in rows]
    assert values == [
        ["a", "a", None, 1, Decimal(10), Decimal(1), Decimal("-2.5"), Decimal(0), date(2024, 12, 31), None],
        [None, None, None, 1, Decimal("5.1"), Decimal(1), Decimal("-2.5"), Decimal(0), date(2024, 12, 31), None],
    ]


def test_several_tables_begin_with_their_group():
    shape, rows = capital_file([table("year", row("2024", "10")), table("zone"), table("sector", row("b", "1"))])
    assert [column.name for column in shape.columns] == ["by", *NAMES]
    assert [each["by"] for each in rows] == ["year", "sector"]


def test_times_have_their_steps_before_the_sum():
    year = TimeRow(**vars(row("2024", "9")), new_usd=Decimal("10"), decrease_usd=Decimal("-1"))
    years = CapitalTable(by="year", as_of=date(2024, 12, 31), known_on=None, rows=(year,),
                         total=added_up([year], kind=TimeRow))
    shape, rows = capital_file([years])
    steps = ["opening_usd", "new_usd", "increase_usd", "decrease_usd"]
    assert [column.name for column in shape.columns] == [*NAMES[:4], *steps, *NAMES[4:]]
    (each,) = rows
    assert [each[name] for name in (*steps, "registered_usd")] == ["0.00", "10.00", "0.00", "-1.00", "9.00"]
    assert [column.name for column in capital_file([years, table("zone")])[0].columns] == ["by", *NAMES]


def test_a_file_says_of_a_row_what_the_document_says():
    (each,) = capital_file([table("zone", row("a", "10"))])[1]
    assert each.items() >= capital_row(row("a", "10")).items()


def test_the_document():
    document = capital_document(table("zone", row("a", "10"), row(None, "5.1")))
    assert document["total"]["registered_usd"] == "15.10"
    assert document | {"rows": [], "total": {}} == {
        "by": "zone", "as_of": "2024-12-31", "known_on": None, "unit": "USD", "rows": [], "total": {}}
