"""Capital of one investor by year, on both bases, and of its group."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from registry.actions.project import StakeGiven
from registry.statistics.capital import capital_by
from registry.statistics.investor import capital_of_investor, group_of_investor
from tests import build

pytestmark = pytest.mark.django_db


def rows(table) -> dict:
    return {row.key: row.registered_usd for row in table.rows}


def test_holds_nothing():
    found = capital_of_investor(build.make_investor(), as_of=timezone.localdate())
    assert (found.lead.rows, found.shared.rows, found.projects, found.led, found.bases_agree) == ((), (), (), 0, True)


def test_lead_has_all_and_a_share_has_its_part():
    lead, second = build.make_investor(), build.make_investor()
    project = build.make_project(capital_usd="100.01", decided_on=date(2021, 5, 1), investors=[
        StakeGiven(lead, share_percent=Decimal("66.67")), StakeGiven(second, share_percent=Decimal("33.33"))])
    build.make_entry(project, "50", decided_on=date(2023, 5, 1))
    build.make_entry(project, "7", decided_on=None)
    own = build.make_project(capital_usd="1000", decided_on=date(2023, 6, 1), investors=[second])
    found = capital_of_investor(lead, as_of=timezone.localdate())
    assert rows(found.lead) == {"2021": Decimal("100.01"), "2023": Decimal("50.00"), None: Decimal("7.00")}
    assert rows(found.shared) == {"2021": Decimal("66.68"), "2023": Decimal("33.33"), None: Decimal("4.67")}
    assert (found.projects, found.led, found.bases_agree) == ((project.pk,), 1, False)
    other = capital_of_investor(second, as_of=timezone.localdate())
    assert rows(other.lead) == {"2023": Decimal("1000.00")}
    assert other.projects == (own.pk, project.pk)
    assert other.led == 1


def test_agrees_with_the_tables_of_all_investors():
    one, two = build.make_investor(), build.make_investor()
    for number in range(7):
        project = build.make_project(capital_usd="0.01", decided_on=date(2015 + number, 5, 1), investors=[
            StakeGiven(one, share_percent=Decimal("33.33")), StakeGiven(two, share_percent=Decimal("61"))])
        build.make_entry(project, "1000000.55", decided_on=date(2020, 2, 1))
        build.make_entry(project, "-3.33", kind="decrease", decided_on=date(2024, 2, 1))
    for basis, name in (("lead", "lead"), ("share", "shared")):
        table = {row.key: row for row in capital_by("investor", as_of=timezone.localdate(), basis=basis).rows}
        for investor in (one, two):
            total = getattr(capital_of_investor(investor, as_of=timezone.localdate()), name).total
            expected = table[investor.code].registered_usd if investor.code in table else Decimal(0)
            assert total.registered_usd == expected, (basis, investor.code)


def test_a_stake_without_a_share_beside_others_has_no_part():
    one, two = build.make_investor(), build.make_investor()
    build.make_project(capital_usd="100", investors=[StakeGiven(one), StakeGiven(two)])
    assert capital_of_investor(one, as_of=timezone.localdate()).shared.total.registered_usd == 0
    alone = build.make_investor()
    build.make_project(capital_usd="100", investors=[alone])
    assert capital_of_investor(alone, as_of=timezone.localdate()).bases_agree


def test_a_group_reaches_two_levels_and_leaves_out_drafts_and_persons():
    top = build.make_investor(name="A")
    middle = build.make_investor(name="B", parent=top)
    low = build.make_investor(name="C", parent=middle)
    build.make_investor(name="D", parent=top, publication="draft")
    build.make_investor(name="E", parent=top, kind="person")
    build.make_project(capital_usd="5", investors=[low])
    build.make_project(capital_usd="3", investors=[middle, low])
    for each in (top, middle, low):
        found = group_of_investor(each, as_of=timezone.localdate())
        assert [(member.investor.name, member.projects, member.registered_usd) for member in found] == [
            ("C", 2, Decimal("5.00")), ("B", 1, Decimal("3.00")), ("A", 0, Decimal("0.00"))]
    assert group_of_investor(build.make_investor(), as_of=timezone.localdate()) == ()


@pytest.mark.parametrize("hidden", [{"kind": "person"}, {"publication": "draft"}])
def test_what_the_public_may_not_see_ties_nothing_together(hidden):
    above = build.make_investor(**hidden)
    one, other = (build.make_investor(parent=above) for _ in range(2))
    today = timezone.localdate()
    assert group_of_investor(one, as_of=today) == group_of_investor(other, as_of=today) == ()
    top = build.make_investor()
    between = build.make_investor(parent=top, **hidden)
    build.make_investor(parent=between)
    assert group_of_investor(top, as_of=timezone.localdate()) == ()


def test_queries(django_assert_num_queries):
    top = build.make_investor()
    build.make_investor(parent=top)
    for _ in range(5):
        build.make_project(capital_usd="5", investors=[top, build.make_investor()])
    with django_assert_num_queries(2):
        capital_of_investor(top, as_of=timezone.localdate())
    with django_assert_num_queries(3):
        group_of_investor(top, as_of=timezone.localdate())
