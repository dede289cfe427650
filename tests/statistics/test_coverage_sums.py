"""Figures of many days and scopes from few readings of the ledger, against the sums that anybody would write."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Q, Sum

from registry.actions import capital
from registry.models import CapitalEntry, Country
from registry.statistics.coverage_sums import Figure, Measured, computed
from registry.vocabulary.capital import ADJUSTING, REGISTERED, STARTING
from tests import build

pytestmark = pytest.mark.django_db

DAYS = (date(2019, 12, 31), date(2021, 6, 30), date(2021, 12, 31), date(2024, 2, 29))
SUM, COUNT = Measured("sum", REGISTERED), Measured("count", STARTING)
FLOW, TIMES = Measured("sum", ADJUSTING, of_period=True), Measured("count", ADJUSTING, of_period=True)


@pytest.fixture
def ledger():
    """Projects of two countries in both old provinces; one has ended, one first entry is undone."""
    north, south = build.make_zone(former_province="bac-giang"), build.make_zone(former_province="bac-ninh")
    led = {code: build.make_investor(country=Country.objects.get(code=code)) for code in ("KR", "JP")}
    for number, (zone, code) in enumerate([(north, "KR"), (south, "KR"), (south, "JP"), (None, "JP")]):
        project = build.make_project(zone=zone, investors=[led[code]], capital_usd=str(100 + number),
                                     decided_on=date(2019, 3, 1 + number))
        build.make_entry(project, "10.25", kind="increase", decided_on=date(2021, 6, 30))
        build.make_entry(project, "-1", kind="decrease", decided_on=date(2021, 7, 1))
        build.make_entry(project, "2", kind="increase", decided_on=None)
    with build.act() as act:
        capital.reverse(act=act, entry=CapitalEntry.objects.get(amount_usd=Decimal(103)), note="Ghi nhầm")
    ended = build.make_project(zone=south, investors=[led["JP"]], capital_usd="50", decided_on=date(2019, 1, 1))
    build.make_certificate(ended, kind="termination", decided_on=date(2021, 12, 31))


def of(measured: Measured, day: date, first: date | None = None, **scope) -> Decimal:
    return computed([Figure(1, measured, first, day, **scope)])[1]


def plain_sum(which: Q) -> Decimal:
    return CapitalEntry.objects.filter(which).aggregate(total=Sum("amount_usd", default=Decimal("0.00")))["total"]


def test_stocks_of_every_day_and_scope(ledger):
    for day in DAYS:
        which = Q(counts_as__in=REGISTERED, counts_on__lte=day)
        assert of(SUM, day) == plain_sum(which)
        assert of(SUM, day, province="bac-ninh") == plain_sum(which & Q(project__zone__former_province="bac-ninh"))
        assert of(SUM, day, country="KR") == plain_sum(which & Q(project__stakes__investor__country__code="KR"))


def test_all_figures_at_once_are_the_figures_one_by_one(ledger, django_assert_max_num_queries):
    asked = [(measured, day, first, scope) for day in DAYS for first in (None, date(2021, 1, 1))
             for measured in ((FLOW, TIMES) if first else (SUM, COUNT)) if not first or first <= day
             for scope in ({}, {"province": "bac-giang"}, {"country": "JP"})]
    figures = [Figure(number, measured, first, day, **scope)
               for number, (measured, day, first, scope) in enumerate(asked)]
    with django_assert_max_num_queries(3):
        together = computed(figures)
    assert [together[number] for number in range(len(asked))] == [
        of(measured, day, first, **scope) for measured, day, first, scope in asked]


def test_projects_count_until_the_day_before_their_end(ledger):
    assert of(COUNT, date(2021, 12, 30)) == 4
    assert of(COUNT, date(2021, 12, 31)) == 3
    assert of(COUNT, date(2021, 12, 30), province="bac-ninh") == 3
    assert of(COUNT, date(2021, 12, 31), country="JP") == 1


def test_a_flow_has_both_days_of_its_period_and_nothing_undated(ledger):
    assert of(FLOW, date(2021, 6, 30), first=date(2021, 6, 30)) == Decimal("41.00")
    assert of(FLOW, date(2021, 7, 1), first=date(2021, 7, 1)) == Decimal("-4.00")
    assert of(TIMES, date(2021, 7, 1), first=date(2021, 6, 30)) == 8
    assert of(FLOW, date(2200, 1, 1), first=date(2022, 1, 1)) == 0


def test_what_was_not_yet_recorded_is_left_out(ledger):
    figures = [Figure(1, SUM, None, DAYS[-1]), Figure(2, COUNT, None, DAYS[-1])]
    assert computed(figures, known_on=date(2018, 1, 1)) == {1: 0, 2: 0}
    assert computed([]) == {}
