"""A vague day: "cuối tháng 10/2023" counts from its latest day, and never later than it was recorded."""

from datetime import date
from decimal import Decimal

from registry.statistics.capital import capital_by
from registry.vocabulary.period import read_day
from tests import build

from .conftest import recording


def registered(day: date) -> Decimal:
    return build.totals(as_of=day).registered_usd


def test_it_counts_from_its_latest_day():
    late_october = read_day("cuối tháng 10/2023")
    assert (late_october.earliest, late_october.latest) == (date(2023, 10, 21), date(2023, 10, 31))
    with recording(2023, 12, 1) as act:
        build.make_project(act=act, capital_usd="5000000.00", decided_on=late_october)

    assert registered(date(2023, 10, 30)) == Decimal("0.00")
    assert registered(date(2023, 10, 31)) == Decimal("5000000.00")
    assert [row.key for row in capital_by("month", as_of=date(2023, 12, 31)).rows] == ["2023-10"]


def test_what_has_happened_never_counts_later_than_it_was_recorded():
    """ "năm 2023", recorded on 10 June 2023: it had happened by then."""
    with recording(2023, 6, 10) as act:
        build.make_project(act=act, capital_usd="5000000.00", decided_on=read_day("năm 2023"))

    assert registered(date(2023, 6, 9)) == Decimal("0.00")
    assert registered(date(2023, 6, 10)) == Decimal("5000000.00")
