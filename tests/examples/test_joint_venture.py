"""A joint venture of a Korean lead (60 %), a Japanese (33.33 %) and a Vietnamese partner (6.67 %).

Registered 100.01 USD: small, so that the cents can be checked by hand.
"""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.project import StakeGiven
from registry.models import Country
from registry.statistics.capital import capital_by
from registry.vocabulary.capital import CapitalKind
from tests import build

from .conftest import recording

TODAY = date(2026, 11, 22)


@pytest.fixture
def venture():
    countries = Country.objects.in_bulk(["KR", "JP", "VN"], field_name="code")
    with recording(2024, 5, 2) as act:
        korean, japanese, vietnamese = (
            build.make_investor(act=act, name=f"Investor {code}", country=countries[code])
            for code in ("KR", "JP", "VN")
        )
        return build.make_project(
            act=act, capital_usd="100.01", decided_on=date(2024, 5, 1),
            investors=[StakeGiven(korean, Decimal("60.00")), StakeGiven(japanese, Decimal("33.33")),
                       StakeGiven(vietnamese, Decimal("6.67"))],
        )


def test_it_counts_once_under_its_lead(venture):
    table = capital_by("country", as_of=TODAY)
    assert [(row.key, row.projects, row.registered_usd) for row in table.rows] == [("KR", 1, Decimal("100.01"))]


def test_by_share_the_parts_add_up_to_the_cent_and_viet_nam_appears(venture):
    """60.006, 33.333333 and 6.670667: the two missing cents go to the largest remainders."""
    table = capital_by("country", as_of=TODAY, basis="share")
    assert {row.key: row.registered_usd for row in table.rows} == {
        "KR": Decimal("60.01"), "JP": Decimal("33.33"), "VN": Decimal("6.67"),
    }
    assert table.total.registered_usd == Decimal("100.01")
    assert table.total.projects == 1


def test_a_share_purchase_stands_under_its_buyer(venture):
    buyer = build.make_investor(name="Buyer", country=Country.objects.get(code="SG"))
    build.make_entry(venture, "7.00", kind=CapitalKind.SHARE_PURCHASE, decided_on=date(2025, 1, 1), buyer=buyer)
    for basis in ("lead", "share"):
        rows = {row.key: row for row in capital_by("country", as_of=TODAY, basis=basis).rows}
        assert rows["SG"].share_purchase_usd == Decimal("7.00")
        assert rows["SG"].registered_usd == Decimal("0.00")
