"""The page of statistics: tables that are long, empty, filtered; what is not to be named; its queries."""

from datetime import date

import pytest

from registry.models import Country, Sector
from registry.vocabulary.investor import InvestorKind
from tests import build

pytestmark = pytest.mark.django_db


class TestTables:
    def test_an_empty_register(self, reader):
        words = reader.words("/statistics/")
        assert "Sổ đăng ký chưa có bút toán vốn nào." in words
        assert words.count("Tổng 0 0 0 0 0") == 5

    def test_more_than_fifteen_lines_are_summed_and_lead_to_all(self, reader):
        for number in range(17):
            build.make_project(zone=build.make_zone(), capital_usd=str(1000 - number), decided_on=date(2024, 1, 2))
        html = reader.html("/statistics/")
        assert "2 dòng khác cộng lại" in html
        assert '<a href="/statistics/?by=zone">Xem tất cả 17 dòng</a>' in html
        assert "dòng khác" not in reader.html("/statistics/", {"by": "zone"})
        assert f"Tổng {sum(1000 - number for number in range(17)):,}".replace(",", ".") in reader.words("/statistics/")

    def test_years_without_capital_are_not_left_out(self, reader):
        for year in (2001, 2024):
            build.make_project(capital_usd="100", decided_on=date(year, 5, 1))
        words = reader.words("/statistics/", {"by": "year"})
        assert "2001 100 0 0 100 0 1 2002 0 0 0 0 0 0" in words
        assert "2001–2001 1 dòng khác cộng lại 100 0 0 100 0 1 2010 0" in reader.words("/statistics/")

    def test_quarters_and_months_in_words(self, reader):
        build.make_project(capital_usd="100", decided_on=date(2024, 5, 1))
        assert "Quý II/2024 có nhiều vốn đăng ký nhất: 100 USD" in reader.words("/statistics/", {"by": "quarter"})
        assert "Tháng 5/2024 100" in reader.words("/statistics/", {"by": "month"})

    def test_a_certificate_and_the_press(self, reader):
        build.make_project(capital_usd="100", source=build.make_source(kind="decision"), decided_on=date(2024, 1, 1))
        build.make_project(capital_usd="300", source=build.make_source(), decided_on=date(2024, 1, 1))
        html = reader.html("/statistics/", {"by": "country"})
        assert 'class="column" x="0.00%" y="3" width="99.00%"' in html
        assert 'class="column column-certificate" x="0.00%" y="3" width="24.75%"' in html
        assert "chưa ghi nhận 400 100 0 0 2" in reader.words("/statistics/", {"by": "country"})

    def test_the_parents_country_leads_by_its_own_filter(self, reader):
        japan, korea = (Country.objects.get(code=code) for code in ("JP", "KR"))
        build.make_project(investors=[build.make_investor(country=japan, parent_country=korea)], capital_usd="5")
        assert "/projects/?country=JP" in reader.html("/statistics/", {"by": "country"})
        html = reader.html("/statistics/", {"by": "country", "country_of": "parent"})
        assert "/projects/?parent_country=KR" in html and "Hàn Quốc" in html

    def test_a_person_is_not_named(self, reader):
        person = build.make_investor(name="Kim Min-su", kind=InvestorKind.PERSON)
        build.make_project(investors=[person], capital_usd="5")
        html = reader.html("/statistics/", {"by": "investor"})
        assert "Kim" not in html and "Nhà đầu tư cá nhân" in html

    def test_filters_stay_in_the_form_and_the_links(self, reader):
        sector, zone = Sector.objects.get(code="2018-26"), build.make_zone(code="khu-a")
        build.make_project(sector=sector, zone=zone, capital_usd="5")
        html = reader.html("/statistics/", {"by": "sector", "zone": "khu-a"})
        assert '<input type="hidden" name="zone" value="khu-a">' in html
        assert "/projects/?sector=2018-26&amp;zone=khu-a" in html


def test_same_queries_for_one_project_and_for_twenty(reader):
    def add():
        build.make_project(zone=build.make_zone(), sector=Sector.objects.get(code="2018-26"), capital_usd="1000000",
                           investors=[build.make_investor(country=Country.objects.get(code="JP"))])

    add()
    one = reader.queries("/statistics/")
    for _ in range(19):
        add()
    assert reader.queries("/statistics/") == one <= 15
    assert reader.queries("/statistics/", {"by": "zone"}) <= 4
