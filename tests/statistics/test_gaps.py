"""What the register does not know yet, counted over published projects."""

from decimal import Decimal

import pytest
from django.db.models import Exists, OuterRef, Q

from registry.actions import capital, statement
from registry.models import CapitalEntry, Country, Statement
from registry.statistics.gaps import Filled, Gaps, Unsettled, completeness, gaps, unsettled
from registry.vocabulary.milestone import Reality
from tests import build

pytestmark = pytest.mark.django_db

FIELDS = {
    "zone": Q(zone__isnull=False), "objective": ~Q(objective=""),
    "capital": Exists(CapitalEntry.objects.filter(project=OuterRef("pk"))),
}

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


class TestCompleteness:
    def test_an_empty_register(self):
        found = completeness(FIELDS)
        assert found.total == found.elsewhere == Filled(0, {"zone": 0, "objective": 0, "capital": 0})
        assert found.zones == ()
        assert (found.total.lacking("zone"), found.total.percent("zone")) == (0, 0)

    def test_each_field_by_itself_and_by_zone(self):
        zone = build.make_zone(name="KCN B")
        build.make_project(zone=zone, capital_usd="5", objective="lắp ráp")
        build.make_project(zone=zone)
        build.make_project()
        build.make_project(publication="draft", zone=zone)
        found = completeness(FIELDS)
        assert found.total == Filled(3, {"zone": 2, "objective": 1, "capital": 1})
        assert (found.total.lacking("capital"), found.total.percent("capital")) == (2, Decimal("33.33"))
        assert found.zones == ((zone, Filled(2, {"zone": 2, "objective": 1, "capital": 1})),)
        assert found.elsewhere == Filled(1, {"zone": 0, "objective": 0, "capital": 0})

    def test_a_zone_contains_its_sub_zones_and_phases_and_no_more(self):
        zones = [build.make_zone(name="KCN 1")]
        for number in (2, 3, 4):
            zones.append(build.make_zone(name=f"KCN {number}", parent=zones[-1]))
        for zone in zones:
            build.make_project(zone=zone)
        assert [(zone.name, each.projects) for zone, each in completeness(FIELDS).zones] == [
            ("KCN 1", 3), ("KCN 2", 3), ("KCN 3", 2), ("KCN 4", 1),
        ]

    def test_what_lies_in_an_unpublished_zone_lies_elsewhere(self):
        build.make_project(zone=build.make_zone(publication="draft"))
        found = completeness(FIELDS)
        assert (found.zones, found.elsewhere.projects) == ((), 1)

    def test_two_queries(self, django_assert_num_queries):
        build.make_project(zone=build.make_zone())
        with django_assert_num_queries(2):
            completeness(FIELDS)


class TestUnsettled:
    def test_what_waits_and_what_has_no_day(self):
        before = unsettled()
        project = build.make_project(capital_usd="5", decided_on=None)
        undone = build.make_entry(project, "7", decided_on=None)
        with build.act() as act:
            capital.reverse(act=act, entry=undone, note="Nhập nhầm")
        build.make_milestone(project, happened_on=None)
        build.make_milestone(project, happened_on=None, reality=Reality.PLANNED)
        build.make_statement(subject=project)
        build.make_statement(subject=project, period_words="gần đây")
        build.make_statement(subject=project, source=build.make_source(publication="draft"))
        assert Statement.objects.count() > before.open_statements + 3
        assert unsettled() == Unsettled(
            open_statements=before.open_statements + 2, disputed_statements=before.disputed_statements,
            undated_statements=before.undated_statements + 1, entries=before.entries + 1,
            entries_usd=before.entries_usd + 5, milestones=before.milestones + 1,
        )

    def test_three_queries(self, django_assert_num_queries):
        with django_assert_num_queries(3):
            unsettled()
