"""An undated opening: the press states a total and no day.

An article that appeared between April and June 2025 reports 90 million. It is recorded in November 2026.
"""

from datetime import date
from decimal import Decimal

from registry.statistics.capital import capital_by
from registry.statistics.flows import flows
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.period import VagueDay
from tests import build

from .conftest import recording


def test_it_counts_from_its_source_and_stands_under_not_stated():
    with recording(2026, 11, 22) as act:
        article = build.make_source(act=act, published_on=VagueDay(date(2025, 4, 1), date(2025, 6, 30)))
        project = build.make_project(act=act)
        opening = build.make_entry(project, "90000000.00", act=act, kind=CapitalKind.OPENING, decided_on=None,
                                   source=article)

    assert opening.decided_on is None
    # It counts from the latest day on which the article can have appeared,
    assert build.totals(as_of=date(2025, 6, 29)).registered_usd == Decimal("0.00")
    totals = build.totals(as_of=date(2025, 6, 30))
    assert (totals.registered_usd, totals.confirmed_usd) == (Decimal("90000000.00"), Decimal("0.00"))
    # stands under "not stated" by year,
    by_year = capital_by("year", as_of=date(2026, 11, 22))
    assert [(row.key, row.projects, row.registered_usd) for row in by_year.rows] == [
        (None, 1, Decimal("90000000.00"))
    ]
    # and is in no flow at all: an opening is a total, not a decision of a period.
    assert flows("sector", first=date(2000, 1, 1), last=date(2026, 12, 31)).rows == ()
