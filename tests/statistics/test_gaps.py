"""What the register does not know yet, counted over published projects."""

import pytest

from registry.actions import statement
from registry.models import Country
from registry.statistics.gaps import Gaps, gaps
from tests import build

pytestmark = pytest.mark.django_db

NOTHING = {"projects": 0, "without_capital": 0, "without_certificates": 0, "without_country": 0, "without_zone": 0,
           "conflicts": 0}


def test_an_empty_register():
    assert gaps() == Gaps(**NOTHING)


def test_each_gap_is_counted_by_itself():
    korea = build.make_investor(country=Country.objects.get(code="KR"))
    build.make_project()
    build.make_project(capital_usd="5", zone=build.make_zone(), investors=[korea])
    whole = build.make_project(zone=build.make_zone(), investors=[korea])
    build.make_certificate(whole, amount_usd=1)
    build.make_project(publication="draft")
    assert gaps() == Gaps(**NOTHING | {
        "projects": 3, "without_capital": 1, "without_certificates": 2, "without_country": 1, "without_zone": 1,
    })


def test_only_the_lead_investor_counts():
    korea = build.make_investor(country=Country.objects.get(code="KR"))
    build.make_project(investors=[build.make_investor(), korea])
    assert gaps().without_country == 1


def test_conflicts_of_public_statements_until_they_are_dismissed():
    project = build.make_project()
    public = [build.make_statement(subject=project, value=value) for value in ("1", "2")]
    hidden = build.make_statement(subject=project, source=build.make_source(publication="draft"))
    with build.act() as act:
        conflict = statement.oppose(act=act, one=public[0], other=public[1], why="khác số")
        statement.oppose(act=act, one=public[0], other=hidden, why="khác số")
    assert gaps().conflicts == 1
    with build.act() as act:
        statement.dismiss(act=act, conflict=conflict, outcome="hai thời điểm")
    assert gaps().conflicts == 0


def test_one_query(django_assert_num_queries):
    build.make_project()
    with django_assert_num_queries(1):
        gaps()
