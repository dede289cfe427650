"""Indicators as series: one province at a time, in time order, and where two sources cannot agree."""

from datetime import UTC, date, datetime

import pytest

from registry.actions import statement as statements
from registry.exchange.figures import load_figures
from registry.models import AdministrativeUnit, Statement
from registry.statistics.indicator import Series, indicators
from registry.vocabulary.attribute import ATTRIBUTES
from registry.vocabulary.indicator import GROUPS, INDICATORS, MAIN, STOCKS
from registry.vocabulary.period import VagueDay
from registry.vocabulary.statement import Review, StatementKind
from tests import build

pytestmark = pytest.mark.django_db

OLD, NEW = "27-2025", "24-2026"


def of_year(year: int) -> VagueDay:
    return VagueDay(date(year, 1, 1), date(year, 12, 31))


def state(value: str, days, *, code: str = OLD, attribute: str = "exports", unit: str = "USD million",
          **changes) -> Statement:
    place = AdministrativeUnit.objects.get(code=code)
    return build.make_statement(subject_kind="place", subject=place, subject_name=place.name, attribute=attribute,
                                kind=StatementKind.STATISTIC, value=value, unit=unit, date=days, **changes)


def series(attribute: str = "exports") -> list[Series]:
    return indicators(attributes=[attribute])


def values(each: Series) -> list[str]:
    return [point.statement.value for point in each.points]


class TestScopes:
    def test_a_series_never_runs_over_the_merger(self):
        state("45100", of_year(2022))
        state("27.4", of_year(2023), code="24-2025", unit="USD billion")
        state("8.68", date(2025, 7, 31), code=NEW, unit="USD billion")
        state("9", date(2026, 10, 1), code="24", unit="USD billion")
        found = series()
        assert [(each.scope, values(each)) for each in found] == [
            ("bac-ninh", ["45100"]), ("bac-giang", ["27.4"]), ("", ["8.68", "9"])]
        assert [str(each.points[0].amount) for each in found] == ["45100000000.00", "27400000000.00", "8680000000.00"]

    def test_two_currencies_are_two_series(self):
        state("1300", of_year(2022), attribute="state_budget_revenue")
        state("30908", of_year(2022), attribute="state_budget_revenue", unit="VND billion")
        found = series("state_budget_revenue")
        assert [each.measure for each in found] == ["USD", "VND"]
        assert not any(point.rivals for each in found for point in each.points)

    def test_only_some_scopes(self):
        state("45100", of_year(2022))
        assert indicators(attributes=["exports"], scopes=[""]) == []


class TestOrder:
    def test_the_oldest_first_the_longest_last_what_has_no_day_at_the_end(self):
        state("none", None)  # words are no value
        state("4", None)
        state("3", VagueDay(date(2024, 1, 1), date(2024, 9, 30)))
        state("2", VagueDay(date(2024, 7, 1), date(2024, 9, 30)))
        state("1", of_year(2020))
        [found] = series()
        assert values(found) == ["1", "2", "3", "4"]
        assert found.newest.statement.value == "3"

    def test_what_states_no_day_has_that_of_its_source(self):
        state("1", None, source=build.make_source(published_on=VagueDay(date(2023, 6, 13), date(2023, 6, 13))))
        [point] = series()[0].points
        assert (point.first, point.day) == (date(2023, 6, 13), date(2023, 6, 13))

    def test_recorded_by_a_day(self):
        for day, value in ((1, "41000"), (2, "45100")):
            with build.act(at=datetime(2026, 3, day, 3, tzinfo=UTC)) as act:
                state(value, of_year(2020 + day), act=act)
        known = [[values(each) for each in indicators(attributes=["exports"], known_on=date(2026, 3, day))]
                 for day in (1, 2)]
        assert known == [[["41000"]], [["41000", "45100"]]]

    def test_until_a_day(self):
        state("1", of_year(2020))
        state("2", of_year(2022))
        state("3", None)
        [found] = indicators(attributes=["exports"], until=date(2021, 1, 1))
        assert values(found) == ["1"]


class TestDisagreement:
    def test_two_sources_of_one_year_stand_side_by_side(self):
        one, other, third = state("35072", of_year(2020)), state("38900", of_year(2020)), state("45100", of_year(2022))
        [found] = series()
        assert [point.rivals for point in found.points] == [(other,), (one,), ()]
        assert third not in {rival for point in found.points for rival in point.rivals}

    @pytest.mark.parametrize(("low", "high"), [
        ({"qualifier": "more_than"}, {}), ({}, {"qualifier": "nearly"}), ({"qualifier": "at_least"}, {}),
    ])
    def test_a_bound_agrees_with_what_is_beyond_it(self, low, high):
        state("1470", of_year(2024), **low)
        state("1476", of_year(2024), **high)
        assert not any(point.rivals for point in series()[0].points)

    def test_a_bound_does_not_agree_with_what_is_within(self):
        state("35072", of_year(2020))
        state("38900", of_year(2020), qualifier="more_than")
        assert all(point.rivals for point in series()[0].points)

    def test_a_half_year_is_no_rival_of_its_year_but_days_of_a_stock_are(self):
        state("1", of_year(2020))
        state("2", VagueDay(date(2020, 1, 1), date(2020, 6, 30)))
        assert not any(point.rivals for point in series()[0].points)
        state("1542", VagueDay(date(2020, 12, 1), date(2020, 12, 31)), attribute="fdi_projects", unit="projects")
        state("1628", date(2020, 12, 31), attribute="fdi_projects", unit="projects")
        assert all(point.rivals for point in series("fdi_projects")[0].points)

    def test_a_plan_is_no_rival(self):
        state("1", of_year(2030))
        state("2", of_year(2030), reality="planned")
        assert not any(point.rivals for point in series()[0].points)


def test_drafts_what_was_rejected_and_parts_of_the_province_are_left_out():
    state("1", of_year(2020), source=build.make_source(publication="draft"))
    rejected = state("2", of_year(2020))
    state("3", of_year(2020), code=AdministrativeUnit.objects.exclude(level="province").first().code)
    with build.act() as act:
        statements.review(act=act, statement=rejected, as_=Review.REJECTED)
    assert series() == []


def test_the_words():
    assert set(INDICATORS) <= set(ATTRIBUTES) and set(INDICATORS.values()) == set(GROUPS)
    assert set(MAIN) <= set(INDICATORS) and set(INDICATORS) > STOCKS


@pytest.fixture(scope="module")
def loaded(press, lasting):
    with lasting(load_them):
        yield


def load_them() -> None:
    with build.act() as act:
        load_figures(act)


class TestTheFixtures:
    @pytest.fixture
    def found(self, loaded, django_assert_num_queries) -> dict[tuple, Series]:
        with django_assert_num_queries(1):
            return {(each.attribute, each.measure, each.scope): each for each in indicators()}

    def test_grdp_growth_of_old_bac_ninh(self, found):
        growth = found["grdp_growth", "percent", "bac-ninh"]
        assert values(growth) == ["1.1", "1.36", "7.39", "7.39", "-12.59", "14.7", "4.5", "5.52"]
        assert [bool(point.rivals) for point in growth.points] == [False] * 4 + [True] * 2 + [False] * 2
        assert values(found["grdp_growth", "percent", "bac-giang"]) == ["10.94", "13.45"]
        assert values(found["grdp_growth", "percent", ""]) == ["9.61", "10.22"]

    def test_projects_of_the_merged_province(self, found):
        assert values(found["fdi_projects", "projects", ""]) == ["2800", "3363"]

    def test_occupancy_by_two_methods_is_two_series(self, found):
        assert values(found["industrial_zone_occupancy", "percent", "bac-ninh"]) == ["54.41", "61.1"]
        assert values(found["industrial_land_occupancy", "percent", "bac-ninh"]) == ["99", "91", "80"]

    def test_every_figure_of_the_province_is_in_a_series(self, found):
        shown = {point.statement.reference for each in found.values() for point in each.points}
        stated = Statement.objects.filter(reference__startswith="S", subject_kind="place")
        assert {each.reference for each in stated} <= shown
