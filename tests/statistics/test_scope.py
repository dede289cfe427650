"""The two provinces before July 2025, and what is of neither on record, add up to the province of today."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from registry.actions.capital import enter
from registry.actions.project import withdraw_project
from registry.statistics.agency import agency_table, heading_of
from registry.statistics.capital import capital_by
from registry.statistics.flows import FLOW_GROUPS, flows
from registry.statistics.groups import GROUPS, TIMES
from registry.statistics.rows import NAMES
from registry.statistics.scope import of_former_provinces
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.period import VagueDay
from registry.vocabulary.zone import FormerProvince
from tests import build

pytestmark = pytest.mark.django_db

PARTS = (*FormerProvince.values, None)


@pytest.fixture(autouse=True)
def worked():
    """Two projects in each old province, by zone and by place; of nowhere: one, a withdrawn one, a purchase."""
    for number, province in enumerate(PARTS, 1):
        zone = build.make_zone(code=f"khu-{number}", former_province=province)
        place = build.make_place(code=f"9999{number}", official_code=f"9999{number}", former_province=province)
        build.make_project(zone=zone, capital_usd=number * 1000, decided_on=date(2023, number, 1))
        moved = build.make_project(zone=build.make_zone(former_province=FormerProvince.BAC_NINH), place=place,
                                   capital_usd=number * 100, decided_on=date(2024, number, 1))
        build.make_entry(moved, number, decided_on=date(2025, number, 1))
        build.make_entry(moved, number * 7, kind=CapitalKind.DISBURSEMENT, decided_on=date(2025, 2, 1))
    with build.act() as act:
        enter(act=act, project=None, enterprise=build.make_enterprise(act=act), kind=CapitalKind.SHARE_PURCHASE,
              amount_usd=Decimal(5), decided_on=VagueDay.exact(date(2025, 3, 1)), source=build.make_source(act=act),
              buyer=None)
        withdraw_project(act=act, project=build.make_project(act=act, zone=zone, capital_usd=40), reason="Nhập trùng")


def numbers(row) -> dict:
    return {name: value for name, value in vars(row).items() if name not in NAMES}


def added(tables) -> dict:
    """The numbers of all rows by key, without rows of zeros."""
    found: dict = {}
    for table in tables:
        for row in table.rows:
            into = found.setdefault(row.key, dict.fromkeys(numbers(row), 0))
            for name, value in numbers(row).items():
                into[name] += value
    return {key: row for key, row in found.items() if any(row.values())}


def test_scopes_of_capital_add_up():
    today = timezone.localdate()
    for by in ("country", *GROUPS, *TIMES):
        for as_of, known_on in ((today, None), (date(2024, 2, 15), None), (today, today), (date(2024, 2, 15), today)):
            days = {"as_of": as_of, "known_on": known_on}
            whole = capital_by(by, **days)
            assert whole.total.registered_usd and (as_of < today or whole.total.share_purchase_usd == 5)
            parts = [capital_by(by, projects=of_former_provinces([part]), **days) for part in PARTS]
            assert added(parts) == added([whole]), (by, days)
            assert numbers(capital_by(by, projects=of_former_provinces(PARTS), **days).total) == numbers(whole.total)


def test_scopes_of_a_period_add_up():
    for by in FLOW_GROUPS:
        for known_on in (None, timezone.localdate()):
            asked = {"first": date(2023, 2, 1), "last": date(2025, 12, 31), "known_on": known_on}
            whole = flows(by, **asked)
            parts = [flows(by, projects=of_former_provinces([part]), **asked) for part in PARTS]
            assert whole.total.share_purchase_usd and added(parts) == added([whole]), (by, known_on)


def test_by_former_province():
    rows = {row.key: row for row in capital_by("former_province", as_of=date(2026, 6, 30)).rows}
    assert [(rows[key].projects, rows[key].registered_usd, rows[key].share_purchase_usd) for key in PARTS] == [
        (2, Decimal("1101.00"), 0), (2, Decimal("2202.00"), 0), (2, Decimal("3303.00"), Decimal("5.00"))]
    assert rows["bac-giang"].name == "Bắc Giang (trước 01/7/2025)"


def test_the_heading_sheet_is_of_the_scope():
    asked = {"first": date(2025, 1, 1), "last": date(2025, 12, 31),
             "projects": of_former_provinces([FormerProvince.BAC_GIANG])}
    sheet = heading_of(agency_table("section", **asked), asked["projects"])
    assert (sheet.in_force, sheet.registered_usd, sheet.this.realised_usd) == (
        2, Decimal("2202.00"), Decimal("14.00"))
    assert sheet.this.flow.adjusted_usd == Decimal("2.00")
