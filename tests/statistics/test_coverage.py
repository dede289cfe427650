"""What sources state beside what the register computes: how each attribute is computed, of which province, and why not
the others."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions import statement as statements
from registry.models import AdministrativeUnit, Country, Statement
from registry.statistics.coverage import Stated, coverage, not_compared
from registry.statistics.coverage_rules import RULES
from registry.vocabulary.period import VagueDay
from registry.vocabulary.statement import Review, StatementKind
from tests import build

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
YEAR = VagueDay(date(2024, 1, 1), date(2024, 12, 31))


def state(about, attribute: str, value: str, unit: str, *, date=YEAR, **changes) -> Statement:
    kind = "country" if isinstance(about, Country) else "place"
    with build.act() as act:
        return build.make_statement(act=act, subject_kind=kind, subject=about, subject_name=about.name,
                                    attribute=attribute, kind=StatementKind.STATISTIC, value=value, unit=unit,
                                    date=date, **changes)


def place(code: str) -> AdministrativeUnit:
    return AdministrativeUnit.objects.get(code=code)


def compared(statement: Statement) -> Stated:
    return next(each for each in coverage(today=TODAY) if each.statement == statement)


@pytest.fixture(scope="module")
def ledger(lasting):
    with lasting(enter_the_ledger):
        yield


def enter_the_ledger() -> None:
    """In old Bắc Ninh, in a zone: 10 million new, 2 increase, 1 decrease, 0.5 bought, 3 realised, in 2024. In old Bắc
    Giang, without a zone: 4 million new."""
    us, kr = (build.make_investor(country=Country.objects.get(code=code)) for code in ("US", "KR"))
    north = build.make_project(zone=build.make_zone(former_province="bac-ninh"), investors=[us],
                               capital_usd="10000000", decided_on=date(2024, 2, 1))
    build.make_project(place=place("24-2025"), investors=[us], capital_usd="4000000", decided_on=date(2024, 3, 1))
    for kind, amount, more in (("increase", "2000000", {}), ("decrease", "-1000000", {}),
                               ("share_purchase", "500000", {"buyer": kr}), ("disbursement", "3000000", {})):
        build.make_entry(north, amount, kind=kind, decided_on=date(2024, 6, 1), **more)


# Attribute and unit, and what the register has of 2024 in old Bắc Ninh, in old Bắc Giang and in both.
WORTH = [
    ("fdi_projects", "projects", "1", "1", "2"),
    ("fdi_projects_in_zones", "projects", "1", "0", "1"),
    ("fdi_registered_capital", "USD million", "11.00", "4.00", "15.00"),
    ("fdi_registered_capital", "USD billion", "0.01", "0.00", "0.02"),
    ("fdi_registered_capital", "USD", "11000000.00", "4000000.00", "15000000.00"),
    ("fdi_registered_capital_in_zones", "USD million", "11.00", "0.00", "11.00"),
    ("fdi_capital_with_purchases", "USD million", "11.50", "4.00", "15.50"),
    ("fdi_realised_capital", "USD million", "3.00", "0.00", "3.00"),
    ("fdi_partner_countries", "countries", "1", "1", "1"),
    ("fdi_new_projects", "projects", "1", "1", "2"),
    ("fdi_new_capital", "USD million", "10.00", "4.00", "14.00"),
    ("fdi_adjusted_times", "times", "2", "0", "2"),
    ("fdi_adjusted_capital", "USD million", "1.00", "0.00", "1.00"),
    ("fdi_added_times", "times", "1", "0", "1"),
    ("fdi_added_capital", "USD million", "2.00", "0.00", "2.00"),
    ("fdi_share_purchase_times", "times", "1", "0", "1"),
    ("fdi_share_purchase_value", "USD million", "0.50", "0.00", "0.50"),
    ("fdi_attracted_capital", "USD million", "11.50", "4.00", "15.50"),
    ("converted_capital", "USD million", "12.00", "4.00", "16.00"),
    ("certificates_foreign", "enterprises", "1", "1", "2"),
    ("certified_capital_foreign", "USD million", "10.00", "4.00", "14.00"),
]


@pytest.mark.parametrize(("attribute", "unit", "north", "south", "both"), WORTH)
def test_every_attribute_in_every_province(ledger, attribute, unit, north, south, both):
    stated = [state(place(code), attribute, "20", unit) for code in ("27-2025", "24-2025", "24-2026")]
    found = [compared(each) for each in stated]
    assert [str(each.computed) for each in found] == [north, south, both]
    assert [each.province for each in found] == ["bac-ninh", "bac-giang", ""]


def test_each_rule_is_tried():
    assert {attribute for attribute, *_ in WORTH} >= {word for word in RULES if not word.startswith("fia_")} - {
        "fdi_sectors", "fdi_projects_in_province", "fdi_registered_capital_in_province"}


class TestCountries:
    """A country's figure "in the province" is of the province of its day."""

    def test_before_the_merger_it_is_old_bac_ninh(self, ledger):
        found = compared(state(Country.objects.get(code="US"), "fdi_registered_capital_in_province", "664.31",
                               "USD million"))
        assert (found.province, str(found.computed), str(found.percent)) == ("bac-ninh", "11.00", "1.66")
        assert found.differs[0] == "Theo nước đăng ký của nhà đầu tư chính."

    def test_a_source_that_speaks_of_bac_giang_alone_means_it(self, ledger):
        source = build.make_source()
        state(place("24-2025"), "fdi_projects", "400", "projects", source=source)
        mine = state(Country.objects.get(code="US"), "fdi_projects_in_province", "1", "projects", source=source)
        assert (compared(mine).province, compared(mine).computed, compared(mine).percent) == ("bac-giang", 1, 100)
        state(place("27-2025"), "fdi_projects", "2000", "projects", source=source)
        assert compared(mine).province == "bac-ninh"

    def test_since_the_merger_it_is_the_whole(self, ledger):
        found = compared(state(Country.objects.get(code="US"), "fdi_projects_in_province", "2", "projects",
                               date=date(2025, 7, 1)))
        assert (found.province, found.computed, found.percent, found.alarm) == ("", 2, 100, False)
        assert found.reason[0] == "Khớp với nguồn."

    def test_where_the_source_does_not_say_where(self, ledger):
        found = compared(state(Country.objects.get(code="US"), "fdi_projects", "5000", "projects"))
        assert found.differs[0].startswith("Nguồn không nói rõ tại tỉnh hay cả nước.")


class TestWhereScopesDiffer:
    def test_more_than_stated_is_an_alarm_unless_it_is_a_lower_bound(self, ledger):
        over = state(place("24-2026"), "fdi_new_capital", "7", "USD million")
        bound = state(place("24-2026"), "fdi_new_capital", "7", "USD million", qualifier="more_than")
        assert (compared(over).percent, compared(over).alarm) == (Decimal("200.00"), True)
        assert (compared(bound).alarm, compared(bound).reason[0]) == (False, "Nguồn chỉ nêu mức tối thiểu.")

    @pytest.mark.parametrize(("attribute", "said"), [
        ("converted_capital", "Nguồn cộng cả vốn trong nước quy đổi"), ("fdi_new_capital", "Chỉ dòng vốn cấp mới"),
        ("fdi_attracted_capital", "Tổng ba dòng"), ("certified_capital_foreign", "trao trong một dịp"),
    ])
    def test_the_flows_are_named(self, ledger, attribute, said):
        assert said in compared(state(place("27-2025"), attribute, "20", "USD million")).differs[0]

    def test_a_period_that_begins_before_the_merger(self, ledger):
        days = VagueDay(date(2025, 1, 1), date(2025, 8, 31))
        whole = compared(state(place("24-2026"), "fdi_added_times", "175", "times", date=days))
        after = compared(state(place("24-2026"), "fdi_added_times", "32", "times", date=date(2026, 1, 31)))
        late = compared(state(place("27-2025"), "fdi_added_times", "32", "times", date=date(2025, 7, 31)))
        assert "sổ đăng ký cộng cả hai tỉnh cũ" in whole.differs[0]
        assert after.differs == ("", "")
        assert "phần thuộc tỉnh cũ" in late.differs[0]


class TestNotCompared:
    @pytest.mark.parametrize(("attribute", "value", "unit", "changes", "why"), [
        ("fdi_rank", "7", "rank", {}, "Thứ hạng giữa các tỉnh"),
        ("domestic_new_capital", "5592.3", "VND billion", {}, "Dự án trong nước"),
        ("exports", "45100", "USD million", {}, "Của cả nền kinh tế tỉnh"),
        ("population", "1540000", "people", {}, "Về dân cư và lao động"),
        ("industrial_zone_occupancy", "61.1", "percent", {}, "cộng lại sẽ tính hai lần"),
        ("fdi_realised_capital", "23136", "VND billion", {}, "Nguồn nêu bằng đồng"),
        ("main_fdi_sectors", "smart manufacturing", "", {}, "Nguồn nêu bằng lời"),
        ("5g_trial_stations", "3", "stations", {}, "không ghi nhận chỉ tiêu này"),
        ("fdi_registered_capital", "6", "USD billion", {"reality": "planned"}, "Đây là kế hoạch"),
        ("fdi_new_projects", "6", "projects", {"date": None}, "không nêu thời kỳ nào"),
    ])
    def test_why(self, attribute, value, unit, changes, why):
        mine = state(place("27-2025"), attribute, value, unit, **changes)
        assert why in next(each.reason[0] for each in not_compared(today=TODAY) if each.statement == mine)
        assert all(each.statement != mine for each in coverage(today=TODAY))

    def test_a_part_of_the_province(self):
        commune = AdministrativeUnit.objects.exclude(level="province").first()
        mine = state(commune, "fdi_projects", "3", "projects")
        [why] = [each.reason[0] for each in not_compared(today=TODAY) if each.statement == mine]
        assert why.startswith("Sổ đăng ký chỉ so")

    def test_as_of_a_day(self):
        mine = state(place("27-2025"), "fdi_rank", "7", "rank")
        assert [each.statement for each in not_compared(today=TODAY, until=YEAR.latest)] == [mine]
        assert not_compared(today=TODAY, until=date(2024, 12, 30)) == []

    def test_drafts_and_what_was_rejected_are_nowhere(self):
        state(place("27-2025"), "fdi_rank", "7", "rank", source=build.make_source(publication="draft"))
        rejected = state(place("27-2025"), "fdi_rank", "8", "rank")
        with build.act() as act:
            statements.review(act=act, statement=rejected, as_=Review.REJECTED)
        assert not_compared(today=TODAY) == []
