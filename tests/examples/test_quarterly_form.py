"""The story of a quarter: what the form A.IV.1, the agency's table and the bulletin say of the same entries."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.capital import reverse
from registry.models import Sector
from registry.statistics.a_iv_1 import office_form
from registry.statistics.agency import agency_table, heading_of
from registry.statistics.bulletin import bulletin
from registry.statistics.flows import flows
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.period import VagueDay
from registry.vocabulary.report import Quarter
from tests import build

pytestmark = pytest.mark.django_db

FIRST, LAST, TODAY = date(2026, 7, 1), date(2026, 9, 30), date(2026, 11, 27)


@pytest.fixture
def quarter():
    """New 10 and, wrongly and reversed, 4; up 3; down 1; ended, of 6; bought 2, of which the register knows no
    project's sector; an opening, and an increase of which nobody knows the day."""
    sector = Sector.objects.get(code="2018-26")
    grows = build.make_project(capital_usd=10, decided_on=date(2026, 7, 2), sector=sector)
    wrong = build.make_project(capital_usd=4, decided_on=date(2026, 8, 2), sector=sector)
    with build.act() as act:
        reverse(act=act, entry=wrong.entries.get())
    build.make_entry(grows, 3, decided_on=VagueDay(date(2026, 9, 1), date(2026, 9, 30), "tháng 9/2026"))
    build.make_entry(grows, -1, kind=CapitalKind.DECREASE, decided_on=date(2026, 9, 2))
    ends = build.make_project(capital_usd=6, decided_on=date(2019, 1, 1), sector=sector)
    build.make_certificate(ends, kind=CertificateKind.REVOCATION, decided_on=date(2026, 9, 3))
    opened = build.make_project()
    build.make_entry(opened, 100, kind=CapitalKind.OPENING, decided_on=date(2026, 7, 3))
    build.make_entry(opened, 50, decided_on=None)
    build.make_entry(opened, 2, kind=CapitalKind.SHARE_PURCHASE, decided_on=date(2026, 7, 4))


@pytest.mark.usefixtures("quarter")
class TestTheQuarter:
    def test_the_agencys_table_counts_the_end_as_a_decrease(self):
        table = agency_table("section", first=FIRST, last=LAST)
        assert [(row.key, row.flow.new_projects, row.flow.new_usd, row.flow.adjusted_times, row.flow.adjusted_usd,
                 row.flow.share_purchase_usd, row.flow.total_usd, row.in_force) for row in table.rows] == [
            ("C", 1, 10, 3, -4, 0, 6, 1), (None, 0, 0, 0, 0, 2, 2, 1)]
        assert heading_of(table).this.flow == flows("zone", first=FIRST, last=LAST).total

    def test_the_form_has_it_in_row_four(self):
        form = office_form(Quarter(2026, 3), today=TODAY)
        said = {key: form.row(key).figures["quarter"].value for key in (
            "granted_new", "granted_new_usd", "granted_adjusted", "granted_adjusted_usd", "granted_bought_usd", "ended",
            "ended_usd")}
        assert said == {"granted_new": 1, "granted_new_usd": 10, "granted_adjusted": 2, "granted_adjusted_usd": 2,
                        "granted_bought_usd": 2, "ended": 1, "ended_usd": 6}

    def test_both_come_to_the_same(self):
        form, total = office_form(Quarter(2026, 3), today=TODAY), flows("zone", first=FIRST, last=LAST).total
        adjusted, ended = (form.row(key).figures["quarter"].value for key in ("granted_adjusted_usd", "ended_usd"))
        assert adjusted - ended == total.adjusted_usd

    def test_so_does_the_bulletin(self):
        quarter = bulletin(2026, 9, today=TODAY).stretches[1]
        assert {item: (told.times, told.usd) for item, told in quarter.told.items()} == {
            "new": (1, Decimal(10)), "up": (1, 3), "down": (1, -1), "bought": (1, 2), "ended": (1, -6)}
        assert quarter.amended == 2
